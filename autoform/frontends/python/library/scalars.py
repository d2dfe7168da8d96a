"""Builtins on single numbers and characters."""

from __future__ import annotations

from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.arithmetic import binary
from autoform.frontends.python.calls import BUILTINS, Library
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.library.arguments import arguments, builtin, keywords, number, want
from autoform.frontends.python.subscripts import index_of
from autoform.frontends.python.text_values import formatted
from autoform.frontends.python.types import (
    FLOAT,
    INT,
    NUMERIC,
    STR,
    TupleT,
    to_ir,
)
from autoform.frontends.python.values import Val, is_atom
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types

_INT: Final = ir_types.INT
_FLOAT: Final = ir_types.FLOAT


@builtin("abs")
def _abs(ctx: Lowering, node: tree.Call) -> Val:
    (val,) = arguments(ctx, node, 1, 1)
    val = number(ctx, val, node)
    return Val(ir.Apply("abs", (val.ir,), to_ir(val.type), span=ctx.span(node)), val.type)


@builtin("ord")
def _ord(ctx: Lowering, node: tree.Call) -> Val:
    (val,) = arguments(ctx, node, 1, 1)
    text = want(ctx, val, STR, node)
    return Val(ir.Apply("py.ord", (text,), _INT, span=ctx.span(node)), INT)


@builtin("chr")
def _chr(ctx: Lowering, node: tree.Call) -> Val:
    (val,) = arguments(ctx, node, 1, 1)
    code = want(ctx, val, INT, node)
    return Val(ir.Apply("py.chr", (code,), ir_types.STR, span=ctx.span(node)), STR)


def _based(name: str) -> Library:
    def lower(ctx: Lowering, node: tree.Call) -> Val:
        (val,) = arguments(ctx, node, 1, 1)
        n = want(ctx, val, INT, node)
        return Val(ir.Apply(f"py.{name}", (n,), ir_types.STR, span=ctx.span(node)), STR)

    return lower


@builtin("round")
def _round(ctx: Lowering, node: tree.Call) -> Val:
    options = keywords(ctx, node, "ndigits")
    digits_node = options.get("ndigits") or (node.args[1] if len(node.args) == 2 else None)
    if isinstance(digits_node, tree.NoneValue):
        digits_node = None
    nodes = [node.args[0], *([digits_node] if digits_node is not None else [])]
    val, *rest = ctx.operands(nodes)
    val, span = number(ctx, val, node), ctx.span(node)
    if not rest:
        if val.type is INT:
            return val
        return Val(ir.Apply("float.round_even", (val.ir,), _INT, span=span), INT)
    digits = index_of(ctx, rest[0], node)
    if val.type is INT:
        return Val(ir.Apply("py.round_int_digits", (val.ir, digits), _INT, span=span), INT)
    found = ir.Apply("py.round_digits", (val.ir, digits), _FLOAT, span=span)
    if val.type is NUMERIC:
        if not (isinstance(digits, ir.IntLit) and digits.value >= 0):
            raise ctx.refusal("mixed-int-float", "rounding what may be an int or a float", node)
        return Val(found, NUMERIC)
    return Val(found, FLOAT)


@builtin("pow")
def _pow(ctx: Lowering, node: tree.Call) -> Val:
    vals = arguments(ctx, node, 2, 3)
    if len(vals) == 2:
        return binary(ctx, "**", vals[0], vals[1], node)
    args = tuple(want(ctx, v, INT, a) for v, a in zip(vals, node.args, strict=True))
    return Val(ir.Apply("int.pow_mod", args, _INT, span=ctx.span(node)), INT)


@builtin("divmod")
def _divmod(ctx: Lowering, node: tree.Call) -> Val:
    left, right = arguments(ctx, node, 2, 2)
    left = left if is_atom(left.ir) else ctx.temp(left)
    right = right if is_atom(right.ir) else ctx.temp(right)
    quotient = binary(ctx, "//", Val(left.ir, left.type), Val(right.ir, right.type), node)
    rest = binary(ctx, "%", Val(left.ir, left.type), Val(right.ir, right.type), node)
    pair = ir.TupleLit((quotient.ir, rest.ir), span=ctx.span(node))
    return Val(pair, TupleT((quotient.type, rest.type)))


@builtin("format")
def _format(ctx: Lowering, node: tree.Call) -> Val:
    if len(node.args) != 2 or not isinstance(node.args[1], tree.Str) or node.keywords:
        raise ctx.refusal("string-format", "this form of `format`", node)
    part = tree.Formatted(node.start, node.end, node.args[0], "", node.args[1].value)
    return Val(formatted(ctx, ctx.expr(node.args[0]), part), STR)


BUILTINS["bin"] = _based("bin")
BUILTINS["oct"] = _based("oct")
BUILTINS["hex"] = _based("hex")
