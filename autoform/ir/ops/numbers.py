"""Operators on numbers, booleans and characters, and the comparisons.

Arithmetic on machine integers is checked, as in a Rust debug build: a result outside the type
raises `OverflowError`. `wrapping`, `checked`, `saturating` and `overflowing` forms are separate.
"""

from __future__ import annotations

from typing import Final

from autoform.ir.ops.op import (
    INTEGER,
    MACHINE,
    NUMBER,
    ORDERED,
    OUTSIDE,
    TARGET,
    UNSIGNED,
    Op,
    T,
)
from autoform.ir.types import BOOL, CHAR, FLOAT, INT, STR, OptionType, TupleType

EXACT_LIMIT: Final = 2**53
"""Integers up to here in magnitude are doubles."""

_ZERO: Final = "ZeroDivisionError"
_OVERFLOW: Final = "OverflowError"
_VALUE: Final = "ValueError"


def _wrapping_family(name: str, meaning: str) -> tuple[Op, ...]:
    two = (MACHINE, MACHINE)
    return (
        Op(f"int.wrapping_{name}", two, MACHINE, f"{meaning} modulo 2^bits."),
        Op(f"int.checked_{name}", two, OptionType(MACHINE), f"{meaning}; none on overflow."),
        Op(f"int.saturating_{name}", two, MACHINE, f"{meaning}, clamped to the type's range."),
        Op(
            f"int.overflowing_{name}",
            two,
            TupleType((MACHINE, BOOL)),
            f"(wrapped {meaning}, whether it overflowed).",
        ),
    )


COMPARISONS: Final = (
    Op("eq", (T, T), BOOL, "Equality of values; IEEE on floats (NaN differs from itself)."),
    Op("ne", (T, T), BOOL, "Not `eq`."),
    Op("lt", (ORDERED, ORDERED), BOOL, "`a < b`; lexicographic on sequences, tuples and text."),
    Op("le", (ORDERED, ORDERED), BOOL, "`a <= b`."),
    Op("gt", (ORDERED, ORDERED), BOOL, "`a > b`."),
    Op("ge", (ORDERED, ORDERED), BOOL, "`a >= b`."),
    Op("min2", (ORDERED, ORDERED), ORDERED, "`b if b < a else a`: Python's min of two."),
    Op("max2", (ORDERED, ORDERED), ORDERED, "`b if b > a else a`: Python's max of two."),
    Op("not", (BOOL,), BOOL, "Negation."),
    Op("xor", (BOOL, BOOL), BOOL, "Exclusive or; both sides are evaluated."),
    Op("bool.and", (BOOL, BOOL), BOOL, "`a & b` on booleans; both sides are evaluated."),
    Op("bool.or", (BOOL, BOOL), BOOL, "`a | b` on booleans; both sides are evaluated."),
    Op("implies", (BOOL, BOOL), BOOL, "Only in contracts: `not a or b`, short-circuit."),
)

ARITHMETIC: Final = (
    Op("neg", (NUMBER,), NUMBER, "`-a`; checked on machine integers.", (_OVERFLOW,)),
    Op("abs", (NUMBER,), NUMBER, "`|a|`; checked on machine integers.", (_OVERFLOW,)),
    Op("add", (NUMBER, NUMBER), NUMBER, "`a + b`; checked on machine integers.", (_OVERFLOW,)),
    Op("sub", (NUMBER, NUMBER), NUMBER, "`a - b`; checked on machine integers.", (_OVERFLOW,)),
    Op("mul", (NUMBER, NUMBER), NUMBER, "`a * b`; checked on machine integers.", (_OVERFLOW,)),
    Op(
        "floor_div",
        (INTEGER, INTEGER),
        INTEGER,
        "`a // b` rounded towards minus infinity, as in Python.",
        (_ZERO, _OVERFLOW),
    ),
    Op(
        "floor_mod",
        (INTEGER, INTEGER),
        INTEGER,
        "`a - b * floor(a / b)`: the sign of the divisor, as in Python.",
        (_ZERO,),
    ),
    Op(
        "trunc_div",
        (INTEGER, INTEGER),
        INTEGER,
        "`a / b` rounded towards zero, as in Rust; MIN / -1 overflows.",
        (_ZERO, _OVERFLOW),
    ),
    Op(
        "trunc_rem",
        (INTEGER, INTEGER),
        INTEGER,
        "`a - b * trunc(a / b)`: the sign of the dividend; MIN % -1 overflows.",
        (_ZERO, _OVERFLOW),
    ),
    Op(
        "euclid_div",
        (INTEGER, INTEGER),
        INTEGER,
        "The quotient with a remainder in [0, |b|), as in Dafny and SMT-LIB.",
        (_ZERO, _OVERFLOW),
    ),
    Op(
        "euclid_mod",
        (INTEGER, INTEGER),
        INTEGER,
        "The remainder in [0, |b|); MIN and -1 overflow on machine integers.",
        (_ZERO, _OVERFLOW),
    ),
    Op(
        "int.pow",
        (INTEGER, INT),
        INTEGER,
        "`a ** n` for n >= 0; outside the subset for n < 0; checked on machine integers.",
        (OUTSIDE, _OVERFLOW),
    ),
    Op("int.bit_and", (INTEGER, INTEGER), INTEGER, "Bitwise and, two's complement."),
    Op("int.bit_or", (INTEGER, INTEGER), INTEGER, "Bitwise or, two's complement."),
    Op("int.bit_xor", (INTEGER, INTEGER), INTEGER, "Bitwise exclusive or, two's complement."),
    Op("int.bit_not", (INTEGER,), INTEGER, "Bitwise complement."),
    Op("int.shl", (INT, INT), INT, "`a << n`, n >= 0: a * 2^n.", (_VALUE,)),
    Op("int.shr", (INT, INT), INT, "`a >> n`, n >= 0: floor(a / 2^n).", (_VALUE,)),
    Op(
        "int.machine_shl",
        (MACHINE, INT),
        MACHINE,
        "Rust `a << n`: bits shifted out are lost; n outside [0, bits) overflows.",
        (_OVERFLOW,),
    ),
    Op(
        "int.machine_shr",
        (MACHINE, INT),
        MACHINE,
        "Rust `a >> n`: arithmetic when signed; n outside [0, bits) overflows.",
        (_OVERFLOW,),
    ),
    Op("int.wrapping_neg", (MACHINE,), MACHINE, "`-a` modulo 2^bits."),
    *_wrapping_family("add", "a + b"),
    *_wrapping_family("sub", "a - b"),
    *_wrapping_family("mul", "a * b"),
    Op(
        "int.checked_div",
        (MACHINE, MACHINE),
        OptionType(MACHINE),
        "`trunc_div`; none on a zero divisor or overflow.",
    ),
    Op(
        "int.checked_rem",
        (MACHINE, MACHINE),
        OptionType(MACHINE),
        "`trunc_rem`; none on a zero divisor or overflow.",
    ),
    Op(
        "int.checked_pow",
        (MACHINE, INT),
        OptionType(MACHINE),
        "`a ** n`, n >= 0; none on overflow.",
        (OUTSIDE,),
    ),
    Op("int.wrapping_pow", (MACHINE, INT), MACHINE, "`a ** n` mod 2^bits, n >= 0.", (OUTSIDE,)),
    Op("int.saturating_pow", (MACHINE, INT), MACHINE, "`a ** n` clamped, n >= 0.", (OUTSIDE,)),
    Op("int.abs_diff", (MACHINE, MACHINE), UNSIGNED, "|a - b| in the unsigned type of that width."),
    Op("int.unsigned_abs", (MACHINE,), UNSIGNED, "|a| in the unsigned type of that width."),
    Op("int.signum", (INTEGER,), INTEGER, "-1, 0 or 1."),
    Op("int.widen", (INTEGER,), INT, "The same integer as an `Int`."),
    Op("int.narrow", (INTEGER,), TARGET, "The same integer in another type.", (_OVERFLOW,)),
    Op("int.try_narrow", (INTEGER,), OptionType(TARGET), "The same integer if it fits, else none."),
    Op("int.wrap", (INTEGER,), TARGET, "Rust `as`: modulo 2^bits into the target type."),
    Op("int.bit_length", (INTEGER,), INT, "Bits of |a| without leading zeros; 0 for 0."),
    Op("int.bit_count", (INTEGER,), INT, "Ones in |a|."),
    Op("int.count_ones", (MACHINE,), INT, "Ones in the two's complement pattern."),
    Op("int.leading_zeros", (MACHINE,), INT, "Leading zeros of the pattern."),
    Op("int.trailing_zeros", (MACHINE,), INT, "Trailing zeros of the pattern; bits for 0."),
    Op("int.rotate_left", (MACHINE, INT), MACHINE, "The pattern rotated by n mod bits, n >= 0."),
    Op("int.rotate_right", (MACHINE, INT), MACHINE, "The pattern rotated right, n >= 0."),
    Op("int.gcd", (INTEGER, INTEGER), INTEGER, "Greatest common divisor, >= 0; gcd(0, 0) = 0."),
    Op("int.lcm", (INT, INT), INT, "Least common multiple, >= 0."),
    Op("int.isqrt", (INTEGER,), INTEGER, "floor(sqrt(a)) for a >= 0.", (_VALUE,)),
    Op("int.ilog2", (MACHINE,), INT, "floor(log2(a)) for a > 0.", (_VALUE,)),
    Op("int.ilog10", (MACHINE,), INT, "floor(log10(a)) for a > 0.", (_VALUE,)),
    Op("int.factorial", (INT,), INT, "n! for n >= 0.", (_VALUE,)),
    Op("int.comb", (INT, INT), INT, "Binomial coefficient, both >= 0; 0 when k > n.", (_VALUE,)),
    Op("int.perm", (INT, INT), INT, "n! / (n-k)!, both >= 0; 0 when k > n.", (_VALUE,)),
    Op(
        "int.pow_mod",
        (INT, INT, INT),
        INT,
        "Python `pow(a, n, m)` for n >= 0, m != 0, the sign of m; outside the subset for n < 0.",
        (OUTSIDE, _VALUE),
    ),
    Op("bool.to_int", (BOOL,), INT, "1 or 0."),
)

FLOATS: Final = (
    Op("int.true_div", (INT, INT), FLOAT, "`a / b` correctly rounded.", (_ZERO, _OVERFLOW)),
    Op("int.to_float", (INT,), FLOAT, "The nearest double, ties to even.", (_OVERFLOW,)),
    Op(
        "int.exact_float",
        (INT,),
        FLOAT,
        "The double that equals it; outside the subset beyond 2^53, where there may be none.",
        (OUTSIDE,),
    ),
    Op(
        "float.numeric",
        (FLOAT,),
        FLOAT,
        "The same double, as the value of what may be an int or a float in Python; outside the"
        " subset where the two could part: at -0.0, and from 2^53 on in magnitude.",
        (OUTSIDE,),
    ),
    Op("float.is_negative_zero", (FLOAT,), BOOL, "Whether -0.0; never, for a real number."),
    Op("int.as_float", (INTEGER,), FLOAT, "Rust `as f64`: the nearest double; total on 128 bits."),
    Op("int.compare_float", (INT, FLOAT), INT, "Exact comparison: -1, 0, 1; 2 for NaN."),
    Op("float.div", (FLOAT, FLOAT), FLOAT, "IEEE division, as in Rust."),
    Op("float.rem", (FLOAT, FLOAT), FLOAT, "IEEE fmod with the sign of the dividend, Rust `%`."),
    Op("py.float_div", (FLOAT, FLOAT), FLOAT, "Python `/`.", (_ZERO,)),
    Op("py.float_floor_div", (FLOAT, FLOAT), FLOAT, "Python `//`.", (_ZERO,)),
    Op("py.float_mod", (FLOAT, FLOAT), FLOAT, "Python `%`, the sign of the divisor.", (_ZERO,)),
    Op(
        "py.float_pow",
        (FLOAT, FLOAT),
        FLOAT,
        "Python `**`; outside the subset where it would be complex.",
        (OUTSIDE, _ZERO, _OVERFLOW),
    ),
    Op("float.powf", (FLOAT, FLOAT), FLOAT, "Rust `powf`: C pow."),
    Op(
        "float.powi",
        (FLOAT, INT),
        FLOAT,
        "Rust `powi`: by squaring, rounded at each step; below zero, one over it.",
    ),
    Op("float.trunc", (FLOAT,), INT, "Python `int(x)`.", (_VALUE, _OVERFLOW)),
    Op("float.floor", (FLOAT,), INT, "Python `math.floor(x)`.", (_VALUE, _OVERFLOW)),
    Op("float.ceil", (FLOAT,), INT, "Python `math.ceil(x)`.", (_VALUE, _OVERFLOW)),
    Op("float.round_even", (FLOAT,), INT, "Python `round(x)`, ties to even.", (_VALUE, _OVERFLOW)),
    Op("float.to_machine", (FLOAT,), TARGET, "Rust `x as iN`: truncates, saturates, NaN is 0."),
    Op("float.floor_f", (FLOAT,), FLOAT, "Rust `floor`."),
    Op("float.ceil_f", (FLOAT,), FLOAT, "Rust `ceil`."),
    Op("float.round_f", (FLOAT,), FLOAT, "Rust `round`: half away from zero."),
    Op("float.trunc_f", (FLOAT,), FLOAT, "Rust `trunc`."),
    Op("py.round_digits", (FLOAT, INT), FLOAT, "Python `round(x, n)`.", (_OVERFLOW,)),
    Op("py.round_int_digits", (INT, INT), INT, "Python `round(i, n)` on integers."),
    Op("float.is_integer", (FLOAT,), BOOL, "Whether finite and without fraction."),
    Op("float.is_nan", (FLOAT,), BOOL, "Whether NaN."),
    Op("float.is_finite", (FLOAT,), BOOL, "Whether neither infinite nor NaN."),
    Op("float.is_infinite", (FLOAT,), BOOL, "Whether infinite."),
    Op("float.sqrt", (FLOAT,), FLOAT, "IEEE square root: NaN below zero, as in Rust."),
    Op("py.sqrt", (FLOAT,), FLOAT, "`math.sqrt`.", (_VALUE,)),
    Op("py.exp", (FLOAT,), FLOAT, "`math.exp`.", (_OVERFLOW,)),
    Op("py.log", (FLOAT,), FLOAT, "`math.log(x)`.", (_VALUE,)),
    Op("py.log2", (FLOAT,), FLOAT, "`math.log2`.", (_VALUE,)),
    Op("py.log10", (FLOAT,), FLOAT, "`math.log10`.", (_VALUE,)),
    Op("py.log_base", (FLOAT, FLOAT), FLOAT, "`math.log(x, b)`.", (_VALUE, _ZERO)),
    Op("py.math_pow", (FLOAT, FLOAT), FLOAT, "`math.pow`.", (_VALUE, _OVERFLOW)),
    Op("py.fmod", (FLOAT, FLOAT), FLOAT, "`math.fmod`.", (_VALUE,)),
    Op("py.hypot", (FLOAT, FLOAT), FLOAT, "`math.hypot` of two."),
    Op("float.sin", (FLOAT,), FLOAT, "sine; Python raises on infinities.", (_VALUE,)),
    Op("float.cos", (FLOAT,), FLOAT, "cosine; Python raises on infinities.", (_VALUE,)),
    Op("float.tan", (FLOAT,), FLOAT, "tangent; Python raises on infinities.", (_VALUE,)),
    Op("float.asin", (FLOAT,), FLOAT, "`math.asin`.", (_VALUE,)),
    Op("float.acos", (FLOAT,), FLOAT, "`math.acos`.", (_VALUE,)),
    Op("float.atan", (FLOAT,), FLOAT, "arc tangent."),
    Op("float.atan2", (FLOAT, FLOAT), FLOAT, "`math.atan2(y, x)`."),
    Op("float.sinh", (FLOAT,), FLOAT, "`math.sinh`.", (_OVERFLOW,)),
    Op("float.cosh", (FLOAT,), FLOAT, "`math.cosh`.", (_OVERFLOW,)),
    Op("float.tanh", (FLOAT,), FLOAT, "hyperbolic tangent."),
    Op("float.degrees", (FLOAT,), FLOAT, "`math.degrees`."),
    Op("float.radians", (FLOAT,), FLOAT, "`math.radians`."),
    Op(
        "py.isclose",
        (FLOAT, FLOAT, FLOAT, FLOAT),
        BOOL,
        "`math.isclose(a, b, rel, abs)`.",
        (_VALUE,),
    ),
    Op("py.float_to_str", (FLOAT,), STR, "`str(x)`: the shortest repr."),
    Op("py.str_to_float", (STR,), FLOAT, "`float(s)`.", (_VALUE,)),
)

CHARS: Final = (
    Op("char.code", (CHAR,), INT, "The scalar value."),
    Op("char.from_code", (INT,), CHAR, "The character of a scalar value.", (_VALUE,)),
    Op("char.to_str", (CHAR,), STR, "The text of one character."),
    Op("char.is_alphabetic", (CHAR,), BOOL, "Unicode Alphabetic, Rust `is_alphabetic`."),
    Op("char.is_numeric", (CHAR,), BOOL, "Unicode Nd, Nl, No, Rust `is_numeric`."),
    Op("char.is_alphanumeric", (CHAR,), BOOL, "Alphabetic or numeric."),
    Op("char.is_whitespace", (CHAR,), BOOL, "Unicode White_Space."),
    Op("char.is_uppercase", (CHAR,), BOOL, "Unicode Uppercase."),
    Op("char.is_lowercase", (CHAR,), BOOL, "Unicode Lowercase."),
    Op("char.is_ascii", (CHAR,), BOOL, "Code below 128."),
    Op("char.is_ascii_alphabetic", (CHAR,), BOOL, "A-Z, a-z."),
    Op("char.is_ascii_digit", (CHAR,), BOOL, "0-9."),
    Op("char.is_ascii_alphanumeric", (CHAR,), BOOL, "A-Z, a-z, 0-9."),
    Op("char.is_ascii_uppercase", (CHAR,), BOOL, "A-Z."),
    Op("char.is_ascii_lowercase", (CHAR,), BOOL, "a-z."),
    Op("char.is_ascii_punctuation", (CHAR,), BOOL, "ASCII punctuation."),
    Op("char.is_ascii_whitespace", (CHAR,), BOOL, "Space, tab, line feed, form feed, return."),
    Op("char.to_ascii_uppercase", (CHAR,), CHAR, "a-z mapped, others kept."),
    Op("char.to_ascii_lowercase", (CHAR,), CHAR, "A-Z mapped, others kept."),
    Op("char.to_digit", (CHAR, INT), OptionType(TARGET), "The digit's value in a radix 2..36."),
    Op("char.to_uppercase", (CHAR,), STR, "Full Unicode mapping; may be several characters."),
    Op("char.to_lowercase", (CHAR,), STR, "Full Unicode mapping; may be several characters."),
)

NUMBER_OPS: Final = (*COMPARISONS, *ARITHMETIC, *FLOATS, *CHARS)
