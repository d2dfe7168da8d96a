"""One installed Dafny, and what it can be asked.

Dafny 2 takes slashed options, Dafny 4 subcommands. Budgets are resources of the solver and CPU
time, so that an answer does not depend on what else the machine does.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from autoform.backends.emitted import Emitted
from autoform.processes import Completed, run
from autoform.verifiers.dafny.messages import (
    MessageKind,
    ToolMessage,
    parse_messages,
    parse_summary,
)
from autoform.verifiers.dafny.report import Verification, report

__all__ = ["Budget", "DafnyTool", "ExecutionError", "Verification", "environment"]

_FILE: Final = "program.dfy"
_KEPT: Final = ("PATH", "HOME", "DOTNET_ROOT", "DOTNET_ROOT_X64", "USERPROFILE", "SYSTEMROOT")
_RUNNING: Final = "Running...\n\n"
_RESOURCES_PER_UNIT: Final = 1000
"""Dafny 4 multiplies its resource limit by this before it gives it to Z3."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may be spent on one file: Z3 resources for each obligation, CPU seconds on all.

    `guard` bounds the wall clock as a multiple of the CPU time, against a Dafny that waits.
    """

    resources: int = 5_000_000
    cpu_seconds: float = 120.0
    guard: float = 20.0

    @property
    def wall_seconds(self) -> float:
        """The wall-clock guard."""
        return self.cpu_seconds * self.guard


class ExecutionError(Exception):
    """Dafny did not compile the program; the message says what it printed."""


def environment() -> Mapping[str, str]:
    """What of our environment a tool sees: where programs are, and nothing that is private."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "DOTNET_CLI_TELEMETRY_OPTOUT": "1", "DOTNET_NOLOGO": "1"}


@dataclass(frozen=True, slots=True)
class DafnyTool:
    """An installed Dafny. Every call works in a temporary folder that is gone afterwards."""

    path: str
    version: str
    dialect: Literal[2, 4]
    z3: str | None = None

    def resolve(self, text: str, *, budget: Budget = Budget()) -> tuple[ToolMessage, ...]:
        """Parse and resolve only: the errors, of which there are none in a good file."""
        done = self._run(text, self._resolve_options(), budget)
        found = tuple(m for m in parse_messages(_output(done)) if m.kind is MessageKind.ERROR)
        return found or _failure(done)

    def verify(self, emitted: Emitted, *, budget: Budget = Budget()) -> Verification:
        """A verdict for each function of the text, and all messages with their sources."""
        done = self._run(emitted.text, self._verify_options(budget), budget)
        output = _output(done)
        messages = [
            replace(message, span=emitted.source_of(message.line))
            for message in parse_messages(output)
        ]
        messages.extend(_shortcomings(done, messages))
        return report(emitted, tuple(messages), self._names, done.cpu_seconds)

    def execute(self, text: str, *, budget: Budget = Budget()) -> str:
        """Compile without verifying, run `Main`, and return what it printed.

        A program that ends early, or is ended by the budget, has printed less. Raises
        `ExecutionError` when there was nothing to run.
        """
        done = self._run(text, self._run_options(), budget)
        output = done.stdout.decode("utf-8", "replace")
        if self.dialect == 2:
            before, running, printed = output.partition(_RUNNING)
            if not running:
                raise ExecutionError(f"{before}{done.stderr.decode('utf-8', 'replace')}".strip())
            return printed
        errors = [m for m in parse_messages(output) if m.kind is MessageKind.ERROR]
        if errors:
            raise ExecutionError(output.strip())
        return output.partition("\nDafny program verifier did not attempt verification\n")[2]

    @property
    def _names(self) -> tuple[str, ...]:
        return (f"Dafny {self.version}",)

    def _run(self, text: str, options: Sequence[str], budget: Budget) -> Completed:
        with tempfile.TemporaryDirectory(prefix="autoform-dafny-") as folder:
            (Path(folder) / _FILE).write_text(text, encoding="utf-8")
            return run(
                [self.path, *options],
                timeout_cpu=budget.cpu_seconds,
                timeout_wall=budget.wall_seconds,
                env=environment(),
                cwd=Path(folder),
            )

    def _resolve_options(self) -> list[str]:
        if self.dialect == 2:
            return ["/nologo", "/dafnyVerify:0", "/compile:0", _FILE]
        return ["resolve", _FILE]

    def _verify_options(self, budget: Budget) -> list[str]:
        if self.dialect == 2:
            z3 = [f"/z3exe:{self.z3}"] if self.z3 else []
            return ["/nologo", "/compile:0", f"/rlimit:{budget.resources}", *z3, _FILE]
        limit = max(1, budget.resources // _RESOURCES_PER_UNIT)
        return ["verify", "--cores", "1", "--resource-limit", str(limit), _FILE]

    def _run_options(self) -> list[str]:
        if self.dialect == 2:
            return ["/nologo", "/noVerify", "/compile:4", _FILE]
        return ["run", "--no-verify", "--target", "cs", _FILE]


def _output(done: Completed) -> str:
    return (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace")


def _failure(done: Completed) -> tuple[ToolMessage, ...]:
    """What is said of a run that ended badly without a message of its own."""
    if done.timed_out:
        return (ToolMessage(MessageKind.UNDECIDED, "the budget of CPU time is spent", 0, 0),)
    if done.killed or done.returncode != 0:
        text = _output(done).strip() or f"Dafny ended with status {done.returncode}"
        return (ToolMessage(MessageKind.ERROR, text, 0, 0),)
    return ()


def _shortcomings(done: Completed, messages: Sequence[ToolMessage]) -> tuple[ToolMessage, ...]:
    """Messages about the whole file, where Dafny did not come to its end or counts more errors."""
    summary = parse_summary(_output(done))
    if summary is None:
        silence = ToolMessage(MessageKind.ERROR, "Dafny did not come to verify the file", 0, 0)
        return _failure(done) if done.timed_out else (silence,)
    told = sum(message.kind is MessageKind.ERROR for message in messages)
    if summary.errors > told:
        text = f"Dafny counts {summary.errors} errors, of which {told} were understood"
        return (ToolMessage(MessageKind.ERROR, text, 0, 0),)
    return ()
