"""Functions that ask two others and put their answers together, as a third of real ones do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from autoform.corpus.sources.synthetic.draw import Draw
from autoform.corpus.sources.synthetic.program import Program

__all__ = ["composed"]

_EQUATION: Final = "result == "
_RESULT: Final = re.compile(r"\bresult\b")
_WORD: Final = re.compile(r"""'[^']*'|"[^"]*"|\b[a-z_]\w*""")
"""A name, or a text, in which there is none."""
_WORDS: Final = ("summary", "report", "both", "measures", "figures", "overview")

Family: TypeAlias = Callable[[Draw], Program]


def composed(d: Draw, known: Sequence[Family]) -> Program:
    """Two functions of different families, and one that calls both and keeps what both promise."""
    parts = _distinct_parts(d, known)
    first, second = next(parts), next(parts)
    before = "\n\n".join(part.definition for part in (first, second))
    second = _told_apart(second, {name for name, _ in first.params})
    params = [*first.params, *second.params]
    requires = [*first.requires, *second.requires]
    calls = [f"{p.name}({', '.join(name for name, _ in p.params)})" for p in (first, second)]
    one, two = d.total(), d.total()
    lines = [f"{one} = {calls[0]}", f"{two} = {calls[1]}"]
    equations = [_equation(each) for each in (first, second)]
    if equations[0] is not None and equations[1] is not None and d.flip():
        sign = d.pick(("+", "-", "*"))
        result = "int"
        lines.append(f"return {one} {sign} {two}")
        ensures = [f"{_EQUATION}({equations[0]}) {sign} ({equations[1]})"]
    else:
        result = f"tuple[{first.result}, {second.result}]"
        lines.append(f"return ({one}, {two})")
        ensures = [
            _RESULT.sub(f"result[{place}]", clause)
            for place, each in enumerate((first, second))
            for clause in each.ensures
        ]
    doc = f"What `{first.name}` and `{second.name}` say together."
    return Program(d.pick(_WORDS), params, result, doc, "\n".join(lines), requires, ensures, before)


def _told_apart(program: Program, taken: set[str]) -> Program:
    """The program as its caller speaks of it, without the parameters' names that are taken."""
    names = {name: f"{name}_too" for name, _ in program.params if name in taken}

    def said(clauses: Sequence[str]) -> list[str]:
        return [_WORD.sub(lambda found: names.get(found[0], found[0]), each) for each in clauses]

    params = [(names.get(name, name), type_) for name, type_ in program.params]
    requires, ensures = said(program.requires), said(program.ensures)
    return replace(program, params=params, requires=requires, ensures=ensures)


def _distinct_parts(d: Draw, known: Sequence[Family]) -> Iterator[Program]:
    """Programs that return, change nothing and call nothing, none of one name."""
    names = set(_WORDS)
    while True:
        found = d.pick(known)(d)
        is_plain = not found.before and found.result != "None" and "raise " not in found.body
        if is_plain and found.ensures and f"{found.name}(" not in found.body:
            while found.name in names:
                found = replace(found, name=f"{found.name}_too")
            names.add(found.name)
            yield found


def _equation(program: Program) -> str | None:
    """What an integer result is said to be equal to."""
    if program.result != "int" or len(program.ensures) != 1:
        return None
    (clause,) = program.ensures
    is_equation = clause.startswith(_EQUATION) and len(_RESULT.findall(clause)) == 1
    return clause.removeprefix(_EQUATION) if is_equation else None
