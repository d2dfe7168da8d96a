"""Numbers: arithmetic, `math`, conversions."""

# mypy: ignore-errors

import math
import statistics


def divmod_of(a: int, b: int) -> tuple[int, int]:
    return divmod(a, b)


# divmod_of(7, 2)
# divmod_of(-7, 2)
# divmod_of(7, -2)
# divmod_of(1, 0)


def divmod_unpack(a: int, b: int) -> int:
    q, r = divmod(a, b)
    return q * 10 + r


# divmod_unpack(7, 2)
# divmod_unpack(-7, 2)


def pow3(a: int, b: int, m: int) -> int:
    return pow(a, b, m)


# pow3(3, 4, 5)
# pow3(-3, 3, 7)
# pow3(2, 3, -5)
# pow3(2, 2, 0)


def pow2(a: int, b: int) -> int:
    return pow(a, b)


# pow2(3, 4)
# pow2(0, 0)


def gcd(a: int, b: int) -> int:
    return math.gcd(a, b)


# gcd(12, 18)
# gcd(-4, 6)
# gcd(0, 0)


def comb(a: int, b: int) -> int:
    return math.comb(a, b) + math.perm(a, b)


# comb(5, 2)
# comb(2, 5)
# comb(-1, 2)


def factorial(a: int) -> int:
    return math.factorial(a)


# factorial(5)
# factorial(0)
# factorial(-1)


def isqrt(a: int) -> int:
    return math.isqrt(a)


# isqrt(17)
# isqrt(0)
# isqrt(-1)


def lcm(a: int, b: int) -> int:
    return math.lcm(a, b)


# lcm(4, 6)
# lcm(0, 3)
# lcm(-4, 6)


def floor_ceil(x: float) -> int:
    return math.floor(x) * 100 + math.ceil(x)


# floor_ceil(2.5)
# floor_ceil(-2.5)
# floor_ceil(3.0)


def trunc(x: float) -> int:
    return math.trunc(x)


# trunc(2.5)
# trunc(-2.5)


def round1(x: float) -> int:
    return round(x)


# round1(2.5)
# round1(3.5)
# round1(-0.5)


def round2(x: float, n: int) -> float:
    return round(x, n)


# round2(2.675, 2)
# round2(12.5, -1)
# round2(1e+300, 5)


def round_int(x: int) -> int:
    return round(x) + round(x, -1)


# round_int(25)
# round_int(15)
# round_int(-5)


def bit_ops(a: int, b: int) -> int:
    return (a & b) | (a ^ b) + (~a) + (a << 2) + (a >> 1)


# bit_ops(5, 3)
# bit_ops(-5, 3)


def bit_length(a: int) -> int:
    return a.bit_length() + a.bit_count()


# bit_length(255)
# bit_length(-1)


def bool_int(a: bool, b: int) -> int:
    return a + b + int(a) + (b > 1) * 3


# bool_int(True, 2)


def bool_ops(a: bool, b: bool) -> bool:
    return (a and b) | (a ^ b) & (not a)


# bool_ops(True, False)


def xor_bool(a: int, b: int) -> bool:
    return (a > 0) != (b > 0) or (a < 0) ^ (b < 0)


# xor_bool(1, -1)


def float_ops(a: float, b: float) -> float:
    return a // b + a % b + a * b - a / b + a**2


# float_ops(7.5, 2.0)
# float_ops(-7.5, 2.0)


def float_cmp(a: float, b: int) -> bool:
    return a < b or a == b or a >= 2.5


# float_cmp(1.5, 2)
# float_cmp(2.0, 2)
# float_cmp(3.5, 2)


def float_conv(a: int) -> float:
    return float(a) / 2 + float("1.5")


# float_conv(3)


def math_funcs(x: float) -> float:
    return math.sqrt(x) + math.exp(x) + math.log(x) + math.sin(x) + math.fabs(x) + math.hypot(x, 1)


# math_funcs(2.0)
# math_funcs(-1.0)


def math_const(r: float) -> float:
    return math.pi * r**2 + math.e + math.tau


# math_const(2.0)


def math_log(x: float) -> float:
    return math.log(x, 2) + math.log2(x) + math.log10(x)


# math_log(8.0)
# math_log(0.0)


def math_pow(x: float) -> float:
    return math.pow(x, 2) + math.degrees(x) + math.radians(x) + math.atan2(x, 1)


# math_pow(2.0)


def math_copysign(x: float) -> float:
    return math.copysign(x, -1.0)


# refused[unsupported-module]
# math_copysign(2.0)


def math_isclose(x: float) -> bool:
    return math.isclose(x, 1.0, abs_tol=0.1) or math.isnan(x) or math.isinf(x)


# math_isclose(1.05)
# math_isclose(3.0)


def math_prod(xs: list[int]) -> int:
    return math.prod(xs)


# math_prod([2, 3])
# math_prod([])


def math_dist(a: float, b: float) -> float:
    return math.dist((a, b), (0.0, 1.0))


# refused[unsupported-module]
# math_dist(3.0, 5.0)


def math_modf(a: float) -> float:
    return math.cbrt(a)


# refused[unsupported-module]
# math_modf(27.0)


def math_log1p(a: float) -> float:
    return math.log1p(a) + math.expm1(a)


# refused[unsupported-module]
# math_log1p(0.5)


def statistics_of(xs: list[int]) -> int:
    return statistics.median_low(xs)


# refused[unsupported-module]
# statistics_of([3, 1, 2])


def abs_complex(n: int, x: float) -> float:
    return abs(n) + abs(x)


# abs_complex(-3, -1.5)


def int_float(x: float) -> int:
    return int(x) + int("7") + int(True)


# int_float(2.9)
# int_float(-2.9)


def aug(n: int) -> int:
    n += 1
    n -= 2
    n *= 3
    n //= 2
    n %= 7
    n **= 2
    n <<= 1
    n >>= 1
    n |= 8
    n &= 15
    n ^= 3
    return n


# aug(10)


def round_kw(x: float) -> float:
    return round(x, ndigits=1)


# round_kw(2.25)
