"""Which ways to run two functions in one are worth a try, told from runs of both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from autoform.crosscheck import Input
from autoform.equiv.product import Way
from autoform.ir.decls import Function, Module
from autoform.ir.stmts import While
from autoform.passes.blocks import contains
from autoform.semantics.tracing import loops, trace

__all__ = ["ways"]

_MOST_RUNS: Final = 60
_FUEL: Final = 20_000


def ways(
    module: Module, first: Function, second: Function, inputs: Sequence[Input]
) -> tuple[Way, ...]:
    """Likeliest first, of two lowered functions. Where not both have loops there is but one."""
    if not all(contains(each.body, While) for each in (first, second)):
        return (Way.APART,)
    ahead = _ahead(module, first, second, inputs)
    return (ahead or Way.IN_STEP, Way.TOGETHER, Way.APART)


def _ahead(
    module: Module, first: Function, second: Function, inputs: Sequence[Input]
) -> Way | None:
    """The side that ran one round more wherever it ran any, if there is one."""
    if not all(_has_one_plain_loop(each) for each in (first, second)):
        return None
    rounds = [
        [_rounds(module, each, given) for each in (first, second)] for given in inputs[:_MOST_RUNS]
    ]
    if any(max(each) > 1 for each in rounds):
        for way, more, less in ((Way.FIRST_AHEAD, 0, 1), (Way.SECOND_AHEAD, 1, 0)):
            if all(each[more] == (each[less] + 1 if each[more] else 0) for each in rounds):
                return way
    return None


def _has_one_plain_loop(function: Function) -> bool:
    (loop, *others) = loops(function)
    return not others and not contains(loop.body, While)


def _rounds(module: Module, function: Function, given: Input) -> int:
    """Of its loop on an input, as far as they go with little fuel."""
    seen = trace(module, function.name, given, fuel=_FUEL)
    return max((visit.rounds for visit in seen.visits), default=0)
