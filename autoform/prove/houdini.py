"""The largest inductive subset of candidate invariants.

All candidates of all loops are assumed together; those whose entry or preservation does not
follow are dropped, and the rest is checked again until nothing changes (C. Flanagan and
K. R. M. Leino, "Houdini, an annotation assistant for ESC/Java", FME 2001). The result does not
depend on the order of the candidates. Measures are candidates too: of those that stand for a
loop the first is taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import Final

from autoform.ir.decls import Function, Module
from autoform.prove.steady import steady
from autoform.vc.execute import Execution, Measure
from autoform.vc.loops import Annotation, annotate
from autoform.vc.obligation import InvariantId, MeasureId, Obligation
from autoform.vc.smt.logic import Formula
from autoform.vc.smt.solver import DEFAULT_STEPS, Answer, Purse, Reply, Solver

QUICK_STEPS = 150_000
"""For a candidate: most are decided in a tenth of that, and many are wrong."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which candidates stand, which of them the proof needs, and what stays open."""

    kept: frozenset[InvariantId]
    needed: frozenset[InvariantId]
    measures: Mapping[int, int]
    open: tuple[Obligation, ...]
    vacuous: bool = False
    fallen: Mapping[InvariantId, Obligation] = field(default_factory=dict)
    """Of each candidate that did not stand, the first obligation that did not follow."""


def with_function(module: Module, function: Function) -> Module:
    """The module with the function of that name replaced."""
    functions = tuple(function if f.name == function.name else f for f in module.functions)
    return replace(module, functions=functions)


@dataclass(frozen=True, slots=True)
class Work:
    """What the search for one function's proof may cost: steps for a question and for all.

    Candidates are paid from the `purse`, the obligations themselves from the `reserve`, so that
    many bad guesses leave something to judge the good ones with.
    """

    steps: int = DEFAULT_STEPS
    purse: Purse | None = None
    reserve: Purse | None = None
    candidate_steps: int = QUICK_STEPS
    _: KW_ONLY
    allow_real: bool = False

    @property
    def is_spent(self) -> bool:
        """Whether the purse is empty."""
        return self.purse is not None and self.purse.steps <= 0


@steady()
def houdini(
    module: Module,
    function: Function,
    annotations: Mapping[int, Annotation],
    measures: Mapping[int, Sequence[Measure]],
    work: Work = Work(),
) -> Outcome:
    """Filter the candidates in `annotations` and say what stays open."""
    annotated = annotate(function, annotations)
    run = Execution(
        with_function(module, annotated), annotated, allow_real=work.allow_real, measures=measures
    )
    run.run()
    solver = Solver(run.universe, run.facts, steps=work.steps, purse=work.purse)
    return _Work(run, solver, work).outcome()


@dataclass(slots=True)
class _Work:
    """One execution with its solver."""

    run: Execution
    solver: Solver
    work: Work
    fallen: dict[InvariantId, Obligation] = field(default_factory=dict)

    def outcome(self) -> Outcome:
        kept = self._inductive()
        self.solver.purse = self.work.reserve
        rest = [o for o in self.run.obligations if not isinstance(o.subject, InvariantId)]
        replies = self._ask(rest, kept)
        chosen = _first_standing(rest, replies)
        used: set[str] = set()
        still: list[Obligation] = []
        for obligation, reply in zip(rest, replies, strict=True):
            subject = obligation.subject
            if isinstance(subject, MeasureId) and chosen.get(subject.loop, 0) != subject.choice:
                continue
            if reply.answer is Answer.OPEN:
                still.append(obligation)
            used |= reply.used
        needed = kept if still else self._closure(used, kept)
        vacuous = not still and self._is_vacuous(kept)
        return Outcome(kept, needed, chosen, tuple(still), vacuous, self.fallen)

    def _inductive(self) -> frozenset[InvariantId]:
        """What stays when nothing fails any more. A reply stands while what it took stands.

        Who ran out of steps while others fell is asked once more without those: what is wrong
        takes steps from what is right.
        """
        about = [o for o in self.run.obligations if isinstance(o.subject, InvariantId)]
        kept = frozenset(self.run.literals)
        asked = about
        taken: dict[int, frozenset[str]] = {}
        waited: set[InvariantId] = set()
        while asked:
            replies = self._ask(asked, kept, self.work.candidate_steps)
            taken |= {id(o): reply.used for o, reply in zip(asked, replies, strict=True)}
            failed, waiting = _failed(asked, replies, waited)
            for obligation, reply in zip(asked, replies, strict=True):
                subject = obligation.subject
                if reply.answer is Answer.OPEN and subject in failed:
                    self.fallen.setdefault(subject, obligation)
            kept -= failed
            waited |= waiting
            gone = {str(self.run.literals[which]) for which in failed}
            about = [o for o in about if o.subject in kept]
            asked = [o for o in about if taken[id(o)] & gone or o.subject in waiting]
        return kept

    def _closure(self, used: set[str], kept: frozenset[InvariantId]) -> frozenset[InvariantId]:
        """The invariants used, and those that these need to be kept."""
        names = {str(self.run.literals[which]): which for which in kept}
        about = [o for o in self.run.obligations if isinstance(o.subject, InvariantId)]
        needed: set[InvariantId] = set()
        frontier = {names[name] for name in used if name in names}
        while frontier:
            needed |= frontier
            asked = [o for o in about if o.subject in frontier]
            replies = self._ask(asked, kept)
            taken = {name for reply in replies for name in reply.used}
            frontier = {names[name] for name in taken if name in names} - needed
        return frozenset(needed)

    def _is_vacuous(self, kept: frozenset[InvariantId]) -> bool:
        """Whether no return can be reached by what is known: a sign of an unsound encoding."""
        if not self.run.returns:
            return False
        literals = self._literals(kept)
        return all(
            self.solver.contradictory(known, path, literals) for known, path in self.run.returns
        )

    def _literals(self, kept: Iterable[InvariantId]) -> list[Formula]:
        return [self.run.literals[which] for which in sorted(kept, key=_place)]

    def _ask(
        self, asked: Sequence[Obligation], kept: frozenset[InvariantId], steps: int | None = None
    ) -> list[Reply]:
        questions = [o.question for o in asked]
        return self.solver.ask(questions, self._literals(kept), steps=steps)


_MOST_WAITING: Final = 6


def _failed(
    asked: Sequence[Obligation], replies: Sequence[Reply], waited: Collection[InvariantId]
) -> tuple[frozenset[InvariantId], frozenset[InvariantId]]:
    """The candidates that fall, and those that only ran out of steps and wait for another round."""
    open_: dict[InvariantId, bool] = {}
    for obligation, reply in zip(asked, replies, strict=True):
        subject = obligation.subject
        if reply.answer is Answer.OPEN and isinstance(subject, InvariantId):
            open_[subject] = open_.get(subject, True) and reply.exhausted
    waiting = [which for which, spent in open_.items() if spent and which not in waited]
    patient = frozenset(waiting[:_MOST_WAITING])
    if patient == open_.keys():
        return patient, frozenset()
    return frozenset(open_) - patient, patient


def _place(which: InvariantId) -> tuple[int, int]:
    return which.loop, which.clause


def _first_standing(asked: Sequence[Obligation], replies: Sequence[Reply]) -> dict[int, int]:
    """For each loop with measures on trial, the first of which nothing is open."""
    failed = {
        o.subject
        for o, reply in zip(asked, replies, strict=True)
        if isinstance(o.subject, MeasureId) and reply.answer is Answer.OPEN
    }
    chosen: dict[int, int] = {}
    for obligation in asked:
        subject = obligation.subject
        if isinstance(subject, MeasureId) and subject not in failed:
            chosen[subject.loop] = min(subject.choice, chosen.get(subject.loop, subject.choice))
    return chosen
