"""Integers: checked and other arithmetic, bits, conversions."""

from __future__ import annotations

from typing import cast

from autoform.frontends.rust import tree
from autoform.frontends.rust.library.tables import enter_operators, function, method, values
from autoform.frontends.rust.lower_exprs import convert_integer, default_value, lower
from autoform.frontends.rust.lowering import Lower
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import show
from autoform.ir import exprs as ir
from autoform.ir.build import conjunction, disjunction
from autoform.ir.ops import apply
from autoform.ir.types import (
    BOOL,
    CHAR,
    FLOAT,
    INT,
    MACHINE_INTS,
    STR,
    UNIT,
    MachineIntType,
    OptionType,
    ResultType,
    Type,
)

U8 = MACHINE_INTS["u8"]
U32 = MACHINE_INTS["u32"]

enter_operators(
    {
        f"Int.{family}_{name}": f"int.{family}_{name}"
        for family in ("wrapping", "checked", "saturating", "overflowing")
        for name in ("add", "sub", "mul")
    }
    | {
        "Int.checked_div": "int.checked_div",
        "Int.checked_rem": "int.checked_rem",
        "Int.abs": "abs",
        "Int.signum": "int.signum",
        "Int.rem_euclid": "euclid_mod",
        "Int.div_euclid": "euclid_div",
        "Int.isqrt": "int.isqrt",
        "Int.abs_diff": "int.abs_diff",
        "Int.unsigned_abs": "int.unsigned_abs",
        "Int.wrapping_neg": "int.wrapping_neg",
    }
)


def machine(low: Lower, node: tree.Expr) -> MachineIntType:
    """The machine type of an expression. Raises `Refusal`."""
    type_ = low.type_of(node)
    if not isinstance(type_, MachineIntType):
        raise Refusal("unsupported-method", f"a method of `{show(node.ty)}`", node)
    return type_


@method("Int.pow", "Int.wrapping_pow", "Int.checked_pow", "Int.saturating_pow")
def _pow(low: Lower, node: tree.MethodCall) -> ir.Expr:
    base, exponent = values(low, node)
    op = "int.pow" if node.name == "pow" else f"int.{node.name}"
    # An exponent of an unsigned type is never negative.
    return apply(op, base, low.widen(exponent), span=low.span(node))


@method("Int.saturating_neg")
def _saturating_neg(low: Lower, node: tree.MethodCall) -> ir.Expr:
    (value,) = values(low, node)
    zero = ir.IntLit(0, machine(low, node))
    return apply("int.saturating_sub", zero, value, span=low.span(node))


@method("Int.rotate_left", "Int.rotate_right")
def _rotate(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value, by = values(low, node)
    return apply(f"int.{node.name}", value, low.widen(by), span=low.span(node))


@method("Int.wrapping_shl", "Int.wrapping_shr")
def _wrapping_shift(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value, by = values(low, node)
    bits = machine(low, node.receiver).bits
    amount = low.safe(apply("floor_mod", low.widen(by), ir.IntLit(bits, INT)))
    op = "int.machine_shl" if node.name == "wrapping_shl" else "int.machine_shr"
    return low.safe(apply(op, value, amount, span=low.span(node)))


@method("Int.count_ones", "Int.leading_zeros", "Int.trailing_zeros")
def _count(low: Lower, node: tree.MethodCall) -> ir.Expr:
    (value,) = values(low, node)
    return low.narrow(apply(f"int.{node.name}", value, span=low.span(node)), U32)


@method("Int.ilog2", "Int.ilog10")
def _log(low: Lower, node: tree.MethodCall) -> ir.Expr:
    (value,) = values(low, node)
    found = apply(f"int.{node.name}", value, span=low.span(node))
    return apply("int.narrow", found, type_=U32)


@method("Int.count_zeros")
def _count_zeros(low: Lower, node: tree.MethodCall) -> ir.Expr:
    (value,) = values(low, node)
    bits = ir.IntLit(machine(low, node.receiver).bits, INT)
    return low.narrow(apply("sub", bits, apply("int.count_ones", value)), U32)


@method("Int.is_power_of_two")
def _is_power_of_two(low: Lower, node: tree.MethodCall) -> ir.Expr:
    (value,) = values(low, node)
    return apply("eq", apply("int.count_ones", value), ir.IntLit(1, INT))


@method("Int.is_multiple_of")
def _is_multiple_of(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value, other = (low.keep(each) for each in values(low, node))
    zero = ir.IntLit(0, machine(low, node.receiver))
    rest = apply("eq", low.safe(apply("trunc_rem", value, other)), zero)
    return ir.IfExpr(apply("eq", other, zero), apply("eq", value, zero), rest)


@method("Int.div_ceil")
def _div_ceil(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = machine(low, node.receiver)
    value, other = (low.keep(each) for each in values(low, node))
    if type_.signed:
        raise Refusal("unsupported-method", "`div_ceil` of a signed integer", node)
    quotient = apply("trunc_div", value, other)
    rest = low.safe(apply("trunc_rem", value, other))
    more = apply("gt", rest, ir.IntLit(0, type_))
    kept = low.keep(quotient, "quotient")
    one = low.safe(apply("add", kept, ir.IntLit(1, type_)))
    return ir.IfExpr(more, one, kept)


@method("Int.is_positive", "Int.is_negative")
def _sign(low: Lower, node: tree.MethodCall) -> ir.Expr:
    (value,) = values(low, node)
    op = "gt" if node.name == "is_positive" else "lt"
    return apply(op, value, ir.IntLit(0, machine(low, node.receiver)))


@method("Int.checked_neg", "Int.checked_abs")
def _checked_sign(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = machine(low, node.receiver)
    value = low.keep(values(low, node)[0])
    if node.name == "checked_neg":
        return apply("int.checked_sub", ir.IntLit(0, type_), value)
    least = apply("eq", value, ir.IntLit(type_.minimum, type_))
    return ir.IfExpr(least, ir.NoneLit(type_), apply("option.some", low.safe(apply("abs", value))))


@method("Int.wrapping_add_signed")
def _wrapping_add_signed(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value, other = values(low, node)
    moved = apply("int.wrap", other, type_=machine(low, node.receiver))
    return apply("int.wrapping_add", value, moved)


_ASCII = {
    "is_ascii_digit": ((48, 57),),
    "is_ascii_alphabetic": ((65, 90), (97, 122)),
    "is_ascii_alphanumeric": ((48, 57), (65, 90), (97, 122)),
    "is_ascii_uppercase": ((65, 90),),
    "is_ascii_lowercase": ((97, 122),),
    "is_ascii_punctuation": ((33, 47), (58, 64), (91, 96), (123, 126)),
    "is_ascii_whitespace": ((9, 10), (12, 13), (32, 32)),
    "is_ascii_control": ((0, 31), (127, 127)),
    "is_ascii_graphic": ((33, 126),),
    "is_ascii_hexdigit": ((48, 57), (65, 70), (97, 102)),
    "is_ascii": ((0, 127),),
}


@method(*(f"Int.{name}" for name in _ASCII))
def _ascii_class(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value = low.keep(values(low, node)[0])
    type_ = _byte(low, node)
    return disjunction(_between(value, *bounds, type_) for bounds in _ASCII[node.name])


def _byte(low: Lower, node: tree.MethodCall) -> MachineIntType:
    type_ = machine(low, node.receiver)
    if type_ != U8:
        raise Refusal("unsupported-method", f"`{node.name}` of `{type_.name}`", node)
    return type_


def _between(value: ir.Expr, first: int, last: int, type_: MachineIntType) -> ir.Expr:
    if first == last:
        return apply("eq", value, ir.IntLit(first, type_))
    upper = apply("le", value, ir.IntLit(last, type_))
    if first == type_.minimum:
        return upper
    return conjunction((apply("le", ir.IntLit(first, type_), value), upper))


@method("Int.to_ascii_uppercase", "Int.to_ascii_lowercase")
def _ascii_case(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value = low.keep(values(low, node)[0])
    return byte_case(low, value, _byte(low, node), upper=node.name == "to_ascii_uppercase")


def byte_case(low: Lower, value: ir.Expr, type_: MachineIntType, *, upper: bool) -> ir.Expr:
    """A byte with ASCII letters in the other case."""
    bounds = (97, 122) if upper else (65, 90)
    moved = low.safe(apply("sub" if upper else "add", value, ir.IntLit(32, type_)))
    return ir.IfExpr(_between(value, *bounds, type_), moved, value)


@method("Int.eq_ignore_ascii_case")
def _eq_ignore_case(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = _byte(low, node)
    left, right = (byte_case(low, low.keep(each), type_, upper=False) for each in values(low, node))
    return apply("eq", left, right)


@method("Int.to_string")
def _to_string(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return apply("int.to_str", *values(low, node), span=low.span(node))


@method("Int.to_be_bytes", "Int.to_le_bytes")
def _to_bytes(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = machine(low, node.receiver)
    value = low.keep(values(low, node)[0])
    parts: list[ir.Expr] = []
    for at in range(type_.bits // 8):
        moved = low.safe(apply("int.machine_shr", value, ir.IntLit(8 * at, INT))) if at else value
        parts.append(moved if type_ == U8 else apply("int.wrap", moved, type_=U8))
    if node.name == "to_be_bytes":
        parts.reverse()
    return ir.SeqLit(U8, tuple(parts))


@function("Int.from_be_bytes", "Int.from_le_bytes")
def _from_bytes(low: Lower, node: tree.Call) -> ir.Expr:
    type_ = machine(low, node)
    items = low.keep(lower(low, node.args[0]), "bytes")
    count = type_.bits // 8
    path = cast(tree.Path, node.function)
    order = range(count) if path.segments[-1] == "from_le_bytes" else range(count - 1, -1, -1)
    total: ir.Expr | None = None
    for shift, at in enumerate(order):
        byte = low.safe(apply("seq.at", items, ir.IntLit(at, INT)))
        wide = byte if type_ == U8 else apply("int.wrap", byte, type_=type_)
        part = (
            low.safe(apply("int.machine_shl", wide, ir.IntLit(8 * shift, INT))) if shift else wide
        )
        total = part if total is None else apply("int.bit_or", total, part)
    assert total is not None
    return total


@function("Int.default", "Float.default", "Bool.default", "Str.default", "Seq.default")
def _default(low: Lower, node: tree.Call) -> ir.Expr:
    return default_value(low, node.ty, node)


@function("Option.default", "VecDeque.default")
def _default_of(low: Lower, node: tree.Call) -> ir.Expr:
    return default_value(low, node.ty, node)


@function("Int.max_value", "Int.min_value")
def _limit(low: Lower, node: tree.Call) -> ir.Expr:
    type_ = machine(low, node)
    path = cast(tree.Path, node.function)
    value = type_.maximum if path.segments[-1] == "max_value" else type_.minimum
    return ir.IntLit(value, type_)


# Conversions.


@method("Any.into")
def _into(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return converted(low, lower(low, node.receiver), low.type_of(node), node)


@function("Int.from", "Float.from", "Char.from", "Str.from")
def _from(low: Lower, node: tree.Call) -> ir.Expr:
    return converted(low, lower(low, node.args[0]), low.type_of(node), node)


def converted(low: Lower, value: ir.Expr, target: Type, node: tree.Expr) -> ir.Expr:
    """`T::from(value)`: the conversions that never fail."""
    source = ir.type_of(value)
    if source == target:
        return value
    match source, target:
        case MachineIntType(), MachineIntType():
            return convert_integer(low, value, source, target)
        case MachineIntType(), _ if target == FLOAT:
            return apply("int.as_float", value)
        case _, MachineIntType() if source == BOOL:
            return ir.IfExpr(value, ir.IntLit(1, target), ir.IntLit(0, target))
        case _, MachineIntType() if source == CHAR:
            return low.safe(apply("int.narrow", apply("char.code", value), type_=target))
        case MachineIntType(bits=8), _ if target == CHAR:
            return low.safe(apply("char.from_code", low.widen(value)))
        case _ if source == CHAR and target == STR:
            return apply("char.to_str", value)
        case _, OptionType(item=item) if item == source:
            return apply("option.some", value)
        case _:
            message = f"a conversion into `{show(node.ty)}`"
            raise Refusal("unsupported-builtin", message, node)


@method("Any.try_into")
def _try_into(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return _tried(low, lower(low, node.receiver), node)


@function("Int.try_from")
def _try_from(low: Lower, node: tree.Call) -> ir.Expr:
    return _tried(low, lower(low, node.args[0]), node)


def _tried(low: Lower, value: ir.Expr, node: tree.Expr) -> ir.Expr:
    type_ = low.type_of(node)
    assert isinstance(type_, ResultType)
    source = ir.type_of(value)
    if source == type_.ok:
        return ir.Apply("result.ok", (value,), type_)
    if not (isinstance(type_.ok, MachineIntType) and isinstance(source, MachineIntType)):
        raise Refusal("unsupported-builtin", f"a conversion into `{show(node.ty)}`", node)
    found = apply("int.try_narrow", value, type_=OptionType(type_.ok))
    return result_of(low, low.keep(found), type_)


def result_of(low: Lower, found: ir.Expr, type_: ResultType) -> ir.Expr:
    """An option as a result whose error nothing looks into."""
    assert type_.err == UNIT
    ok = ir.Apply("result.ok", (low.safe(apply("option.unwrap", found)),), type_)
    err = ir.Apply("result.err", (ir.TupleLit(()),), type_)
    return ir.IfExpr(apply("option.is_some", found), ok, err)
