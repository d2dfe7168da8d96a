"""`f64`: IEEE arithmetic, and the functions of its C library."""

from __future__ import annotations

import math

from autoform.frontends.rust import tree
from autoform.frontends.rust.library.tables import enter_operators, method, values
from autoform.frontends.rust.lower_exprs import float_literal
from autoform.frontends.rust.lowering import Lower
from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.ops import apply

enter_operators(
    {
        "Float.sqrt": "float.sqrt",
        "Float.abs": "abs",
        "Float.floor": "float.floor_f",
        "Float.ceil": "float.ceil_f",
        "Float.round": "float.round_f",
        "Float.trunc": "float.trunc_f",
        "Float.powf": "float.powf",
        "Float.atan": "float.atan",
        "Float.atan2": "float.atan2",
        "Float.tanh": "float.tanh",
        "Float.is_nan": "float.is_nan",
        "Float.is_finite": "float.is_finite",
        "Float.is_infinite": "float.is_infinite",
        "Float.hypot": "py.hypot",
    }
)


@method("Float.sin", "Float.cos", "Float.tan")
def _trigonometric(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value = low.keep(values(low, node)[0])
    found = low.safe(apply(f"float.{node.name}", value, span=low.span(node)))
    nan = float_literal(float("nan"))
    return ir.IfExpr(apply("float.is_infinite", value), nan, found)


@method("Float.ln", "Float.log2", "Float.log10")
def _logarithm(low: Lower, node: tree.MethodCall) -> ir.Expr:
    """Minus infinity at zero, NaN below it and for NaN."""
    value = low.keep(values(low, node)[0])
    op = "py.log" if node.name == "ln" else f"py.{node.name}"
    zero = float_literal(0.0)
    below = ir.IfExpr(
        apply("eq", value, zero), float_literal(float("-inf")), float_literal(float("nan"))
    )
    found = low.safe(apply(op, value, span=low.span(node)))
    return ir.IfExpr(apply("gt", value, zero), found, below)


@method("Float.recip")
def _recip(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return apply("float.div", float_literal(1.0), *values(low, node))


@method("Float.fract")
def _fract(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value = low.keep(values(low, node)[0])
    return apply("sub", value, apply("float.trunc_f", value))


@method("Float.powi")
def _powi(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value, exponent = values(low, node)
    return apply("float.powi", value, low.widen(exponent), span=low.span(node))


@method("Float.max", "Float.min")
def _extreme(low: Lower, node: tree.MethodCall) -> ir.Expr:
    """NaN gives way to the other; of two zeros, which one comes out is the first's."""
    one, other = (low.keep(value) for value in values(low, node))
    op = "max2" if node.name == "max" else "min2"
    found = ir.IfExpr(apply("float.is_nan", other), one, apply(op, one, other))
    return ir.IfExpr(apply("float.is_nan", one), other, found)


@method("Float.to_degrees", "Float.to_radians")
def _angle(low: Lower, node: tree.MethodCall) -> ir.Expr:
    factor = 180.0 / math.pi if node.name == "to_degrees" else math.pi / 180.0
    return apply("mul", *values(low, node), float_literal(factor))


@method("Float.clamp")
def _clamp(low: Lower, node: tree.MethodCall) -> ir.Expr:
    """NaN stays; bounds that are NaN or the wrong way round panic."""
    value, least, most = (low.keep(each) for each in values(low, node))
    low.emit(stmts.Assert(apply("le", least, most), span=low.span(node)))
    found = low.keep(ir.IfExpr(apply("lt", value, least), least, value))
    return ir.IfExpr(apply("gt", found, most), most, found)


@method("Float.rem_euclid")
def _rem_euclid(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value, divisor = (low.keep(each) for each in values(low, node))
    rest = low.keep(apply("float.rem", value, divisor, span=low.span(node)), "rest")
    raised = apply("add", rest, apply("abs", divisor))
    return ir.IfExpr(apply("lt", rest, float_literal(0.0)), raised, rest)


@method("Float.signum")
def _signum(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value = low.keep(values(low, node)[0])
    one, minus = float_literal(1.0), float_literal(-1.0)
    found = ir.IfExpr(_is_negative(value), minus, one)
    return ir.IfExpr(apply("float.is_nan", value), value, found)


def _is_negative(value: ir.Expr) -> ir.Expr:
    below = apply("lt", value, float_literal(0.0))
    return ir.Or((below, apply("float.is_negative_zero", value)))
