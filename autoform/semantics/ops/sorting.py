"""Sorting at a type: stable, by the IR's order. A NaN to be sorted is outside the subset."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from functools import cmp_to_key, partial
from typing import Any, TypeAlias

from autoform.ir.types import FloatType, Type
from autoform.semantics.failure import Tank, outside
from autoform.semantics.ops.comparisons import measure, order, orders_natively
from autoform.semantics.values import Value

Sorter: TypeAlias = Callable[[Tank, Collection[Any]], list[Any]]
Placer: TypeAlias = Callable[[Tank, Sequence[Any]], list[int]]


def sorter(type_: Type, *, descending: bool = False) -> Sorter:
    """A function that lists values of the type in order."""
    pay = _payment(type_)
    if orders_natively(type_):

        def by_python(tank: Tank, values: Collection[Any]) -> list[Any]:
            pay(tank, values)
            return sorted(values, reverse=descending)

        return by_python

    def by_order(tank: Tank, values: Collection[Any]) -> list[Any]:
        pay(tank, values)
        return sorted(values, key=cmp_to_key(partial(order, tank)), reverse=descending)

    return by_order


def placer(type_: Type, *, descending: bool = False) -> Placer:
    """A function that lists the places of keys of the type in the order of the keys."""
    pay, native = _payment(type_), orders_natively(type_)

    def run(tank: Tank, keys: Sequence[Any]) -> list[int]:
        pay(tank, keys)
        comparable = cmp_to_key(partial(order, tank))
        rank = keys.__getitem__ if native else lambda place: comparable(keys[place])
        return sorted(range(len(keys)), key=rank, reverse=descending)

    return run


def _payment(type_: Type) -> Callable[[Tank, Collection[Value]], None]:
    """Pay for the comparisons; and no NaN is sorted."""
    size, floats = measure(type_), isinstance(type_, FloatType)

    def run(tank: Tank, values: Collection[Any]) -> None:
        inside = sum(map(size, values)) if size is not None else 0
        tank.pay_items((len(values) + inside) * len(values).bit_length())
        if floats and any(map(math.isnan, values)):
            raise outside("a NaN is sorted")

    return run
