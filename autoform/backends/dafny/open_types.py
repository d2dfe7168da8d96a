"""Expressions whose type Dafny cannot tell from themselves: `[]`, `None`, `5` of a machine type.

Where nothing around them tells it either, they are printed with their type.
"""

from __future__ import annotations

from typing import Final

from autoform.backends.dafny.code import Code, Level, call, cast
from autoform.backends.dafny.unit import Scope
from autoform.ir.exprs import (
    Apply,
    Expr,
    IfExpr,
    IntLit,
    Lambda,
    Let,
    MapLit,
    NoneLit,
    Old,
    RecordLit,
    SeqLit,
    SetLit,
    TupleLit,
    VariantLit,
    type_of,
)
from autoform.ir.types import MachineIntType

__all__ = ["is_open", "operands", "pinned"]

_LIKE_TYPED: Final = frozenset(
    {"eq", "ne", "lt", "le", "gt", "ge", "add", "sub", "mul", "trunc_div", "trunc_rem"}
    | {"floor_div", "floor_mod", "euclid_div", "euclid_mod", "seq.concat", "seq.append"}
    | {"set.union", "set.intersection", "set.difference", "set.add", "str.concat"}
)
"""Operators printed with Dafny's own, where one operand tells the type of the other."""


def is_open(expr: Expr) -> bool:
    """Whether the printed expression leaves its type open."""
    match expr:
        case IntLit():
            return isinstance(expr.type, MachineIntType)
        case SeqLit(_, items) | SetLit(_, items):
            return all(map(is_open, items))
        case MapLit(_, _, keys, values):
            return all(map(is_open, keys)) or all(map(is_open, values))
        case NoneLit() | Apply("result.ok" | "result.err"):
            return True
        case TupleLit(items):
            return any(map(is_open, items))
        case RecordLit(type_) | VariantLit(type_):
            return bool(type_.args)
        case Apply("option.some", (value,)):
            return is_open(value)
        case IfExpr(_, then, orelse):
            return is_open(then) and is_open(orelse)
        case Let(_, _, body) | Old(body):
            return is_open(body)
        case _:
            return False


def pinned(scope: Scope, expr: Expr) -> Code:
    """The expression, with its type where it would leave it open."""
    if not is_open(expr):
        return scope.code(expr)
    spelled = scope.unit.type(type_of(expr))
    match expr:
        case IntLit():
            return cast(scope.code(expr), spelled)
        case SeqLit(element, ()):
            return call(f"{scope.unit.use('Empty')}<{scope.unit.type(element)}>")
        case _:
            return Code(f"var it': {spelled} := {scope.code(expr).text}; it'", Level.OPEN)


def operands(scope: Scope, expr: Apply) -> tuple[Code, ...]:
    """The operands but for lambdas, with their types where the operator leaves them open."""
    plain = [arg for arg in expr.args if not isinstance(arg, Lambda)]
    if expr.op in _LIKE_TYPED and not all(map(is_open, plain)):
        return tuple(map(scope.code, plain))
    return tuple(pinned(scope, arg) for arg in plain)
