"""Lean terms as text with the level at which they bind, so that parentheses go where needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MAX: Final = 1024
"""Identifiers, literals, what is in brackets: an argument as it stands."""
APP: Final = 1022
POWER: Final = 75
PRODUCT: Final = 70
SUM: Final = 65
BIND: Final = 55
COMPARISON: Final = 50
NOT: Final = 40
AND: Final = 35
OR: Final = 30
ARROW: Final = 25
LOW: Final = 0
"""`fun`, `let`, `if`, `match`, `∀`: they reach as far as they can."""


@dataclass(frozen=True, slots=True)
class Term:
    """A piece of Lean that binds at `level`."""

    text: str
    level: int = MAX

    def at(self, level: int) -> str:
        """The text where at least `level` is wanted."""
        return self.text if self.level >= level else f"({self.text})"

    @property
    def arg(self) -> str:
        """The text as an argument."""
        return self.at(MAX)


def app(head: str, *args: Term) -> Term:
    """`head a b`."""
    return Term(" ".join((head, *(arg.arg for arg in args))), APP) if args else Term(head)


def proj(term: Term, field: str) -> Term:
    """`t.field`."""
    return Term(f"{term.arg}.{field}")


def infix(left: Term, operator: str, right: Term, level: int) -> Term:
    """A left-associative operator; comparisons do not associate."""
    lower = level + 1 if level == COMPARISON else level
    return Term(f"{left.at(lower)} {operator} {right.at(level + 1)}", level)


def power(base: Term, exponent: Term) -> Term:
    """`a ^ n`."""
    return Term(f"{base.arg} ^ {exponent.arg}", POWER)


def negative(term: Term) -> Term:
    """`-a`."""
    return Term(f"-{term.arg}", POWER)


def joined(operator: str, terms: Iterable[Term], level: int) -> Term:
    """`a ∧ b ∧ c`."""
    parts = tuple(terms)
    if len(parts) == 1:
        return parts[0]
    return Term(f" {operator} ".join(part.at(level + 1) for part in parts), level)


def prop_not(term: Term) -> Term:
    """`¬ p`."""
    return Term(f"¬ {term.arg}", NOT)


def ascribed(term: Term, type_: Term) -> Term:
    """`(t : T)`."""
    return Term(f"({term.text} : {type_.text})")


def conditional(test: Term, then: Term, orelse: Term) -> Term:
    """`if c then a else b`."""
    return Term(f"if {test.text} then {then.text} else {orelse.text}", LOW)


def closed(term: Term) -> Term:
    """A term that something follows: in parentheses if it would swallow it."""
    return Term(f"({term.text})") if term.level == LOW else term


def lambda_(params: Iterable[str], body: Term) -> Term:
    """`fun x y => b`."""
    return Term(f"fun {' '.join(params)} => {body.text}", LOW)
