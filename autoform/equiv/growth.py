"""Proposes that a sum grows no faster than its counter: `s <= 1000 * i`.

What bounds each amount, by a literal of the precondition, bounds the sum by rounds: without it
nothing says that arithmetic on machine integers stays in range.
"""

from __future__ import annotations

from collections.abc import Iterable

from autoform.ir.exprs import Expr, IntLit
from autoform.ir.ops import apply
from autoform.ir.types import INT
from autoform.prove.candidate import LoopView, widened
from autoform.prove.traces import holds_in

__all__ = ["Growth"]

_MOST = 6
_ENDS = {1 << bits for bits in (63, 64, 127, 128)}
"""Of wide machine integers: what is bounded by one of these a round soon does not fit."""


class Growth:
    """`x <= c * i` and `-c * i <= x` for the integers that the loop changes."""

    name = "growth"

    def propose(self, view: LoopView) -> Iterable[Expr]:
        """Each pair of changing integers with each literal above one, the smallest first."""
        changing = [widened(v) for v in view.variables_of_integers() if view.changes(v)]
        sizes = _sizes(view)
        natural = [v for v in changing if holds_in(view, apply("ge", v, IntLit(0, INT)))]
        for size in sizes:
            for counter in changing:
                rounds = apply("mul", IntLit(size, INT), counter) if size > 1 else counter
                for value in changing:
                    if value != counter:
                        yield apply("le", value, rounds)
                        if value not in natural:
                            yield apply("le", apply("neg", rounds), value)


def _sizes(view: LoopView) -> list[int]:
    """The magnitudes of literals, and the product of the two largest: of what is multiplied."""
    sizes = {abs(value) for value in view.literals() if value}
    plain = sorted(size for size in sizes if not {size, size + 1} & _ENDS)
    products = {a * b for a in plain[-2:] for b in plain[-2:] if a > _SMALL and b > _SMALL}
    return [*plain[:_MOST], *sorted(products - set(plain))]


_SMALL = 2
