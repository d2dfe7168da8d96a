"""Inputs from Hypothesis, as a list: the same for the same seed."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings

from autoform.crosscheck.inputs.backend import BACKEND
from autoform.crosscheck.inputs.preconditions import Knowledge
from autoform.crosscheck.inputs.size import Size
from autoform.crosscheck.inputs.strategies import Evaluate, arguments
from autoform.crosscheck.observation import Input
from autoform.ir.decls import Function, Module

__all__ = ["generate"]


def generate(
    function: Function,
    module: Module,
    knowledge: Knowledge,
    *,
    size: Size,
    count: int,
    seed_: int,
    evaluate: Evaluate,
) -> list[Input]:
    """Draw up to `count` inputs, which need not meet the precondition.

    Fewer come when the types have fewer values. No database is read or written.
    """
    found: list[Input] = []

    @seed(seed_)
    @settings(
        backend=BACKEND,
        max_examples=count,
        phases=(Phase.generate,),
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    @given(arguments(function, module, knowledge, size, evaluate))
    def collect(drawn: Input) -> None:
        found.append(drawn)

    collect()
    return found
