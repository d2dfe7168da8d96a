"""Measures for `while` loops, guessed from the guard and from what the loop changes.

`while a < b` ends when `b - a` falls; `a != b`, when the distance does, or the sum of two
naturals; a search without a bound in its guard, when the rest of a sequence gets shorter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from autoform.ir.exprs import And, Apply, Expr, IntLit, Or, Var, type_of
from autoform.ir.ops import apply
from autoform.ir.types import INT, BoolType, is_integer
from autoform.prove.candidate import LoopView, length, widened
from autoform.vc.execute import Measure

MOST = 24


def measures(view: LoopView) -> tuple[Measure, ...]:
    """The measures to try, likeliest first."""
    single = list(dict.fromkeys(_measures(view)))
    pairs: list[Measure] = [(a, b) for a in single[:4] for b in single[:4] if a != b]
    flagged: list[Measure] = [
        (flag, measure) for flag in _flags(view.site.loop.condition) for measure in single[:MOST]
    ]
    taken_in_turn = _in_turn(view.site.loop.condition)
    return (*taken_in_turn, *((measure,) for measure in single[:MOST]), *flagged, *pairs)


def _in_turn(condition: Expr) -> Iterator[Measure]:
    """`while i < n or j < m`, where a round moves either: what is left of each, never below 0."""
    if not isinstance(condition, Or):
        return
    parts: list[Expr] = []
    for item in condition.items:
        told = next(iter(_distances(item)), None)
        if told is None:
            return
        parts += [*_flags(item), apply("max2", told, IntLit(0, INT))]
    yield tuple(parts)


def _flags(condition: Expr) -> Iterator[Expr]:
    """`!broken` in a guard: the round that breaks ends the loop, whatever else it leaves."""
    match condition:
        case And(items) | Or(items):
            for item in items:
                yield from _flags(item)
        case Apply("not", (Var(_, BoolType()),)):
            yield apply("bool.to_int", condition)
        case _:
            return


def _measures(view: LoopView) -> Iterator[Expr]:
    yield from _distances(view.site.loop.condition)
    changing = [v for v in map(widened, view.variables_of_integers()) if view.changes(v)]
    fixed = [widened(v) for v in view.variables_of_integers() if not view.changes(v)]
    for counter in changing:
        yield counter
        for sequence in view.sequences():
            yield apply("sub", length(sequence), counter)
        for other in fixed:
            yield apply("sub", other, counter)
            yield apply("sub", counter, other)
    for place, one in enumerate(changing):
        for other in changing[place + 1 :]:
            yield apply("add", one, other)
            yield apply("sub", other, one)
            yield apply("sub", one, other)
    for sequence in view.sequences():
        if view.changes(sequence):
            yield length(sequence)


def _distances(condition: Expr) -> Iterator[Expr]:
    """How far the sides of the comparisons in a guard are apart."""
    for left, right, op in _comparisons(condition):
        if not is_integer(type_of(left)):
            continue
        a, b = widened(left), widened(right)
        if op in {"lt", "le", "ne"}:
            yield from _difference(b, a, op)
        if op in {"gt", "ge", "ne"}:
            yield from _difference(a, b, op)


def _difference(high: Expr, low: Expr, op: str) -> Iterator[Expr]:
    found = high if low == IntLit(0, INT) else apply("sub", high, low)
    if op in {"le", "ge"}:
        yield apply("add", found, IntLit(1, INT))
    yield found


def _comparisons(condition: Expr) -> Iterable[tuple[Expr, Expr, str]]:
    match condition:
        case And(items) | Or(items):
            for item in items:
                yield from _comparisons(item)
        case Apply("lt" | "le" | "gt" | "ge" | "ne" as op, (left, right)):
            yield left, right, op
        case Apply("not", (Apply("eq", (left, right)),)):
            yield left, right, "ne"
        case _:
            return
