"""Proposes that a variable keeps what the contract says of one place: the place of the loop.

    all(best >= sum(xs[i:i + k]) for i in range(len(xs) - k + 1))

speaks of a window at any place, and a loop that moves one keeps its sum:

    window == sum(xs[i - k:i])

Of a claim about two places the loop may keep what holds of all others against its own: with
`all(sum(xs[i:j]) <= best for j in … for i in range(j))`, that `sum(xs[i:j]) <= current` for the
place `j` that it is at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from autoform.ir.exprs import Apply, Expr, IntLit, Quant, Var
from autoform.ir.ops import apply
from autoform.ir.traversal import all_names, free_vars, freshen, substitute, walk
from autoform.ir.types import INT, IntType, Type
from autoform.prove.candidate import LoopView
from autoform.prove.proposers.weaken import goals, replace_term

__all__ = ["Tracked"]

_MOST_COUNTERS: Final = 3
_MOST_FIXED: Final = 2


class Tracked:
    """Variables as values of the contract's terms at the loop's place."""

    name = "tracked"

    def propose(self, view: LoopView) -> Iterable[Expr]:
        """For each range that a quantifier of the goal goes through, and each place in it."""
        places = list(_places(view))
        taken = set(all_names(view.function))
        for goal in dict.fromkeys(goals(view)):
            for quantifier in walk(goal):
                if isinstance(quantifier, Quant) and quantifier.binder.type == INT:
                    for told in chain(_values(quantifier, view), _instances(quantifier, view)):
                        yield from _at(told, quantifier.binder.name, places, view, taken)


def _places(view: LoopView) -> Iterator[Expr]:
    """Counters, their neighbours, and as far behind them as a number that stays says."""
    numbers = view.variables(IntType)
    fixed = [v for v in numbers if not view.changes(v)]
    for counter in [v for v in numbers if view.changes(v)][:_MOST_COUNTERS]:
        behind = [apply("sub", counter, each) for each in fixed[:_MOST_FIXED]]
        starts: list[Expr] = [counter, *behind]
        for place in starts:
            yield place
            yield apply("add", place, IntLit(1, INT))
            yield apply("sub", place, IntLit(1, INT))


def _changing(view: LoopView, type_: Type) -> list[Var]:
    return [Var(n, t) for n, t in view.visible.items() if t == type_ and n in view.changing]


def _values(quantifier: Quant, view: LoopView) -> Iterator[Expr]:
    """`w == T`, for the terms of the body that speak of the place and are more than arithmetic."""
    name = quantifier.binder.name
    terms = [term for term in walk(quantifier.body) if isinstance(term, Apply)]
    for term in terms:
        if term.op in _TOTALS and name in free_vars(term):
            for variable in _changing(view, term.type):
                yield apply("eq", variable, term)


_TOTALS: Final = frozenset({"seq.sum", "seq.product", "seq.count", "seq.max", "seq.min", "seq.len"})


def _instances(quantifier: Quant, view: LoopView) -> Iterator[Expr]:
    """The body, where it speaks of all other places, of another variable than the one returned."""
    if not isinstance(quantifier.body, Quant):
        return
    for name, type_ in free_vars(quantifier.body).items():
        if name in view.changing:
            here = Var(name, type_)
            for other in _changing(view, type_):
                yield replace_term(quantifier.body, here, other)


def _at(
    told: Expr, name: str, places: Iterable[Expr], view: LoopView, taken: set[str]
) -> Iterator[Expr]:
    """What is told of a place, said of the loop's."""
    if not free_vars(told).keys() - {name} <= view.visible.keys():
        return
    for place in places:
        yield substitute(freshen(told, taken), {name: place})
