"""Proposes what follows from the loop still running: it was not left in an earlier round.

And from loops before it having ended. `for x in xs: if p(x): return …` gives
`forall k in 0..i: !p(xs[k])`; a search whose guard looks at an element gives that the guard held
of all before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from autoform.ir.build import negation
from autoform.ir.exprs import And, Apply, Binder, Expr, Quant, Quantifier, Var
from autoform.ir.ops import apply
from autoform.ir.stmts import While
from autoform.ir.traversal import all_names, free_vars, freshen, substitute, walk
from autoform.ir.types import INT
from autoform.prove.candidate import LoopView
from autoform.prove.settled import denied
from autoform.prove.shapes import ONE, Counter, shape_of


class Exits:
    """No earlier round met the condition of leaving."""

    name = "exits"

    def propose(self, view: LoopView) -> Iterable[Expr]:
        """For each counter and each exit: all rounds before this one did not leave there."""
        shape = shape_of(view.function, view.site.loop)
        taken = set(all_names(view.function))
        stays = [negation(exit_) for exit_ in shape.exits]
        guard = view.site.loop.condition
        stays += guard.items if isinstance(guard, And) else (guard,)
        for counter in shape.counters:
            if view.changes(counter.start):
                continue
            for stay in filter(_is_telling, stays):
                told = _in_terms_of(counter, shape.counters, stay)
                if self._speaks_of(view, counter, told):
                    yield from _for_all_before(counter, freshen(told, taken), view)
        yield from _of_earlier(view)

    @staticmethod
    def _speaks_of(view: LoopView, counter: Counter, stay: Expr) -> bool:
        names = free_vars(stay).keys()
        return (
            counter.variable.name in names
            and names <= view.visible.keys()
            and not (names & view.changing) - {counter.variable.name}
        )


def _in_terms_of(counter: Counter, counters: Sequence[Counter], stay: Expr) -> Expr:
    """The condition with other counters given by this one: all of them move in each round."""
    moved = apply("sub", counter.variable, counter.start)
    if not counter.upward:
        moved = apply("sub", counter.start, counter.variable)
    others = {
        other.variable.name: apply("add" if other.upward else "sub", other.start, moved)
        for other in counters
        if other.variable != counter.variable
    }
    return substitute(stay, others)


def _of_earlier(view: LoopView) -> Iterator[Expr]:
    """Loops before this one have ended: their guards are false, and may be still."""
    for loop in walk(*view.function.body):
        if loop is view.site.loop:
            return
        if not isinstance(loop, While) or any(n is view.site.loop for n in walk(*loop.body)):
            continue
        if free_vars(loop.condition).keys() <= view.visible.keys():
            yield denied(loop.condition)


_PLAIN = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "not", "add", "sub", "neg", "seq.len"})


def _is_telling(condition: Expr) -> bool:
    """Whether the condition looks at more than where the counter is."""
    return any(isinstance(node, Apply) and node.op not in _PLAIN for node in walk(condition))


def _for_all_before(counter: Counter, stay: Expr, view: LoopView) -> Iterator[Expr]:
    place = Binder(_fresh("k", view), INT)
    body = substitute(stay, {counter.variable.name: Var(place.name, INT)})
    if counter.upward:
        rounds = apply("seq.range", counter.start, counter.variable, ONE)
    else:
        after = apply("add", counter.variable, ONE)
        rounds = apply("seq.range", after, apply("add", counter.start, ONE), ONE)
    yield Quant(Quantifier.FORALL, place, rounds, body)


def _fresh(base: str, view: LoopView) -> str:
    names = all_names(view.function)
    return next(f"{base}{n or ''}" for n in range(1000) if f"{base}{n or ''}" not in names)
