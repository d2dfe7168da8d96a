"""Types that examples show: what a parameter without annotation was given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from autoform.frontends.python import tree
from autoform.frontends.python import types as host
from autoform.frontends.python.examples.evaluate import NotLiteralError, Scope, evaluate
from autoform.frontends.python.examples.host import Equals, HostExample, HostValue, Raises
from autoform.frontends.python.types import Cell, HostType, Mismatch, Solver

__all__ = ["argument_types", "bind", "result_type", "value_type"]


def argument_types(
    examples: Iterable[HostExample], function: tree.FunctionDef, scope: Scope | None = None
) -> dict[str, HostType]:
    """For each parameter a type that holds what it was given; none where nothing was.

    A function may be called with lists of numbers here and with texts there. It is lifted for
    one choice of types: those of the first call, and of every later one that fits with those
    before. Calls that raise say nothing of types: a `TypeError` may be what they show. Elements
    of containers are cells, so that the body may still say what an empty list holds.
    """
    calls = [
        bound
        for example in examples
        if not isinstance(example.outcome, Raises)
        and (bound := bind(example, function, scope)) is not None
    ]
    found = _joined(calls)
    if found is None:
        fitting: list[dict[str, HostValue]] = []
        for call in calls:
            if _joined([*fitting, call]) is not None:
                fitting.append(call)
        found = _joined(fitting) or {}
    return found


def _joined(calls: Iterable[Mapping[str, HostValue]]) -> dict[str, HostType] | None:
    """The types of all calls together, or `None` where there is none."""
    solver = Solver()
    cells: dict[str, Cell] = {}
    try:
        for call in calls:
            for name, value in call.items():
                solver.flow(value_type(value, solver), cells.setdefault(name, Cell()))
    except Mismatch:
        return None
    return dict(cells)


def result_type(examples: Iterable[HostExample]) -> HostType | None:
    """The type that holds all the results that examples state, where there is one."""
    solver, cell, stated = Solver(), Cell(), False
    for example in examples:
        if isinstance(example.outcome, Equals):
            try:
                solver.flow(value_type(example.outcome.value, solver), cell)
            except Mismatch:
                return None
            stated = True
    return cell if stated else None


def value_type(value: HostValue, solver: Solver) -> HostType:
    """The type of a value. Raises `Mismatch` for a container of what has no common type."""
    match value:
        case bool():
            return host.BOOL
        case int():
            return host.INT
        case float():
            return host.FLOAT
        case str():
            return host.STR
        case range():
            return host.RANGE
        case None:
            return host.NONE
        case tuple():
            return host.TupleT(tuple(value_type(item, solver) for item in value))
        case list():
            return host.ListT(_element(value, solver))
        case set() | frozenset():
            return host.SetT(_element(value, solver), isinstance(value, frozenset))
        case dict():
            return host.DictT(_element(value, solver), _element(value.values(), solver))


def bind(
    example: HostExample, function: tree.FunctionDef, scope: Scope | None = None
) -> dict[str, HostValue] | None:
    """The arguments by parameter, defaults included, or `None` where the call does not fit."""
    params = function.params
    if len(example.args) > min(len(params), function.keyword_only):
        return None
    bound: dict[str, HostValue] = {
        param.name: arg for param, arg in zip(params, example.args, strict=False)
    }
    allowed = {param.name for param in params[function.positional_only :]} - bound.keys()
    for name, value in example.keywords:
        if name not in allowed or name in bound:
            return None
        bound[name] = value
    for param in params:
        if param.name not in bound:
            if param.default is None:
                return None
            try:
                bound[param.name] = evaluate(param.default, scope or Scope())
            except NotLiteralError:
                return None
    return bound


def _element(values: Iterable[HostValue], solver: Solver) -> HostType:
    cell = Cell()
    for value in values:
        solver.flow(value_type(value, solver), cell)
    return cell
