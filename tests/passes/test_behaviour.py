"""What every pass keeps: values, mutation and exceptions, on random modules."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autoform.ir.decls import Function, Module
from autoform.ir.features import features
from autoform.ir.wellformed import require_wellformed
from autoform.passes import PASSES, Pass
from autoform.passes.inout_to_result import split_result
from autoform.semantics.interpreter import OutOfFuel, Outcome, Raised, Returned, call
from tests.passes.programs import random_module

FUEL = 20_000


def outcomes(module: Module, seed: int) -> dict[tuple[str, object], Outcome]:
    rng = random.Random(seed)
    found: dict[tuple[str, object], Outcome] = {}
    for function in module.functions:
        for _ in range(3):
            xs = tuple(rng.randint(-2, 5) for _ in range(rng.randint(0, 4)))
            args = (rng.randint(-2, 5), xs)
            found[function.name, args] = call(module, function.name, args, fuel=FUEL)
    return found
