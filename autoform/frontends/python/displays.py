"""Displays: tuples, lists, sets and dicts written out."""

from __future__ import annotations

from autoform.frontends.python import tree
from autoform.frontends.python.coerce import coerce
from autoform.frontends.python.context import Lowering, lowers
from autoform.frontends.python.elements import as_sequence, element_of, require_hashable
from autoform.frontends.python.types import (
    DictT,
    HostType,
    IterT,
    ListT,
    SetT,
    TupleT,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types


@lowers(tree.TupleExpr)
def _tuple(ctx: Lowering, node: tree.TupleExpr) -> Val:
    vals = ctx.operands(node.items)
    for val, item in zip(vals, node.items, strict=True):
        if isinstance(resolve(val.type), IterT):
            raise ctx.refusal("unsupported-type", "an iterator is kept for later use", item)
    items = tuple(val.ir for val in vals)
    return Val(ir.TupleLit(items, span=ctx.span(node)), TupleT(tuple(v.type for v in vals)))


def joined_items(
    ctx: Lowering, nodes: tuple[tree.Expr, ...], node: tree.Tree
) -> tuple[tuple[ir.Expr, ...], HostType]:
    """The items of a display, all of one type."""
    vals = ctx.operands(nodes)
    element = ctx.part(node)
    for val, item in zip(vals, nodes, strict=True):
        ctx.flow(val.type, element, item)
    items = tuple(coerce(ctx, v, element, n) for v, n in zip(vals, nodes, strict=True))
    return items, element


@lowers(tree.ListExpr)
def _list(ctx: Lowering, node: tree.ListExpr) -> Val:
    if any(isinstance(item, tree.Starred) for item in node.items):
        return _starred_list(ctx, node)
    items, element = joined_items(ctx, node.items, node)
    return Val(ir.SeqLit(to_ir(element), items, span=ctx.span(node)), ListT(element))


def _starred_list(ctx: Lowering, node: tree.ListExpr) -> Val:
    """`[a, *xs]` is `[a] + list(xs)`."""
    element, span = ctx.part(node), ctx.span(node)
    parts: list[ir.Expr] = []
    with ctx.only_values("an effect inside a display with `*`"):
        vals = [
            as_sequence(ctx, ctx.expr(item.value), item)
            if isinstance(item, tree.Starred)
            else ctx.expr(item)
            for item in node.items
        ]
    for val, item in zip(vals, node.items, strict=True):
        type_ = element_of(ctx, val, item) if isinstance(item, tree.Starred) else val.type
        ctx.flow(type_, element, item)
    seq = ir_types.SeqType(to_ir(element))
    for val, item in zip(vals, node.items, strict=True):
        if isinstance(item, tree.Starred):
            parts.append(val.ir)
        else:
            parts.append(ir.SeqLit(seq.element, (coerce(ctx, val, element, item),)))
    result: ir.Expr = ir.SeqLit(seq.element, (), span=span)
    for place, part in enumerate(parts):
        result = part if not place else ir.Apply("seq.concat", (result, part), seq, span=span)
    if len(parts) == 1:
        result = ctx.copied(result)
    return Val(result, ListT(element))


@lowers(tree.SetExpr)
def _set(ctx: Lowering, node: tree.SetExpr) -> Val:
    items, element = joined_items(ctx, node.items, node)
    require_hashable(ctx, element, node)
    return Val(ir.SetLit(to_ir(element), items, span=ctx.span(node)), SetT(element))


@lowers(tree.DictExpr)
def _dict(ctx: Lowering, node: tree.DictExpr) -> Val:
    key_type, value_type = ctx.part(node), ctx.part(node, 1)
    nodes = [n for pair in zip(node.keys, node.values, strict=True) for n in pair]
    if None in nodes:
        return _merged_dicts(ctx, node)
    flat = [n for n in nodes if n is not None]
    vals = ctx.operands(flat)
    for place, (val, item) in enumerate(zip(vals, flat, strict=True)):
        ctx.flow(val.type, value_type if place % 2 else key_type, item)
    require_hashable(ctx, key_type, node)
    keys = tuple(coerce(ctx, v, key_type, node) for v in vals[::2])
    values = tuple(coerce(ctx, v, value_type, node) for v in vals[1::2])
    lit = ir.MapLit(to_ir(key_type), to_ir(value_type), keys, values, span=ctx.span(node))
    return Val(lit, DictT(key_type, value_type))


def _merged_dicts(ctx: Lowering, node: tree.DictExpr) -> Val:
    """`{**a, k: v}`: later values win, and keys keep their first place."""
    key_type, value_type = ctx.part(node), ctx.part(node, 1)
    parts: list[Val] = []
    with ctx.only_values("an effect inside a display with `**`"):
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                parts.append(ctx.expr(value))
                continue
            keys, values = (key,), (value,)
            pair = tree.DictExpr(key.start, value.end, keys, values)
            parts.append(ctx.expr(pair))
    for part, value in zip(parts, node.values, strict=True):
        type_ = ctx.known_type(part, value)
        if not isinstance(type_, DictT):
            raise ctx.refusal("type-mismatch", f"`**` of {ctx.type_text(type_)}", value)
        ctx.unify(type_.key, key_type, value)
        ctx.unify(type_.value, value_type, value)
    merged = ir_types.MapType(to_ir(key_type), to_ir(value_type))
    result = ctx.copied(parts[0].ir)
    for part in parts[1:]:
        result = ir.Apply("map.merge", (result, part.ir), merged, span=ctx.span(node))
    return Val(result, DictT(key_type, value_type))
