"""Inputs from Hypothesis, as a list: the same for the same seed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings

from autoform.crosscheck.inputs.backend import BACKEND
from autoform.crosscheck.inputs.preconditions import Knowledge
from autoform.crosscheck.inputs.size import Size
from autoform.crosscheck.inputs.strategies import Evaluate, arguments
from autoform.crosscheck.observation import Input
from autoform.ir.decls import Function, Module, Param
from autoform.ir.exprs import Expr
from autoform.ir.types import UNIT, EnumType, RecordType, Type, walk_type
from autoform.semantics.values import Value

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

    Fewer come when the types have fewer values. No database is read or written. What only types
    decide is drawn once for all functions that have them.
    """
    if knowledge.names():
        return _drawn(function, module, knowledge, size, count, seed_, evaluate)
    types = tuple(param.type for param in function.params)
    is_plain = not any(map(_is_declared, types))
    declared = Module() if is_plain else Module(records=module.records, enums=module.enums)
    return list(_of_types(types, function.type_params, declared, size, count, seed_))


def _is_declared(type_: Type) -> bool:
    """Whether a module says what the values of the type are."""
    return any(isinstance(part, EnumType | RecordType) for part in walk_type(type_))


@lru_cache(maxsize=512)
def _of_types(
    types: tuple[Type, ...],
    type_params: tuple[str, ...],
    declared: Module,
    size: Size,
    count: int,
    seed_: int,
) -> tuple[Input, ...]:
    """Inputs of any function of these types of which nothing else is known."""
    params = tuple(Param(f"a{number}", type_) for number, type_ in enumerate(types))
    function = Function("any", params, UNIT, (), type_params=type_params)
    found = _drawn(function, declared, Knowledge({}, {}, {}), size, count, seed_, _no_bound)
    return tuple(found)


def _no_bound(_expr: Expr, _known: Mapping[str, Value]) -> Value | None:
    return None


def _drawn(
    function: Function,
    module: Module,
    knowledge: Knowledge,
    size: Size,
    count: int,
    seed_: int,
    evaluate: Evaluate,
) -> list[Input]:
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
