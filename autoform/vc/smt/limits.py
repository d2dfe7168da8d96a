"""How large a total can be: of n elements, none above h, it is at most n * h.

    total(n) <= h * n        for n >= 0, or an element among the first n is above h

Said with the place of such an element, the fact holds of any function and any bound; that there
is none follows from the type of the elements. So a count of places is at most their number, and
sums of `i32`s fit an `i64` for long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias, cast

import z3

from autoform.ir.intervals import Interval
from autoform.vc.smt.sequences import forall
from autoform.vc.smt.sorts import Universe

__all__ = ["limit_totals"]

Amount: TypeAlias = Callable[[Sequence[z3.ExprRef], z3.ArithRef], tuple[z3.ArithRef, z3.BoolRef]]
"""What a place adds, and whether it adds anything, for the arguments before the place."""

Element: TypeAlias = Callable[[Sequence[z3.ExprRef], z3.ArithRef], z3.ExprRef]


def limit_totals(
    universe: Universe,
    symbol: z3.FuncDeclRef,
    amount: Amount,
    bounds: Interval,
    *,
    skips: bool,
    element: Element | None = None,
) -> None:
    """Say how far totals can grow; `skips` when a place may add nothing.

    `element` is what stands at a place of a sequence: where it is spoken of, it is counted.

    Where all places that add anything add the same, this is said between any two places: a count
    never falls. Otherwise it is said from the first place on, which takes far fewer instances.
    """
    is_count = skips and bounds == Interval(1, 1)
    if skips:
        bounds = bounds.hull(Interval(0, 0))
    if bounds.low is None and bounds.high is None:
        return
    domain = [symbol.domain(place) for place in range(symbol.arity() - 1)]
    fixed = [z3.Const(f"fixed {place}", sort) for place, sort in enumerate(domain)]
    a, b = z3.Ints("a b")
    start = a if is_count else z3.IntVal(0)
    whole = symbol(*fixed, b)
    grown = cast("z3.ArithRef", whole - symbol(*fixed, a) if is_count else whole)
    names = [*fixed, a, b] if is_count else [*fixed, b]
    seen = z3.MultiPattern(symbol(*fixed, a), whole) if is_count else whole

    def escape(name: str, sign: int, limit: int) -> z3.BoolRef:
        """An element beyond the limit, at a place that has a name."""
        if is_count:
            return z3.BoolVal(False)  # noqa: FBT003 - z3's constant
        integers = z3.IntSort()
        where = universe.function(f"{name} {symbol.name()}", [*domain, integers], integers)
        place = cast("z3.ArithRef", where(*fixed, b))
        element, taken = amount(fixed, place)
        beyond = element > limit if sign > 0 else element < limit
        return z3.And(place >= 0, place < b, taken, beyond)

    def counted() -> Iterable[z3.BoolRef]:
        """What is counted stands at some place."""
        integers = z3.IntSort()
        where = universe.function(f"some {symbol.name()}", [*domain, integers, integers], integers)
        place = cast("z3.ArithRef", where(*fixed, a, b))
        _, taken = amount(fixed, place)
        found = z3.And(a <= place, place < b, taken)
        yield forall([*fixed, a, b], z3.Implies(z3.And(a <= b, grown > 0), found), seen)
        if element is not None:
            k = z3.Int("k")
            here = z3.And(a <= k, k < b, amount(fixed, k)[1])
            spoken = z3.MultiPattern(symbol(*fixed, a), whole, element(fixed, k))
            yield forall([*fixed, a, b, k], z3.Implies(here, grown > 0), spoken)

    def axioms(_: z3.FuncDeclRef) -> Iterable[z3.BoolRef]:
        for name, limit, sign in (("above", bounds.high, 1), ("below", bounds.low, -1)):
            if limit is not None:
                most = limit * (b - start)
                within = grown <= most if sign > 0 else grown >= most
                either = z3.Or(within, escape(name, sign, limit))
                yield forall(names, z3.Implies(start <= b, either), seen)
        if is_count:
            yield from counted()

    universe.function(f"limits {symbol.name()}", [], z3.BoolSort(), axioms)
