"""Printed expressions with how tightly they bind, so that parentheses stand where Dafny needs them.

Dafny's grammar has traps beyond precedence: `&&` and `||` may not be mixed, `x as i32 < y` and
`f(a < b, c > (d))` read as type arguments. What could be misread is bracketed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Final

__all__ = [
    "Code",
    "Level",
    "atom",
    "call",
    "cast",
    "chained",
    "comma",
    "index",
    "infix",
    "logic",
    "member",
    "negation",
    "prefix",
    "relation",
    "size",
]


_SIMPLE: Final = re.compile(r"-?[\w'.]+")


class Level(IntEnum):
    """How tightly an expression binds, loosest first."""

    OPEN = 0
    """`if`, `var`, quantifiers, lambdas: they extend as far to the right as they can."""
    CAST = 1
    IMPLIES = 2
    LOGIC = 3
    RELATION = 4
    SUM = 5
    PRODUCT = 6
    UNARY = 7
    PRIMARY = 8


@dataclass(frozen=True, slots=True)
class Code:
    """The text of an expression and its level."""

    text: str
    level: Level = Level.PRIMARY

    def at(self, level: Level) -> str:
        """The text where something that binds at least as tightly as `level` is expected."""
        return self.text if self.level >= level else f"({self.text})"

    @property
    def is_simple(self) -> bool:
        """Whether it is a name, a member of one, or a literal: cheap to print twice."""
        return _SIMPLE.fullmatch(self.text) is not None

    @property
    def primary(self) -> str:
        """The text where only a primary expression may stand: before `.`, `[` and `(`."""
        return self.at(Level.PRIMARY)


def atom(text: str) -> Code:
    """A name, a literal or anything else that is closed."""
    return Code(text)


def comma(items: Iterable[Code]) -> str:
    """`a, b, c`. A comparison is bracketed, lest `a < b, c > (d)` be read as a generic call."""
    codes = tuple(items)
    if len(codes) == 1:
        return codes[0].text
    return ", ".join(
        code.at(Level.SUM) if code.level is Level.RELATION else code.text for code in codes
    )


def call(name: str, *args: Code) -> Code:
    """`f(a, b)`."""
    return Code(f"{name}({comma(args)})")


def member(value: Code, name: str) -> Code:
    """`value.name`."""
    return Code(f"{value.primary}.{name}")


def index(value: Code, place: str) -> Code:
    """`value[place]`, for an index, a slice or an update."""
    return Code(f"{value.primary}[{place}]")


def size(value: Code) -> Code:
    """`|value|`."""
    return Code(f"|{value.text}|")


def infix(operator: str, level: Level, left: Code, right: Code) -> Code:
    """`left + right`, grouped to the left."""
    return Code(f"{left.at(level)} {operator} {right.at(Level(level + 1))}", level)


def relation(operator: str, left: Code, right: Code) -> Code:
    """`left < right`."""
    return Code(f"{left.at(Level.SUM)} {operator} {right.at(Level.SUM)}", Level.RELATION)


def logic(operator: str, items: Iterable[Code]) -> Code:
    """`a && b && c` or `a || b || c`."""
    return Code(f" {operator} ".join(item.at(Level.RELATION) for item in items), Level.LOGIC)


def prefix(operator: str, value: Code) -> Code:
    """`-value`, `!value`."""
    return Code(operator + value.at(Level.UNARY), Level.UNARY)


def negation(condition: Code) -> Code:
    """`!condition`."""
    return prefix("!", condition)


def cast(value: Code, type_: str) -> Code:
    """`value as type`, bracketed in every operator."""
    return Code(f"{value.at(Level.UNARY)} as {type_}", Level.CAST)


def chained(items: tuple[tuple[Code, str, Code], ...]) -> Code | None:
    """`a <= b < c` for `a <= b` and `b < c`; None where the comparisons do not meet."""
    if any(first[2] != second[0] for first, second in pairwise(items)):
        return None
    text = items[0][0].at(Level.SUM)
    for _, operator, right in items:
        text += f" {operator} {right.at(Level.SUM)}"
    return Code(text, Level.RELATION)
