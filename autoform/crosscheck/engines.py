"""Who can say what a call does: one protocol, one class an engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
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
from autoform.ir.decls import Function, Module
from autoform.ir.ops import OUTSIDE
from autoform.passes.functional import functional_form
from autoform.passes.inout_to_result import split_result
from autoform.semantics.interpreter import Outcome, OutOfFuel, Raised, Returned, call

__all__ = ["Engine", "FunctionalForm", "Interpreter", "Observations", "Plan", "observe_call"]

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


class FunctionalForm:
    """The interpreter on the functional form: no loops and no mutation are left in it."""

    name = EngineName.FUNCTIONAL

    def __init__(self, module: Module, fuel: int) -> None:
        self._lifted = module
        self._fuel = fuel

    @cached_property
    def _functional(self) -> Module:
        return functional_form(self._lifted)

    def observe(self, plan: Plan) -> Observations:
        """Interpret each call of the plan in functional form."""
        return {
            name: [self._observe_call(self._lifted.function(name), given) for given in inputs]
            for name, inputs in plan.items()
        }

    def _observe_call(self, function: Function, given: Input) -> Observation:
        """Final values come back as results there, and are lost when the call raises."""
        seen = observe_call(self._functional, function.name, given, self._fuel)
        if not any(param.inout for param in function.params):
            return seen
        match seen:
            case Gave(value):
                own, finals = split_result(function, value)
                return Gave(own, finals)
            case Threw(exception):
                return Threw(exception, None)
            case _:
                return seen


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
