"""Rounds with a model: ask, read, filter on traces, Houdini, prove; say what fell and ask again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr
from autoform.ir.stmts import Clause, Origin
from autoform.ir.text import print_expr
from autoform.prove.candidate import LoopView, conjuncts
from autoform.prove.houdini import Outcome, Work, houdini, with_function
from autoform.prove.model import prompt
from autoform.prove.model.answer import (
    Assertion,
    LoopInvariant,
    LoopMeasure,
    Proposal,
    Reader,
)
from autoform.prove.model.clauses import PROPOSED, unlocated
from autoform.prove.model.conversation import Conversation
from autoform.prove.model.exchange import Door, Question
from autoform.prove.model.places import PlacedAssert, with_asserts
from autoform.prove.model.report import Dropped, ModelReport
from autoform.prove.model.settings import ModelSettings
from autoform.prove.search import Found
from autoform.prove.traces import Traces
from autoform.prove.variants import measures as guesses
from autoform.vc.calls import assigned_in
from autoform.vc.execute import Measure
from autoform.vc.loops import Annotation, loop_sites
from autoform.vc.obligation import InvariantId, Obligation
from autoform.vc.recursion import cycle_of
from autoform.vc.smt.solver import Purse

_MOST_RETRIES: Final = 6
"""Of a round, after asserts that do not hold were taken out."""
_MOST_SHRUNK: Final = 12


@dataclass(frozen=True, slots=True)
class Task:
    """A lowered function of a module whose proof is open, and what is known of it.

    `steps` are for one question, `total_steps` for all of an attempt.
    """

    module: Module
    function: Function
    found: Found
    traces: Traces
    steps: int
    total_steps: int
    allow_real: bool = False


@dataclass(frozen=True, slots=True)
class Assisted:
    """Where the rounds ended. `function` has the measure and `asserts` that a proof rests on."""

    function: Function
    found: Found
    asserts: tuple[PlacedAssert, ...] = ()
    report: ModelReport | None = None


def assist(door: Door, settings: ModelSettings, task: Task) -> Assisted:
    """Ask until the proof stands, the rounds or tokens are used up, or no answer comes."""
    return _Rounds(Conversation(door, settings), task).run()


@dataclass(frozen=True, slots=True)
class _Attempt:
    """Annotations on trial, with the function they are on, measure and asserts included."""

    function: Function
    invariants: Mapping[int, tuple[Clause, ...]]
    measures: Mapping[int, tuple[Measure, ...]]
    asserts: tuple[tuple[PlacedAssert, str], ...] = ()


@dataclass(slots=True)
class _Rounds:
    """One function's rounds."""

    talk: Conversation
    task: Task
    dropped: list[Dropped] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    """What the model wrote, by the printed condition or `_key` of the measure that came of it."""

    def run(self) -> Assisted:
        task = self.task
        attempt = self._standing()
        unproved: Sequence[Obligation] = task.found.open
        recursive = cycle_of(task.module, task.function.name) == {task.function.name}

        def question(round_: int) -> Question:
            return prompt.question(
                task.module,
                attempt.function,
                round_=round_,
                known=attempt.invariants,
                states=task.traces.states,
                unproved=unproved,
                rejected=self.dropped,
            )

        while (answer := self.talk.ask(question)) is not None:
            reader = Reader(self._module(attempt.function), attempt.function, recursive)
            proposals, unread = reader.read(answer)
            self.dropped += unread
            attempt, outcome = self._try(self._extended(attempt, proposals))
            if not outcome.open:
                attempt, outcome = self._minimal(attempt, outcome)
                return self._assisted(attempt, outcome, self._report(attempt, outcome))
            attempt = self._kept(attempt, outcome)
            unproved = outcome.open
        return Assisted(task.function, task.found, (), self.talk.report((), self.dropped))

    def _standing(self) -> _Attempt:
        """What the search before left standing, and its measures to try."""
        function, found = self.task.function, self.task.found
        invariants = {number: each.invariants for number, each in found.annotations.items()}
        tried: dict[int, tuple[Measure, ...]] = {}
        for site in loop_sites(function):
            if site.loop.decreases:
                continue
            standing = found.annotations[site.number].decreases
            changing = assigned_in(self.task.module, site.loop.body) & site.visible.keys()
            view = LoopView(self.task.module, function, site, changing)
            tried[site.number] = (standing,) if standing else guesses(view)
        return _Attempt(function, invariants, tried)

    def _module(self, function: Function) -> Module:
        return with_function(self.task.module, function)

    def _extended(self, attempt: _Attempt, proposals: Sequence[Proposal]) -> _Attempt:
        """The attempt with all proposals that are new and that no trace contradicts."""
        invariants, measures = dict(attempt.invariants), dict(attempt.measures)
        function, asserts = attempt.function, attempt.asserts
        for proposal in proposals:
            match proposal:
                case LoopInvariant(loop, condition, text):
                    new = tuple(self._uncontradicted(loop, condition, text, invariants[loop]))
                    invariants[loop] += new
                case LoopMeasure(place, parts, text) if place is not None:
                    self.texts[_key(place, parts)] = text
                    measures[place] = (parts, *measures.get(place, ()))
                case LoopMeasure(_, parts, text):
                    self.texts[_key(None, parts)] = text
                    contract = replace(function.contract, decreases=parts)
                    function = replace(function, contract=contract)
                case Assertion(placed, text):
                    asserts = (*asserts, (placed, text))
                case _:
                    assert_never(proposal)
        return _Attempt(function, invariants, measures, asserts)

    def _uncontradicted(
        self, loop: int, condition: Expr, text: str, standing: Sequence[Clause]
    ) -> Iterator[Clause]:
        known = {print_expr(clause.condition) for clause in standing}
        for part in conjuncts(condition):
            printed = print_expr(part)
            if printed in known:
                continue
            self.texts.setdefault(printed, text)
            against = self.task.traces.contradiction(loop, part)
            if against is None:
                yield Clause(part, Origin.MODEL, span=part.span)
            else:
                state = prompt.show_state(against)
                self.dropped.append(Dropped(text, f"it does not hold in a test run: {state}"))

    def _try(self, attempt: _Attempt) -> tuple[_Attempt, Outcome]:
        """Prove what can be proved; asserts that do not hold are taken out."""
        outcome = self._prove(attempt)
        for _ in range(_MOST_RETRIES):
            failed = {o.span.start_line for o in outcome.open if o.span.path == PROPOSED}
            if not failed or not attempt.asserts:
                break
            kept = [a for a in attempt.asserts if a[0].condition.span.start_line not in failed]
            if len(kept) == len(attempt.asserts):
                break
            for placed, text in attempt.asserts:
                if placed.condition.span.start_line in failed:
                    self.dropped.append(Dropped(text, "it was not proved"))
            attempt = replace(attempt, asserts=tuple(kept))
            outcome = self._prove(attempt)
        else:
            attempt = replace(attempt, asserts=())
            outcome = self._prove(attempt)
        self._explain(attempt, outcome)
        return attempt, outcome

    def _prove(self, attempt: _Attempt) -> Outcome:
        function = with_asserts(attempt.function, (placed for placed, _ in attempt.asserts))
        annotations = {
            site.number: Annotation(attempt.invariants[site.number], site.loop.decreases)
            for site in loop_sites(function)
        }
        return houdini(
            self._module(function),
            function,
            annotations,
            attempt.measures,
            # A model's candidates are few, and may be harder than what is tried by the hundred.
            Work(
                steps=self.task.steps,
                purse=Purse(self.task.total_steps),
                reserve=Purse(self.task.total_steps // 2),
                candidate_steps=self.task.steps,
                allow_real=self.task.allow_real,
            ),
        )

    def _explain(self, attempt: _Attempt, outcome: Outcome) -> None:
        """Say of each invariant of the model's that fell which of its obligations is open."""
        for which, obligation in outcome.fallen.items():
            clause = attempt.invariants[which.loop][which.clause]
            if clause.origin is Origin.MODEL:
                text = self._text(clause)
                self.dropped.append(Dropped(text, f"not proved: {obligation.kind.may_fail}"))

    def _text(self, clause: Clause) -> str:
        printed = print_expr(clause.condition)
        return self.texts.get(printed, printed)

    def _kept(self, attempt: _Attempt, outcome: Outcome) -> _Attempt:
        """The attempt without the invariants that fell."""
        invariants = {
            number: tuple(
                clause
                for place, clause in enumerate(clauses)
                if InvariantId(number, place) in outcome.kept
            )
            for number, clauses in attempt.invariants.items()
        }
        return replace(attempt, invariants=invariants)

    def _minimal(self, attempt: _Attempt, outcome: Outcome) -> tuple[_Attempt, Outcome]:
        """The proof without the asserts that it does without."""
        for each in attempt.asserts[:_MOST_SHRUNK]:
            asserts = tuple(other for other in attempt.asserts if other is not each)
            smaller = replace(attempt, asserts=asserts)
            found = self._prove(smaller)
            if not found.open and not found.vacuous:
                attempt, outcome = smaller, found
        return attempt, outcome

    def _assisted(self, attempt: _Attempt, outcome: Outcome, report: ModelReport) -> Assisted:
        annotations: dict[int, Annotation] = {}
        for site in loop_sites(attempt.function):
            needed = tuple(unlocated(each) for each in self._needed(site.number, attempt, outcome))
            measure: Measure = site.loop.decreases
            if site.number in outcome.measures:
                measure = attempt.measures[site.number][outcome.measures[site.number]]
            annotations[site.number] = Annotation(needed, tuple(map(unlocated, measure)))
        asserts = tuple(
            replace(placed, condition=unlocated(placed.condition)) for placed, _ in attempt.asserts
        )
        total = sum(map(len, attempt.invariants.values()))
        found = Found(
            annotations, outcome.open, outcome.vacuous, self.task.found.candidates + total
        )
        return Assisted(unlocated(attempt.function), found, asserts, report)

    def _needed(self, number: int, attempt: _Attempt, outcome: Outcome) -> Iterator[Clause]:
        for place, clause in enumerate(attempt.invariants[number]):
            if InvariantId(number, place) in outcome.needed:
                yield clause

    def _report(self, attempt: _Attempt, outcome: Outcome) -> ModelReport:
        kept = [
            self._text(clause)
            for number in sorted(attempt.invariants)
            for clause in self._needed(number, attempt, outcome)
            if clause.origin is Origin.MODEL
        ]
        chosen: dict[int | None, Measure] = {
            number: attempt.measures[number][choice] for number, choice in outcome.measures.items()
        }
        chosen[None] = attempt.function.contract.decreases
        keys = [_key(place, parts) for place, parts in chosen.items()]
        kept += [self.texts[key] for key in keys if key in self.texts]
        kept += [text for _, text in attempt.asserts]
        return self.talk.report(dict.fromkeys(kept), self.dropped)


def _key(place: int | None, parts: Measure) -> str:
    """A measure at its place, as a key of texts."""
    return f"{place}: {', '.join(map(print_expr, parts))}"
