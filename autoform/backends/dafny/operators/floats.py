"""Lines of the operators on floats, taken as reals (`--allow float-as-real`)."""

from __future__ import annotations

from typing import Final

from autoform.backends.dafny.code import (
    Code,
    Level,
    atom,
    call,
    cast,
    member,
)
from autoform.backends.dafny.operators.rule import (
    Args,
    Rule,
    bounds,
    function,
    narrowed,
    operand_type,
    operator,
    widened,
)
from autoform.backends.dafny.unit import Unit
from autoform.ir.exprs import Apply, FloatLit
from autoform.ir.types import MachineIntType

__all__ = ["FLOAT_RULES"]


def _real(code: Code) -> Code:
    return cast(code, "real")


def _true_div(_unit: Unit, _expr: Apply, args: Args) -> Code:
    left, right = (_real(arg).at(Level.UNARY) for arg in args)
    return Code(f"{left} / {right}", Level.PRODUCT)


def _from_int(_unit: Unit, expr: Apply, args: Args) -> Code:
    return _real(widened(args[0], operand_type(expr)))


def _floor(_unit: Unit, _expr: Apply, args: Args) -> Code:
    return member(args[0], "Floor")


def _rounded(inner: Rule) -> Rule:
    """The integer that a rounding gives, as a real."""
    return lambda unit, expr, args: _real(inner(unit, expr, args))


def _to_machine(unit: Unit, expr: Apply, args: Args) -> Code:
    whole = call(unit.use("TruncReal"), *args)
    if not isinstance(expr.type, MachineIntType):
        return whole
    clamped = call(unit.use("Clamp"), whole, *bounds(expr.type))
    return narrowed(unit, clamped, expr.type)


def _constant(text: str) -> Rule:
    """What holds of every real; the operand is a real and cannot fail to be one."""
    return lambda unit, _expr, args: call(unit.use("Ignoring"), *args, atom(text))


def _power(unit: Unit, expr: Apply, args: Args) -> Code:
    """A power with a literal natural exponent is a product."""
    exponent = expr.args[1]
    if isinstance(exponent, FloatLit) and exponent.value in range(1000):
        return call(unit.use("PowIntReal"), args[0], atom(str(int(exponent.value))))
    return call(unit.use("PowReal"), *args)


FLOAT_RULES: Final[dict[str, Rule]] = {
    "int.true_div": _true_div,
    "int.to_float": _from_int,
    "int.as_float": _from_int,
    "int.exact_float": function("ExactReal"),
    "float.numeric": function("Numeric"),
    "int.compare_float": function("CompareReal"),
    "float.div": operator("/", Level.PRODUCT),
    "float.rem": function("TruncRemReal"),
    "py.float_div": operator("/", Level.PRODUCT),
    "py.float_floor_div": function("FloorDivReal"),
    "py.float_mod": function("FloorModReal"),
    "py.float_pow": _power,
    "float.powf": _power,
    "py.math_pow": _power,
    "float.trunc": function("TruncReal"),
    "float.floor": _floor,
    "float.ceil": function("CeilReal"),
    "float.round_even": function("RoundEven"),
    "float.to_machine": _to_machine,
    "float.floor_f": _rounded(_floor),
    "float.ceil_f": _rounded(function("CeilReal")),
    "float.round_f": _rounded(function("RoundAway")),
    "float.trunc_f": _rounded(function("TruncReal")),
    "py.round_digits": function("RoundDigits"),
    "float.is_integer": function("IsIntegral"),
    "float.is_negative_zero": _constant("false"),
    "float.is_nan": _constant("false"),
    "float.is_finite": _constant("true"),
    "float.is_infinite": _constant("false"),
    "float.sqrt": function("Sqrt"),
    "py.sqrt": function("Sqrt"),
    "py.exp": function("Exp"),
    "py.log": function("Log"),
    "py.log2": function("Log2"),
    "py.log10": function("Log10"),
    "py.log_base": function("LogBase"),
    "py.fmod": function("TruncRemReal"),
    "py.hypot": function("Hypot"),
    "float.sin": function("Sin"),
    "float.cos": function("Cos"),
    "float.tan": function("Tan"),
    "float.asin": function("Asin"),
    "float.acos": function("Acos"),
    "float.atan": function("Atan"),
    "float.atan2": function("Atan2"),
    "float.sinh": function("Sinh"),
    "float.cosh": function("Cosh"),
    "float.tanh": function("Tanh"),
    "float.degrees": function("Degrees"),
    "float.radians": function("Radians"),
    "py.isclose": function("IsClose"),
    "py.float_to_str": function("RealToText"),
    "py.is_float_text": function("IsRealText"),
    "py.str_to_float": function("TextToReal"),
}
