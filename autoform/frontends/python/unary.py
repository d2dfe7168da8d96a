"""`-a`, `+a`, `~a`, `not a`."""

from __future__ import annotations

from autoform.frontends.python import tree
from autoform.frontends.python.arithmetic import as_number, is_number
from autoform.frontends.python.coerce import unwrap
from autoform.frontends.python.conditions import condition
from autoform.frontends.python.context import Lowering, lowers
from autoform.frontends.python.truth import negate
from autoform.frontends.python.types import BOOL, INT, NUMERIC, OptionalT, resolve, to_ir
from autoform.frontends.python.values import Val, float_val, int_val
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types


@lowers(tree.Unary)
def _unary(ctx: Lowering, node: tree.Unary) -> Val:
    if node.op == "not":
        return Val(negate(condition(ctx, node.operand).ir, ctx.span(node)), BOOL)
    if node.op == "-" and isinstance(node.operand, tree.Int):
        return int_val(-node.operand.value, ctx.span(node))
    if node.op == "-" and isinstance(node.operand, tree.Float):
        return float_val(-node.operand.value, ctx.span(node))
    val = ctx.known(node.operand)
    if isinstance(val.type, OptionalT):
        val = Val(unwrap(val.ir, val.type.item), resolve(val.type.item))
    if not is_number(val.type):
        shown = ctx.type_text(val.type)
        raise ctx.refusal("unsupported-operator", f"`{node.op}` on {shown}", node)
    val, span = as_number(val), ctx.span(node)
    if node.op == "+":
        return val
    if node.op == "-":
        result = ir.Apply("neg", (val.ir,), to_ir(val.type), span=span)
        if val.type is NUMERIC:
            result = ir.Apply("float.numeric", (result,), ir_types.FLOAT, span=span)
        return Val(result, val.type)
    if val.type is not INT:
        raise ctx.refusal("unsupported-operator", "`~` on a float", node)
    return Val(ir.Apply("int.bit_not", (val.ir,), ir_types.INT, span=span), INT)
