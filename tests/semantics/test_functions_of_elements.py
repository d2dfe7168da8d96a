"""Operators that are given a function answer as Python's `key=` and `reduce` do."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autoform.ir.types import FLOAT, INT, STR, FnType, OptionType, SeqType, TupleType, Type
from autoform.semantics.failure import EvaluationFailed, Tank
from autoform.semantics.meaning import Signature
from autoform.semantics.ops import MEANINGS
from autoform.semantics.values import NONE, Some, Value, same
from tests.semantics.strategies import values_of

PAIR = TupleType((INT, STR))
PAIRS = SeqType(PAIR)
KEYS: list[tuple[Type, Callable[[Any], Value]]] = [
    (INT, lambda pair: pair[0] % 3),
    (STR, lambda pair: pair[1]),
    (FLOAT, lambda pair: pair[0] / 7 if abs(pair[0]) < 10**9 else 0.0),
    (SeqType(INT), lambda pair: (pair[0] % 2, len(pair[1]))),
    (OptionType(INT), lambda pair: Some(pair[0] % 2) if pair[1] else NONE),
]


def as_python(key: Value) -> Any:
    """A key that Python orders as the IR does: `none` is before every `some`."""
    if isinstance(key, Some):
        return (1, key.value)
    return (0, 0) if key is NONE else key


def last_max(pairs: Any, key: Callable[[Any], Any]) -> Any:
    return max(enumerate(pairs), key=lambda item: (key(item[1]), item[0]))[1]


PYTHON: dict[str, tuple[Type, Callable[..., Any]]] = {
    "seq.sort_by": (PAIRS, lambda pairs, key: tuple(sorted(pairs, key=key))),
    "seq.sort_by_desc": (PAIRS, lambda pairs, key: tuple(sorted(pairs, key=key, reverse=True))),
    "seq.min_by": (PAIR, lambda pairs, key: min(pairs, key=key)),
    "seq.max_by": (PAIR, lambda pairs, key: max(pairs, key=key)),
    "seq.last_max_by": (PAIR, last_max),
}


@pytest.mark.parametrize("op", PYTHON)
@pytest.mark.parametrize(("key_type", "key"), KEYS, ids=lambda part: str(part)[:20])
@settings(max_examples=25, deadline=None)
@given(pairs=values_of(PAIRS))
def test_keys(op: str, key_type: Type, key: Callable[[Any], Value], pairs: Value) -> None:
    result, python = PYTHON[op]
    types = Signature((PAIRS, FnType((PAIR,), key_type)), result)
    seen: list[Value] = []

    def observed(pair: Value) -> Value:
        seen.append(pair)
        return key(pair)

    try:
        found = MEANINGS[op].run(types, Tank(10**6), pairs, observed)  # type: ignore[arg-type] # a function
    except EvaluationFailed as failure:
        found = failure.exception
    expected = python(pairs, lambda pair: as_python(key(pair))) if pairs else ()
    if not pairs and result == PAIR:
        expected = "ValueError"
    assert same(found, expected)
    assert tuple(seen) == pairs


@given(numbers=st.lists(st.integers()).map(tuple), start=st.integers())
def test_folds(numbers: tuple[int, ...], start: int) -> None:
    def step(total: int, number: int) -> int:
        return total * 3 - number

    types = Signature((SeqType(INT), INT, FnType((INT, INT), INT)), INT)
    found = MEANINGS["seq.fold"].run(types, Tank(10**6), numbers, start, step)  # type: ignore[arg-type] # a function
    assert found == reduce(step, numbers, start)
