"""Rounds with a model: ask, read, hold against runs, prove; say what fell and ask again.

It is asked while the proved contract lets faults of the function pass, or is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from autoform.crosscheck.observation import Gave
from autoform.crosscheck.original import Original
from autoform.ir.decls import Function
from autoform.ir.exprs import Expr
from autoform.prove.model.conversation import Conversation
from autoform.prove.model.exchange import Question
from autoform.prove.model.report import Dropped, ModelReport
from autoform.specify.candidate import MODEL, Candidate
from autoform.specify.choose import Valued
from autoform.specify.drafts import Draft, Evidence
from autoform.specify.hosts.host import Host
from autoform.specify.hosts.unprintable import Unprintable
from autoform.specify.model import prompt
from autoform.specify.model.answer import Postcondition, Reader
from autoform.specify.runs import Run
from autoform.specify.table import value_on

_NOTHING_NEW: Final = "it excludes nothing that is not excluded without it"


@dataclass(slots=True)
class Rounds:
    """One function's rounds.

    `proving` is handed new candidates, and says which of all that are known are told now: those
    before, or better ones.
    """

    talk: Conversation
    host: Host
    original: Original
    function: Function
    source: str
    made: Draft
    proving: Callable[[Sequence[Valued]], Sequence[Valued]]
    dropped: list[Dropped] = field(default_factory=list)
    texts: dict[Expr, str] = field(default_factory=dict)
    """What the model wrote, by the condition that came of it."""

    def run(self, told: Sequence[Valued]) -> ModelReport | None:
        """Ask as long as it may help; None where there is nothing to ask."""
        evidence = self.made.evidence
        if evidence is None:
            return None
        reader = Reader(evidence.shown.module, evidence.shown.function)

        def question(round_: int) -> Question:
            return prompt.question(self._told(evidence, told), round_)

        while self._passing(told) or not told:
            answer = self.talk.ask(question)
            if answer is None:
                break
            proposals, unread = reader.read(answer)
            self.dropped += unread
            told = self._judged(told, list(self._new(evidence, told, proposals)))
        if self.talk.rounds == 0:
            return None
        kept = (self.texts[each] for each in _conditions(told) if each in self.texts)
        return self.talk.report(kept, self.dropped)

    def _passing(self, told: Sequence[Valued]) -> list[int]:
        """The faults, by their place, that no clause rejects by what it says of results."""
        killed = frozenset().union(*(value.killed for value in told))
        return [
            place
            for place, mutant in enumerate(self.made.mutants)
            if mutant.traces and place not in killed
        ]

    def _told(self, evidence: Evidence, told: Sequence[Valued]) -> prompt.Told:
        return prompt.Told(
            evidence.shown.module,
            evidence.shown.function,
            self.source,
            [self._outcome(run) for run in self.made.runs],
            list(_conditions(told)),
            [self._fault(place) for place in self._passing(told)],
            self.dropped,
        )

    def _outcome(self, run: Run) -> str:
        finals = tuple(run.final[param.name] for param in self.function.params if param.inout)
        call = self.original.show_call(self.function, run.given)
        return f"{call} {self.original.show(self.function, Gave(run.result, finals))}"

    def _fault(self, place: int) -> str:
        mutant = self.made.mutants[place]
        change = f"with `{mutant.after}` for" if mutant.after else "without"
        return f"{change} `{mutant.before}`, {self._outcome(mutant.traces[0])}"

    def _new(
        self, evidence: Evidence, told: Sequence[Valued], proposals: Iterable[Postcondition]
    ) -> Iterator[Valued]:
        """The candidates that every run satisfies and that exclude more than is excluded."""
        excluded = frozenset().union(*(value.excluded for value in told))
        for proposal in proposals:
            condition = proposal.condition
            if condition in self.texts or condition in _conditions(told):
                was = "proved" if condition in _conditions(told) else "tried"
                self._drop(proposal.text, f"it was {was} before")
                continue
            self.texts[condition] = proposal.text
            if not evidence.table.holds(condition):
                self._drop(proposal.text, self._contradiction(evidence, condition))
                continue
            try:
                self.host.ensure(self.function, condition)
            except Unprintable as error:
                self._drop(proposal.text, f"{self.function.language} has no form for {error}")
                continue
            found = evidence.valued([Candidate(condition, MODEL)])
            if found and not found[0].excluded <= excluded:
                yield found[0]
            else:
                self._drop(proposal.text, _NOTHING_NEW)

    def _contradiction(self, evidence: Evidence, condition: Expr) -> str:
        module = evidence.shown.module
        for run in self.made.runs:
            if value_on(module, condition, run) is False:
                return f"it does not hold: {self._outcome(run)}"
        return "it has no value on some run, or takes too long"

    def _judged(self, told: Sequence[Valued], new: Sequence[Valued]) -> Sequence[Valued]:
        if not new:
            return told
        conditions = set(_conditions(new))
        rest = [each for each in self.made.candidates if each.candidate.condition not in conditions]
        self.made.candidates = [*rest, *new]
        told = self.proving(new)
        for value in new:
            if value not in told:
                excluded = frozenset().union(*(other.excluded for other in told))
                reason = _NOTHING_NEW if value.excluded <= excluded else "it was not proved"
                self._drop(self.texts[value.candidate.condition], reason)
        return told

    def _drop(self, text: str, reason: str) -> None:
        self.dropped.append(Dropped(text, reason))


def _conditions(told: Iterable[Valued]) -> Iterator[Expr]:
    return (value.candidate.condition for value in told)
