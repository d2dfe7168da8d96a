"""Linear arithmetic over integers, on the solver's handles: what is plain is seen at once.

    0 <= i  and  i < n   leave no room for   n - 1 - i < 0

Comparisons are read as sums that are not negative, and variables eliminated one by one (J. Fourier
and T. Motzkin). What is not linear is a variable of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from autoform.vc.smt.binding import z3, z3core
from autoform.vc.smt.subterms import Handle, parts

Sum: TypeAlias = tuple[dict[int, int], int]
"""Factors of variables, which are numbered, and a constant: together not negative."""

_MOST: Final = 24
"""Sums at once. Where there are more nothing is decided."""

_SIGNS: Final = {
    z3.Z3_OP_LE: (-1, 0),
    z3.Z3_OP_LT: (-1, 1),
    z3.Z3_OP_GE: (1, 0),
    z3.Z3_OP_GT: (1, 1),
}
"""Of a comparison, the sign of its first side, and what its strictness takes away."""


@dataclass(slots=True)
class Comparisons:
    """What formulas say of sums.

    `complete` says whether that is all they say: only then is what is not refuted possible.
    """

    context: z3.ContextObj
    sums: list[Sum] = field(default_factory=list)
    complete: bool = True
    lengths: set[int] = field(default_factory=set)

    def read(self, formula: Handle, *, holds: bool = True) -> None:
        """Take in what the formula says, or what its negation says."""
        kind = self._kind(formula)
        inner = parts(self.context, formula)
        if kind == z3.Z3_OP_NOT:
            self.read(inner[0], holds=not holds)
        elif kind == (z3.Z3_OP_AND if holds else z3.Z3_OP_OR):
            for part in inner:
                self.read(part, holds=holds)
        elif kind in _SIGNS and self._of_integers(inner[0]):
            sign, strict = _SIGNS[kind]
            self._compare(inner, sign if holds else -sign, strict if holds else 1 - strict)
        elif kind == z3.Z3_OP_EQ and holds and self._of_integers(inner[0]):
            self.complete = False  # equal arguments have equal values
            self._compare(inner, 1, 0)
            self._compare(inner, -1, 0)
        elif kind != (z3.Z3_OP_TRUE if holds else z3.Z3_OP_FALSE):
            self.complete = False

    def refuted(self) -> bool | None:
        """Whether no integers satisfy all sums; None where that is too much to find out."""
        lengths: list[Sum] = [({number: 1}, 0) for number in self.lengths]
        return _impossible([*self.sums, *lengths])

    def _compare(self, sides: list[Handle], sign: int, strict: int) -> None:
        factors: dict[int, int] = {}
        constant = self._add(sides[0], sign, factors) + self._add(sides[1], -sign, factors)
        self.sums.append(_plain(factors, constant - strict))

    def _add(self, term: Handle, factor: int, factors: dict[int, int]) -> int:
        """Add a term so many times; gives the constant in it."""
        context, kind = self.context, self._kind(term)
        if kind == z3.Z3_OP_ANUM:
            return factor * int(z3core.Z3_get_numeral_string(context, term))
        inner = parts(context, term)
        if kind == z3.Z3_OP_ADD:
            return sum(self._add(part, factor, factors) for part in inner)
        if kind == z3.Z3_OP_SUB:
            rest = sum(self._add(part, -factor, factors) for part in inner[1:])
            return self._add(inner[0], factor, factors) + rest
        if kind == z3.Z3_OP_UMINUS:
            return self._add(inner[0], -factor, factors)
        if kind == z3.Z3_OP_MUL and self._kind(inner[0]) == z3.Z3_OP_ANUM and len(inner) == _PAIR:
            times = int(z3core.Z3_get_numeral_string(context, inner[0]))
            return self._add(inner[1], factor * times, factors)
        if kind != z3.Z3_OP_UNINTERPRETED:
            self.complete = False
        number = z3core.Z3_get_ast_id(context, term)
        factors[number] = factors.get(number, 0) + factor
        if len(inner) == 1 and is_length(context, term):
            self.lengths.add(number)
        return 0

    def _kind(self, term: Handle) -> int:
        context = self.context
        if z3core.Z3_get_ast_kind(context, term) not in {z3.Z3_APP_AST, z3.Z3_NUMERAL_AST}:
            return z3.Z3_OP_UNINTERPRETED if self._is_bound(term) else _NO_KIND
        return int(z3core.Z3_get_decl_kind(context, z3core.Z3_get_app_decl(context, term)))

    def _is_bound(self, term: Handle) -> bool:
        return bool(z3core.Z3_get_ast_kind(self.context, term) == z3.Z3_VAR_AST)

    def _of_integers(self, term: Handle) -> bool:
        sort = z3core.Z3_get_sort(self.context, term)
        return bool(z3core.Z3_get_sort_kind(self.context, sort) == z3.Z3_INT_SORT)


_PAIR: Final = 2
_NO_KIND: Final = -1


def is_length(context: z3.ContextObj, term: Handle) -> bool:
    """Whether an application is the length of a sequence."""
    symbol = z3core.Z3_get_decl_name(context, z3core.Z3_get_app_decl(context, term))
    named = z3core.Z3_get_symbol_kind(context, symbol) == z3.Z3_STRING_SYMBOL
    return named and str(z3core.Z3_get_symbol_string(context, symbol)).startswith("len:")


def _plain(factors: dict[int, int], constant: int) -> Sum:
    """The sum without what cancels, divided by what divides all factors."""
    kept = {number: factor for number, factor in factors.items() if factor}
    common = math.gcd(*kept.values())
    if common > 1:
        return {number: factor // common for number, factor in kept.items()}, constant // common
    return kept, constant


def _impossible(sums: Iterable[Sum]) -> bool | None:
    left = _tightest(sums)
    while left:
        if any(not factors and constant < 0 for factors, constant in left):
            return True
        if len(left) > _MOST:
            return None
        number = _cheapest(left)
        if number is None:
            return False
        left = _tightest(_without(number, left))
    return False


def _tightest(sums: Iterable[Sum]) -> list[Sum]:
    """Of sums that differ in their constants only the least; none that are plainly not negative."""
    found: dict[frozenset[tuple[int, int]], Sum] = {}
    for factors, constant in sums:
        key = frozenset(factors.items())
        if (key or constant < 0) and (key not in found or constant < found[key][1]):
            found[key] = factors, constant
    return list(found.values())


def _cheapest(sums: Sequence[Sum]) -> int | None:
    """The variable whose elimination makes the fewest sums."""
    signs: dict[int, tuple[int, int]] = {}
    for factors, _ in sums:
        for number, factor in factors.items():
            more, less = signs.get(number, (0, 0))
            signs[number] = (more + 1, less) if factor > 0 else (more, less + 1)
    return min(signs, key=lambda n: signs[n][0] * signs[n][1] - sum(signs[n]), default=None)


def _without(number: int, sums: Sequence[Sum]) -> Iterator[Sum]:
    """What the sums say of the other variables."""
    above: list[Sum] = []
    below: list[Sum] = []
    for each in sums:
        factor = each[0].get(number)
        if factor is None:
            yield each
        else:
            (below if factor > 0 else above).append(each)
    for more, constant in below:
        for less, other in above:
            one, two = -less[number], more[number]
            joined = {n: one * factor for n, factor in more.items()}
            for n, factor in less.items():
                joined[n] = joined.get(n, 0) + two * factor
            yield _plain(joined, one * constant + two * other)
