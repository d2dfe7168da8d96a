"""Machine integers: wrapping, checked, saturating and overflowing forms, and bit patterns."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Final, TypeAlias, cast

from autoform.ir.types import MachineIntType, OptionType
from autoform.semantics.failure import EvaluationFailed, outside
from autoform.semantics.meaning import Function, Meaning, Signature, typed
from autoform.semantics.ops.integers import fits, machine_power, overflow, trunc_div, wrap
from autoform.semantics.values import NONE, Some, Value

_Compute: TypeAlias = Callable[[int, int], int]
_OnMachine: TypeAlias = Callable[[MachineIntType], Function]


def _machine(choose: _OnMachine) -> Meaning:
    """A row that depends on the machine type of the first argument only."""

    def choose_at(signature: Signature) -> Function:
        return choose(cast(MachineIntType, signature.args[0]))

    return typed(choose_at)


# ── Families ──────────────────────────────────────────────────────────────────────────────────


def saturate(value: int, type_: MachineIntType) -> int:
    """The value of the type that is nearest."""
    return min(max(value, type_.minimum), type_.maximum)


def _family(name: str, compute: _Compute) -> dict[str, Meaning]:
    def wrapping(type_: MachineIntType) -> Function:
        return lambda a, b: wrap(compute(a, b), type_)

    def checking(type_: MachineIntType) -> Function:
        return lambda a, b: Some(value) if fits(value := compute(a, b), type_) else NONE

    def saturating(type_: MachineIntType) -> Function:
        return lambda a, b: saturate(compute(a, b), type_)

    def overflowing(type_: MachineIntType) -> Function:
        def run(a: int, b: int) -> Value:
            value = compute(a, b)
            return (wrap(value, type_), not fits(value, type_))

        return run

    return {
        f"int.wrapping_{name}": _machine(wrapping),
        f"int.checked_{name}": _machine(checking),
        f"int.saturating_{name}": _machine(saturating),
        f"int.overflowing_{name}": _machine(overflowing),
    }


def _checked_division(*, remainder: bool) -> _OnMachine:
    def choose(type_: MachineIntType) -> Function:
        def run(a: int, b: int) -> Value:
            if b == 0 or not fits(quotient := trunc_div(a, b), type_):
                return NONE
            return Some(a - b * quotient if remainder else quotient)

        return run

    return choose


def _checked_pow(type_: MachineIntType) -> Function:
    def run(a: int, n: int) -> Value:
        value = machine_power(a, n, type_)
        return NONE if value is None else Some(value)

    return run


def _wrapping_pow(type_: MachineIntType) -> Function:
    def run(a: int, n: int) -> int:
        if n < 0:
            raise outside("an integer to a negative power")
        return wrap(pow(a, n, 1 << type_.bits), type_)

    return run


def _saturating_pow(type_: MachineIntType) -> Function:
    def run(a: int, n: int) -> int:
        value = machine_power(a, n, type_)
        if value is not None:
            return value
        return type_.minimum if a < 0 and n % 2 else type_.maximum

    return run


def _into_result(compute: Callable[..., int]) -> Callable[[Signature], Function]:
    """A row whose result type is the unsigned one of the argument's width, as the row says."""

    def choose(signature: Signature) -> Function:
        def run(*args: int) -> int:
            value = compute(*args)
            if not fits(value, signature.result):
                raise outside("the result is not a value of the type it is declared with")
            return value

        return run

    return choose


# ── Bit patterns ──────────────────────────────────────────────────────────────────────────────


def pattern(value: int, type_: MachineIntType) -> int:
    """The two's complement pattern as an unsigned number."""
    return value % (1 << type_.bits)


def _trailing_zeros(type_: MachineIntType) -> Function:
    def run(a: int) -> int:
        bits = pattern(a, type_)
        return (bits & -bits).bit_length() - 1 if bits else type_.bits

    return run


def _rotate(direction: int) -> _OnMachine:
    def choose(type_: MachineIntType) -> Function:
        def run(a: int, n: int) -> int:
            if n < 0:
                raise outside("a rotation by a negative number")
            bits, left = pattern(a, type_), direction * n % type_.bits
            return wrap(bits << left | bits >> (type_.bits - left), type_)

        return run

    return choose


def _shift(compute: _Compute) -> _OnMachine:
    def choose(type_: MachineIntType) -> Function:
        def run(a: int, n: int) -> int:
            if not 0 <= n < type_.bits:
                raise overflow(type_)
            return wrap(compute(a, n), type_)

        return run

    return choose


def _ilog(name: str, compute: Callable[[int], int]) -> _OnMachine:
    def run(a: int) -> int:
        if a <= 0:
            raise EvaluationFailed("ValueError", f"{name} of a number that is not positive")
        return compute(a)

    return lambda _type: run


def _wrapping_neg(type_: MachineIntType) -> Function:
    return lambda a: wrap(-a, type_)


def _count_ones(type_: MachineIntType) -> Function:
    return lambda a: pattern(a, type_).bit_count()


def _leading_zeros(type_: MachineIntType) -> Function:
    return lambda a: type_.bits - pattern(a, type_).bit_length()


def parse_int(text: str, type_: OptionType) -> Value:
    """Rust `text.parse::<iN>().ok()`: an optional sign, then ASCII digits and nothing else."""
    digits = text[1:] if text[:1] == "+" or (text[:1] == "-" and _is_signed(type_)) else text
    if not (digits.isascii() and digits.isdigit()):
        return NONE
    digits = digits.lstrip("0") or "0"
    if len(digits) > _MOST_DIGITS and isinstance(type_.item, MachineIntType):
        return NONE
    if len(digits) > _HOST_DIGITS:
        raise outside("a number of more digits than Python reads")
    value = -int(digits) if text[0] == "-" else int(digits)
    return Some(value) if fits(value, type_.item) else NONE


def _is_signed(type_: OptionType) -> bool:
    return not isinstance(type_.item, MachineIntType) or type_.item.signed


_MOST_DIGITS: Final = 39
"""The decimal digits of 2^128."""
_HOST_DIGITS: Final = 4300


def _parse_int(signature: Signature) -> Function:
    type_ = cast(OptionType, signature.result)
    return lambda text: parse_int(text, type_)


MACHINE_INTEGERS: Final[dict[str, Meaning]] = {
    **_family("add", operator.add),
    **_family("sub", operator.sub),
    **_family("mul", operator.mul),
    "int.wrapping_neg": _machine(_wrapping_neg),
    "int.checked_div": _machine(_checked_division(remainder=False)),
    "int.checked_rem": _machine(_checked_division(remainder=True)),
    "int.checked_pow": _machine(_checked_pow),
    "int.wrapping_pow": _machine(_wrapping_pow),
    "int.saturating_pow": _machine(_saturating_pow),
    "int.abs_diff": typed(_into_result(lambda a, b: abs(a - b))),
    "int.unsigned_abs": typed(_into_result(abs)),
    "int.machine_shl": _machine(_shift(operator.lshift)),
    "int.machine_shr": _machine(_shift(operator.rshift)),
    "int.count_ones": _machine(_count_ones),
    "int.leading_zeros": _machine(_leading_zeros),
    "int.trailing_zeros": _machine(_trailing_zeros),
    "int.rotate_left": _machine(_rotate(1)),
    "int.rotate_right": _machine(_rotate(-1)),
    "int.ilog2": _machine(_ilog("ilog2", lambda a: a.bit_length() - 1)),
    "int.ilog10": _machine(_ilog("ilog10", lambda a: len(str(a)) - 1)),
    "str.parse_int": typed(_parse_int),
}
