"""Intervals hold every value that an expression can have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoform.ir.exprs import Apply, Expr, IntLit, Var
from autoform.ir.intervals import ANY, Interval, interval
from autoform.ir.ops import apply
from autoform.ir.types import INT, MachineIntType

I8, U8 = MachineIntType(8, signed=True), MachineIntType(8, signed=False)
A, B = (apply("int.widen", Var(name, I8)) for name in "ab")


def bounds(low: int, high: int) -> st.SearchStrategy[Interval]:
    numbers = st.one_of(st.none(), st.integers(low, high))
    pairs = st.tuples(numbers, numbers)
    ordered = pairs.filter(lambda p: p[0] is None or p[1] is None or p[0] <= p[1])
    return ordered.map(lambda p: Interval(*p))


@pytest.mark.parametrize(
    ("expr", "low", "high"),
    [
        (IntLit(7, INT), 7, 7),
        (apply("mul", A, IntLit(2, INT)), -256, 254),
        (apply("mul", A, A), 0, 16384),
        (apply("sub", A, B), -255, 255),
        (Apply("trunc_rem", (Var("u", U8), IntLit(10, U8)), U8), 0, 9),
        (Apply("trunc_rem", (A, IntLit(10, INT)), INT), -9, 9),
        (Apply("add", (Var("u", U8), IntLit(200, U8)), U8), 200, 255),
    ],
)
def test_the_form_bounds_the_value(expr: Expr, low: int, high: int) -> None:
    assert interval(expr) == Interval(low, high)


def test_nothing_is_known_of_an_integer_without_bounds() -> None:
    assert interval(Var("n", INT)) == ANY


def inside(number: int, found: Interval) -> bool:
    low, high = found.low, found.high
    return (low is None or low <= number) and (high is None or number <= high)


@given(bounds(-9, 9), bounds(-9, 9), st.integers(-20, 20), st.integers(-20, 20))
def test_operations_lose_no_value(one: Interval, two: Interval, a: int, b: int) -> None:
    if inside(a, one) and inside(b, two):
        assert inside(a + b, one.plus(two))
        assert inside(-a, one.negated())
        assert inside(a * b, one.times(two))
        assert inside(a, one.hull(two))
        assert inside(b, one.hull(two))
