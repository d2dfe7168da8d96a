"""A value where another type is declared: the conversions that change no Python value.

`int` becomes `NUMERIC` and `T` becomes `T | None`; tuples convert item by item. Nothing else:
an `int` where a `float` is declared stays an `int` in Python, and is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from autoform.frontends.python import tree
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.python.types import (
    FLOAT,
    INT,
    NONE,
    NUMERIC,
    HostType,
    IterT,
    OptionalT,
    TupleT,
    VarTupleT,
    describe,
    peek,
    resolve,
    same,
    to_ir,
)
from autoform.frontends.python.values import EXACT_FLOAT_BITS, Val
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types


def coerce(ctx: Lowering, val: Val, wanted: HostType, node: tree.Tree) -> ir.Expr:
    """The value as the wanted type has it. Raises `Refusal` when it would not be the same."""
    have, want = peek(val.type), peek(wanted)
    if have is want:
        return val.ir
    match have, want:
        case _, OptionalT(item):
            return _to_optional(ctx, val, item, node)
        case (_, _) if want is NUMERIC and have is INT:
            return exact_float(val.ir)
        case (_, _) if want is NUMERIC and have is FLOAT:
            return val.ir
        case IterT(), _:
            raise ctx.refusal("unsupported-type", "an iterator is kept for later use", node, _LIST)
        case TupleT(items), TupleT(wanted_items) if len(items) == len(wanted_items):
            return _tuple(ctx, val, items, wanted_items, node)
        case TupleT(items), VarTupleT(element):
            return _tuple_to_seq(ctx, val, items, element, node)
        case _:
            if not same(have, want):
                ctx.unify(have, want, node)
            if to_ir(have) != to_ir(want):
                raise _mismatch(ctx, have, want, node)
            return val.ir


_LIST = "make it a list: `list(…)`"


def _mismatch(ctx: Lowering, have: HostType, want: HostType, node: tree.Tree) -> Refusal:
    code = "mixed-int-float" if {have, want} <= {INT, FLOAT, NUMERIC} else "type-mismatch"
    return ctx.refusal(code, f"`{describe(have)}` where `{describe(want)}` is expected", node)


def exact_float(expr: ir.Expr) -> ir.Expr:
    """An integer as a `NUMERIC`: no claim is made where a double cannot hold it."""
    if isinstance(expr, ir.IntLit) and expr.value.bit_length() <= EXACT_FLOAT_BITS:
        return ir.FloatLit(repr(float(expr.value)), span=expr.span)
    return ir.Apply("int.exact_float", (expr,), ir_types.FLOAT, span=expr.span)


def to_float(expr: ir.Expr) -> ir.Expr:
    """An integer as Python converts it next to a float: the nearest double, or `OverflowError`."""
    if isinstance(expr, ir.IntLit) and expr.value.bit_length() <= EXACT_FLOAT_BITS:
        return ir.FloatLit(repr(float(expr.value)), span=expr.span)
    return ir.Apply("int.to_float", (expr,), ir_types.FLOAT, span=expr.span)


def _to_optional(ctx: Lowering, val: Val, item: HostType, node: tree.Tree) -> ir.Expr:
    have = peek(val.type)
    type_ = ir_types.OptionType(to_ir(item))
    if have is NONE:
        return ir.NoneLit(type_.item, span=val.ir.span)
    if not isinstance(have, OptionalT):
        inner = coerce(ctx, val, item, node)
        return ir.Apply("option.some", (inner,), type_, span=val.ir.span)
    if same(have.item, item) or (to_ir(have) == type_ and not _converts(have.item, item)):
        return val.ir
    name, option = ctx.fresh("o"), to_ir(have)
    var = ir.Var(name, option, span=val.ir.span)
    unwrapped = Val(unwrap(var, have.item), have.item)
    some = ir.Apply("option.some", (coerce(ctx, unwrapped, item, node),), type_)
    absent = ir.Apply("option.is_none", (var,), ir_types.BOOL)
    return ir.Let(name, val.ir, ir.IfExpr(absent, ir.NoneLit(type_.item), some))


def _converts(have: HostType, want: HostType) -> bool:
    have, want = peek(have), peek(want)
    return have is not want and not same(have, want) and not (have is FLOAT and want is NUMERIC)


def unwrap(expr: ir.Expr, item: HostType) -> ir.Expr:
    """The value of an option that is there; raises `TypeError` where it is not."""
    return ir.Apply("option.unwrap", (expr,), to_ir(item), span=expr.span)


def _tuple(
    ctx: Lowering,
    val: Val,
    items: tuple[HostType, ...],
    wanted: tuple[HostType, ...],
    node: tree.Tree,
) -> ir.Expr:
    if isinstance(val.ir, ir.TupleLit):
        converted = tuple(
            coerce(ctx, Val(expr, have), want, node)
            for expr, have, want in zip(val.ir.items, items, wanted, strict=True)
        )
        return ir.TupleLit(converted, span=val.ir.span)
    if not any(_needs_change(have, want) for have, want in zip(items, wanted, strict=True)):
        for have, want in zip(items, wanted, strict=True):
            coerce(ctx, Val(val.ir, have), want, node)
        return val.ir
    return _rebuilt(
        ctx,
        val,
        lambda parts: ir.TupleLit(
            tuple(
                coerce(ctx, Val(part, have), want, node)
                for part, have, want in zip(parts, items, wanted, strict=True)
            )
        ),
    )


def _needs_change(have: HostType, want: HostType) -> bool:
    return to_ir(have) != to_ir(want)


def _tuple_to_seq(
    ctx: Lowering, val: Val, items: tuple[HostType, ...], element: HostType, node: tree.Tree
) -> ir.Expr:
    def build(parts: tuple[ir.Expr, ...]) -> ir.Expr:
        converted = tuple(
            coerce(ctx, Val(part, have), element, node)
            for part, have in zip(parts, items, strict=True)
        )
        return ir.SeqLit(to_ir(element), converted, span=val.ir.span)

    if isinstance(val.ir, ir.TupleLit):
        return build(val.ir.items)
    return _rebuilt(ctx, val, build)


def _rebuilt(ctx: Lowering, val: Val, build: Callable[[tuple[ir.Expr, ...]], ir.Expr]) -> ir.Expr:
    """Apply `build` to the items of a tuple that is evaluated once."""
    count = len(cast("TupleT", resolve(val.type)).items)
    if isinstance(val.ir, ir.Var):
        return build(tuple(ir.TupleGet(val.ir, i) for i in range(count)))
    name = ctx.fresh("p")
    var = ir.Var(name, to_ir(val.type), span=val.ir.span)
    body = build(tuple(ir.TupleGet(var, i) for i in range(count)))
    return ir.Let(name, val.ir, body, span=val.ir.span)


def as_seq(ctx: Lowering, val: Val, node: tree.Tree) -> Val:
    """A tuple of fixed length as a sequence, where its items have one type."""
    type_ = resolve(val.type)
    if not isinstance(type_, TupleT):
        return val
    element: HostType = type_.items[0] if type_.items else INT
    for item in type_.items[1:]:
        element = ctx.join(element, item, node)
    return Val(_tuple_to_seq(ctx, val, type_.items, element, node), VarTupleT(element))
