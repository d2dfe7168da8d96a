"""Lines of the operators on machine integers: explicit overflow, bit patterns, conversions.

They compute in `int` and convert back, so that Dafny shows that the result fits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from autoform.backends.dafny.code import Code, Level, call, cast, infix, prefix
from autoform.backends.dafny.operators.rule import (
    Args,
    Rule,
    bounds,
    narrowed,
    number,
    operand_type,
    widened,
)
from autoform.backends.dafny.unit import Unit, of_class
from autoform.ir.exprs import Apply
from autoform.ir.types import MachineIntType, OptionType, Type

__all__ = ["MACHINE_RULES"]

_Exact = Callable[[Unit, Apply, Args], Code]
"""The exact result in `int`, of operands already widened."""


def _wide(expr: Apply, args: Args) -> Args:
    return tuple(widened(arg, operand_type(expr, place)) for place, arg in enumerate(args))


def _machine(type_: Type) -> MachineIntType:
    return of_class(type_, MachineIntType)


def _wrap(unit: Unit, code: Code, type_: MachineIntType) -> Code:
    """An `int` modulo 2^bits, still as an `int`."""
    modulus = number(1 << type_.bits)
    if type_.signed:
        return call(unit.use("WrapSigned"), code, modulus)
    return infix("%", Level.PRODUCT, code, modulus)


def _pattern(expr: Apply, args: Args, place: int = 0) -> Code:
    """The bits of an operand as a natural number."""
    type_ = _machine(operand_type(expr, place))
    wide = widened(args[place], type_)
    return infix("%", Level.PRODUCT, wide, number(1 << type_.bits)) if type_.signed else wide


def _wrapping(exact: _Exact) -> Rule:
    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        type_ = _machine(expr.type)
        return narrowed(unit, _wrap(unit, exact(unit, expr, _wide(expr, args)), type_), type_)

    return rule


def _checked(exact: _Exact) -> Rule:
    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        item = of_class(expr.type, OptionType).item
        return _fitting(unit, exact(unit, expr, _wide(expr, args)), item)

    return rule


def _fitting(unit: Unit, code: Code, type_: Type) -> Code:
    """The `int` as an option of the type: none where it does not fit."""
    unit.use("Option")
    if not isinstance(type_, MachineIntType):
        return call("Some", code)
    low, high = bounds(type_)
    spelled = unit.type(type_)
    return Code(
        f"var it' := {code.text}; if {low.text} <= it' <= {high.text}"
        f" then Some(it' as {spelled}) else None",
        Level.OPEN,
    )


def _saturating(exact: _Exact) -> Rule:
    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        type_ = _machine(expr.type)
        clamped = call(unit.use("Clamp"), exact(unit, expr, _wide(expr, args)), *bounds(type_))
        return narrowed(unit, clamped, type_)

    return rule


def _overflowing(exact: _Exact) -> Rule:
    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        type_ = _machine(operand_type(expr))
        low, high = bounds(type_)
        value = exact(unit, expr, _wide(expr, args)).text
        wrapped = narrowed(unit, _wrap(unit, Code("it'"), type_), type_).text
        return Code(
            f"var it' := {value}; ({wrapped}, !({low.text} <= it' <= {high.text}))", Level.OPEN
        )

    return rule


def _infix(symbol: str, level: Level) -> _Exact:
    return lambda _unit, _expr, args: infix(symbol, level, *args)


def _prelude(name: str) -> _Exact:
    return lambda unit, _expr, args: call(unit.use(name), *args)


def _family(name: str, exact: _Exact) -> dict[str, Rule]:
    return {
        f"int.wrapping_{name}": _wrapping(exact),
        f"int.checked_{name}": _checked(exact),
        f"int.saturating_{name}": _saturating(exact),
        f"int.overflowing_{name}": _overflowing(exact),
    }


def _checked_division(name: str) -> Rule:
    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        type_ = _machine(of_class(expr.type, OptionType).item)
        parts = (*_wide(expr, args), *bounds(type_))
        found = call(unit.use(name), *parts)
        spelled = unit.type(type_)
        return Code(
            f"var it' := {found.text}; if it'.Some? then Some(it'.value as {spelled}) else None",
            Level.OPEN,
        )

    return rule


def _bit_not(_unit: Unit, expr: Apply, args: Args) -> Code:
    if isinstance(expr.type, MachineIntType) and not expr.type.signed:
        return infix("-", Level.SUM, number(expr.type.maximum), *args)
    return infix("-", Level.SUM, number(-1), *args)


def _shift_left(unit: Unit, expr: Apply, args: Args) -> Code:
    type_ = _machine(expr.type)
    shifted = call(unit.use("MachineShiftLeft"), *_wide(expr, args), number(type_.bits))
    return narrowed(unit, _wrap(unit, shifted, type_), type_)


def _shift_right(unit: Unit, expr: Apply, args: Args) -> Code:
    type_ = _machine(expr.type)
    shifted = call(unit.use("MachineShiftRight"), *_wide(expr, args), number(type_.bits))
    return narrowed(unit, shifted, type_)


def _rotate(*, left: bool) -> Rule:
    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        type_ = _machine(expr.type)
        name = unit.use("RotateLeft" if left else "RotateRight")
        rotated = call(name, _pattern(expr, args), args[1], number(type_.bits))
        return narrowed(unit, _wrap(unit, rotated, type_), type_)

    return rule


def _of_pattern(name: str, *, with_bits: bool) -> Rule:
    def rule(unit: Unit, expr: Apply, args: Args) -> Code:
        extra = (number(_machine(operand_type(expr)).bits),) if with_bits else ()
        return call(unit.use(name), _pattern(expr, args), *extra)

    return rule


def _narrow(unit: Unit, expr: Apply, args: Args) -> Code:
    return cast(args[0], unit.type(expr.type)) if expr.type != operand_type(expr) else args[0]


def _wrap_into(unit: Unit, expr: Apply, args: Args) -> Code:
    (wide,) = _wide(expr, args)
    if not isinstance(expr.type, MachineIntType):
        return wide
    return narrowed(unit, _wrap(unit, wide, expr.type), expr.type)


def _try_narrow(unit: Unit, expr: Apply, args: Args) -> Code:
    return _fitting(unit, _wide(expr, args)[0], of_class(expr.type, OptionType).item)


def _absolute(unit: Unit, expr: Apply, args: Args) -> Code:
    wide = _wide(expr, args)
    value = wide[0] if len(wide) == 1 else infix("-", Level.SUM, *wide)
    return narrowed(unit, call(unit.use("Abs"), value), expr.type)


def _log(base: int) -> Rule:
    return lambda unit, expr, args: call(unit.use("IntLog"), *_wide(expr, args), number(base))


MACHINE_RULES: Final[dict[str, Rule]] = {
    **_family("add", _infix("+", Level.SUM)),
    **_family("sub", _infix("-", Level.SUM)),
    **_family("mul", _infix("*", Level.PRODUCT)),
    "int.wrapping_neg": _wrapping(lambda _unit, _expr, args: prefix("-", *args)),
    "int.wrapping_pow": _wrapping(_prelude("Pow")),
    "int.checked_pow": _checked(_prelude("Pow")),
    "int.saturating_pow": _saturating(_prelude("Pow")),
    "int.checked_div": _checked_division("CheckedDiv"),
    "int.checked_rem": _checked_division("CheckedRem"),
    "int.bit_not": _bit_not,
    "int.machine_shl": _shift_left,
    "int.machine_shr": _shift_right,
    "int.rotate_left": _rotate(left=True),
    "int.rotate_right": _rotate(left=False),
    "int.count_ones": _of_pattern("BitCount", with_bits=False),
    "int.leading_zeros": _of_pattern("LeadingZeros", with_bits=True),
    "int.trailing_zeros": _of_pattern("TrailingZeros", with_bits=True),
    "int.abs_diff": _absolute,
    "int.unsigned_abs": _absolute,
    "int.ilog2": _log(2),
    "int.ilog10": _log(10),
    "int.widen": lambda _unit, expr, args: widened(args[0], operand_type(expr)),
    "int.narrow": _narrow,
    "int.try_narrow": _try_narrow,
    "int.wrap": _wrap_into,
    "char.code": lambda _unit, _expr, args: cast(args[0], "int"),
    "char.from_code": lambda unit, _expr, args: cast(args[0], unit.dialect.char),
}
