"""Values as text: f-strings, `str` and `repr`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.coerce import unwrap
from autoform.frontends.python.context import Lowering, lowers
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    NUMERIC,
    STR,
    DictT,
    HostType,
    ListT,
    OptionalT,
    Prim,
    TupleT,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val, is_atom, str_val
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types

_TEXTS: Final[Mapping[HostType, str]] = {
    INT: "int.to_str",
    BOOL: "bool.to_str",
    FLOAT: "py.float_to_str",
}
_FORMATS: Final[Mapping[HostType, str]] = {
    INT: "py.format_int",
    FLOAT: "py.format_float",
    STR: "py.format_str",
}


@lowers(tree.FString)
def _fstring(ctx: Lowering, node: tree.FString) -> Val:
    nodes = [part.value for part in node.parts if isinstance(part, tree.Formatted)]
    vals = iter(ctx.operands(nodes))
    pieces: list[ir.Expr] = []
    span = ctx.span(node)
    for part in node.parts:
        if isinstance(part, tree.Str):
            if part.value:
                pieces.append(ir.StrLit(part.value, span=span))
        else:
            pieces.append(formatted(ctx, next(vals), part))
    return Val(concatenated(pieces), STR) if pieces else str_val("", span)


def concatenated(pieces: list[ir.Expr]) -> ir.Expr:
    """One text after the other; there is at least one."""
    result = pieces[0]
    for piece in pieces[1:]:
        result = ir.Apply("str.concat", (result, piece), ir_types.STR, span=piece.span)
    return result


def formatted(ctx: Lowering, val: Val, part: tree.Formatted) -> ir.Expr:
    """`{value:spec}`."""
    if part.conversion == "r" and not part.spec:
        return displayed(ctx, val.ir, val.type, part)
    if part.conversion not in {"", "s"}:
        raise ctx.refusal("string-format", f"`!{part.conversion}` in an f-string", part)
    if not part.spec:
        return to_text(ctx, val, part)
    type_ = ctx.known_type(val, part)
    op = _FORMATS.get(type_)
    if op is None or part.conversion:
        raise ctx.refusal("string-format", f"a format of {ctx.type_text(type_)}", part)
    spec = ir.StrLit(part.spec)
    return ir.Apply(op, (val.ir, spec), ir_types.STR, span=ctx.span(part))


def to_text(ctx: Lowering, val: Val, node: tree.Tree) -> ir.Expr:
    """`str(value)`."""
    type_ = ctx.known_type(val, node)
    if type_ is STR:
        return val.ir
    op = _TEXTS.get(type_)
    if type_ is NUMERIC:
        raise ctx.refusal("mixed-int-float", "the text of what may be an int or a float", node)
    if type_ is NONE and is_total(val.ir):
        return ir.StrLit("None", span=ctx.span(node))
    if op is None:
        return displayed(ctx, val.ir, type_, node)
    return ir.Apply(op, (val.ir,), ir_types.STR, span=ctx.span(node))


def displayed(ctx: Lowering, value: ir.Expr, type_: HostType, node: tree.Tree) -> ir.Expr:
    """`repr(value)`. Texts are refused: how they are quoted depends on what is in them."""
    type_ = resolve(type_)
    match type_:
        case ListT(element):
            return _enclosed("[", _listed(ctx, value, element, node), "]")
        case TupleT(items):
            return _displayed_tuple(ctx, value, items, node)
        case DictT():
            return _enclosed("{", _listed_pairs(ctx, value, type_, node), "}")
        case OptionalT(item):
            return _let(ctx, value, lambda held: _displayed_option(ctx, held, item, node))
        case Prim() if type_ in {INT, FLOAT, BOOL, NONE}:
            return to_text(ctx, Val(value, type_), node)
        case _:
            raise ctx.refusal("string-format", f"the text of {ctx.type_text(type_)}", node)


def _displayed_option(ctx: Lowering, value: ir.Expr, item: HostType, node: tree.Tree) -> ir.Expr:
    absent = ir.Apply("option.is_none", (value,), ir_types.BOOL, span=value.span)
    present = displayed(ctx, unwrap(value, item), item, node)
    return ir.IfExpr(absent, ir.StrLit("None"), present, span=value.span)


def _displayed_tuple(
    ctx: Lowering, value: ir.Expr, items: tuple[HostType, ...], node: tree.Tree
) -> ir.Expr:
    if isinstance(value, ir.TupleLit):
        parts = value.items
    elif is_atom(value):
        parts = tuple(ir.TupleGet(value, place) for place in range(len(items)))
    else:
        return _let(ctx, value, lambda held: _displayed_tuple(ctx, held, items, node))
    shown = [displayed(ctx, part, item, node) for part, item in zip(parts, items, strict=True)]
    pieces: list[ir.Expr] = [ir.StrLit("(")]
    for place, piece in enumerate(shown):
        pieces.extend([ir.StrLit(", "), piece] if place else [piece])
    pieces.append(ir.StrLit(",)" if len(shown) == 1 else ")"))
    return concatenated(pieces)


def _listed(ctx: Lowering, value: ir.Expr, element: HostType, node: tree.Tree) -> ir.Expr:
    binder = ir.Binder(ctx.fresh("x"), to_ir(element))
    shown = displayed(ctx, ir.Var(binder.name, binder.type), element, node)
    return _comma_separated(shown, binder, value)


def _listed_pairs(ctx: Lowering, value: ir.Expr, type_: DictT, node: tree.Tree) -> ir.Expr:
    pair = ir_types.TupleType((to_ir(type_.key), to_ir(type_.value)))
    binder = ir.Binder(ctx.fresh("pair"), pair)
    held = ir.Var(binder.name, pair)
    key = displayed(ctx, ir.TupleGet(held, 0), type_.key, node)
    item = displayed(ctx, ir.TupleGet(held, 1), type_.value, node)
    shown = concatenated([key, ir.StrLit(": "), item])
    items = ir.Apply("map.items", (value,), ir_types.SeqType(pair), span=value.span)
    return _comma_separated(shown, binder, items)


def _comma_separated(shown: ir.Expr, binder: ir.Binder, source: ir.Expr) -> ir.Expr:
    texts = ir.Comprehension(ir.Collection.SEQ, shown, (ir.Generator(binder, source),))
    return ir.Apply("str.join", (ir.StrLit(", "), texts), ir_types.STR, span=source.span)


def _enclosed(opening: str, inner: ir.Expr, closing: str) -> ir.Expr:
    return concatenated([ir.StrLit(opening), inner, ir.StrLit(closing)])


def _let(ctx: Lowering, value: ir.Expr, build: Callable[[ir.Expr], ir.Expr]) -> ir.Expr:
    """Build with a value that is evaluated once."""
    if is_atom(value):
        return build(value)
    name = ctx.fresh("held")
    return ir.Let(name, value, build(ir.Var(name, ir.type_of(value))), span=value.span)
