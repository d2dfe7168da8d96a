"""Asks rustc to make a program, and reads what it says of the text, as data."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from autoform.processes import Completed, run

__all__ = ["Compiled", "Complaint", "compile_crate"]

_FLAGS: Final = (
    *("--edition", "2021", "--crate-name", "originals", "--crate-type", "bin"),
    # Unoptimised code is made in a third of the time, and calls are short.
    *("-C", "opt-level=0", "-C", "debuginfo=0", "-C", "panic=unwind"),
    *("-C", "overflow-checks=on", "-C", "debug-assertions=on"),
    *("--cap-lints", "allow", "--error-format", "json"),
)
_KEPT: Final = ("PATH", "HOME", "RUSTUP_HOME", "CARGO_HOME", "RUSTUP_TOOLCHAIN")
_CPU_SECONDS: Final = 240.0


@dataclass(frozen=True, slots=True)
class Complaint:
    """An error of rustc: what it says, and the bytes of which file it is about."""

    message: str
    file: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Compiled:
    """The program, or none with the errors; `trouble` says what is about no text."""

    program: Path | None
    complaints: tuple[Complaint, ...] = ()
    trouble: str = ""


def compile_crate(folder: Path) -> Compiled:
    """Make a program of `main.rs` in a folder. Raises `ProcessFailure` when rustc cannot run."""
    program = folder / "originals"
    env = {name: os.environ[name] for name in _KEPT if name in os.environ}
    done = run(
        ["rustc", *_FLAGS, "-o", str(program), "main.rs"],
        timeout_cpu=_CPU_SECONDS,
        timeout_wall=10 * _CPU_SECONDS,
        env=env | {"TMPDIR": str(folder)},
        cwd=folder,
    )
    if done.returncode == 0 and not done.killed:
        return Compiled(program)
    errors = [e for e in _messages(done.stderr) if e.get("level") == "error"]
    found = tuple(c for error in errors for c in _complaints(error))
    return Compiled(None, found, _trouble(done, errors))


def _messages(output: bytes) -> Iterator[dict[str, Any]]:
    for line in output.decode("utf-8", "replace").splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def _complaints(error: dict[str, Any]) -> Iterator[Complaint]:
    """Where an error is; of what a macro made, where the macro was used."""
    for span in error["spans"]:
        if span["is_primary"]:
            outermost = span
            while (expansion := outermost.get("expansion")) is not None:
                outermost = expansion["span"]
            place = outermost["byte_start"], outermost["byte_end"]
            yield Complaint(error["message"], Path(outermost["file_name"]).name, *place)


def _trouble(done: Completed, errors: list[dict[str, Any]]) -> str:
    if done.timed_out:
        return "rustc takes too long"
    if errors:
        return str(errors[0]["message"])
    last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
    return "rustc fails" + "".join(f": {line}" for line in last)
