"""Proposes how far an accumulator can have come: the rounds so far, times the most of a round.

    acc = acc + x as i64, x: i32, counter i from 0:
        -2147483648 * i <= acc        acc <= 2147483647 * i

What a round adds is bounded by the types of its terms, which only the loop as it is written tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from autoform.ir.exprs import TRUE, Expr, IntLit, Var
from autoform.ir.intervals import Interval, interval
from autoform.ir.ops import apply
from autoform.ir.types import INT
from autoform.prove.candidate import LoopView
from autoform.prove.shapes import Counter, Update, shape_of, start_values

_ZERO = IntLit(0, INT)


class Limits:
    """Bounds of accumulators that grow with the counters."""

    name = "limits"

    def propose(self, view: LoopView) -> Iterable[Expr]:
        """For each update whose amount has bounds, and each counter: both bounds."""
        written = view.written or view
        updates = shape_of(written.function, written.site.loop).updates
        counters = shape_of(view.function, view.site.loop).counters
        starts = start_values(view.function, view.site.loop)
        for update in updates:
            start = starts.get(update.variable)
            if start is None or view.visible.get(update.variable) != INT or view.changes(start):
                continue
            for counter in counters:
                if counter.variable.name != update.variable and not view.changes(counter.start):
                    yield from _limits(update, start, counter)


def _limits(update: Update, start: Expr, counter: Counter) -> Iterator[Expr]:
    bounds = _of_round(update)
    ends = (counter.variable, counter.start)
    rounds = _minus(*(ends if counter.upward else ends[::-1]))
    variable = Var(update.variable, INT)
    if bounds.high is not None:
        yield apply("le", variable, _after(start, bounds.high, rounds))
    if bounds.low is not None:
        yield apply("le", _after(start, bounds.low, rounds), variable)


def _of_round(update: Update) -> Interval:
    """What one round adds; nothing where it is not updated."""
    amount = interval(update.amount)
    if update.op == "mul":
        return Interval()
    amount = amount.negated() if update.op == "sub" else amount
    return amount if update.condition == TRUE else amount.hull(Interval(0, 0))


def _after(start: Expr, each: int, rounds: Expr) -> Expr:
    if each == 0:
        return start
    grown = rounds if each == 1 else apply("mul", IntLit(each, INT), rounds)
    return grown if start == _ZERO else apply("add", start, grown)


def _minus(left: Expr, right: Expr) -> Expr:
    return left if right == _ZERO else apply("sub", left, right)
