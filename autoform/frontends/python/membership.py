"""`x in xs`."""

from __future__ import annotations

from typing import cast

from autoform.frontends.python import tree
from autoform.frontends.python.arithmetic import as_number
from autoform.frontends.python.coerce import as_seq, coerce
from autoform.frontends.python.comparisons import compare
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.truth import negate
from autoform.frontends.python.types import (
    BOOL,
    FLOAT,
    INT,
    NUMERIC,
    RANGE,
    STR,
    Cell,
    DictT,
    HostType,
    IterT,
    ListT,
    SetT,
    TupleT,
    VarTupleT,
    resolve,
)
from autoform.frontends.python.values import Val, is_atom
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types

_BOOL = ir_types.BOOL
_MAX_ALTERNATIVES = 8


def relation(ctx: Lowering, op: str, left: Val, right: Val, node: tree.Tree) -> ir.Expr:
    """`left op right` for any comparison, both already evaluated in this order."""
    if op == "in":
        return membership(ctx, left, right, node)
    if op == "not in":
        return negate(membership(ctx, left, right, node), ctx.span(node))
    return compare(ctx, op, left, right, node)


def membership(ctx: Lowering, needle: Val, container: Val, node: tree.Tree) -> ir.Expr:
    """`needle in container`, both already evaluated, the needle first."""
    unknown = resolve(container.type)
    if ctx.info.guessing and isinstance(unknown, Cell):
        ctx.solver.flow(ListT(needle.type), unknown)
    span = ctx.span(node)
    container = _viewed(container)
    alternatives = _alternatives(container.ir)
    if alternatives is not None and is_atom(needle.ir):
        types = _display_types(container, len(alternatives))
        tests = tuple(
            compare(ctx, "==", Val(needle.ir, needle.type), Val(item, type_), node)
            for item, type_ in zip(alternatives, types, strict=True)
        )
        return tests[0] if len(tests) == 1 else ir.Or(tests, span=span)
    type_ = ctx.known_type(container, node)
    if isinstance(type_, TupleT):
        container = as_seq(ctx, container, node)
        type_ = resolve(container.type)
    match type_:
        case ListT(element) | VarTupleT(element):
            op = "seq.contains"
        case SetT(element):
            op = "set.contains"
        case DictT(element):
            op = "map.contains"
        case _ if type_ is RANGE:
            op, element = "seq.contains", INT
        case _ if type_ is STR:
            op, element = "str.contains", STR
        case _:
            raise ctx.refusal("unsupported-operator", f"`in` on {ctx.type_text(type_)}", node)
    wanted = searched(ctx, needle, element, node)
    return ctx.flipped(wanted, container.ir, lambda xs, x: ir.Apply(op, (xs, x), _BOOL, span=span))


def _viewed(container: Val) -> Val:
    """`d.keys()` and `d.values()`, which may be asked for a member and not only walked over."""
    type_ = resolve(container.type)
    match container.ir, type_:
        case ir.Apply(op="map.keys" | "map.values"), IterT(element):
            return Val(container.ir, ListT(element))
        case _:
            return container


def searched(ctx: Lowering, needle: Val, element: HostType, node: tree.Tree) -> ir.Expr:
    """A value that elements are compared with, as the container holds them.

    Python first asks whether the element is the very object, which only a NaN can tell.
    """
    want = resolve(element)
    have = ctx.known_type(needle, node)
    if isinstance(want, Cell):
        ctx.unify(have, want, node)
        return needle.ir
    if have is BOOL and want in {INT, FLOAT, NUMERIC}:
        needle, have = as_number(needle), INT
    if want in {FLOAT, NUMERIC} and isinstance(needle.ir, ir.IntLit | ir.FloatLit):
        return coerce(ctx, Val(needle.ir, have), NUMERIC, node)
    if want is NUMERIC and have is INT:
        return coerce(ctx, needle, NUMERIC, node)
    if ctx.module.tells_nan(want):
        message = "a search for a float: Python finds a NaN if it is the same object"
        raise ctx.refusal("unsupported-operator", message, node)
    if want is INT and have in {FLOAT, NUMERIC}:
        raise ctx.refusal("mixed-int-float", "a float is searched among integers", node)
    return coerce(ctx, needle, want, node)


def _alternatives(container: ir.Expr) -> tuple[ir.Expr, ...] | None:
    """The items of a short display of literals."""
    if not isinstance(container, ir.SeqLit | ir.TupleLit | ir.SetLit):
        return None
    items = container.items
    literals = all(isinstance(i, ir.IntLit | ir.StrLit | ir.FloatLit | ir.BoolLit) for i in items)
    return items if literals and 0 < len(items) <= _MAX_ALTERNATIVES else None


def _display_types(container: Val, count: int) -> tuple[HostType, ...]:
    type_ = resolve(container.type)
    if isinstance(type_, TupleT):
        return type_.items
    type_ = cast("ListT | SetT | VarTupleT", type_)
    return (type_.element,) * count
