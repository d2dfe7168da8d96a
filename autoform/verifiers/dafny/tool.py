"""One installed Dafny, and what it can be asked.

Dafny 2 takes slashed options, Dafny 4 subcommands. Budgets are resources of the solver and CPU
time, so that an answer does not depend on what else the machine does.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
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
from autoform.verifiers.dafny.program import (
    CASES_FILE,
    ExecutionError,
    Program,
    with_cases,
    write_host,
    write_unverified,
)
from autoform.verifiers.dafny.report import Verification, report
from autoform.verifiers.dafny.setting import FILE, Budget, environment
from autoform.verifiers.dafny.together import Together, together

__all__ = ["DafnyTool"]

_RUNNING: Final = "Running...\n\n"
_RUNNING_4: Final = "\nDafny program verifier did not attempt verification\n"
_RESOURCES_PER_UNIT: Final = 1000
"""Dafny 4 multiplies its resource limit by this before it gives it to Z3."""
_DEFAULT: Final = Budget()


@dataclass(frozen=True, slots=True)
class DafnyTool:
    """An installed Dafny. Every call works in a temporary folder that is gone afterwards."""

    path: str
    version: str
    dialect: Literal[2, 4]
    z3: str | None = None

    @property
    def name(self) -> str:
        """With its version, as verdicts name it."""
        return f"Dafny {self.version}"

    def resolve(self, text: str, *, budget: Budget = _DEFAULT) -> tuple[ToolMessage, ...]:
        """Parse and resolve only: the errors, of which there are none in a good file."""
        options = ["/nologo", "/dafnyVerify:0", "/compile:0"] if self._old else ["resolve"]
        done = self._run(text, options, budget)
        found = tuple(m for m in parse_messages(_output(done)) if m.kind is MessageKind.ERROR)
        return found or _failure(done)

    def verify(self, emitted: Emitted, *, budget: Budget = _DEFAULT) -> Verification:
        """A verdict for each function of the text, and all messages with their sources."""
        done = self._run(emitted.text, self._verify_options(budget), budget)
        messages = [
            replace(message, span=emitted.source_of(message.line))
            for message in parse_messages(_output(done))
        ]
        failure = _breakdown(done, messages)
        messages.extend(_shortcomings(done, messages))
        found = report(emitted, tuple(messages), (self.name,), done.cpu_seconds)
        return replace(found, failure=failure)

    def verify_all(
        self, texts: Sequence[Emitted], *, budget: Budget = _DEFAULT
    ) -> list[Verification]:
        """What `verify` says of each text, in as few runs of Dafny as there can be.

        Where a text ends the solver, the others are asked about once more without it. Where Dafny
        does not judge them together otherwise, as when one cannot be read, halves are tried.
        """
        if len(texts) < 2:
            return [self.verify(each, budget=budget) for each in texts]
        whole = together(texts)
        seconds = budget.cpu_seconds * len(texts)
        done = self._run(
            whole.text, self._verify_options(budget), replace(budget, cpu_seconds=seconds)
        )
        messages = list(parse_messages(_output(done)))
        parts = whole.shared_out(messages)
        share = done.cpu_seconds / len(texts)
        if parts is not None and not done.timed_out and not _shortcomings(done, messages):
            return [
                report(each, own, (self.name,), share)
                for each, own in zip(texts, parts, strict=True)
            ]
        place = None if parts is None or done.timed_out else _ended_by(whole, messages)
        if place is not None and parts is not None:
            own = [*parts[place], _SOLVER_ENDED]
            found = self.verify_all([*texts[:place], *texts[place + 1 :]], budget=budget)
            found.insert(place, report(texts[place], own, (self.name,), share))
            return found
        middle = len(texts) // 2
        halves = texts[:middle], texts[middle:]
        return [found for half in halves for found in self.verify_all(half, budget=budget)]

    def execute(self, text: str, *, budget: Budget = _DEFAULT) -> str:
        """Compile without verifying, run `Main`, and return what it printed.

        A program that ends early, or is ended by the budget, has printed less. Raises
        `ExecutionError` when there was nothing to run.
        """
        options = ["/nologo", "/noVerify", "/compile:4"] if self._old else _RUN_4
        with tempfile.TemporaryDirectory(prefix="autoform-dafny-") as folder:
            write_unverified(Path(folder), text)
            done = self._run_in(Path(folder), options, budget)
        output = done.stdout.decode("utf-8", "replace")
        before, running, printed = output.partition(_RUNNING if self._old else _RUNNING_4)
        if not running:
            raise ExecutionError(f"{before}{done.stderr.decode('utf-8', 'replace')}".strip())
        return printed

    def compile(self, text: str, cases: Sequence[str], *, budget: Budget = _DEFAULT) -> Program:
        """A program of the text and the cases, numbered from 0: statements that print.

        Raises `ExecutionError` when Dafny does not compile it.
        """
        folder = tempfile.TemporaryDirectory(prefix="autoform-dafny-")
        place = Path(folder.name)
        write_host(place)
        write_unverified(place, with_cases(text, cases))
        options = ["/nologo", "/noVerify", "/compile:2"] if self._old else _BUILD_4
        done = self._run_in(place, [*options, CASES_FILE], budget)
        built = place / Path(FILE).with_suffix(".exe" if self._old else ".dll")
        if not built.is_file():
            folder.cleanup()
            raise ExecutionError(_output(done).strip())
        return Program((_runtime("mono" if self._old else "dotnet"), built.name), folder)

    @property
    def _old(self) -> bool:
        return self.dialect == 2

    def _run(self, text: str, options: Sequence[str], budget: Budget) -> Completed:
        with tempfile.TemporaryDirectory(prefix="autoform-dafny-") as folder:
            (Path(folder) / FILE).write_text(text, encoding="utf-8")
            return self._run_in(Path(folder), options, budget)

    def _run_in(self, folder: Path, options: Sequence[str], budget: Budget) -> Completed:
        command, *rest = options
        return run(
            [self.path, command, FILE, *rest],
            timeout_cpu=budget.cpu_seconds,
            timeout_wall=budget.wall_seconds,
            timeout_each=budget.solver_seconds,
            env=environment(),
            cwd=folder,
        )

    def _verify_options(self, budget: Budget) -> list[str]:
        if self._old:
            z3 = [f"/z3exe:{self.z3}"] if self.z3 else []
            return ["/nologo", "/compile:0", f"/rlimit:{budget.resources}", *z3]
        limit = max(1, budget.resources // _RESOURCES_PER_UNIT)
        return ["verify", "--cores", "1", "--resource-limit", str(limit)]


_RUN_4: Final = ("run", "--no-verify", "--target", "cs")
_BUILD_4: Final = ("build", "--no-verify", "--target", "cs")


def _runtime(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise ExecutionError(f"`{name}`, which runs compiled Dafny, is not on PATH")
    return found


_SOLVER_ENDED: Final = ToolMessage(MessageKind.UNDECIDED, "the solver was ended by it", 0, 0)


def _ended_by(whole: Together, messages: Sequence[ToolMessage]) -> int | None:
    """The text at which Dafny broke down because its solver was gone, as its last message tells."""
    last = messages[-1] if messages else None
    return whole.place(last) if last is not None and last.kind is MessageKind.UNDECIDED else None


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


def _breakdown(done: Completed, messages: Sequence[ToolMessage]) -> str | None:
    """Why Dafny did not come to verify the file, when it had the time to."""
    if done.timed_out or parse_summary(_output(done)) is not None:
        return None
    first = next((m for m in messages if m.kind is MessageKind.ERROR), None)
    if first is not None:
        return f"it does not accept line {first.line} of the file: {first.text}"
    last = _output(done).strip().splitlines()[-1:]
    return f"it ended with status {done.returncode}" + "".join(f": {line}" for line in last)


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
