"""Equations and bounds of an integer: against terms over the inputs, and against constants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from autoform.ir.exprs import Apply, Expr, IntLit, SeqLit, type_of
from autoform.ir.ops import apply
from autoform.ir.types import INT, is_integer
from autoform.specify.candidate import View
from autoform.specify.expressions import (
    ZERO,
    add,
    as_int,
    eq,
    is_sized,
    length,
    number,
    size,
    times,
)
from autoform.specify.table import MISSING, UNKNOWN, Column, agrees
from autoform.specify.vocabulary import base_integers

MOST_EQUATIONS: Final = 4
MOST_BOUNDS: Final = 6
LARGEST_FACTOR: Final = 12
LARGEST_OFFSET: Final = 1_000
_NO_BOUNDS: Final = frozenset({"floor_mod", "seq.product", "neg"})
"""What is bounded by these is so by accident."""


def integer_of(target: Expr) -> Expr | None:
    """The integer that a target is, or has for its length."""
    type_ = type_of(target)
    if is_integer(type_):
        return as_int(target)
    return length(target) if is_sized(type_) else None


def equations(view: View) -> Iterator[Expr]:
    """`result == term`: for each term whose values are those of the result, shortest first."""
    value = integer_of(view.target)
    if value is None:
        return
    wanted = view.table.column(value)
    found = [term for term in view.terms if agrees(view.table.column(term), wanted)]
    found.sort(key=size)
    for term in found[:MOST_EQUATIONS]:
        yield eq(value, term)
    if not found:
        yield from _linear(view, value, wanted)


def _linear(view: View, value: Expr, wanted: Column) -> Iterator[Expr]:
    """`result == 2 * term + 1`, and `result == one + other - 1` of two."""
    found = 0
    for term in view.terms:
        line = _line_through(view.table.column(term), wanted)
        if line is not None and found < MOST_EQUATIONS:
            found += 1
            factor, offset = line
            yield eq(value, add(times(number(factor), term), number(offset)))


def _line_through(column: Column, wanted: Column) -> tuple[int, int] | None:
    """The small integers a, b with `wanted == a * column + b` on every run."""
    points = [
        (x, y) for x, y in zip(column, wanted, strict=True) if isinstance(x, int) and y is not None
    ]
    if len(points) != len(wanted) or len(points) < 4:
        return None
    (x0, y0), *rest = points
    for x, y in rest:
        if x != x0 and isinstance(y, int) and isinstance(y0, int):
            factor, left = divmod(y - y0, x - x0)
            offset = y0 - factor * x0
            small = 0 < abs(factor) <= LARGEST_FACTOR and abs(offset) <= LARGEST_OFFSET
            if left or not small:
                return None
            fits = all(isinstance(b, int) and b == factor * a + offset for a, b in points)
            return (factor, offset) if fits else None
    return None


def bounds(view: View) -> Iterator[Expr]:
    """`low <= result <= high` with constants and terms that are reached, or never reached."""
    value = integer_of(view.target)
    if value is None:
        return
    seen = [each for each in view.table.column(value) if isinstance(each, int)]
    if not seen or len(seen) < len(view.table.runs):
        return
    if is_integer(type_of(view.target)):
        yield from _constants(value, seen)
    simple = [term for term in base_integers(view.function) if not isinstance(term, IntLit)]
    found = 0
    for term in dict.fromkeys((*simple, *view.terms)):
        if found >= MOST_BOUNDS:
            return
        if isinstance(term, Apply) and term.op in _NO_BOUNDS:
            continue
        op = _relation(view.table.column(value), view.table.column(term))
        if op is not None:
            found += 1
            yield apply(op, value, term)


def _constants(value: Expr, seen: Sequence[int]) -> Iterator[Expr]:
    low, high = min(seen), max(seen)
    if low in {-1, 0, 1, 2}:
        yield apply("ge", value, number(low))
    if high in {-1, 0, 1}:
        yield apply("le", value, number(high))
    if low == high:
        yield eq(value, number(low))
    different = sorted(set(seen))
    if 2 <= len(different) <= 3 and len(seen) >= 12:
        yield apply("seq.contains", _literal(different), value)
    for divisor in (2, 3, 10):
        rests = {each % divisor for each in seen}
        if len(rests) == 1 and len(different) > 3:
            yield eq(apply("floor_mod", value, number(divisor)), number(rests.pop()))


def _literal(values: Sequence[int]) -> Expr:
    return SeqLit(INT, tuple(map(number, values)))


def _relation(left: Column, right: Column) -> str | None:
    """The order that holds on every run, equality apart, which `equations` finds."""
    if any(each is MISSING or each is UNKNOWN for each in right) or left == right:
        return None
    pairs = [
        (a, b)
        for a, b in zip(left, right, strict=True)
        if isinstance(a, int) and isinstance(b, int)
    ]
    if all(a <= b for a, b in pairs):
        return "le" if any(a == b for a, b in pairs) else "lt"
    if all(a >= b for a, b in pairs):
        return "ge" if any(a == b for a, b in pairs) else "gt"
    return None


def remainders(view: View) -> Iterator[Expr]:
    """`result % term == 0` and `term % result == 0`, for what is not zero."""
    value = integer_of(view.target)
    if value is None or not is_integer(type_of(view.target)):
        return
    for term in base_integers(view.function):
        if size(term) <= 2:
            yield eq(apply("floor_mod", value, term), ZERO)
            yield eq(apply("floor_mod", term, value), ZERO)
