"""The search for a proof of one function: candidates, Houdini, obligations.

Proposers come in stages, cheapest first; a later stage is asked only for what the earlier ones
leave open, and what stood before is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Apply, Expr, Var
from autoform.ir.stmts import Clause, Origin
from autoform.ir.text import print_expr
from autoform.ir.traversal import walk
from autoform.prove.candidate import LoopView, Proposer, conjuncts
from autoform.prove.houdini import Outcome, houdini
from autoform.prove.traces import Traces
from autoform.prove.variants import measures
from autoform.vc.calls import assigned_in
from autoform.vc.execute import Measure
from autoform.vc.loops import Annotation, LoopSite, loop_sites
from autoform.vc.obligation import InvariantId, Obligation

MOST_CANDIDATES = 400
"""For one loop in one stage. Traces leave far fewer; this bounds what no trace can filter."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where the search ended: annotations that stand, and what they leave open."""

    annotations: Mapping[int, Annotation]
    open: tuple[Obligation, ...]
    vacuous: bool
    candidates: int


def search(
    module: Module,
    function: Function,
    stages: Sequence[Sequence[Proposer]],
    traces: Traces,
    *,
    steps: int,
    allow_real: bool = False,
) -> Found:
    """Look for annotations of a lowered function's loops that prove it."""
    views = [_view(module, function, site, traces) for site in loop_sites(function)]
    standing = {view.site.number: _own(view) for view in views}
    tried = {view.site.number: measures(view) for view in views if not view.site.loop.decreases}
    seen: dict[int, set[str]] = {number: set() for number in standing}
    total = 0
    found: Found | None = None
    for proposers in stages if views else ((),):
        candidates: dict[int, tuple[Clause, ...]] = {}
        for view in views:
            number = view.site.number
            around = _outer_equations(
                view, views, {n: (*standing[n], *c) for n, c in candidates.items()}
            )
            informed = replace(view, outer_equations=around)
            candidates[number] = _clauses(informed, proposers, seen[number], traces)
        if found is not None and not any(candidates.values()):
            continue
        total += sum(map(len, candidates.values()))
        asked = {
            number: Annotation((*clauses, *candidates[number]), _measure_of(views, number))
            for number, clauses in standing.items()
        }
        outcome = houdini(module, function, asked, tried, steps=steps, allow_real=allow_real)
        found = Found(_annotations(asked, outcome, tried), outcome.open, outcome.vacuous, total)
        if not outcome.open:
            return found
        standing = {number: _kept(asked[number], outcome.kept, number) for number in standing}
    assert found is not None
    return found


def _view(module: Module, function: Function, site: LoopSite, traces: Traces) -> LoopView:
    changing = assigned_in(module, site.loop.body) & site.visible.keys()
    return LoopView(module, function, site, changing, traces.states.get(site.number, ()))


def _outer_equations(
    view: LoopView, views: Iterable[LoopView], clauses: Mapping[int, Sequence[Clause]]
) -> list[tuple[str, Expr]]:
    """What candidates of the loops around this one say variables are equal to."""
    found: list[tuple[str, Expr]] = []
    for outer in views:
        if any(node is view.site.loop for node in walk(*outer.site.loop.body)):
            for clause in clauses.get(outer.site.number, ()):
                match clause.condition:
                    case Apply("eq", (Var(name), value)):
                        found.append((name, value))
                    case _:
                        pass
    return found


def _own(view: LoopView) -> tuple[Clause, ...]:
    """The invariants that the loop already has, one conjunct to a clause."""
    return tuple(
        Clause(part, clause.origin, span=clause.span)
        for clause in view.site.loop.invariants
        for part in conjuncts(clause.condition)
    )


def _measure_of(views: Iterable[LoopView], number: int) -> Measure:
    return next(view.site.loop.decreases for view in views if view.site.number == number)


def _clauses(
    view: LoopView, proposers: Iterable[Proposer], seen: set[str], traces: Traces
) -> tuple[Clause, ...]:
    """What the proposers propose and no trace contradicts, each condition once."""
    fresh: list[Expr] = []
    for condition in _proposed(view, proposers):
        text = print_expr(condition)
        if text not in seen:
            seen.add(text)
            fresh.append(condition)
    kept = list(traces.filter(view, fresh))[:MOST_CANDIDATES]
    return tuple(Clause(condition, Origin.MINED) for condition in kept)


def _proposed(view: LoopView, proposers: Iterable[Proposer]) -> Iterator[Expr]:
    for proposer in proposers:
        yield from proposer.propose(view)


def _kept(annotation: Annotation, kept: frozenset[InvariantId], number: int) -> tuple[Clause, ...]:
    return tuple(
        clause
        for place, clause in enumerate(annotation.invariants)
        if InvariantId(number, place) in kept
    )


def _annotations(
    asked: Mapping[int, Annotation], outcome: Outcome, tried: Mapping[int, Sequence[Measure]]
) -> dict[int, Annotation]:
    """What the proof needs of each loop, with its measure."""
    found: dict[int, Annotation] = {}
    for number, annotation in asked.items():
        measure = annotation.decreases
        if number in tried and number in outcome.measures:
            measure = tried[number][outcome.measures[number]]
        found[number] = Annotation(_kept(annotation, outcome.needed, number), measure)
    return found
