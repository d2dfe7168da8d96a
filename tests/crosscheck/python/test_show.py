"""Values as source to paste."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoform.crosscheck.python.show import cut, show
from autoform.crosscheck.python.worker import encode

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
NESTED = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(max_size=3), inner)
    ),
    max_leaves=10,
)


@given(NESTED)
def test_shown_text_evaluates_to_the_value(value: object) -> None:
    assert repr(eval(show(encode(value)))) == repr(value)  # noqa: S307 - of our own text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (set(), "set()"),
        ({1}, "{1}"),
        (frozenset({1}), "frozenset([1])"),
        (math.inf, 'float("inf")'),
        (range(3), "range(0, 3, 1)"),
        (1j, "<complex object>"),
    ],
)
def test_show(value: object, text: str) -> None:
    assert show(encode(value)) == text


def test_cut_keeps_both_ends() -> None:
    assert cut("a" * 100 + "b" * 100, 25) == "a" * 10 + " ... " + "b" * 10
