"""Doubles. Rust's operators answer with infinities and NaN where Python's raise.

`+`, `-`, `*`, `/`, square roots, remainders and rounding are IEEE 754 on every machine. What the
standard leaves open (exponentials, logarithms, powers, trigonometry, `hypot`) is what the C
library under the running Python says, as it is for the Python original; another library may
differ in the last bit. Rust's `powf` may call another library than Python does.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, cast

from autoform.ir.ops.numbers import EXACT_LIMIT
from autoform.ir.types import MachineIntType
from autoform.semantics.failure import EvaluationFailed, outside
from autoform.semantics.meaning import Function, Meaning, Signature, plain, raising, typed
from autoform.semantics.ops.integers import zero_division
from autoform.semantics.ops.machine import saturate

_EXACT_FROM: Final = 2.0**52
"""Doubles from here on are integers."""


# ── Division and powers ───────────────────────────────────────────────────────────────────────


def ieee_div(a: float, b: float) -> float:
    """IEEE division: by zero it gives an infinity, or NaN for 0/0 and NaN/0."""
    if b != 0:
        return a / b
    if a == 0 or math.isnan(a):
        return math.nan
    return math.copysign(math.inf, math.copysign(1.0, a) * math.copysign(1.0, b))


def ieee_rem(a: float, b: float) -> float:
    """C's `fmod`: exact, with the sign of the dividend; NaN for an infinite a or a zero b."""
    return math.nan if math.isinf(a) or b == 0 else math.fmod(a, b)


def powi(base: float, exponent: int) -> float:
    """Rust `powi`, as the compiler's runtime computes it. Raises `OutsideSubset` beyond `i32`."""
    if not -(1 << 31) <= exponent < 1 << 31:
        raise outside("an exponent of `powi` that is no `i32`")
    left, found = abs(exponent), 1.0
    while True:
        if left & 1:
            found *= base
        left >>= 1
        if not left:
            break
        base *= base
    return ieee_div(1.0, found) if exponent < 0 else found


def powf(a: float, b: float) -> float:
    """C's `pow`, which does not raise: `0 ** -1` is an infinity, `(-1) ** 0.5` is NaN."""
    try:
        return math.pow(a, b)
    except ValueError:
        if a != 0:
            return math.nan
    except OverflowError:
        pass
    odd = math.isfinite(b) and abs(math.fmod(b, 2.0)) == 1.0
    return math.copysign(math.inf, a) if odd else math.inf


def python_pow(a: float, b: float) -> float:
    """Python's `a ** b`; outside the subset where Python computes a complex number."""
    if a < 0 and math.isfinite(a) and math.isfinite(b) and not b.is_integer():
        raise outside("a power that is a complex number")
    try:
        return float(a**b)
    except ZeroDivisionError:
        raise EvaluationFailed("ZeroDivisionError", "0.0 to a negative power") from None
    except OverflowError as error:
        raise EvaluationFailed("OverflowError", str(error)) from None


def _float_div(a: float, b: float) -> float:
    if b == 0:
        raise zero_division()
    return a / b


def _float_floor_div(a: float, b: float) -> float:
    if b == 0:
        raise zero_division()
    return a // b


def _float_mod(a: float, b: float) -> float:
    if b == 0:
        raise zero_division()
    return a % b


def ieee_sqrt(a: float) -> float:
    """The square root, correctly rounded; NaN below zero."""
    return math.nan if a < 0 else math.sqrt(a)


# ── Rounding ──────────────────────────────────────────────────────────────────────────────────


def _keeping_sign(to_integer: Callable[[float], int]) -> Callable[[float], float]:
    """Rounding from doubles to doubles: -0.5 is rounded to -0.0, infinities and NaN stay."""

    def run(a: float) -> float:
        if not abs(a) < _EXACT_FROM:
            return a
        return math.copysign(float(to_integer(a)), a)

    return run


def _half_away(a: float) -> int:
    # Adding a half first would round 0.49999999999999994 to 1; the difference is exact.
    whole = math.trunc(a)
    if abs(a - whole) < 0.5:
        return whole
    return whole + (1 if a > 0 else -1)


def _to_machine(signature: Signature) -> Function:
    type_ = signature.result

    def run(a: float) -> int:
        if math.isnan(a):
            return 0
        if not isinstance(type_, MachineIntType):
            return _exact_integer(a)
        if math.isinf(a):
            return type_.maximum if a > 0 else type_.minimum
        return saturate(math.trunc(a), type_)

    return run


def _exact_integer(a: float) -> int:
    if math.isinf(a):
        raise outside("an infinity as an integer")
    return math.trunc(a)


def _round_int_digits(number: int, digits: int) -> int:
    # More zeros than the number has digits: the answer is 0 and needs no power of ten.
    if digits >= 0:
        return number
    return 0 if -digits > number.bit_length() else round(number, digits)


# ── Between integers and doubles ──────────────────────────────────────────────────────────────


def _true_div(a: int, b: int) -> float:
    if b == 0:
        raise zero_division()
    return a / b


def _as_float(a: int) -> float:
    try:
        return float(a)
    except OverflowError:
        raise outside("an integer that is larger than every double") from None


def _exact_float(a: int) -> float:
    if abs(a) > EXACT_LIMIT:
        raise outside("an integer beyond 2^53 where it may be a float")
    return float(a)


def _numeric(a: float) -> float:
    if abs(a) >= EXACT_LIMIT or is_negative_zero(a):
        raise outside("a number that is not the same as an int and as a float")
    return a


def is_negative_zero(a: float) -> bool:
    """Whether the double is -0.0."""
    return a == 0 and math.copysign(1.0, a) < 0


def compare_with_float(a: int, b: float) -> int:
    """Exactly: -1, 0, 1 as `a` is less than, equal to, greater than `b`; 2 for NaN."""
    return 2 if math.isnan(b) else (a > b) - (a < b)


# ── Python's math module ──────────────────────────────────────────────────────────────────────


def _log_base(a: float, base: float) -> float:
    return math.log(a, base)


def _isclose(a: float, b: float, relative: float, absolute: float) -> bool:
    return math.isclose(a, b, rel_tol=relative, abs_tol=absolute)


def _round_digits(a: float, digits: int) -> float:
    return round(a, digits)


_TO_INTEGER: Final = (ValueError, OverflowError)

FLOATS: Final[dict[str, Meaning]] = {
    "int.true_div": plain(raising(_true_div, OverflowError)),
    "int.to_float": plain(raising(cast("Callable[[int], float]", float), OverflowError)),
    "int.exact_float": plain(_exact_float),
    "float.numeric": plain(_numeric),
    "float.is_negative_zero": plain(is_negative_zero),
    "int.as_float": plain(_as_float),
    "int.compare_float": plain(compare_with_float),
    "float.div": plain(ieee_div),
    "float.rem": plain(ieee_rem),
    "py.float_div": plain(_float_div),
    "py.float_floor_div": plain(_float_floor_div),
    "py.float_mod": plain(_float_mod),
    "py.float_pow": plain(python_pow),
    "float.powf": plain(powf),
    "float.powi": plain(powi),
    "float.trunc": plain(raising(math.trunc, *_TO_INTEGER)),
    "float.floor": plain(raising(math.floor, *_TO_INTEGER)),
    "float.ceil": plain(raising(math.ceil, *_TO_INTEGER)),
    "float.round_even": plain(raising(round, *_TO_INTEGER)),
    "float.to_machine": typed(_to_machine),
    "float.floor_f": plain(_keeping_sign(math.floor)),
    "float.ceil_f": plain(_keeping_sign(math.ceil)),
    "float.round_f": plain(_keeping_sign(_half_away)),
    "float.trunc_f": plain(_keeping_sign(math.trunc)),
    "py.round_digits": plain(raising(_round_digits, OverflowError)),
    "py.round_int_digits": plain(_round_int_digits),
    "float.is_integer": plain(float.is_integer),
    "float.is_nan": plain(math.isnan),
    "float.is_finite": plain(math.isfinite),
    "float.is_infinite": plain(math.isinf),
    "float.sqrt": plain(ieee_sqrt),
    "py.sqrt": plain(raising(math.sqrt, ValueError)),
    "py.exp": plain(raising(math.exp, OverflowError)),
    "py.log": plain(raising(math.log, ValueError)),
    "py.log2": plain(raising(math.log2, ValueError)),
    "py.log10": plain(raising(math.log10, ValueError)),
    "py.log_base": plain(raising(_log_base, ValueError, ZeroDivisionError)),
    "py.math_pow": plain(raising(math.pow, ValueError, OverflowError)),
    "py.fmod": plain(raising(math.fmod, ValueError)),
    "py.hypot": plain(math.hypot),
    "float.sin": plain(raising(math.sin, ValueError)),
    "float.cos": plain(raising(math.cos, ValueError)),
    "float.tan": plain(raising(math.tan, ValueError)),
    "float.asin": plain(raising(math.asin, ValueError)),
    "float.acos": plain(raising(math.acos, ValueError)),
    "float.atan": plain(math.atan),
    "float.atan2": plain(math.atan2),
    "float.sinh": plain(raising(math.sinh, OverflowError)),
    "float.cosh": plain(raising(math.cosh, OverflowError)),
    "float.tanh": plain(math.tanh),
    "float.degrees": plain(math.degrees),
    "float.radians": plain(math.radians),
    "py.isclose": plain(raising(_isclose, ValueError)),
}
"""Operators on doubles, and between integers and doubles."""
