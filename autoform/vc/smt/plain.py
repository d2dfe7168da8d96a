"""What folds are named by: elements without the widths of integers, which have no encoding.

    int.narrow(x)::<i64> + 1i64        and        int.widen(x) + 1

are one term to the solver, so sums of them are one sum. Only what is encoded alike in all widths
is touched: a wrapping addition keeps its type, and everything inside it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, cast

from autoform.ir.exprs import And, Apply, IfExpr, IntLit, Lambda, Or, TupleLit, Var, type_of
from autoform.ir.node import Node
from autoform.ir.traversal import map_children
from autoform.ir.types import INT, MachineIntType, is_integer

__all__ = ["without_widths"]

_CONVERSIONS: Final = frozenset({"int.widen", "int.narrow"})
_ARITHMETIC: Final = frozenset(
    {"add", "sub", "mul", "neg", "abs", "min2", "max2", "floor_div", "floor_mod", "trunc_div"}
    | {"trunc_rem", "euclid_div", "euclid_mod"}
)
_READING: Final = frozenset(
    {"eq", "ne", "lt", "le", "gt", "ge", "not", "implies", "seq.at", "seq.len", "bool.to_int"}
)


def without_widths(body: Lambda) -> Lambda:
    """The function whose terms are the same, its integers all `Int` where they stand alone."""
    return replace(body, body=cast("TupleLit", _node(body.body)))


def _node(node: Node) -> Node:
    match node:
        case Apply(op, (inner,)) if op in _CONVERSIONS and is_integer(type_of(inner)):
            return _node(inner)
        case Apply(op, args, type_) if op in _ARITHMETIC and is_integer(type_):
            return Apply(op, tuple(cast("TupleLit", _node(arg)) for arg in args), INT)
        case Apply(op) if op in _READING:
            return map_children(node, _node)
        case TupleLit() | And() | Or() | IfExpr():
            return map_children(node, _node)
        case Var(name, MachineIntType()):
            return Var(name, INT)
        case IntLit(value):
            return IntLit(value, INT)
        case _:
            return node
