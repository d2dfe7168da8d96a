"""How evaluation stops early: an exception of the program, or the end of its fuel."""

from __future__ import annotations

from math import isqrt
from typing import Final

from autoform.ir.ops.op import OUTSIDE
from autoform.semantics.values import Value

ITEMS_PER_UNIT: Final = 4
"""Elements that one unit of fuel copies or compares."""
TEXT_PER_UNIT: Final = 32
"""Code points that one unit of fuel copies or compares."""
_DIGIT: Final = 32
_PRODUCTS_PER_UNIT: Final = 64
_MOST_DIGIT_STEPS: Final = 5_000_000_000
"""Steps over the digits of long integers that a run may come to, about five seconds."""


class EvaluationFailed(Exception):
    """The program raised: `exception` is its name, as the IR writes it.

    `OutsideSubset` among the names means that no claim is made about the call. `inouts` are the
    values of the inout parameters when the exception left the function.
    """

    def __init__(self, exception: str, message: str = "") -> None:
        super().__init__(exception, message)
        self.exception = exception
        self.message = message
        self.inouts: tuple[Value, ...] = ()

    def __str__(self) -> str:
        return f"{self.exception}: {self.message}" if self.message else self.exception


class FuelExhausted(Exception):
    """The program did not end within its fuel, or calls too deep, or builds too much."""


def outside(message: str) -> EvaluationFailed:
    """The exception that says: the original goes on with something the IR does not have."""
    return EvaluationFailed(OUTSIDE, message)


class Tank:
    """The fuel of one evaluation.

    A loop's round and a call cost one unit and one more for each operator in them; operators
    whose work grows with their arguments pay for it before they start, so that memory is bounded
    as time is.
    """

    __slots__ = ("fuel",)

    def __init__(self, fuel: int) -> None:
        self.fuel = fuel

    def pay(self, units: int) -> None:
        """Take units out. Raises `FuelExhausted` when there are not so many."""
        self.fuel -= units
        if self.fuel < 0:
            raise FuelExhausted

    def pay_items(self, count: int) -> None:
        """Pay for copying, comparing or building that many elements."""
        self.pay(count // ITEMS_PER_UNIT)

    def pay_text(self, count: int) -> None:
        """Pay for copying, comparing or building that many code points."""
        self.pay(count // TEXT_PER_UNIT)

    def pay_product(self, bits: int, other_bits: int) -> None:
        """Pay for the product of two integers of those lengths, as Python multiplies."""
        small, large = sorted((bits // _DIGIT + 1, other_bits // _DIGIT + 1))
        self.pay(large * min(small, 8 * isqrt(small)) // _PRODUCTS_PER_UNIT)
        self.hold_number(bits + other_bits)

    def hold_number(self, bits: int) -> None:
        """Account for an integer of that length: every operator from here on may go over it.

        What is left is limited so that all of them together take bounded time; so operators that
        make numbers no longer, as `x + 1`, need no payment by length.
        """
        self.fuel = min(self.fuel, _MOST_DIGIT_STEPS // (bits // _DIGIT + 1))
        self.pay(bits // _DIGIT // _PRODUCTS_PER_UNIT)
