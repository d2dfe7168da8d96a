"""That a sequence or text is its own reverse is said of its places.

Before:

    xs == seq.reverse(xs)

After:

    forall i in seq.range(0, seq.len(xs) // 2, 1): seq.at(xs, i) == seq.at(xs, seq.len(xs) - 1 - i)
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Apply, Binder, Expr, IntLit, Quant, Quantifier, Var, type_of
from autoform.ir.node import Node
from autoform.ir.ops import apply
from autoform.ir.traversal import rewrite
from autoform.ir.types import (
    INT,
    BoolType,
    CharType,
    IntType,
    MachineIntType,
    SeqType,
    StrType,
)
from autoform.passes.blocks import Names, map_functions

__all__ = ["mirrors_by_places"]

_EQUAL_TO_THEMSELVES: Final = (BoolType, CharType, IntType, MachineIntType, StrType)
"""Unlike floats, of which Python compares the one in the middle by what it is, not by value."""


def mirrors_by_places(module: Module) -> Module:
    """The module with quantifiers in their place. See the module's docstring."""
    return map_functions(module, _in_function)


def _in_function(function: Function) -> Function:
    names = Names.of(function)

    def change(node: Node) -> Node:
        row = _mirrored(node)
        return node if row is None else _by_places(row, Binder(names.fresh("place"), INT))

    body = tuple(rewrite(stmt, change) for stmt in function.body)
    return function if body == function.body else replace(function, body=body)


def _mirrored(node: Node) -> Expr | None:
    """What is compared with its own reverse: the value of a variable, or its characters."""
    match node:
        case Apply("eq", (one, Apply("seq.reverse" | "str.reverse", (other,)))) if one == other:
            row = one
        case Apply("eq", (Apply("seq.reverse" | "str.reverse", (one,)), other)) if one == other:
            row = one
        case _:
            return None
    if not isinstance(row, Var | Apply) or (
        isinstance(row, Apply)
        and not (row.op in {"str.chars", "str.to_chars"} and isinstance(row.args[0], Var))
    ):
        return None
    type_ = type_of(row)
    element = type_.element if isinstance(type_, SeqType) else type_
    return row if isinstance(element, _EQUAL_TO_THEMSELVES) else None


def _by_places(row: Expr, place: Binder) -> Expr:
    kind = "str" if isinstance(type_of(row), StrType) else "seq"
    size = apply(f"{kind}.len", row)
    half = apply("floor_div", size, IntLit(2, INT))
    here = Var(place.name, INT)
    there = apply("sub", apply("sub", size, IntLit(1, INT)), here)
    same = apply("eq", apply(f"{kind}.at", row, here), apply(f"{kind}.at", row, there))
    places = apply("seq.range", IntLit(0, INT), half, IntLit(1, INT))
    return Quant(Quantifier.FORALL, place, places, same)
