"""One round of a loop by itself: from a state at its head to the next one.

What no run reaches can be tried so: a condition that holds in a state, and no longer after a round
from there, is not kept by the loop, whatever the function does before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from autoform.ir.decls import Contract, Function, Module, Param
from autoform.ir.exprs import Expr
from autoform.ir.stmts import Raise
from autoform.ir.traversal import fresh_name
from autoform.semantics.interpreter import EvaluationFailed, FuelExhausted, evaluate
from autoform.semantics.tracing import trace
from autoform.semantics.values import Value
from autoform.vc.loops import LoopSite

__all__ = ["LoopRounds", "State", "truth"]

State = Mapping[str, Value]
_FUEL: Final = 20_000
_ENDED: Final = "StopIteration"
"""Raised where the loop ends by itself: what would come then is not of interest."""


class LoopRounds:
    """A loop of a lowered function, cut out: its variables are parameters."""

    def __init__(self, module: Module, function: Function, site: LoopSite) -> None:
        """Make a function that does nothing but the loop."""
        name = fresh_name("rounds", {each.name for each in module.functions})
        loop = replace(site.loop, invariants=(), decreases=())
        params = tuple(Param(name, type_, inout=True) for name, type_ in site.visible.items())
        body = (loop, Raise(_ENDED))
        alone = replace(function, name=name, params=params, body=body, contract=Contract())
        self.name = name
        self.names = tuple(site.visible)
        self.module = replace(module, functions=(*module.functions, alone))

    def after(self, state: State) -> State | None:
        """The state at the loop's head one round later; None where no round ends there."""
        if not state.keys() >= set(self.names):
            return None
        given = [state[name] for name in self.names]
        visits = trace(self.module, self.name, given, at={0}, limit=2, fuel=_FUEL).visits
        return visits[1].state if len(visits) == 2 and visits[1].rounds == 1 else None


def truth(module: Module, condition: Expr, state: State) -> bool | None:
    """Whether the condition is true in the state; None where it has no value there."""
    try:
        found = evaluate(module, condition, state, old=state, fuel=_FUEL)
    except (EvaluationFailed, FuelExhausted, KeyError):
        return None
    return found if isinstance(found, bool) else None
