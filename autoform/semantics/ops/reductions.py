"""Sequences in order and added up: sorting, minima, sums, folds.

Functions of elements are called once for each, in order. A sum of floats is added from left to
right, each step rounded: Python's `sum` did so before 3.12, which compensates.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias, cast

from autoform.ir.types import FloatType, FnType, IntType, MachineIntType, SeqType, Type
from autoform.semantics.failure import EvaluationFailed, Tank
from autoform.semantics.meaning import Function, Meaning, Signature, raising, sized, typed
from autoform.semantics.ops.comparisons import less_than, measure, orders_natively
from autoform.semantics.ops.integers import mul_int, overflow
from autoform.semantics.ops.sequences import Built, Items, element_of
from autoform.semantics.ops.sorting import placer, sorter
from autoform.semantics.values import Value

_Key: TypeAlias = Callable[[Value], Value]


# ── Order ─────────────────────────────────────────────────────────────────────────────────────


def _sorted(*, descending: bool) -> Callable[[Signature], Function]:
    def choose(signature: Signature) -> Function:
        in_order = sorter(element_of(signature), descending=descending)
        return lambda tank, xs: tuple(in_order(tank, xs))

    return choose


def _sort_by(*, descending: bool) -> Callable[[Signature], Function]:
    def choose(signature: Signature) -> Function:
        places = placer(_key_type(signature), descending=descending)

        def run(tank: Tank, xs: Items, key: _Key) -> Built:
            return tuple(xs[place] for place in places(tank, [key(x) for x in xs]))

        return run

    return choose


def _key_type(signature: Signature) -> Type:
    return cast(FnType, signature.args[1]).result


def _is_sorted(signature: Signature) -> Function:
    less = less_than(element_of(signature))

    def run(tank: Tank, xs: Items) -> bool:
        tank.pay(len(xs))
        return not any(less(tank, xs[i + 1], xs[i]) for i in range(len(xs) - 1))

    return run


# ── Least and greatest ────────────────────────────────────────────────────────────────────────


_Better: TypeAlias = Callable[[Tank, Value, Value], bool]
"""Whether a new element displaces the best so far."""


def _less(type_: Type) -> _Better:
    return less_than(type_)


def _greater(type_: Type) -> _Better:
    less = less_than(type_)
    return lambda tank, new, best: less(tank, best, new)


def _not_less(type_: Type) -> _Better:
    less = less_than(type_)
    return lambda tank, new, best: not less(tank, new, best)


def _best_place(tank: Tank, keys: Items, better: _Better) -> int:
    """Where a scan from the left ends that moves on to what is better."""
    if not keys:
        raise EvaluationFailed("ValueError", "least or greatest of an empty collection")
    tank.pay(len(keys))
    best = 0
    for i in range(1, len(keys)):
        if better(tank, keys[i], keys[best]):
            best = i
    return best


def _extreme(
    better_at: Callable[[Type], _Better], by_python: Callable[..., Value]
) -> Callable[[Signature], Function]:
    def choose(signature: Signature) -> Function:
        element = element_of(signature)
        better, size = better_at(element), measure(SeqType(element)) or len

        def scan(tank: Tank, xs: Items) -> Value:
            return xs[_best_place(tank, xs, better)]

        def search(tank: Tank, xs: Items) -> Value:
            tank.pay_items(size(xs))
            return by_python(xs) if xs else scan(tank, xs)

        # Python's `min` and `max` scan in the same way, NaN included.
        return search if orders_natively(element) else scan

    return choose


def _extreme_by(better_at: Callable[[Type], _Better]) -> Callable[[Signature], Function]:
    def choose(signature: Signature) -> Function:
        better = better_at(_key_type(signature))

        def run(tank: Tank, xs: Items, key: _Key) -> Value:
            return xs[_best_place(tank, [key(x) for x in xs], better)]

        return run

    return choose


# ── Sums and folds ────────────────────────────────────────────────────────────────────────────


def _sum(signature: Signature) -> Function:
    if isinstance(signature.result, IntType):
        return _exact_sum
    start = 0.0 if isinstance(signature.result, FloatType) else 0

    def add(_tank: Tank, total: float, x: float) -> float:
        return total + x

    return _accumulate(add, start, signature.result)


def _exact_sum(tank: Tank, xs: Sequence[int]) -> int:
    tank.pay_items(len(xs))
    return sum(xs)


def _product(signature: Signature) -> Function:
    if isinstance(signature.result, IntType):
        return _accumulate(mul_int, 1, signature.result)
    start = 1.0 if isinstance(signature.result, FloatType) else 1

    def multiply(_tank: Tank, total: float, x: float) -> float:
        return total * x

    return _accumulate(multiply, start, signature.result)


def _accumulate(step: Callable[..., float], start: float, type_: Type) -> Function:
    machine = type_ if isinstance(type_, MachineIntType) else None

    def run(tank: Tank, xs: Sequence[float]) -> float:
        tank.pay(len(xs))
        total = start
        for x in xs:
            total = step(tank, total, x)
            if machine and not machine.minimum <= total <= machine.maximum:
                raise overflow(machine)
        return total

    return run


def _fold(tank: Tank, xs: Items, start: Value, step: Callable[[Value, Value], Value]) -> Value:
    tank.pay(len(xs))
    total = start
    for x in xs:
        total = step(total, x)
    return total


def _fsum(tank: Tank, xs: Sequence[float]) -> float:
    tank.pay(len(xs))
    return cast(float, _rounded_once(xs))


_rounded_once: Final = raising(math.fsum, ValueError, OverflowError)

REDUCTIONS: Final[dict[str, Meaning]] = {
    "seq.sorted": typed(_sorted(descending=False), sized=True),
    "seq.sorted_desc": typed(_sorted(descending=True), sized=True),
    "seq.sort_by": typed(_sort_by(descending=False), sized=True),
    "seq.sort_by_desc": typed(_sort_by(descending=True), sized=True),
    "seq.is_sorted": typed(_is_sorted, sized=True),
    "seq.min": typed(_extreme(_less, min), sized=True),
    "seq.max": typed(_extreme(_greater, max), sized=True),
    "seq.min_by": typed(_extreme_by(_less), sized=True),
    "seq.max_by": typed(_extreme_by(_greater), sized=True),
    "seq.last_max_by": typed(_extreme_by(_not_less), sized=True),
    "seq.sum": typed(_sum, sized=True),
    "seq.product": typed(_product, sized=True),
    "seq.fold": sized(_fold),
    "seq.fsum": sized(_fsum),
}
"""Operators on sequences that order or add up the elements."""
