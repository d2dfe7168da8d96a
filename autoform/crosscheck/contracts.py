"""Contracts judged on what the original did, by the interpreter's evaluation of their clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from autoform.crosscheck.observation import Gave, Input, Observation, Threw, same_exception
from autoform.ir.decls import Function, Module, RaisesClause
from autoform.ir.exprs import Expr
from autoform.ir.stmts import Clause, Origin
from autoform.semantics.interpreter import EvaluationFailed, FuelExhausted, evaluate
from autoform.semantics.values import Value

__all__ = ["Violation", "meets_precondition", "violation"]

CLAUSE_FUEL = 100_000
# A guard's clause is autoform's reading of the code: where it is wrong, autoform is.
_DERIVED = frozenset({Origin.GUARD, Origin.TYPE})
_CLAIMED = frozenset({Origin.DECORATOR, Origin.DOCSTRING})


@dataclass(frozen=True, slots=True)
class Violation:
    """A clause that the original does not keep; `derived` when autoform wrote it, not the user."""

    clause: Clause | RaisesClause
    demand: str
    derived: bool


def meets_precondition(function: Function, module: Module, given: Input) -> bool:
    """Whether every `requires` holds. One that raises, or does not end, does not hold."""
    entry = _entry(function, given)
    return all(
        _holds(module, clause.condition, entry) is True for clause in function.contract.requires
    )


def violation(
    function: Function, module: Module, given: Input, seen: Observation
) -> Violation | None:
    """The first clause that what was seen breaks. What could not be evaluated in time breaks none.

    `raises E when c` is broken when `c` holds and the function does not raise `E`. Of a clause
    that the user wrote, the other direction is checked too: it raises `E` and no clause allows it.
    """
    match seen:
        case Gave() | Threw():
            broken = _broken_raises(function, module, given, seen)
            if broken is None and isinstance(seen, Gave):
                broken = _broken_ensures(function, module, given, seen)
            return broken
        case _:
            return None


def _broken_raises(
    function: Function, module: Module, given: Input, seen: Gave | Threw
) -> Violation | None:
    entry = _entry(function, given)
    raised = seen.exception if isinstance(seen, Threw) else None
    for clause in function.contract.raises:
        holds = _holds(module, clause.when, entry)
        if holds is None:
            return None
        if holds:
            if raised is not None and same_exception(raised, clause.exception):
                return None
            derived = clause.origin in _DERIVED
            return Violation(clause, f"raises {clause.exception}", derived)
    for clause in function.contract.raises:
        if clause.exception == raised and clause.origin in _CLAIMED:
            return Violation(clause, f"raises {raised} in no other case", derived=False)
    return None


def _broken_ensures(
    function: Function, module: Module, given: Input, seen: Gave
) -> Violation | None:
    entry = _entry(function, given)
    inouts = (param.name for param in function.params if param.inout)
    final = entry | dict(zip(inouts, seen.finals, strict=True))
    for clause in function.contract.ensures:
        if _holds(module, clause.condition, final, old=entry, result=seen.value) is False:
            return Violation(clause, "postcondition", clause.origin in _DERIVED)
    return None


def _entry(function: Function, given: Input) -> dict[str, Value]:
    return {param.name: value for param, value in zip(function.params, given, strict=True)}


def _holds(
    module: Module,
    condition: Expr,
    env: Mapping[str, Value],
    *,
    old: Mapping[str, Value] | None = None,
    result: Value | None = None,
) -> bool | None:
    """Whether a condition holds; one that raises is false, one out of fuel is not known."""
    try:
        return evaluate(module, condition, env, old=old, result=result, fuel=CLAUSE_FUEL) is True
    except EvaluationFailed as failed:
        return None if failed.exception == "OutsideSubset" else False
    except FuelExhausted:
        return None
