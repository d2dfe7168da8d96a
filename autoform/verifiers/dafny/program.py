"""A compiled Dafny program of many cases, each run on its own, however the others end."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from autoform.processes import run
from autoform.verifiers.dafny.setting import FILE, Budget, environment

__all__ = [
    "CASES_FILE",
    "ExecutionError",
    "Program",
    "with_cases",
    "write_host",
    "write_unverified",
]

CASES_FILE: Final = "cases.cs"
_INCLUDED: Final = "included.dfy"
_OUTPUT: Final = re.compile(
    "\x01(?P<number>[0-9]+)\n(?P<text>[^\x01\x02\x03]*)(?P<end>[\x02\x03]?)"
)
_RETURNED: Final = "\x02"


class ExecutionError(Exception):
    """Dafny did not compile the program; the message says what it printed."""


def with_cases(text: str, cases: Sequence[str]) -> str:
    """The program with one method a case: statements that print what is to be seen.

    >>> print(with_cases("", ["print 1;"]).strip())
    method Case0()
    {
      print 1;
    }
    <BLANKLINE>
    method {:extern} RunCases()
    <BLANKLINE>
    method Main()
    {
      RunCases();
    }
    """
    methods = [f"method Case{number}()\n{{\n  {case}\n}}\n" for number, case in enumerate(cases)]
    driver = "method {:extern} RunCases()\n\nmethod Main()\n{\n  RunCases();\n}\n"
    return "\n".join([text, *methods, driver])


def write_unverified(folder: Path, text: str) -> str:
    """Puts a program into the folder so that Dafny only compiles it; the file to give to Dafny.

    Dafny 2 translates what it compiles for its verifier even when it is told not to verify, and
    that takes most of the time. It spares the modules of included files.
    """
    wrapped = f'module {{:extern "Emitted"}} Emitted {{\n{text}}}\n'
    (folder / _INCLUDED).write_text(wrapped, encoding="utf-8")
    (folder / FILE).write_text(f'include "{_INCLUDED}"\n', encoding="utf-8")
    return FILE


def write_host(folder: Path) -> None:
    """Puts what runs the cases beside the program."""
    text = resources.files("autoform.verifiers.dafny").joinpath(CASES_FILE).read_text("utf-8")
    (folder / CASES_FILE).write_text(text, encoding="utf-8")


@dataclass(slots=True)
class Program:
    """A compiled program in a temporary folder, which is gone when the program is closed."""

    argv: tuple[str, ...]
    folder: tempfile.TemporaryDirectory[str]

    def run(self, numbers: Iterable[int], *, budget: Budget) -> Mapping[int, str | None]:
        """What each case prints; None for one that stops with an error or outlasts the budget.

        The budget is that of one process: a case that uses it up costs only itself, and the
        others are run in another.
        """
        waiting = list(numbers)
        found: dict[int, str | None] = {}
        while waiting:
            done = list(self._run(waiting, budget))
            if not done:
                raise ExecutionError("the compiled program does not start")
            found.update(done)
            waiting = waiting[len(done) :]
        return found

    def _run(self, numbers: Sequence[int], budget: Budget) -> Iterator[tuple[int, str | None]]:
        """The cases that were begun, the last of which may not have returned."""
        done = run(
            self.argv,
            timeout_cpu=budget.cpu_seconds,
            timeout_wall=budget.wall_seconds,
            input="".join(f"{number}\n" for number in numbers).encode(),
            env=environment(),
            cwd=Path(self.folder.name),
        )
        output = done.stdout.decode("utf-8", "replace")
        for case, number in zip(_OUTPUT.finditer(output), numbers, strict=False):
            if int(case["number"]) != number:
                raise ExecutionError(f"case {case['number']} answers for case {number}")
            yield number, case["text"] if case["end"] == _RETURNED else None

    def close(self) -> None:
        """Remove the program."""
        self.folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
