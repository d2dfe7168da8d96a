"""Who can say what a call does: one protocol, one class an engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias, assert_never

from autoform.crosscheck.observation import (
    Gave,
    Input,
    NoClaim,
    Observation,
    Reason,
    Threw,
)
from autoform.crosscheck.results import EngineName
from autoform.ir.decls import Module
from autoform.ir.ops import OUTSIDE
from autoform.semantics.interpreter import OutOfFuel, Outcome, Raised, Returned, call

__all__ = ["Engine", "Interpreter", "Observations", "Plan", "observe_call"]

Plan: TypeAlias = Mapping[str, Sequence[Input]]
"""The inputs of each function that is to be called."""

Observations: TypeAlias = Mapping[str, Sequence[Observation]]
"""What was seen of each, in the order of the plan."""


class Engine(Protocol):
    """Runs calls in bulk, because some engines start slowly and run fast."""

    @property
    def name(self) -> EngineName: ...

    def observe(self, plan: Plan) -> Observations: ...


class Interpreter:
    """The reference interpreter on the module as it was lifted."""

    name = EngineName.INTERPRETER

    def __init__(self, module: Module, fuel: int) -> None:
        self._module = module
        self._fuel = fuel

    def observe(self, plan: Plan) -> Observations:
        """Interpret each call of the plan."""
        return {
            function: [observe_call(self._module, function, given, self._fuel) for given in inputs]
            for function, inputs in plan.items()
        }


def observe_call(module: Module, function: str, given: Input, fuel: int) -> Observation:
    """One interpreted call, as an observation."""
    return from_outcome(call(module, function, given, fuel=fuel))


def from_outcome(outcome: Outcome) -> Observation:
    """What an outcome of the interpreter claims."""
    match outcome:
        case Returned(value, inouts):
            return Gave(value, inouts)
        case Raised(exception, _, inouts):
            return NoClaim(Reason.OUTSIDE) if exception == OUTSIDE else Threw(exception, inouts)
        case OutOfFuel():
            return NoClaim(Reason.FUEL)
        case _:
            assert_never(outcome)
