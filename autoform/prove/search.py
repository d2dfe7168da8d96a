"""The search for a proof of one function: candidates, Houdini, obligations.

Proposers come in stages, cheapest first; a later stage is asked only for what the earlier ones
leave open, and what stood before is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Apply, Expr, Var
from autoform.ir.stmts import Clause, Origin
from autoform.ir.text import print_expr
from autoform.ir.traversal import free_vars, walk
from autoform.prove.candidate import LoopView, Proposer, conjuncts
from autoform.prove.carried import carried, values_after
from autoform.prove.houdini import Outcome, Work, houdini
from autoform.prove.pool import Pool
from autoform.prove.shown import Shown, shown
from autoform.prove.steady import steady
from autoform.prove.traces import Traces
from autoform.prove.variants import measures
from autoform.vc.calls import assigned_in
from autoform.vc.execute import Measure
from autoform.vc.loops import Annotation, LoopSite, loop_sites
from autoform.vc.obligation import InvariantId, Obligation
from autoform.vc.smt.solver import Purse

MOST_CANDIDATES = 400
"""For one loop in one stage. Traces leave far fewer; this bounds what no trace can filter."""

ROUNDS = 2
"""How often a stage is tried: again when what fell had hidden weaker candidates."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where the search ended: annotations that stand, and what they leave open."""

    annotations: Mapping[int, Annotation]
    open: tuple[Obligation, ...]
    vacuous: bool
    candidates: int


@steady()
def search(
    module: Module,
    function: Function,
    stages: Sequence[Sequence[Proposer]],
    traces: Traces,
    *,
    steps: int,
    purse: Purse | None = None,
    allow_real: bool = False,
    most: int = MOST_CANDIDATES,
) -> Found:
    """Look for annotations of a lowered function's loops that prove it.

    A stage takes at most so many candidates for each loop. With an empty purse nothing stands:
    what was found before is told.
    """
    views = [_view(module, function, site, traces) for site in loop_sites(function)]
    work = _Search(
        module,
        function,
        shown(module, function),
        tuple(_Loop(view, Pool(view, traces), _measures(view, traces)) for view in views),
        Work(
            steps,
            purse,
            None if purse is None else Purse(purse.steps // 2),
            allow_real=allow_real,
        ),
        most,
    )
    for proposers in stages if views else ((),):
        work.propose(proposers)
        for _ in range(ROUNDS):
            if not work.attempt():
                break
        if work.found is not None and (not work.found.open or work.work.is_spent):
            break
    assert work.found is not None
    return work.found


@dataclass(slots=True)
class _Loop:
    """A loop with its candidates: those that stood last, and those that fell in this stage."""

    view: LoopView
    pool: Pool
    measures: Sequence[Measure]
    kept: tuple[Expr, ...] = ()
    fallen: frozenset[str] = frozenset()

    @property
    def number(self) -> int:
        return self.view.site.number

    def asked(self) -> Annotation:
        """The loop's own invariants, then the candidates to try."""
        chosen = dict.fromkeys((*self.kept, *self.pool.strongest(self.fallen)))
        mined = tuple(Clause(condition, Origin.MINED) for condition in chosen)
        return Annotation((*_own(self.view), *mined), self.view.site.loop.decreases)

    def learn(self, asked: Annotation, kept: frozenset[InvariantId]) -> None:
        """Keep what stood. What fell may stand beside later candidates, but not in this stage."""
        own = len(_own(self.view))
        stood: list[Expr] = []
        for place, clause in enumerate(asked.invariants):
            if place < own:
                continue
            if InvariantId(self.number, place) in kept:
                stood.append(clause.condition)
            else:
                self.fallen |= {print_expr(clause.condition)}
        self.kept = tuple(stood)


@dataclass(slots=True)
class _Search:
    """The attempts to prove one function."""

    module: Module
    function: Function
    shown: Shown
    loops: Sequence[_Loop]
    work: Work
    most: int
    found: Found | None = None
    tried: int = 0
    _asked: set[tuple[int, str]] = field(default_factory=set)

    def propose(self, proposers: Sequence[Proposer]) -> None:
        """Fill the pools: of outer loops first, whose equations inner ones may need."""
        for loop in self.loops:
            around = _outer_equations(loop.view, self.loops, self.shown)
            informed = replace(self.shown.view(loop.view), outer_equations=around)
            guesses = (guess for each in proposers for guess in each.propose(informed))
            said = (self.shown.said(guess, loop.view) for guess in guesses)
            proposed = [candidate for candidate in said if candidate is not None]
            loop.pool.add([*proposed, *_inherited(loop.view, self.loops)], self.most)
            loop.fallen = frozenset()

    def attempt(self) -> bool:
        """One run of Houdini and of the obligations; whether another may be worth it."""
        asked = {loop.number: loop.asked() for loop in self.loops}
        texts = {(n, print_expr(c.condition)) for n, a in asked.items() for c in a.invariants}
        if self.found is not None and texts <= self._asked:
            return False
        self.tried += len(texts - self._asked)
        self._asked |= texts
        trial = {
            loop.number: loop.measures for loop in self.loops if not loop.view.site.loop.decreases
        }
        outcome = houdini(self.module, self.function, asked, trial, self.work)
        annotations = _annotations(asked, outcome, trial)
        self.found = Found(annotations, outcome.open, outcome.vacuous, self.tried)
        for loop in self.loops:
            loop.learn(asked[loop.number], outcome.kept)
        return bool(outcome.open) and not self.work.is_spent


MOST_MEASURES = 4
"""Of those that went down in every round seen."""


def _measures(view: LoopView, traces: Traces) -> tuple[Measure, ...]:
    number = view.site.number
    likely = [each for each in measures(view) if traces.may_decrease(number, each)]
    return tuple(likely[:MOST_MEASURES])


def _view(module: Module, function: Function, site: LoopSite, traces: Traces) -> LoopView:
    changing = assigned_in(module, site.loop.body) & site.visible.keys()
    return LoopView(module, function, site, changing, traces.states.get(site.number, ()))


def _inherited(view: LoopView, loops: Iterable[_Loop]) -> Iterator[Expr]:
    """Candidates of the loops around this one that it might break, now or when their rounds end."""
    for outer in loops:
        if any(node is view.site.loop for node in walk(*outer.view.site.loop.body)):
            conditions = outer.pool.conditions.values()
            yield from filter(view.changes, conditions)
            values = values_after(outer.view.site.loop.body, view.site.loop)
            for condition in outer.pool.strongest(outer.fallen) if values else ():
                asked = carried(condition, values or {})
                if asked is None or asked == condition or not view.changes(asked):
                    continue
                if free_vars(asked).keys() <= view.visible.keys():
                    yield asked


def _outer_equations(
    view: LoopView, loops: Iterable[_Loop], shown: Shown
) -> list[tuple[str, Expr]]:
    """What candidates of the loops around this one say variables are equal to."""
    found: list[tuple[str, Expr]] = []
    for outer in loops:
        if any(node is view.site.loop for node in walk(*outer.view.site.loop.body)):
            for condition in outer.pool.conditions.values():
                match shown.equation(condition):
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
