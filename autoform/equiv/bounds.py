"""Parameters with few values: what preconditions and types say of each, from both sides."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from autoform.ir.decls import Function, Param
from autoform.ir.exprs import And, Apply, Expr, IntLit, Var
from autoform.ir.types import BoolType, IntType, MachineIntType
from autoform.semantics.values import Value

__all__ = ["finite_ranges"]


def finite_ranges(first: Function, second: Function, most: int) -> list[Sequence[Value]] | None:
    """All values that each parameter of both may have, if they make at most `most` inputs."""
    found: list[Sequence[Value]] = []
    for one, other in zip(first.params, second.params, strict=True):
        if isinstance(one.type, BoolType):
            found.append((False, True))
            continue
        low, high = -math.inf, math.inf
        for param, function in ((one, first), (other, second)):
            if not isinstance(param.type, IntType | MachineIntType):
                return None
            for least, greatest in _known_bounds(param, function):
                low, high = max(low, least), min(high, greatest)
        if math.isinf(low) or math.isinf(high) or high - low >= most:
            return None
        found.append(range(int(low), int(high) + 1))
    return found if math.prod(map(len, found)) <= most else None


def _known_bounds(param: Param, function: Function) -> Iterator[tuple[float, float]]:
    if isinstance(param.type, MachineIntType):
        yield param.type.minimum, param.type.maximum
    for clause in function.contract.requires:
        yield from _bounds(clause.condition, param.name)


def _bounds(condition: Expr, name: str) -> Iterator[tuple[float, float]]:
    """What a condition says of a parameter alone: `0 <= n`, `n < 10`, `n == 3`."""
    match condition:
        case And(items):
            for item in items:
                yield from _bounds(item, name)
        case Apply("le" | "lt" as op, (left, IntLit(limit))) if _is(left, name):
            yield -math.inf, limit - (op == "lt")
        case Apply("ge" | "gt" as op, (left, IntLit(limit))) if _is(left, name):
            yield limit + (op == "gt"), math.inf
        case Apply("le" | "lt" as op, (IntLit(limit), right)) if _is(right, name):
            yield limit + (op == "lt"), math.inf
        case Apply("ge" | "gt" as op, (IntLit(limit), right)) if _is(right, name):
            yield -math.inf, limit - (op == "gt")
        case Apply("eq", (left, IntLit(limit))) if _is(left, name):
            yield limit, limit
        case _:
            return


def _is(expr: Expr, name: str) -> bool:
    match expr:
        case Var(found) | Apply("int.widen", (Var(found),)):
            return found == name
        case _:
            return False
