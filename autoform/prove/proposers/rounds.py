r"""Proposes what a loop around others has computed so far of what the contract says in the end.

    \result == sum(e for x in xs for y in f(x)),      acc == sum(e for x in xs[:i] for y in f(x))
    with a counter i

Only the outermost generator is cut: what the inner loops run over is the same in every round. In an
inner loop with a counter j that of the round at hand is added:

    acc == sum(e for x in xs[:i] for y in f(x)) + sum(e for y in f(xs[i])[:j])
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from autoform.ir.exprs import (
    Apply,
    Collection,
    Comprehension,
    Expr,
    Filter,
    Generator,
    IntLit,
    ResultValue,
    Var,
    type_of,
)
from autoform.ir.ops import apply
from autoform.ir.traversal import substitute, walk
from autoform.ir.types import SeqType, StrType
from autoform.prove.candidate import LoopView, conjuncts
from autoform.prove.proposers.weaken import replace_term
from autoform.prove.shapes import shape_of


class Rounds:
    """Results of nested loops, for the rounds of the outermost so far."""

    name = "rounds"

    def propose(self, view: LoopView) -> Iterable[Expr]:
        """An equation for each variable, counter and nested comprehension of the result."""
        counters = [
            c.variable for c in shape_of(view.function, view.site.loop).counters if c.upward
        ]
        for result in _results(view):
            for listed in walk(result):
                if not isinstance(listed, Comprehension) or not _is_nested(listed):
                    continue
                for counter in counters:
                    cut = _cut(listed, counter)
                    if cut is not None:
                        yield from _equations(view, counter, replace_term(result, listed, cut))
        for name, value in view.outer_equations:
            for counter in counters:
                more = _with_this_round(value, counter)
                if more is not None and counter.name != name:
                    yield apply("eq", Var(name, type_of(value)), more)


def _results(view: LoopView) -> Iterator[Expr]:
    """What the contract says that the result equals."""
    for clause in view.function.contract.ensures:
        for conjunct in conjuncts(clause.condition):
            match conjunct:
                case Apply("eq", (ResultValue(), other)) | Apply("eq", (other, ResultValue())):
                    yield other
                case _:
                    pass


def _is_nested(listed: Comprehension) -> bool:
    return sum(isinstance(clause, Generator) for clause in listed.clauses) > 1


def _cut(listed: Comprehension, counter: Var) -> Comprehension | None:
    """The comprehension over what comes before the counter."""
    first, *others = listed.clauses
    if not isinstance(first, Generator):
        return None
    match first.source:
        case Apply("seq.range", (start, _, IntLit(1) as step)):
            source: Expr = apply("seq.range", start, counter, step)
        case source if isinstance(type_of(source), SeqType):
            source = apply("seq.slice_to", source, counter)
        case source if isinstance(type_of(source), StrType):
            source = apply("str.slice_to", source, counter)
        case _:
            return None
    return replace(listed, clauses=(replace(first, source=source), *others))


def _with_this_round(value: Expr, counter: Var) -> Expr | None:
    """What an outer loop has computed, and what its inner one has of the round at hand."""
    match value:
        case Apply("seq.sum", (Comprehension() as listed,)):
            inner = _round_at_hand(listed, counter)
            return None if inner is None else apply("add", value, apply("seq.sum", inner))
        case Comprehension(Collection.SEQ):
            inner = _round_at_hand(value, counter)
            return None if inner is None else apply("seq.concat", value, inner)
        case _:
            return None


def _round_at_hand(listed: Comprehension, counter: Var) -> Comprehension | None:
    """What is listed for the element at which the outermost generator was cut, up to a counter."""
    first, *others = listed.clauses
    while others and isinstance(others[0], Filter):
        del others[0]
    if not others or not isinstance(first, Generator):
        return None
    match first.source:
        case Apply("seq.range", (_, Var() as place, _)):
            here: Expr = place
        case Apply("seq.slice_to", (sequence, Var() as place)):
            here = apply("seq.at", sequence, place)
        case Apply("str.slice_to", (text, Var() as place)):
            here = apply("str.at", text, place)
        case _:
            return None
    try:
        inner = substitute(replace(listed, clauses=tuple(others)), {first.binder.name: here})
    except ValueError:
        return None
    return _cut(inner, counter) if isinstance(inner, Comprehension) else None


def _equations(view: LoopView, counter: Var, value: Expr) -> Iterator[Expr]:
    for name, type_ in view.visible.items():
        if name in view.changing and name != counter.name and type_ == type_of(value):
            yield apply("eq", Var(name, type_), value)
