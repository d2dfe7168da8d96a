"""What integer methods do at the edges of their types: `MIN / -1`, `-MIN`, shifts by the width.

    a.wrapping_div(b)    (a / (b == -1 ? 1 : b)), negated with wrap-around where b is -1

A division by -1 is taken out of the way first, so that what is left fails at zero only, as in Rust.
"""

from __future__ import annotations

from autoform.frontends.rust import tree
from autoform.frontends.rust.library.integers import U32, machine
from autoform.frontends.rust.library.tables import method, values
from autoform.frontends.rust.lowering import Lower
from autoform.frontends.rust.refusal import Refusal
from autoform.ir import exprs as ir
from autoform.ir.build import conjunction, disjunction
from autoform.ir.ops import apply
from autoform.ir.types import INT, MachineIntType, OptionType

# Signs.


@method("Int.wrapping_abs", "Int.saturating_abs", "Int.overflowing_abs")
def _abs(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = machine(low, node.receiver)
    value = low.keep(values(low, node)[0])
    least = ir.IntLit(type_.minimum, type_)
    is_least = apply("eq", value, least)
    at_edge = ir.IntLit(type_.maximum, type_) if node.name == "saturating_abs" else least
    found = ir.IfExpr(is_least, at_edge, low.safe(apply("abs", value)))
    return ir.TupleLit((found, is_least)) if node.name == "overflowing_abs" else found


@method("Int.overflowing_neg")
def _overflowing_neg(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = machine(low, node.receiver)
    value = low.keep(values(low, node)[0])
    edge = ir.IntLit(type_.minimum, type_)
    overflows = apply("eq" if type_.signed else "ne", value, edge)
    return ir.TupleLit((apply("int.wrapping_neg", value), overflows))


# Division.

_DIVISIONS = {
    "div": "trunc_div",
    "rem": "trunc_rem",
    "div_euclid": "euclid_div",
    "rem_euclid": "euclid_mod",
}


@method(
    *(f"Int.{f}_{name}" for f in ("wrapping", "overflowing") for name in _DIVISIONS),
    "Int.saturating_div",
)
def _division(low: Lower, node: tree.MethodCall) -> ir.Expr:
    family, _, name = node.name.partition("_")
    type_ = machine(low, node.receiver)
    value, divisor = (low.keep(each) for each in values(low, node))
    op = _DIVISIONS[name]
    found: ir.Expr = apply(op, value, divisor, span=low.span(node))
    overflows: ir.Expr = ir.FALSE
    if type_.signed:
        by_minus_one = apply("eq", divisor, ir.IntLit(-1, type_))
        tame = low.keep(ir.IfExpr(by_minus_one, ir.IntLit(1, type_), divisor), "divisor")
        found = low.keep(apply(op, value, tame, span=low.span(node)), "quotient")
        if name.startswith("div"):
            # By 1 the quotient is the value itself.
            negated = apply(
                "int.saturating_sub" if family == "saturating" else "int.wrapping_sub",
                ir.IntLit(0, type_),
                value,
            )
            found = ir.IfExpr(by_minus_one, negated, found)
        overflows = _is_least_by_minus_one(value, divisor, type_)
    return ir.TupleLit((found, overflows)) if family == "overflowing" else found


def _is_least_by_minus_one(value: ir.Expr, divisor: ir.Expr, type_: MachineIntType) -> ir.Expr:
    return conjunction(
        (
            apply("eq", value, ir.IntLit(type_.minimum, type_)),
            apply("eq", divisor, ir.IntLit(-1, type_)),
        )
    )


@method("Int.checked_div_euclid", "Int.checked_rem_euclid")
def _checked_euclid(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = machine(low, node.receiver)
    value, divisor = (low.keep(each) for each in values(low, node))
    fails: ir.Expr = apply("eq", divisor, ir.IntLit(0, type_))
    if type_.signed:
        fails = disjunction((fails, _is_least_by_minus_one(value, divisor, type_)))
    op = _DIVISIONS[node.name.removeprefix("checked_")]
    found = apply("option.some", low.safe(apply(op, value, divisor)))
    return ir.IfExpr(fails, ir.NoneLit(type_), found)


# Shifts and bits.


@method("Int.checked_shl", "Int.checked_shr", "Int.overflowing_shl", "Int.overflowing_shr")
def _edge_shift(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = machine(low, node.receiver)
    value, by = (low.keep(each) for each in values(low, node))
    amount, bits = low.widen(by), ir.IntLit(type_.bits, INT)
    family, _, name = node.name.partition("_")
    too_far = apply("ge", amount, bits)
    if family == "overflowing":
        amount = low.safe(apply("floor_mod", amount, bits))
    moved = low.safe(apply(f"int.machine_{name}", value, amount, span=low.span(node)))
    if family == "overflowing":
        return ir.TupleLit((moved, too_far))
    return ir.IfExpr(too_far, ir.NoneLit(type_), apply("option.some", moved))


@method("Int.leading_ones", "Int.trailing_ones")
def _ones(low: Lower, node: tree.MethodCall) -> ir.Expr:
    (value,) = values(low, node)
    op = f"int.{node.name.replace('ones', 'zeros')}"
    return low.narrow(apply(op, apply("int.bit_not", value), span=low.span(node)), U32)


@method("Int.next_power_of_two", "Int.checked_next_power_of_two")
def _next_power_of_two(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = machine(low, node.receiver)
    value = low.keep(values(low, node)[0])
    one = ir.IntLit(1, type_)
    below = low.safe(apply("sub", apply("max2", value, one), one))
    width = apply("sub", ir.IntLit(type_.bits, INT), apply("int.leading_zeros", below))
    power = low.safe(apply("int.shl", ir.IntLit(1, INT), width))
    if node.name == "next_power_of_two":
        return apply("int.narrow", power, type_=type_, span=low.span(node))
    return apply("int.try_narrow", power, type_=OptionType(type_))


@method("Int.next_multiple_of")
def _next_multiple_of(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = machine(low, node.receiver)
    if type_.signed:
        raise Refusal("unsupported-method", "`next_multiple_of` of a signed integer", node)
    value, other = (low.keep(each) for each in values(low, node))
    rest = low.keep(apply("trunc_rem", value, other, span=low.span(node)), "rest")
    zero = ir.IntLit(0, type_)
    missing = ir.IfExpr(apply("eq", rest, zero), zero, low.safe(apply("sub", other, rest)))
    return apply("add", value, low.keep(missing, "missing"), span=low.span(node))


# An unsigned integer and a signed one.


@method("Int.checked_add_signed", "Int.saturating_add_signed")
def _add_signed(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = machine(low, node.receiver)
    value, other = values(low, node)
    total = apply("add", low.widen(value), low.widen(other), span=low.span(node))
    if node.name == "checked_add_signed":
        return apply("int.try_narrow", total, type_=OptionType(type_))
    least, most = ir.IntLit(type_.minimum, INT), ir.IntLit(type_.maximum, INT)
    return low.narrow(apply("min2", apply("max2", total, least), most), type_)
