"""Relations between several calls: idempotence, involution, symmetry, order, homomorphism.

A contract speaks of one call, so these do not go into it. They are checked on calls and told as
what they are: properties that held on all calls tried, for property tests and for readers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from autoform.crosscheck.contracts import meets_precondition
from autoform.crosscheck.engines import observe_call
from autoform.crosscheck.observation import Gave, Input
from autoform.ir.decls import Function, Module
from autoform.ir.types import IntType, SeqType, StrType, is_integer
from autoform.semantics.ops.comparisons import orders_natively
from autoform.semantics.values import Value, same
from autoform.specify.results import Property
from autoform.specify.runs import Run

MOST_CALLS: Final = 30
LEAST_CALLS: Final = 8
"""Fewer calls, or fewer different results among them, are no evidence."""
FUEL: Final = 50_000

Check: TypeAlias = "Callable[[_Calls, Run, Run], bool | None]"
"""Whether the relation holds of two runs; None where it says nothing of them."""


def properties(function: Function, module: Module, runs: Sequence[Run]) -> tuple[Property, ...]:
    """The relations of the kinds above that hold on all calls tried."""
    if any(param.inout for param in function.params) or not function.params:
        return ()
    calls = _Calls(function, module)
    found = (_judged(relation, calls, runs) for relation in _relations(function))
    return tuple(each for each in found if each is not None)


@dataclass(frozen=True, slots=True)
class _Calls:
    """Calls of one function through the interpreter."""

    function: Function
    module: Module

    def __call__(self, *given: Value) -> Value | None:
        """What the call returns; None where it is not allowed, raises, or does not end."""
        if not meets_precondition(self.function, self.module, given):
            return None
        seen = observe_call(self.module, self.function.name, given, FUEL)
        return seen.value if isinstance(seen, Gave) else None


@dataclass(frozen=True, slots=True)
class _Relation:
    text: str
    holds: Check


def _judged(relation: _Relation, calls: _Calls, runs: Sequence[Run]) -> Property | None:
    step = max(1, len(runs) // MOST_CALLS)
    chosen = runs[::step]
    results: list[Value] = []
    for place, run in enumerate(chosen):
        truth = relation.holds(calls, run, chosen[(place + 1) % len(chosen)])
        if truth is False:
            return None
        if truth is True and not any(same(run.result, other) for other in results):
            results.append(run.result)
    count = len(chosen)
    is_evidence = len(results) >= min(LEAST_CALLS, count) and count >= LEAST_CALLS
    return Property(relation.text, count) if is_evidence else None


def _relations(function: Function) -> Iterator[_Relation]:
    name = function.name
    types = [param.type for param in function.params]
    names = [param.name for param in function.params]
    if types == [function.result]:
        x = names[0]
        yield _Relation(f"{name}({name}({x})) == {name}({x})", _idempotent)
        yield _Relation(f"{name}({name}({x})) == {x}", _involutive)
    if len(types) == 2 and types[0] == types[1]:
        a, b = names
        yield _Relation(f"{name}({a}, {b}) == {name}({b}, {a})", _symmetric)
        if function.result == types[0]:
            yield _Relation(f"{name}({name}({a}, b), c) == {name}({a}, {name}(b, c))", _associative)
    if len(types) == 1:
        yield from _of_one(function)


def _of_one(function: Function) -> Iterator[_Relation]:
    name, type_, result = function.name, function.params[0].type, function.result
    x = function.params[0].name
    ordered = orders_natively(result) and orders_natively(type_)
    if ordered and not isinstance(type_, SeqType | StrType):
        yield _Relation(f"{x} <= y implies {name}({x}) <= {name}(y)", _monotone)
    if isinstance(type_, IntType) and is_integer(result):
        yield _Relation(f"{name}(-{x}) == {name}({x})", _even)
        yield _Relation(f"{name}(-{x}) == -{name}({x})", _odd)
    if isinstance(type_, SeqType):
        yield _Relation(f"{name}({x}[::-1]) == {name}({x})", _order_free)
    if isinstance(type_, SeqType | StrType) and (
        is_integer(result) or isinstance(result, SeqType | StrType)
    ):
        yield _Relation(f"{name}({x} + y) == {name}({x}) + {name}(y)", _homomorphic)


def _idempotent(calls: _Calls, run: Run, _: Run) -> bool | None:
    return _equal(calls(run.result), run.result)


def _involutive(calls: _Calls, run: Run, _: Run) -> bool | None:
    return _equal(calls(run.result), run.given[0])


def _symmetric(calls: _Calls, run: Run, _: Run) -> bool | None:
    return _equal(calls(run.given[1], run.given[0]), run.result)


def _associative(calls: _Calls, run: Run, other: Run) -> bool | None:
    third = other.given[1]
    right = calls(run.given[1], third)
    return _equal(calls(run.result, third), None if right is None else calls(run.given[0], right))


def _monotone(_: _Calls, run: Run, other: Run) -> bool | None:
    low, high = (run, other) if _le(run.given, other.given) else (other, run)
    return _le((low.result,), (high.result,))


def _even(calls: _Calls, run: Run, _: Run) -> bool | None:
    value = run.given[0]
    return _equal(calls(-value), run.result) if isinstance(value, int) else None


def _odd(calls: _Calls, run: Run, _: Run) -> bool | None:
    value, result = run.given[0], run.result
    if isinstance(value, int) and isinstance(result, int):
        return _equal(calls(-value), -result)
    return None


def _order_free(calls: _Calls, run: Run, _: Run) -> bool | None:
    value = run.given[0]
    return _equal(calls(value[::-1]), run.result) if isinstance(value, tuple) else None


def _homomorphic(calls: _Calls, run: Run, other: Run) -> bool | None:
    joined = _sum(run.given[0], other.given[0])
    return None if joined is None else _equal(calls(joined), _sum(run.result, other.result))


def _sum(one: Value, other: Value) -> Value | None:
    if isinstance(one, int) and isinstance(other, int):
        return one + other
    if isinstance(one, str) and isinstance(other, str):
        return one + other
    if isinstance(one, tuple) and isinstance(other, tuple):
        return one + other
    return None


def _equal(one: Value | None, other: Value | None) -> bool | None:
    return None if one is None or other is None else same(one, other)


def _le(one: Input, other: Input) -> bool:
    return bool(one <= other)
