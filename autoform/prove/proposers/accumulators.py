"""Proposes what a loop has added up: the start value and the total of the rounds so far.

    acc = acc + e under c, counter i from a:  acc == start + sum(e(k) for k in a..i if c(k))

In an inner loop the start value is what the outer loop's invariant says of the accumulator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from autoform.ir.exprs import (
    TRUE,
    Apply,
    Binder,
    Collection,
    Comprehension,
    Expr,
    Filter,
    Generator,
    IntLit,
    Var,
)
from autoform.ir.ops import apply
from autoform.ir.traversal import all_names, free_vars, fresh_name, freshen, substitute
from autoform.ir.types import INT, SeqType
from autoform.prove.candidate import LoopView
from autoform.prove.shapes import ONE, Counter, Update, shape_of, start_values


class Accumulators:
    """Totals of the rounds so far."""

    name = "accumulators"

    def propose(self, view: LoopView) -> Iterable[Expr]:
        """An equation for each update and counter, for each way to know the start value."""
        shape = shape_of(view.function, view.site.loop)
        before = start_values(view.function, view.site.loop)
        for update in shape.updates:
            if update.op == "mul":
                continue
            variable = Var(update.variable, INT)
            if view.visible.get(update.variable) != INT:
                continue
            starts = [before[update.variable]] if update.variable in before else []
            starts += [r for v, r in view.outer_equations if v == update.variable]
            for counter in shape.counters:
                if not counter.upward or counter.variable.name == update.variable:
                    continue
                for total in _totals(view, update, counter):
                    for start in starts:
                        if not view.changes(start):
                            yield apply("eq", variable, _moved(update.op, start, total))


def _moved(op: str, start: Expr, total: Expr) -> Expr:
    return total if op == "add" and start == IntLit(0, INT) else apply(op, start, total)


def _totals(view: LoopView, update: Update, counter: Counter) -> Iterator[Expr]:
    """The amounts of the rounds so far, as a sum over the counter's range and over a prefix."""
    names = (free_vars(update.amount) | free_vars(update.condition)).keys()
    changing = (names & view.changing) - {counter.variable.name}
    if changing or not names <= view.visible.keys() or view.changes(counter.start):
        return
    taken = set(all_names(view.function))
    match update.amount:
        case Apply("seq.at" | "seq.at_neg", (Var() as xs, index)) if (
            index == counter.variable and update.condition == TRUE
        ):
            yield apply("seq.sum", apply("seq.slice", xs, counter.start, counter.variable))
        case _:
            pass
    place = Binder(fresh_name("k", taken), INT)
    taken.add(place.name)
    here = {counter.variable.name: Var(place.name, INT)}
    amount = substitute(freshen(update.amount, taken), here)
    condition = substitute(freshen(update.condition, taken), here)
    rounds = Generator(place, apply("seq.range", counter.start, counter.variable, ONE))
    filters = () if condition == TRUE else (Filter(condition),)
    yield apply("seq.sum", Comprehension(Collection.SEQ, amount, (rounds, *filters)))
    yield from _over_elements(view, update, counter)


def _over_elements(view: LoopView, update: Update, counter: Counter) -> Iterator[Expr]:
    """The same over a prefix of the sequence, where only the element at the counter is used."""
    for sequence in view.sequences():
        if view.changes(sequence) or not isinstance(sequence.type, SeqType):
            continue
        taken = set(all_names(view.function))
        binder = Binder(fresh_name("x", taken), sequence.type.element)
        element = Var(binder.name, binder.type)
        parts = [
            _replace_element(part, sequence, counter.variable, element)
            for part in (update.amount, update.condition)
        ]
        if any(counter.variable.name in free_vars(part) for part in parts):
            continue
        if not any(binder.name in free_vars(part) for part in parts):
            continue
        amount, condition = parts
        prefix = apply("seq.slice_to", sequence, counter.variable)
        filters = () if condition == TRUE else (Filter(condition),)
        yield apply(
            "seq.sum", Comprehension(Collection.SEQ, amount, (Generator(binder, prefix), *filters))
        )


def _replace_element(expr: Expr, sequence: Var, counter: Var, element: Var) -> Expr:
    from autoform.prove.proposers.weaken import replace_term

    for op in ("seq.at", "seq.at_neg"):
        expr = replace_term(expr, apply(op, sequence, counter), element)
    return expr
