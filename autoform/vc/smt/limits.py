"""How large a total can be: of n elements, none above h, it is at most n * h.

    total(n) <= h * n        for n >= 0, or an element among the first n is above h

Said with the place of such an element, the fact holds of any function and any bound; that there
is none follows from the type of the elements. So sums of `i32`s fit an `i64` for long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias, cast

from autoform.ir.intervals import Interval
from autoform.vc.smt.binding import z3
from autoform.vc.smt.sequences import forall
from autoform.vc.smt.sorts import Universe

__all__ = ["limit_totals"]

Amount: TypeAlias = Callable[[Sequence[z3.ExprRef], z3.ArithRef], tuple[z3.ArithRef, z3.BoolRef]]
"""What a place adds, and whether it adds anything, for the arguments before the place."""


def limit_totals(
    universe: Universe,
    symbol: z3.FuncDeclRef,
    amount: Amount,
    bounds: Interval,
    *,
    skips: bool,
) -> None:
    """Say how far totals can grow; `skips` when a place may add nothing.

    Counts are not spoken of here: see `filtered`.
    """
    if skips:
        bounds = bounds.hull(Interval(0, 0))
    if bounds.low is None and bounds.high is None:
        return
    domain = [symbol.domain(place) for place in range(symbol.arity() - 1)]
    fixed = [z3.Const(f"fixed {place}", sort) for place, sort in enumerate(domain)]
    n = z3.Int("n")
    whole = cast("z3.ArithRef", symbol(*fixed, n))

    def escape(name: str, sign: int, limit: int) -> z3.BoolRef:
        """An element beyond the limit, at a place that has a name."""
        integers = z3.IntSort()
        where = universe.function(f"{name} {symbol.name()}", [*domain, integers], integers)
        place = cast("z3.ArithRef", where(*fixed, n))
        element, taken = amount(fixed, place)
        beyond = element > limit if sign > 0 else element < limit
        return z3.And(place >= 0, place < n, taken, beyond)

    def axioms(_: z3.FuncDeclRef) -> Iterable[z3.BoolRef]:
        for name, limit, sign in (("above", bounds.high, 1), ("below", bounds.low, -1)):
            if limit is not None:
                within = whole <= limit * n if sign > 0 else whole >= limit * n
                either = z3.Or(within, escape(name, sign, limit))
                yield forall([*fixed, n], z3.Implies(n >= 0, either), whole)

    universe.function(f"limits {symbol.name()}", [], z3.BoolSort(), axioms)
