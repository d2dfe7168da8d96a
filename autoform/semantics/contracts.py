"""Contracts, evaluated: what a call may assume, what it must raise, what holds after it.

A clause that itself raises or runs out of fuel has no truth value: the functions here let
`EvaluationFailed` and `FuelExhausted` through, and their callers decide what that means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from autoform.ir.decls import Function, Module, RaisesClause
from autoform.ir.ops import OUTSIDE
from autoform.ir.stmts import Clause
from autoform.semantics.interpreter import (
    DEFAULT_FUEL,
    Outcome,
    OutOfFuel,
    Raised,
    Returned,
    evaluate,
)
from autoform.semantics.values import Value


class BreachKind(StrEnum):
    """How an outcome can break a contract."""

    POSTCONDITION = "postcondition"
    UNDECLARED_EXCEPTION = "undeclared-exception"
    MISSING_EXCEPTION = "missing-exception"


@dataclass(frozen=True, slots=True)
class Breach:
    """What a call did against its contract. An undeclared exception breaks no clause."""

    kind: BreachKind
    clause: Clause | RaisesClause | None = None


def environment(function: Function, args: Sequence[Value]) -> dict[str, Value]:
    """The parameters with their values at entry."""
    names = (param.name for param in function.params)
    return dict(zip(names, args, strict=True))


def broken_requires(
    module: Module, name: str, args: Sequence[Value], *, fuel: int = DEFAULT_FUEL
) -> tuple[Clause, ...]:
    """The preconditions that these arguments do not meet, in order."""
    function = module.function(name)
    entry = environment(function, args)
    clauses = function.contract.requires
    return tuple(c for c in clauses if not evaluate(module, c.condition, entry, fuel=fuel))


def declared_exception(
    module: Module, name: str, args: Sequence[Value], *, fuel: int = DEFAULT_FUEL
) -> RaisesClause | None:
    """The first `raises` clause that holds: the call must raise its exception."""
    function = module.function(name)
    entry = environment(function, args)
    for clause in function.contract.raises:
        if evaluate(module, clause.when, entry, fuel=fuel):
            return clause
    return None


def broken_ensures(
    module: Module,
    name: str,
    args: Sequence[Value],
    returned: Returned,
    *,
    fuel: int = DEFAULT_FUEL,
) -> tuple[Clause, ...]:
    """The postconditions that do not hold of a normal return, in order."""
    function = module.function(name)
    old = environment(function, args)
    now = {**old, **_inouts(function, returned.inouts)}
    return tuple(
        clause
        for clause in function.contract.ensures
        if not evaluate(module, clause.condition, now, old=old, result=returned.value, fuel=fuel)
    )


def _inouts(function: Function, values: Sequence[Value]) -> Mapping[str, Value]:
    names = (param.name for param in function.params if param.inout)
    return dict(zip(names, values, strict=True))


def breaches(
    module: Module,
    name: str,
    args: Sequence[Value],
    outcome: Outcome,
    *,
    fuel: int = DEFAULT_FUEL,
) -> tuple[Breach, ...]:
    """How the outcome of a call with arguments that meet `requires` breaks the contract.

    Nothing is claimed of a call that is outside the subset or out of fuel.
    """
    raised = outcome.exception if isinstance(outcome, Raised) else None
    if isinstance(outcome, OutOfFuel) or raised == OUTSIDE:
        return ()
    declared = declared_exception(module, name, args, fuel=fuel)
    if declared is not None:
        met = declared.exception == raised
        return () if met else (Breach(BreachKind.MISSING_EXCEPTION, declared),)
    if isinstance(outcome, Raised):
        return (Breach(BreachKind.UNDECLARED_EXCEPTION),)
    broken = broken_ensures(module, name, args, outcome, fuel=fuel)
    return tuple(Breach(BreachKind.POSTCONDITION, clause) for clause in broken)
