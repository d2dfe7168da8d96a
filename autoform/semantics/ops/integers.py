"""Integers: exact arithmetic, checked against the type's range where the type is a machine's.

Numbers that grow faster than a bit for each operator are paid for before they are computed;
sums are not, because every number in a sum was itself paid for.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Final

from autoform.ir.types import IntType, MachineIntType, Type
from autoform.semantics.failure import EvaluationFailed, Tank, outside
from autoform.semantics.meaning import Function, Meaning, Signature, plain, sized, typed
from autoform.semantics.values import NONE, Some, Value


def zero_division() -> EvaluationFailed:
    """What a division by zero raises."""
    return EvaluationFailed("ZeroDivisionError", "division by zero")


def overflow(type_: MachineIntType) -> EvaluationFailed:
    """What a result outside a machine type raises."""
    return EvaluationFailed("OverflowError", f"the result is not a value of {type_.name}")


def fits(value: int, type_: Type) -> bool:
    """Whether the integer is a value of the integer type."""
    return not isinstance(type_, MachineIntType) or type_.minimum <= value <= type_.maximum


def wrap(value: int, type_: Type) -> int:
    """The value of the type that is the same modulo 2^bits."""
    if not isinstance(type_, MachineIntType):
        return value
    return (value - type_.minimum) % (1 << type_.bits) + type_.minimum


def checked(compute: Callable[..., Value]) -> Callable[[Signature], Function]:
    """Computes in ℤ (or in doubles); a result that a machine type lacks overflows."""

    def choose(signature: Signature) -> Function:
        type_ = signature.result
        if not isinstance(type_, MachineIntType):
            return compute
        low, high = type_.minimum, type_.maximum

        def run(*args: int) -> int:
            value = compute(*args)
            if isinstance(value, int) and low <= value <= high:
                return value
            raise overflow(type_)

        return run

    return choose


# ── Division ──────────────────────────────────────────────────────────────────────────────────


def floor_div(a: int, b: int) -> int:
    """Rounded towards minus infinity."""
    if b == 0:
        raise zero_division()
    return a // b


def floor_mod(a: int, b: int) -> int:
    """The remainder with the sign of the divisor."""
    if b == 0:
        raise zero_division()
    return a % b


def trunc_div(a: int, b: int) -> int:
    """Rounded towards zero."""
    if b == 0:
        raise zero_division()
    quotient = abs(a) // abs(b)
    return quotient if (a < 0) == (b < 0) else -quotient


def euclid_div(a: int, b: int) -> int:
    """The quotient whose remainder is not negative."""
    if b == 0:
        raise zero_division()
    return a // b if b > 0 else -(a // -b)


def _remainder(divide: Callable[[int, int], int]) -> Callable[[Signature], Function]:
    """`a - b * divide(a, b)`; on a machine type it overflows where the quotient does."""

    def choose(signature: Signature) -> Function:
        type_ = signature.result

        def run(a: int, b: int) -> int:
            quotient = divide(a, b)
            if isinstance(type_, MachineIntType) and not fits(quotient, type_):
                raise overflow(type_)
            return a - b * quotient

        return run

    return choose


# ── Products and powers ───────────────────────────────────────────────────────────────────────


def _mul(signature: Signature) -> Function:
    if isinstance(signature.result, IntType):
        return mul_int
    product = checked(operator.mul)(signature)
    return lambda _tank, a, b: product(a, b)


def mul_int(tank: Tank, a: int, b: int) -> int:
    """The product in ℤ, paid by its size."""
    tank.pay_product(a.bit_length(), b.bit_length())
    return a * b


def power(tank: Tank, a: int, n: int) -> int:
    """`a ** n` in ℤ; outside the subset for negative n, where Python answers with a float."""
    if n < 0:
        raise outside("an integer to a negative power")
    if abs(a) > 1:
        bits = a.bit_length() * n
        tank.pay_product(bits, bits)
    return int(a**n)


def _pow(signature: Signature) -> Function:
    type_ = signature.result
    if not isinstance(type_, MachineIntType):
        return power

    def run(_tank: Tank, a: int, n: int) -> int:
        value = machine_power(a, n, type_)
        if value is None:
            raise overflow(type_)
        return value

    return run


def machine_power(a: int, n: int, type_: MachineIntType) -> int | None:
    """`a ** n` if it is a value of the type. Never computes a number of more than 2 * bits²."""
    if n < 0:
        raise outside("an integer to a negative power")
    if abs(a) > 1 and n > type_.bits:
        return None
    value = a ** (n if abs(a) > 1 or n < 2 else 2 + n % 2)
    return value if fits(value, type_) else None


def _pow_mod(tank: Tank, a: int, n: int, m: int) -> int:
    if m == 0:
        raise EvaluationFailed("ValueError", "pow() 3rd argument cannot be 0")
    if n < 0:
        raise outside("a negative exponent modulo a number")
    tank.pay(n.bit_length())
    tank.pay_product(a.bit_length(), m.bit_length())
    tank.pay_product(m.bit_length() * n.bit_length(), m.bit_length())
    return pow(a, n, m)


def _factorial(tank: Tank, n: int) -> int:
    _require_natural(n)
    _pay_for_product_of(tank, n, n)
    return math.factorial(n)


def _pay_for_product_of(tank: Tank, n: int, count: int) -> None:
    """Pay for the product of `count` numbers up to `n`, halves of it multiplied in halves."""
    bits = count * n.bit_length()
    tank.pay(count)
    tank.pay_product(bits, bits)


def _comb(tank: Tank, n: int, k: int) -> int:
    _require_natural(n, k)
    if k > n:
        return 0
    _pay_for_product_of(tank, n, min(k, n - k))
    return math.comb(n, k)


def _perm(tank: Tank, n: int, k: int) -> int:
    _require_natural(n, k)
    if k > n:
        return 0
    _pay_for_product_of(tank, n, k)
    return math.perm(n, k)


def _require_natural(*numbers: int) -> None:
    if any(n < 0 for n in numbers):
        raise EvaluationFailed("ValueError", "a negative number where a natural one is needed")


# ── Bits and shifts ───────────────────────────────────────────────────────────────────────────


def shl(tank: Tank, a: int, n: int) -> int:
    """`a * 2 ** n`."""
    if n < 0:
        raise EvaluationFailed("ValueError", "negative shift count")
    if a == 0:
        return 0
    tank.hold_number(a.bit_length() + n)
    return a << n


def shr(a: int, n: int) -> int:
    """`floor(a / 2 ** n)`."""
    if n < 0:
        raise EvaluationFailed("ValueError", "negative shift count")
    return a >> min(n, a.bit_length())


def _bit_not(signature: Signature) -> Function:
    return lambda a: wrap(~a, signature.result)


# ── Number theory ─────────────────────────────────────────────────────────────────────────────


def _gcd(signature: Signature) -> Function:
    def run(tank: Tank, a: int, b: int) -> int:
        tank.pay_product(a.bit_length(), b.bit_length())
        divisor = math.gcd(a, b)
        if not fits(divisor, signature.result):
            raise outside("the divisor is not a value of the type")
        return divisor

    return run


def _lcm(tank: Tank, a: int, b: int) -> int:
    tank.pay_product(a.bit_length(), b.bit_length())
    return math.lcm(a, b)


def _isqrt(tank: Tank, a: int) -> int:
    _require_natural(a)
    tank.pay_product(a.bit_length(), a.bit_length())
    return math.isqrt(a)


def sign(a: int) -> int:
    """-1, 0 or 1."""
    return (a > 0) - (a < 0)


# ── Conversions ───────────────────────────────────────────────────────────────────────────────


def _narrow(signature: Signature) -> Function:
    return checked(operator.index)(signature)


def _try_narrow(signature: Signature) -> Function:
    target = signature.result.item  # type: ignore[union-attr] # an option, by the scheme
    return lambda a: Some(a) if fits(a, target) else NONE


def _wrap(signature: Signature) -> Function:
    return lambda a: wrap(a, signature.result)


INTEGERS: Final[dict[str, Meaning]] = {
    "neg": typed(checked(operator.neg)),
    "abs": typed(checked(abs)),
    "add": typed(checked(operator.add)),
    "sub": typed(checked(operator.sub)),
    "mul": typed(_mul, sized=True),
    "floor_div": typed(checked(floor_div)),
    "floor_mod": plain(floor_mod),
    "trunc_div": typed(checked(trunc_div)),
    "trunc_rem": typed(_remainder(trunc_div)),
    "euclid_div": typed(checked(euclid_div)),
    "euclid_mod": typed(_remainder(euclid_div)),
    "int.pow": typed(_pow, sized=True),
    "int.bit_and": plain(operator.and_),
    "int.bit_or": plain(operator.or_),
    "int.bit_xor": plain(operator.xor),
    "int.bit_not": typed(_bit_not),
    "int.shl": sized(shl),
    "int.shr": plain(shr),
    "int.signum": plain(sign),
    "int.widen": plain(operator.index),
    "int.narrow": typed(_narrow),
    "int.try_narrow": typed(_try_narrow),
    "int.wrap": typed(_wrap),
    "int.bit_length": plain(int.bit_length),
    "int.bit_count": plain(int.bit_count),
    "int.gcd": typed(_gcd, sized=True),
    "int.lcm": sized(_lcm),
    "int.isqrt": sized(_isqrt),
    "int.factorial": sized(_factorial),
    "int.comb": sized(_comb),
    "int.perm": sized(_perm),
    "int.pow_mod": sized(_pow_mod),
}
"""Operators on integers of any type; `neg` to `mul` are those of floats too."""
