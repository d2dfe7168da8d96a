"""What every pass keeps: values, mutation and exceptions, on random modules."""

from __future__ import annotations

import random
from typing import Final, TypeAlias

import pytest

from autoform.ir.decls import Function, Module
from autoform.ir.features import features
from autoform.passes import Pass, run
from autoform.passes.catalogue import PASSES
from autoform.passes.inout_to_result import split_result
from autoform.semantics.interpreter import Outcome, OutOfFuel, Raised, Returned, call
from autoform.semantics.values import Value, same
from autoform.testing.generate import EVERYTHING, MACHINE, Profile
from autoform.testing.generate import random_module as random_module_of
from tests.passes.programs import random_module
from tests.passes.values import random_value

FUEL: Final = 20_000
AFTER: Final = 100 * FUEL
JUMPING: Final = range(12)
GENERAL: Final = range(4)

Call: TypeAlias = tuple[Function, tuple[Value, ...], Outcome]

each_pass = pytest.mark.parametrize("lowering", PASSES, ids=lambda each: each.name)


def calls(module: Module, seed: int) -> list[Call]:
    rng = random.Random(seed)  # noqa: S311 - tests that repeat, no secret
    found: list[Call] = []
    for function in module.functions:
        for _ in range(3):
            args = tuple(random_value(param.type, rng, module) for param in function.params)
            found.append((function, args, call(module, function.name, args, fuel=FUEL)))
    return found


def as_before(lowering: Pass, function: Function, outcome: Outcome) -> Outcome:
    """The outcome of the original: where inouts became results, a raise loses them."""
    if "inout" not in lowering.removes or not isinstance(outcome, Returned):
        return outcome
    value, inouts = split_result(function, outcome.value)
    return Returned(value, inouts)


def agree(lowering: Pass, before: Outcome, after: Outcome) -> bool:
    match before, after:
        case OutOfFuel(), _:
            return True
        case Returned(), Returned():
            return same(before.value, after.value) and same(before.inouts, after.inouts)
        case Raised(), Raised():
            inouts = "inout" in lowering.removes or same(before.inouts, after.inouts)
            return before.exception == after.exception and inouts
        case _:
            return False


def check(lowering: Pass, module: Module, found: list[Call]) -> None:
    lowered = run(module, [lowering])
    assert not features(*lowered.functions) & lowering.removes
    for function, args, before in found:
        if isinstance(before, OutOfFuel):
            continue
        after = as_before(lowering, function, call(lowered, function.name, args, fuel=AFTER))
        assert agree(lowering, before, after), (function.name, args, before, after)


@each_pass
def test_modules_that_jump_behave_as_before(lowering: Pass) -> None:
    for seed in JUMPING:
        module = random_module(seed)
        check(lowering, module, calls(module, seed))


@each_pass
@pytest.mark.parametrize("profile", [EVERYTHING, MACHINE], ids=["everything", "machine"])
def test_modules_of_every_kind_behave_as_before(lowering: Pass, profile: Profile) -> None:
    for seed in GENERAL:
        module = random_module_of(seed, profile)
        check(lowering, module, calls(module, seed))


def test_jumping_modules_return_and_raise() -> None:
    kinds = {
        type(outcome).__name__
        for seed in JUMPING
        for _, _, outcome in calls(random_module(seed), seed)
    }
    assert {"Returned", "Raised"} <= kinds
