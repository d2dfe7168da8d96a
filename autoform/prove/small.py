"""All small inputs: most wrong functions are wrong on some small input already.

Random inputs seldom repeat an element or are square; all lists over three numbers up to length
three do and are.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from autoform.crosscheck.observation import Input
from autoform.ir.decls import Function
from autoform.ir.types import (
    BoolType,
    IntType,
    MachineIntType,
    MapType,
    OptionType,
    SeqType,
    SetType,
    StrType,
    TupleType,
    Type,
)
from autoform.semantics.values import NONE, MapValue, Some, Value

MOST: Final = 600
"""Combinations of all parameters."""

_LENGTH: Final = 3
_INNER: Final = 3


def small_inputs(function: Function) -> Iterator[Input]:
    """Combinations of small values, as many values of each parameter as the total allows."""
    columns = [_values(param.type, depth=0) for param in function.params]
    if not columns or not all(columns):
        return
    each = max(2, int(MOST ** (1 / len(columns))))
    while _product([column[:each] for column in columns]) * 2 <= MOST and each < MOST:
        each *= 2
    yield from itertools.islice(itertools.product(*(c[:each] for c in columns)), MOST)


def _product(columns: Sequence[Sequence[Value]]) -> int:
    total = 1
    for column in columns:
        total *= len(column)
    return total


def _values(type_: Type, *, depth: int) -> list[Value]:
    """Small values, smallest first; none for what this does not know."""
    match type_:
        case IntType():
            return [0, 1, 2, -1, 3, 4, 10] if depth == 0 else [0, 1, 2, -1]
        case MachineIntType():
            return [value for value in (0, 1, 2, -1, 3) if value >= type_.minimum]
        case BoolType():
            return [False, True]
        case StrType():
            longest = _LENGTH if depth == 0 else 1
            return ["".join(map(str, letters)) for letters in _lists("ab ", longest)]
        case SeqType(element):
            if depth == 0 and isinstance(element, SeqType):
                return list(_lists(_values(element, depth=1), 2))
            inner = _values(element, depth=depth + 1)[: _INNER if depth == 0 else 2]
            return list(_lists(inner, _LENGTH + 1 if depth == 0 else 2))
        case TupleType(items):
            return list(itertools.product(*(_values(item, depth=depth + 1) for item in items)))
        case SetType(element):
            inner = _values(element, depth=depth + 1)[:_INNER]
            return [frozenset(chosen) for chosen in _subsets(inner)]
        case MapType(key, value):
            keys, values = (_values(part, depth=depth + 1)[:2] for part in (key, value))
            return [
                MapValue(zip(ks, vs, strict=True))
                for ks in _subsets(keys)
                for vs in itertools.product(values, repeat=len(ks))
            ]
        case OptionType(item):
            return [NONE, *map(Some, _values(item, depth=depth + 1))]
        case _:
            return []


def _lists(inner: Sequence[Value], longest: int) -> list[tuple[Value, ...]]:
    return [items for n in range(longest + 1) for items in itertools.product(inner, repeat=n)]


def _subsets(inner: Sequence[Value]) -> Iterator[tuple[Value, ...]]:
    for size in range(len(inner) + 1):
        yield from itertools.combinations(inner, size)
