"""Builtin classes as conversions: `int`, `float`, `str`, `list`, `dict` and the like."""

from __future__ import annotations

from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.arithmetic import as_number
from autoform.frontends.python.coerce import to_float
from autoform.frontends.python.conditions import condition
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.elements import (
    as_sequence,
    element_of,
    guess_iterable,
    require_hashable,
    sequence_arg,
)
from autoform.frontends.python.library.arguments import arguments, builtin, keywords
from autoform.frontends.python.subscripts import index_of
from autoform.frontends.python.text_values import to_text
from autoform.frontends.python.types import (
    BOOL,
    FLOAT,
    INT,
    NUMERIC,
    STR,
    Cell,
    DictT,
    HostType,
    ListT,
    SetT,
    TupleT,
    VarTupleT,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types

_INT: Final = ir_types.INT

_FLOAT: Final = ir_types.FLOAT


@builtin("int")
def _int(ctx: Lowering, node: tree.Call) -> Val:
    options = keywords(ctx, node, "base")
    if not node.args:
        return Val(ir.IntLit(0, _INT, span=ctx.span(node)), INT)
    base = options.get("base") or (node.args[1] if len(node.args) == 2 else None)
    nodes = [node.args[0], *([base] if base is not None else [])]
    val, *rest = ctx.operands(nodes)
    type_, span = ctx.known_type(val, node.args[0]), ctx.span(node)
    if rest:
        if type_ is not STR:
            raise ctx.refusal("type-mismatch", "`int` of a number with a base", node)
        args = (val.ir, index_of(ctx, rest[0], node))
        return Val(ir.Apply("py.str_to_int_base", args, _INT, span=span), INT)
    if type_ is INT or type_ is BOOL:
        return as_number(val)
    if type_ is FLOAT or type_ is NUMERIC:
        return Val(ir.Apply("float.trunc", (val.ir,), _INT, span=span), INT)
    if type_ is STR:
        return Val(ir.Apply("py.str_to_int", (val.ir,), _INT, span=span), INT)
    raise ctx.refusal("unsupported-builtin", f"`int` of {ctx.type_text(type_)}", node)


@builtin("float")
def _float(ctx: Lowering, node: tree.Call) -> Val:
    if not node.args and not node.keywords:
        return Val(ir.FloatLit("0.0", span=ctx.span(node)), FLOAT)
    if len(node.args) == 1 and isinstance(node.args[0], tree.Str):
        literal = _float_literal(node.args[0].value)
        if literal is not None:
            return Val(ir.FloatLit(literal, span=ctx.span(node)), FLOAT)
    (val,) = arguments(ctx, node, 1, 1)
    type_, span = ctx.known_type(val, node.args[0]), ctx.span(node)
    if type_ is FLOAT or type_ is NUMERIC:
        return Val(val.ir, FLOAT)
    if type_ is INT or type_ is BOOL:
        return Val(to_float(as_number(val).ir), FLOAT)
    if type_ is STR:
        return Val(ir.Apply("py.str_to_float", (val.ir,), _FLOAT, span=span), FLOAT)
    raise ctx.refusal("unsupported-builtin", f"`float` of {ctx.type_text(type_)}", node)


def _float_literal(text: str) -> str | None:
    try:
        return repr(float(text))
    except ValueError:
        return None


@builtin("str")
def _str(ctx: Lowering, node: tree.Call) -> Val:
    if not node.args and not node.keywords:
        return Val(ir.StrLit("", span=ctx.span(node)), STR)
    (val,) = arguments(ctx, node, 1, 1)
    if ctx.info.guessing and isinstance(resolve(val.type), Cell):
        ctx.solver.flow(INT, resolve(val.type))  # type: ignore[arg-type] # a Cell
    return Val(to_text(ctx, val, node), STR)


@builtin("bool")
def _bool(ctx: Lowering, node: tree.Call) -> Val:
    if not node.args and not node.keywords:
        return Val(ir.BoolLit(value=False, span=ctx.span(node)), BOOL)
    if len(node.args) != 1 or node.keywords:
        raise ctx.refusal("unsupported-builtin", "this form of `bool`", node)
    return Val(condition(ctx, node.args[0]).ir, BOOL)


@builtin("isinstance")
def _isinstance(ctx: Lowering, node: tree.Call) -> Val:
    return Val(condition(ctx, node).ir, BOOL)


@builtin("list")
def _list(ctx: Lowering, node: tree.Call) -> Val:
    if not node.args and not node.keywords:
        element = ctx.part(node)
        return Val(ir.SeqLit(to_ir(element), (), span=ctx.span(node)), ListT(element))
    seq = _collected(ctx, node, "list")
    return Val(ctx.copied(seq.ir), ListT(element_of(ctx, seq, node)))


@builtin("tuple")
def _tuple(ctx: Lowering, node: tree.Call) -> Val:
    if not node.args and not node.keywords:
        return Val(ir.TupleLit((), span=ctx.span(node)), TupleT(()))
    if len(node.args) == 1:
        with ctx.collecting():
            plain = resolve(ctx.expr(node.args[0]).type)
        if isinstance(plain, TupleT):
            return ctx.expr(node.args[0])
    seq = _collected(ctx, node, "tuple")
    return Val(ctx.copied(seq.ir), VarTupleT(element_of(ctx, seq, node)))


def _collected(ctx: Lowering, node: tree.Call, name: str) -> Val:
    if node.keywords or len(node.args) != 1:
        raise ctx.refusal("unsupported-builtin", f"this form of `{name}`", node)
    return sequence_arg(ctx, node.args[0])


@builtin("set")
def _set(ctx: Lowering, node: tree.Call) -> Val:
    return _set_of(ctx, node, frozen=False)


@builtin("frozenset")
def _frozenset(ctx: Lowering, node: tree.Call) -> Val:
    return _set_of(ctx, node, frozen=True)


def _set_of(ctx: Lowering, node: tree.Call, *, frozen: bool) -> Val:
    if not node.args and not node.keywords:
        element: HostType = ctx.part(node)
        found = ir.SetLit(to_ir(element), (), span=ctx.span(node))
        return Val(found, SetT(element, frozen))
    if node.keywords or len(node.args) != 1:
        raise ctx.refusal("unsupported-builtin", "this form of `set`", node)
    val = ctx.expr(node.args[0])
    guess_iterable(ctx, val)
    type_ = ctx.known_type(val, node.args[0])
    if isinstance(type_, SetT):
        return Val(ctx.copied(val.ir), SetT(type_.element, frozen))
    if isinstance(type_, DictT):
        keys = ir.Apply("map.key_set", (val.ir,), ir_types.SetType(to_ir(type_.key)))
        return Val(keys, SetT(type_.key, frozen))
    seq = as_sequence(ctx, val, node.args[0])
    element = element_of(ctx, seq, node.args[0])
    require_hashable(ctx, element, node)
    set_type = SetT(element, frozen)
    return Val(ir.Apply("seq.to_set", (seq.ir,), to_ir(set_type), span=ctx.span(node)), set_type)


@builtin("dict")
def _dict(ctx: Lowering, node: tree.Call) -> Val:
    if node.keywords:
        raise ctx.refusal("unsupported-builtin", "`dict` of keyword arguments", node)
    if not node.args:
        key, value = ctx.part(node), ctx.part(node, 1)
        lit = ir.MapLit(to_ir(key), to_ir(value), (), (), span=ctx.span(node))
        return Val(lit, DictT(key, value))
    (val,) = arguments(ctx, node, 1, 1)
    type_ = ctx.known_type(val, node.args[0])
    if isinstance(type_, DictT):
        return Val(ctx.copied(val.ir), type_)
    seq = as_sequence(ctx, val, node.args[0])
    pair = resolve(element_of(ctx, seq, node.args[0]))
    if not isinstance(pair, TupleT) or len(pair.items) != 2:
        raise ctx.refusal("unsupported-builtin", f"`dict` of {ctx.type_text(type_)}", node)
    require_hashable(ctx, pair.items[0], node)
    dict_type = DictT(*pair.items)
    found = ir.Apply("seq.to_map", (seq.ir,), to_ir(dict_type), span=ctx.span(node))
    return Val(found, dict_type)
