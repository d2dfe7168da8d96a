"""Makes a failing input small: fewer parts first, then smaller ones.

Candidates are judged in batches, because some engines (Dafny) are only fast on many calls at
once. A candidate is taken only when it is lighter than the input it replaces, so shrinking ends.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from autoform.crosscheck.observation import Input
from autoform.semantics.values import (
    NONE,
    Err,
    MapValue,
    Ok,
    RecordValue,
    Some,
    Value,
    VariantValue,
)

__all__ = ["shrink"]

_BATCH: Final = 64

Row = TypeVar("Row", str, tuple[Value, ...])


def shrink(
    start: Input, fails: Callable[[Sequence[Input]], Sequence[bool]], *, rounds: int
) -> Input:
    """The smallest input found that still fails, asking `fails` at most `rounds` times."""
    current = start
    while True:
        lighter = _lighter(current)
        for position in range(0, len(lighter), _BATCH):
            if rounds == 0:
                return current
            rounds -= 1
            batch = lighter[position : position + _BATCH]
            found = next((i for i, bad in zip(batch, fails(batch), strict=True) if bad), None)
            if found is not None:
                current = found
                break
        else:
            return current


def _lighter(given: Input) -> list[Input]:
    """Inputs that differ in one argument and weigh less, lightest first."""
    limit = weight(given)
    found = {repr(candidate): candidate for candidate in _rows(given)}
    weighed = sorted(((weight(c), text, c) for text, c in found.items()), key=lambda w: w[:2])
    return [candidate for heavy, _, candidate in weighed if heavy < limit]


def weight(value: Value) -> tuple[int, float]:
    """Parts first, then how far they are from the simplest values of their types."""
    match value:
        case bool():
            return 1, float(value)
        case int():
            return 1, min(2 * abs(value) + (value < 0), 1e300)
        case float():
            return 1, _float_weight(value)
        case str():
            return 1 + len(value), sum(map(_letter_weight, value))
        case tuple() | frozenset():
            return _total(value)
        case MapValue():
            return _total(part for pair in value.items() for part in pair)
        case Some(inner) | Ok(inner) | Err(inner):
            return _total((inner,))
        case RecordValue(_, fields):
            return _total(fields)
        case VariantValue(_, _, items):
            return _total(items)
        case _:
            return 1, 0


def _total(parts: Iterable[Value]) -> tuple[int, float]:
    weights = [weight(part) for part in parts]
    return 1 + sum(w[0] for w in weights), sum(w[1] for w in weights)


def _float_weight(value: float) -> float:
    if not math.isfinite(value):
        return 1e300
    fraction = 0 if value.is_integer() else 10 + len(repr(value))
    return min(2 * abs(value), 1e299) + (math.copysign(1, value) < 0) + fraction


def _letter_weight(letter: str) -> float:
    place = "a0 bcdefghijklmnopqrstuvwxyz123456789".find(letter)
    return place if place >= 0 else 40 + ord(letter)


def _rows(items: tuple[Value, ...]) -> Iterator[tuple[Value, ...]]:
    """Rows with one item simplified."""
    for place, item in enumerate(items):
        for simpler in simpler_values(item):
            yield (*items[:place], simpler, *items[place + 1 :])


def simpler_values(value: Value) -> Iterator[Value]:  # noqa: C901 - one case per kind of value
    """Values of the same type that are simpler in one respect."""
    match value:
        case bool():
            yield False
        case int():
            yield from _simpler_ints(value)
        case float():
            yield from _simpler_floats(value)
        case str():
            yield from (part for part in _shorter(value))
            for place, letter in enumerate(value):
                for other in "a0 ":
                    if other != letter:
                        yield value[:place] + other + value[place + 1 :]
        case tuple():
            # Of a sequence parts may be dropped; the precondition rejects what is no value of
            # the type, and `fails` must: a tuple's length is part of its type.
            yield from _shorter(value)
            yield from _rows(value)
        case frozenset():
            yield from (value - {item} for item in sorted(value, key=repr))
            for item in value:
                yield from (value - {item} | {simpler} for simpler in simpler_values(item))
        case MapValue():
            pairs = list(value.items())
            for place, pair in enumerate(pairs):
                yield MapValue((*pairs[:place], *pairs[place + 1 :]))
                for key, held in _rows(pair):
                    yield MapValue((*pairs[:place], (key, held), *pairs[place + 1 :]))
        case Some(inner):
            yield NONE
            yield from map(Some, simpler_values(inner))
        case Ok(inner):
            yield from map(Ok, simpler_values(inner))
        case Err(inner):
            yield from map(Err, simpler_values(inner))
        case RecordValue(name, fields):
            yield from (RecordValue(name, row) for row in _rows(fields))
        case VariantValue(name, variant, items):
            yield from (VariantValue(name, variant, row) for row in _rows(items))
        case _:
            return


def _shorter(row: Row) -> Iterator[Row]:
    """Parts of a row: nothing, halves, and the row without one item."""
    if not row:
        return
    half = len(row) // 2
    yield row[:0]
    yield row[:half]
    yield row[half:]
    yield from (row[:place] + row[place + 1 :] for place in range(len(row)))


def _simpler_ints(value: int) -> Iterator[int]:
    if value == 0:
        return
    sign = 1 if value > 0 else -1
    yield from (0, 1, -1, 2, 10)
    yield -value
    step = abs(value) // 2
    while step:
        yield sign * (abs(value) - step)
        step //= 2
    yield value - sign


def _simpler_floats(value: float) -> Iterator[float]:
    yield from (0.0, 1.0, 2.0, 0.5, -1.0)
    if math.isfinite(value):
        yield -value
        yield float(math.trunc(value))
        yield round(value, 1)
        yield value / 2
