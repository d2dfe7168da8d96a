"""On random modules the reference interpreter and a naive one answer alike."""

from __future__ import annotations

import sys
from random import Random

import pytest

from autoform.ir.decls import Function, Module
from autoform.ir.text import print_function
from autoform.ir.types import Type, TypeVar, walk_type
from autoform.semantics.interpreter import Outcome, OutOfFuel, Raised, Returned, call
from autoform.semantics.tracing import trace
from autoform.semantics.values import has_type, same
from autoform.testing.generate import random_module
from tests.semantics.naive import naive_call
from tests.semantics.random_values import random_value

FUEL = 200_000


def alike(first: Outcome, second: Outcome) -> bool:
    """Whether the outcomes are the same, as far as fuel lets one compare them."""
    match first, second:
        case (OutOfFuel(), _) | (_, OutOfFuel()):
            return True
        case (Returned(value, inouts), Returned(other, others)):
            return same(value, other) and same(inouts, others)
        case (Raised(exception, _, inouts), Raised(other, _, others)):
            return exception == other and same(inouts, others)
        case _:
            return False


def is_known(type_: Type) -> bool:
    return not any(isinstance(part, TypeVar) for part in walk_type(type_))


def check(module: Module, function: Function, rng: Random, *, traced: bool) -> None:
    args = [random_value(rng, param.type, module) for param in function.params]
    found = call(module, function.name, args, fuel=FUEL)
    expected = naive_call(module, function.name, args, FUEL)
    assert alike(found, expected), (print_function(function), args, found, expected)
    if isinstance(found, Returned) and is_known(function.result):
        assert has_type(found.value, function.result, module)
    if traced:
        assert alike(trace(module, function.name, args, fuel=FUEL).outcome, expected)


@pytest.mark.parametrize("seed", range(50))
def test_interpreters_agree(seed: int) -> None:
    module, rng = random_module(seed), Random(seed)  # noqa: S311 - repeatable
    limit = sys.getrecursionlimit()
    for function in module.functions:
        for n in range(3):
            check(module, function, rng, traced=n == 0)
    assert sys.getrecursionlimit() == limit
