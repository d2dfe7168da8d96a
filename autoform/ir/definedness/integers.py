"""Conditions of the operators on integers and characters."""

from __future__ import annotations

from typing import Final

from autoform.ir.build import compare, conjunction, disjunction, in_range, integer, widened
from autoform.ir.definedness.rule import (
    OUTSIDE,
    OVERFLOW,
    VALUE,
    ZERO,
    Conditions,
    Rule,
    at_least,
    between,
    differs,
    fits,
)
from autoform.ir.exprs import Apply, Expr
from autoform.ir.ops import apply
from autoform.ir.ops.numbers import EXACT_LIMIT
from autoform.ir.types import FloatType, IntType, MachineIntType, TypeVar

FLOAT_LIMIT: Final = 2**1024 - 2**970
"""The least integer that rounds beyond the doubles: halfway to 2^1024, where ties go up."""

_MAX_CODE: Final = 0x10FFFF
_SURROGATES: Final = (0xD800, 0xDFFF)


def _arithmetic(application: Apply) -> Conditions:
    """`neg`, `abs`, `add`, `sub`, `mul`: the exact result fits."""
    if not isinstance(application.type, IntType | FloatType):
        exact = [widened(arg) for arg in application.args]
        is_open = isinstance(application.type, TypeVar)
        yield from fits(exact[0] if is_open else apply(application.op, *exact), application)


def _division(application: Apply) -> Conditions:
    """Division and remainder: the divisor is not zero, and `MIN / -1` does not fit."""
    dividend, divisor = application.args
    yield ZERO, differs(divisor, 0)
    type_ = application.type
    if isinstance(type_, MachineIntType) and type_.signed:
        minimum = differs(dividend, type_.minimum)
        yield OVERFLOW, disjunction((differs(divisor, -1), minimum))


def _modulo(application: Apply) -> Conditions:
    yield ZERO, differs(application.args[1], 0)


def _power(application: Apply) -> Conditions:
    base, exponent = application.args
    yield OUTSIDE, compare("ge", exponent, integer(0))
    if isinstance(application.type, MachineIntType):
        yield from fits(apply("int.pow", widened(base), exponent), application)


def _machine_shift(application: Apply) -> Conditions:
    _, places = application.args
    if isinstance(application.type, MachineIntType):
        yield OVERFLOW, between(integer(0), places, integer(application.type.bits))


def _narrow(application: Apply) -> Conditions:
    yield from fits(widened(application.args[0]), application)


def _gcd(application: Apply) -> Conditions:
    """The divisor of the least number and itself, or zero, is one too large for its type."""
    exact = apply("int.gcd", *map(widened, application.args))
    yield from ((OUTSIDE, condition) for _, condition in fits(exact, application))


def _positive_arguments(application: Apply) -> Conditions:
    for arg in application.args:
        yield VALUE, compare("ge", arg, integer(0))


def _pow_mod(application: Apply) -> Conditions:
    _, exponent, modulus = application.args
    yield VALUE, differs(modulus, 0)
    yield OUTSIDE, compare("ge", exponent, integer(0))


def _true_div(application: Apply) -> Conditions:
    """`|a / b|` rounds to a double when it is below the limit, compared without dividing."""
    dividend, divisor = application.args
    yield ZERO, differs(divisor, 0)
    bound = apply("mul", apply("abs", divisor), integer(FLOAT_LIMIT))
    yield OVERFLOW, compare("lt", apply("abs", dividend), bound)


def _to_float(application: Apply) -> Conditions:
    (value,) = application.args
    limit, negative = integer(FLOAT_LIMIT), integer(-FLOAT_LIMIT)
    below = (compare("lt", negative, value), compare("lt", value, limit))
    yield OVERFLOW, conjunction(below)


def _exact_float(application: Apply) -> Conditions:
    (value,) = application.args
    yield OUTSIDE, compare("le", apply("abs", value), integer(EXACT_LIMIT))


def _char_from_code(application: Apply) -> Conditions:
    (code,) = application.args
    yield VALUE, conjunction((_is_code(code), _is_no_surrogate(code)))


def _py_chr(application: Apply) -> Conditions:
    (code,) = application.args
    yield OVERFLOW, in_range(code, MachineIntType(32, signed=True))
    yield VALUE, _is_code(code)
    yield OUTSIDE, _is_no_surrogate(code)


def _is_code(code: Expr) -> Expr:
    return between(integer(0), code, integer(_MAX_CODE + 1))


def _is_no_surrogate(code: Expr) -> Expr:
    first, last = _SURROGATES
    below = compare("lt", code, integer(first))
    return disjunction((below, compare("lt", integer(last), code)))


INTEGER_RULES: Final[dict[str, Rule]] = {
    "neg": _arithmetic,
    "abs": _arithmetic,
    "add": _arithmetic,
    "sub": _arithmetic,
    "mul": _arithmetic,
    "floor_div": _division,
    "floor_mod": _modulo,
    "trunc_div": _division,
    "trunc_rem": _division,
    "euclid_div": _division,
    "euclid_mod": _division,
    "int.pow": _power,
    "int.shl": at_least(1, 0, VALUE),
    "int.shr": at_least(1, 0, VALUE),
    "int.machine_shl": _machine_shift,
    "int.machine_shr": _machine_shift,
    "int.checked_pow": at_least(1, 0, OUTSIDE),
    "int.wrapping_pow": at_least(1, 0, OUTSIDE),
    "int.saturating_pow": at_least(1, 0, OUTSIDE),
    "int.narrow": _narrow,
    "int.gcd": _gcd,
    "int.isqrt": at_least(0, 0, VALUE),
    "int.ilog2": at_least(0, 1, VALUE),
    "int.ilog10": at_least(0, 1, VALUE),
    "int.factorial": at_least(0, 0, VALUE),
    "int.comb": _positive_arguments,
    "int.perm": _positive_arguments,
    "int.pow_mod": _pow_mod,
    "int.true_div": _true_div,
    "int.to_float": _to_float,
    "int.exact_float": _exact_float,
    "char.from_code": _char_from_code,
    "py.chr": _py_chr,
}
