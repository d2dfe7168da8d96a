"""The integers that an expression can be, as far as its form and its types tell.

    interval of  int.narrow(x)::<i64> * 2  for x: i8      -256 to 254

An interval holds where the expression has a value: `a + b` on machine integers that overflows has
none, so that the range of the type bounds what is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from autoform.ir.exprs import Apply, Expr, IfExpr, IntLit, Let, type_of
from autoform.ir.types import CharType, MachineIntType

__all__ = ["Interval", "interval"]


@dataclass(frozen=True, slots=True)
class Interval:
    """All integers from `low` to `high`; `None` where there is no bound."""

    low: int | None = None
    high: int | None = None

    def meet(self, other: Interval) -> Interval:
        """What is in both."""
        lows = [bound for bound in (self.low, other.low) if bound is not None]
        highs = [bound for bound in (self.high, other.high) if bound is not None]
        return Interval(max(lows, default=None), min(highs, default=None))

    def hull(self, other: Interval) -> Interval:
        """What is in either, and what is between."""
        low = None if self.low is None or other.low is None else min(self.low, other.low)
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Interval(low, high)

    def plus(self, other: Interval) -> Interval:
        """Sums."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high)

    def negated(self) -> Interval:
        """Opposites."""
        low = None if self.high is None else -self.high
        return Interval(low, None if self.low is None else -self.low)

    def times(self, other: Interval) -> Interval:
        """Products, bounded where both factors are."""
        bounds = (self.low, self.high), (other.low, other.high)
        products = [a * b for a in bounds[0] for b in bounds[1] if a is not None and b is not None]
        if len(products) == len(bounds[0]) * len(bounds[1]):
            return Interval(min(products), max(products))
        natural = all(low is not None and low >= 0 for low, _ in bounds)
        return Interval(0) if natural else ANY


ANY: Final = Interval()
_NATURAL: Final = Interval(0)
_LENGTHS: Final = frozenset(
    {"seq.len", "str.len", "set.len", "map.len", "seq.count", "str.utf8_len"}
)


def interval(expr: Expr) -> Interval:
    """The interval of an integer expression, wherever it has a value."""
    type_ = type_of(expr)
    found = _by_form(expr)
    if isinstance(type_, MachineIntType):
        return found.meet(Interval(type_.minimum, type_.maximum))
    return found


def _by_form(expr: Expr) -> Interval:
    match expr:
        case IntLit(value):
            return Interval(value, value)
        case IfExpr(_, then, orelse):
            return interval(then).hull(interval(orelse))
        case Let(_, _, body):
            return interval(body)
        case Apply(op, args):
            return _of_operator(op, args)
        case _:
            return ANY


def _of_operator(op: str, args: tuple[Expr, ...]) -> Interval:
    match op, args:
        case (("int.widen" | "int.narrow"), (inner,)):
            return interval(inner)
        case "add", (left, right):
            return interval(left).plus(interval(right))
        case "sub", (left, right):
            return interval(left).plus(interval(right).negated())
        case "neg", (inner,):
            return interval(inner).negated()
        case "mul", (left, right) if left == right:
            square = interval(left).times(interval(left))
            return square.meet(_NATURAL)
        case "mul", (left, right):
            return interval(left).times(interval(right))
        case (("min2" | "max2"), (left, right)):
            return interval(left).hull(interval(right))
        case "abs", (inner,):
            known = interval(inner)
            return known.hull(known.negated()).meet(_NATURAL)
        case (("floor_mod" | "euclid_mod"), (_, IntLit(divisor))) if divisor > 0:
            return Interval(0, divisor - 1)
        case "trunc_rem", (inner, IntLit(divisor)) if divisor > 0:
            least = interval(inner).low
            natural = least is not None and least >= 0
            return Interval(0 if natural else 1 - divisor, divisor - 1)
        case "bool.to_int", _:
            return Interval(0, 1)
        case "char.code", (inner,) if isinstance(type_of(inner), CharType):
            return Interval(0, 0x10FFFF)
        case _ if op in _LENGTHS:
            return _NATURAL
        case _:
            return ANY
