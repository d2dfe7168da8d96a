"""Failing inputs become small, keep failing, and shrinking ends."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from autoform.crosscheck.observation import Input
from autoform.crosscheck.shrink import shrink, simpler_values, weight
from autoform.semantics.values import NONE, MapValue, RecordValue, Some, Value, VariantValue

LEAVES = st.booleans() | st.integers() | st.floats() | st.text(max_size=4)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(tuple),
        st.frozensets(st.integers(), max_size=4),
        st.lists(st.tuples(st.integers(), inner), max_size=3).map(MapValue),
        inner.map(Some),
        inner.map(lambda value: RecordValue("R", (value,))),
        inner.map(lambda value: VariantValue("E", "V", (value,))),
    ),
    max_leaves=8,
)


def test_shrinks_every_argument() -> None:
    def fails(candidates: Sequence[Input]) -> list[bool]:
        return [
            isinstance(n, int)
            and n > 17
            and isinstance(xs, tuple)
            and len(xs) >= 2
            and isinstance(s, str)
            and "l" in s
            for n, xs, s in candidates
        ]

    least = shrink((5_000, (7, 8, 1_000, 33), "hello"), fails, rounds=500)
    assert least == (18, (0, 0), "l")


def test_asks_no_more_often_than_it_may() -> None:
    asked = 0

    def fails(candidates: Sequence[Input]) -> list[bool]:
        nonlocal asked
        asked += 1
        return [isinstance(n, int) and n > 10**30 - 50 for (n,) in candidates]

    shrink((10**30,), fails, rounds=3)
    assert asked == 3


def test_what_cannot_be_smaller_stays() -> None:
    start: Input = (0, (), "", False, NONE, 0.0)
    assert shrink(start, lambda found: [True] * len(found), rounds=100) == start


@given(VALUES)
def test_always_ends_and_never_grows(value: Value) -> None:
    least = shrink((value,), lambda found: [True] * len(found), rounds=2_000)
    assert weight(least) <= weight((value,))
    lighter = [c for c in simpler_values(least[0]) if weight((c,)) < weight(least)]
    assert lighter == []


@given(VALUES)
def test_simpler_values_are_of_the_same_kind(value: Value) -> None:
    kinds = {type(candidate) for candidate in simpler_values(value)}
    expected = {type(value)} | ({type(NONE)} if isinstance(value, Some) else set())
    assert kinds <= expected
