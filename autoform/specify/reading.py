"""Clauses written into the file and read again: what is proved is what one will read there.

All clauses of all functions are put above their functions at once, and the file is lifted. A
clause that makes its function unreadable is left out, and one that reads differently is judged
as it reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from autoform.diagnostics import Diagnostic
from autoform.frontends import lift
from autoform.frontends.lifted import Lifted
from autoform.ir.decls import Function
from autoform.ir.stmts import Clause
from autoform.ir.types import Type
from autoform.source import SourceFile
from autoform.specify.choose import Valued
from autoform.specify.hosts.edits import with_edits
from autoform.specify.hosts.host import Host
from autoform.specify.hosts.written import Written

ROUNDS: Final = 6
"""Each leaves out what one finding points to; what is refused after the last is left out whole."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A candidate in its host's form; a precondition has no worth of its own."""

    written: Written
    family: str
    value: Valued | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What became of the clauses of one function: preconditions and postconditions as read."""

    function: Function
    requires: tuple[tuple[Printed, Clause], ...]
    ensures: tuple[tuple[Printed, Clause], ...]


def read_back(
    lifted: Lifted, host: Host, printed: Mapping[str, Sequence[Printed]]
) -> tuple[Lifted, dict[str, Read]]:
    """Lift the file with the clauses in it. Functions whose clauses cannot be read are not told."""
    left = {name: list(clauses) for name, clauses in printed.items() if clauses}
    for number in range(ROUNDS):
        again = _lifted_with(lifted, host, left)
        known = {function.name for function in again.module.functions}
        refused = [name for name in left if name not in known]
        if not refused:
            return again, _all_read(lifted, again, left)
        for name in refused:
            found = again.refused.get(name, ())
            left[name] = _without_blamed(again.source, left[name], found)
            if not left[name] or number == ROUNDS - 1:
                del left[name]
    again = _lifted_with(lifted, host, left)
    known = {function.name for function in again.module.functions}
    if not left.keys() <= known:
        return _lifted_with(lifted, host, {}), {}
    return again, _all_read(lifted, again, left)


def _all_read(
    lifted: Lifted, again: Lifted, printed: Mapping[str, Sequence[Printed]]
) -> dict[str, Read]:
    """The clauses of the functions that are of the same types in the file by itself.

    Types that only an entry point or another file told are not those of a clause in it.
    """
    found: dict[str, Read] = {}
    for name, clauses in printed.items():
        function = again.module.function(name)
        if _types(function) == _types(lifted.module.function(name)):
            found[name] = _read(function, clauses)
    return found


def _types(function: Function) -> tuple[Type, ...]:
    return (*(param.type for param in function.params), function.result)


def _lifted_with(lifted: Lifted, host: Host, printed: Mapping[str, Sequence[Printed]]) -> Lifted:
    edits = [
        edit
        for name, clauses in printed.items()
        for edit in host.edits(lifted.module.function(name), [c.written for c in clauses])
    ]
    edits += host.imports(c.written for clauses in printed.values() for c in clauses)
    text = with_edits(lifted.source.text, edits)
    return lift(SourceFile(lifted.source.path, text))


def _without_blamed(
    source: SourceFile, clauses: list[Printed], found: Sequence[Diagnostic]
) -> list[Printed]:
    """The clauses but those that findings point into; none where they point elsewhere."""
    lines = [source.line(n) for f in found for n in range(f.span.start_line, f.span.end_line + 1)]
    blamed = [c for c in clauses if any(line.strip() in _stripped(c) for line in lines)]
    return [c for c in clauses if c not in blamed] if blamed else []


def _stripped(printed: Printed) -> list[str]:
    return [line.strip() for line in printed.written.lines]


def _read(function: Function, clauses: Sequence[Printed]) -> Read:
    """The clauses of the function that stand on the lines put above it, in order."""
    height = sum(len(c.written.lines) for c in clauses)
    line = function.span.start_line - height
    requires: list[tuple[Printed, Clause]] = []
    ensures: list[tuple[Printed, Clause]] = []
    contract = function.contract
    for printed in clauses:
        after = line + len(printed.written.lines)
        for known, kept in ((contract.requires, requires), (contract.ensures, ensures)):
            kept += [(printed, c) for c in known if line <= c.span.start_line < after]
        line = after
    return Read(function, tuple(requires), tuple(ensures))
