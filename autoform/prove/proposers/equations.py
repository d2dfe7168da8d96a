"""Proposes polynomial equations that all states satisfy, found by linear algebra.

Each state gives a row of monomials in the integers at the loop's head; a vector in the null space
of all rows is an equation (as in Daikon's linear ternary invariants and in S. Sharma et al., "A
data driven approach for algebraic loop invariants", ESOP 2013). Exact rationals, no rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement
from math import gcd, lcm
from typing import Final

from autoform.ir.exprs import Expr, IntLit
from autoform.ir.ops import apply
from autoform.ir.types import INT
from autoform.prove.candidate import LoopView
from autoform.semantics.interpreter import EvaluationFailed, FuelExhausted, evaluate

MOST_MONOMIALS: Final = 24
MOST_EQUATIONS: Final = 12
LARGEST: Final = 10**9
"""A coefficient beyond that fits the states seen, not the loop."""

Row = list[Fraction]


@dataclass(frozen=True, slots=True)
class Equations:
    """Equations of one degree, between what the loop changes or between all integers there."""

    degree: int
    everything: bool

    @property
    def name(self) -> str:
        """The name with the degree."""
        return f"equations-{self.degree}"

    def propose(self, view: LoopView) -> Iterable[Expr]:
        """The null space of the monomials, when there is room for them."""
        terms: list[Expr] = [t for t in view.integers() if not isinstance(t, IntLit)]
        changing: list[Expr] = [t for t in terms if view.changes(t)]
        if changing and view.states:
            chosen = terms if self.everything else changing
            if self.degree > 1:
                chosen = _independent(view, chosen)
            yield from _equations(view, chosen, self.degree)


def _equations(view: LoopView, terms: Sequence[Expr], degree: int) -> Iterator[Expr]:
    monomials = [
        combination
        for size in range(degree, -1, -1)
        for combination in combinations_with_replacement(range(len(terms)), size)
    ]
    if len(monomials) > MOST_MONOMIALS:
        return
    rows = [row for row in _rows(view, terms, monomials) if row is not None]
    if len(rows) < len(monomials):
        return
    for vector in _null_space(rows, len(monomials))[:MOST_EQUATIONS]:
        if max(abs(c) for c in vector) <= LARGEST:
            equation = _as_equation(vector, monomials, terms)
            if view.changes(equation):
                yield equation


def _independent(view: LoopView, terms: Sequence[Expr]) -> list[Expr]:
    """The terms without those that a linear equation gives from the others.

    What multiplies a linear equation follows from it, and would hide what does not.
    """
    monomials = [*((place,) for place in range(len(terms))), ()]
    rows = [row for row in _rows(view, terms, monomials) if row is not None]
    dependent: set[int] = set()
    for vector in _null_space(rows, len(monomials)):
        units = [n for n, c in enumerate(vector[:-1]) if abs(c) == 1 and n not in dependent]
        if units:
            dependent.add(units[-1])
    return [term for place, term in enumerate(terms) if place not in dependent]


def _rows(
    view: LoopView, terms: Sequence[Expr], monomials: Sequence[tuple[int, ...]]
) -> Iterator[Row | None]:
    for visit in view.states:
        try:
            values = [evaluate(view.module, t, visit.state, old=visit.entry) for t in terms]
        except (EvaluationFailed, FuelExhausted, KeyError):
            yield None
            continue
        row: Row = []
        for monomial in monomials:
            product = Fraction(1)
            for place in monomial:
                number = values[place]
                product *= number if isinstance(number, int) else 0
            row.append(product)
        yield row


def _null_space(rows: Sequence[Row], width: int) -> list[list[int]]:
    """A basis of the vectors orthogonal to all rows, with coprime integer entries."""
    reduced: list[Row] = []
    pivots: list[int] = []
    for row in rows:
        rest = list(row)
        for base, pivot in zip(reduced, pivots, strict=True):
            if rest[pivot]:
                factor = rest[pivot]
                rest = [a - factor * b for a, b in zip(rest, base, strict=True)]
        lead = next((i for i, value in enumerate(rest) if value), None)
        if lead is None:
            continue
        rest = [value / rest[lead] for value in rest]
        for place, base in enumerate(reduced):
            if base[lead]:
                factor = base[lead]
                reduced[place] = [a - factor * b for a, b in zip(base, rest, strict=True)]
        reduced.append(rest)
        pivots.append(lead)
        if len(reduced) == width:
            return []
    free = [i for i in range(width) if i not in pivots]
    return [_basis_vector(f, reduced, pivots, width) for f in free]


def _basis_vector(
    chosen: int, reduced: Sequence[Row], pivots: Sequence[int], width: int
) -> list[int]:
    vector = [Fraction(0)] * width
    vector[chosen] = Fraction(1)
    for base, pivot in zip(reduced, pivots, strict=True):
        vector[pivot] = -base[chosen]
    scale = lcm(*(value.denominator for value in vector))
    whole = [int(value * scale) for value in vector]
    common = gcd(*whole)
    sign = -1 if next(value for value in whole if value) < 0 else 1
    return [sign * value // common for value in whole]


def _as_equation(
    vector: Sequence[int], monomials: Sequence[tuple[int, ...]], terms: Sequence[Expr]
) -> Expr:
    """Positive parts on the left, negative ones on the right."""
    sides: tuple[list[Expr], list[Expr]] = ([], [])
    for coefficient, monomial in zip(vector, monomials, strict=True):
        if coefficient:
            factors = [terms[place] for place in monomial]
            if abs(coefficient) != 1 or not factors:
                factors.insert(0, IntLit(abs(coefficient), INT))
            sides[coefficient < 0].append(_combine("mul", factors))
    left, right = (_combine("add", side) if side else IntLit(0, INT) for side in sides)
    return apply("eq", left, right)


def _combine(op: str, parts: Sequence[Expr]) -> Expr:
    whole = parts[0]
    for part in parts[1:]:
        whole = apply(op, whole, part)
    return whole
