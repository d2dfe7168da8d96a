"""The methods of lists, tuples, sets and dicts that change nothing."""

from __future__ import annotations

from typing import Final, cast

from autoform.frontends.python import tree
from autoform.frontends.python.calls import METHODS, Method
from autoform.frontends.python.coerce import as_seq, coerce
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.elements import element_of
from autoform.frontends.python.library.arguments import positional
from autoform.frontends.python.library.changes import as_set
from autoform.frontends.python.membership import searched
from autoform.frontends.python.types import (
    BOOL,
    INT,
    Cell,
    DictT,
    HostType,
    IterT,
    OptionalT,
    SetT,
    TupleT,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types

_BOOL: Final = ir_types.BOOL


def _query(op: str, result: HostType) -> Method:
    """`xs.index(v)`, `xs.count(v)`."""

    def lower(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
        del function
        (val,) = positional(ctx, node)
        seq = as_seq(ctx, receiver, node)
        wanted = searched(ctx, val, element_of(ctx, seq, node), node)
        return Val(ir.Apply(op, (seq.ir, wanted), to_ir(result), span=ctx.span(node)), result)

    return lower


for _kind in ("list", "tuple"):
    METHODS[_kind, "index"] = _query("seq.index", INT)
    METHODS[_kind, "count"] = _query("seq.count", INT)


def _copy(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
    del function
    positional(ctx, node, 0, 0)
    return Val(ctx.copied(receiver.ir), receiver.type)


for _kind in ("list", "set", "dict"):
    METHODS[_kind, "copy"] = _copy


def _get(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
    del function
    vals = positional(ctx, node, 1, 2)
    type_ = receiver.type
    type_ = cast("DictT", type_)
    span = ctx.span(node)
    key = searched(ctx, vals[0], type_.key, node)
    value_type = to_ir(type_.value)
    if len(vals) == 1 or isinstance(node.args[1], tree.NoneValue):
        if isinstance(resolve(type_.value), OptionalT):
            raise ctx.refusal("unsupported-method", "`get` of values that may be None", node)
        found = ir.Apply("map.get", (receiver.ir, key), ir_types.OptionType(value_type), span=span)
        return Val(found, OptionalT(type_.value))
    joined = ctx.join(type_.value, vals[1].type, node)
    if isinstance(type_.value, Cell) and to_ir(joined) != to_ir(type_.value):
        ctx.flow(vals[1].type, type_.value, node)
    default = coerce(ctx, vals[1], type_.value, node)
    found = ir.Apply("map.get_or", (receiver.ir, key, default), to_ir(type_.value), span=span)
    return Val(found, type_.value)


METHODS["dict", "get"] = _get


def _view(op: str) -> Method:
    def lower(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
        del function
        positional(ctx, node, 0, 0)
        type_ = receiver.type
        type_ = cast("DictT", type_)
        elements = {
            "map.keys": type_.key,
            "map.values": type_.value,
            "map.items": TupleT((type_.key, type_.value)),
        }
        element = elements[op]
        seq = ir_types.SeqType(to_ir(element))
        return Val(ir.Apply(op, (receiver.ir,), seq, span=ctx.span(node)), IterT(element))

    return lower


for _view_name in ("keys", "values", "items"):
    METHODS["dict", _view_name] = _view(f"map.{_view_name}")


def _set_operation(op: str) -> Method:
    def lower(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
        del function
        type_ = receiver.type
        type_ = cast("SetT", type_)
        vals = positional(ctx, node, 1, 4)
        result = receiver.ir
        for val in vals:
            other = as_set(ctx, val, type_, node)
            result = ir.Apply(op, (result, other), to_ir(type_), span=ctx.span(node))
        return Val(result, type_)

    return lower


METHODS["set", "union"] = _set_operation("set.union")
METHODS["set", "intersection"] = _set_operation("set.intersection")
METHODS["set", "difference"] = _set_operation("set.difference")
METHODS["set", "symmetric_difference"] = _set_operation("set.symmetric_difference")


def _set_test(op: str, *, flipped: bool = False) -> Method:
    def lower(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
        del function
        type_ = receiver.type
        type_ = cast("SetT", type_)
        (val,) = positional(ctx, node)
        other = as_set(ctx, val, type_, node)
        span = ctx.span(node)
        if not flipped:
            return Val(ir.Apply(op, (receiver.ir, other), _BOOL, span=span), BOOL)
        found = ctx.flipped(receiver.ir, other, lambda b, a: ir.Apply(op, (b, a), _BOOL, span=span))
        return Val(found, BOOL)

    return lower


METHODS["set", "issubset"] = _set_test("set.is_subset")
METHODS["set", "issuperset"] = _set_test("set.is_subset", flipped=True)
METHODS["set", "isdisjoint"] = _set_test("set.is_disjoint")
