"""Conditions of the operators on doubles, as CPython's `float` and `math` check them."""

from __future__ import annotations

from typing import Final

from autoform.ir.build import conjunction, disjunction, negation
from autoform.ir.definedness.rule import (
    OUTSIDE,
    OVERFLOW,
    VALUE,
    ZERO,
    Conditions,
    Rule,
)
from autoform.ir.exprs import And, Apply, Expr, FloatLit
from autoform.ir.ops import apply
from autoform.ir.ops.numbers import EXACT_LIMIT

_ZERO: Final = FloatLit("0.0")
_ONE: Final = FloatLit("1.0")
_EXP_LIMIT: Final = FloatLit("709.782712893384")
"""The greatest double whose exponential is finite."""
_SINH_LIMIT: Final = FloatLit("710.4758600739439")
"""The greatest double whose hyperbolic sine and cosine are finite."""
_ROUNDABLE: Final = FloatLit("1e+308")
"""A double that no rounding to a power of ten can push beyond the doubles."""


def _divisor(application: Apply) -> Conditions:
    yield ZERO, apply("ne", application.args[1], _ZERO)


def _to_int(application: Apply) -> Conditions:
    (value,) = application.args
    yield VALUE, negation(apply("float.is_nan", value))
    yield OVERFLOW, negation(apply("float.is_infinite", value))


def _round_digits(application: Apply) -> Conditions:
    value, _ = application.args
    small = apply("le", apply("abs", value), _ROUNDABLE)
    yield OVERFLOW, disjunction((_not_finite(value), small))


def _py_pow(application: Apply) -> Conditions:
    base, exponent = application.args
    yield OUTSIDE, _is_real_power(base, exponent)
    yield ZERO, _has_no_pole(base, exponent)
    yield OVERFLOW, _has_finite_power(base, exponent)


def _math_pow(application: Apply) -> Conditions:
    base, exponent = application.args
    yield VALUE, And((_is_real_power(base, exponent), _has_no_pole(base, exponent)))
    yield OVERFLOW, _has_finite_power(base, exponent)


def _is_real_power(base: Expr, exponent: Expr) -> Expr:
    """Not a negative number raised to a fraction."""
    return disjunction(
        (
            negation(apply("lt", base, _ZERO)),
            _not_finite(base),
            _not_finite(exponent),
            apply("float.is_integer", exponent),
        )
    )


def _has_no_pole(base: Expr, exponent: Expr) -> Expr:
    """Not zero raised to a negative number; to minus infinity it is infinite."""
    return disjunction(
        (
            apply("ne", base, _ZERO),
            negation(apply("lt", exponent, _ZERO)),
            _not_finite(exponent),
        )
    )


def _has_finite_power(base: Expr, exponent: Expr) -> Expr:
    return disjunction(
        (
            _not_finite(base),
            _not_finite(exponent),
            apply("float.is_finite", apply("float.powf", base, exponent)),
        )
    )


def _not_below_zero(position: int) -> Rule:
    def rule(application: Apply) -> Conditions:
        yield VALUE, negation(apply("lt", application.args[position], _ZERO))

    return rule


def _logarithm(application: Apply) -> Conditions:
    for arg in application.args:
        yield VALUE, negation(apply("le", arg, _ZERO))


def _log_base(application: Apply) -> Conditions:
    yield from _logarithm(application)
    yield ZERO, apply("ne", application.args[1], _ONE)


def _exp(application: Apply) -> Conditions:
    (value,) = application.args
    small = negation(apply("gt", value, _EXP_LIMIT))
    yield OVERFLOW, disjunction((small, apply("float.is_infinite", value)))


def _hyperbolic(application: Apply) -> Conditions:
    (value,) = application.args
    small = negation(apply("gt", apply("abs", value), _SINH_LIMIT))
    yield OVERFLOW, disjunction((small, apply("float.is_infinite", value)))


def _fmod(application: Apply) -> Conditions:
    dividend, divisor = application.args
    regular = And((apply("float.is_finite", dividend), apply("ne", divisor, _ZERO)))
    nan = (apply("float.is_nan", dividend), apply("float.is_nan", divisor))
    yield VALUE, disjunction((*nan, regular))


def _numeric(application: Apply) -> Conditions:
    """Below 2^53 in magnitude and not -0.0: there an int and its double behave alike."""
    (value,) = application.args
    small = apply("lt", apply("abs", value), FloatLit(repr(float(EXACT_LIMIT))))
    plain = negation(apply("float.is_negative_zero", value))
    yield OUTSIDE, disjunction((apply("float.is_nan", value), conjunction((small, plain))))


def _trigonometric(application: Apply) -> Conditions:
    yield VALUE, negation(apply("float.is_infinite", application.args[0]))


def _inverse(application: Apply) -> Conditions:
    yield VALUE, negation(apply("gt", apply("abs", application.args[0]), _ONE))


def _isclose(application: Apply) -> Conditions:
    for tolerance in application.args[2:]:
        yield VALUE, negation(apply("lt", tolerance, _ZERO))


def _not_finite(value: Expr) -> Expr:
    return negation(apply("float.is_finite", value))


FLOAT_RULES: Final[dict[str, Rule]] = {
    "py.float_div": _divisor,
    "py.float_floor_div": _divisor,
    "py.float_mod": _divisor,
    "py.float_pow": _py_pow,
    "float.numeric": _numeric,
    "float.trunc": _to_int,
    "float.floor": _to_int,
    "float.ceil": _to_int,
    "float.round_even": _to_int,
    "py.round_digits": _round_digits,
    "py.sqrt": _not_below_zero(0),
    "py.exp": _exp,
    "py.log": _logarithm,
    "py.log2": _logarithm,
    "py.log10": _logarithm,
    "py.log_base": _log_base,
    "py.math_pow": _math_pow,
    "py.fmod": _fmod,
    "float.sin": _trigonometric,
    "float.cos": _trigonometric,
    "float.tan": _trigonometric,
    "float.asin": _inverse,
    "float.acos": _inverse,
    "float.sinh": _hyperbolic,
    "float.cosh": _hyperbolic,
    "py.isclose": _isclose,
}
