"""Which clauses are put before the prover, in which order, and how much may be spent on them.

A clause is tried alone: few candidates for invariants come with it, and one that is hopeless does
not spend what the others need. Invariants that stood are kept for the clauses that follow. What is
told in the end is proved together, as whoever proves the file with it will do. All budgets are
solver steps and candidates, so that the same is found on a slow machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from autoform.ir.stmts import Clause
from autoform.prove.pipeline import ProofSettings
from autoform.specify.candidate import MODEL
from autoform.specify.choose import Valued, cover, minimal
from autoform.specify.proving import Attempt, Effort, Prover
from autoform.vc.recursion import cycle_of

MOST_TRIED: Final = 12
"""Clauses tried alone."""
QUESTION: Final = 100_000
"""Solver steps for one question of a trial."""
MOST_CANDIDATES: Final = 60
"""Of invariants, for each loop in each stage of a trial."""
STAGES: Final = 2
"""Of proposers; what only the later ones find is found without clauses, if it is needed there."""
PURSE: Final = 2_500_000
"""Work in all trials of one function; after so much no further clause is begun."""
MODEL_PURSE: Final = 6_000_000
"""The same where a model was asked: its clauses are few, and harder than those tried by dozens."""
FINAL_PURSE: Final = 1_500_000
"""Work after the trials, after which no further proof of all that is told together is begun."""
CANDIDATE: Final = 8_000
"""What a candidate for an invariant costs beside the solver's steps for it, counted in those."""
MOST_FALLEN: Final = 2
"""Clauses of one family that fall before the family is left: its others are much like them.

Not so those of a model, which are few and each of its own kind.
"""
TOGETHER: Final = 6
"""Clauses tried at once where they may need each other."""


@dataclass(frozen=True, slots=True)
class Trials:
    """The trials of one function's clauses, each known by the identity of its value."""

    prover: Prover
    clauses: Mapping[int, Clause]
    proof: ProofSettings
    trial_steps: int

    def settled(self, values: Sequence[Valued]) -> Attempt:
        """The clauses to tell, proved together; or why nothing is proved of the function."""
        bare = self._attempt((), Effort(self.proof))
        is_asked = any(value.candidate.family == MODEL for value in values)
        purse = MODEL_PURSE if is_asked else PURSE
        if bare.is_safe and not self._recurs:
            proved = self._alone(values, purse)
        else:
            proved = self._together(values)
        if not proved:
            return bare
        kept = minimal(proved)
        found = self._attempt(kept, Effort(self.proof))
        if found.is_safe and len(found.proved) == len(kept):
            return found
        best = found if found.is_safe and found.proved else bare
        for value in sorted(kept, key=lambda each: -len(each.killed)):
            if self._work >= purse + FINAL_PURSE:
                break
            one = self._attempt((value,), Effort(self.proof))
            if len(one.proved) > len(best.proved):
                return one
        return best

    @property
    def _recurs(self) -> bool:
        function = self.prover.function
        return bool(cycle_of(self.prover.module, function.name))

    def _alone(self, values: Sequence[Valued], purse: int) -> list[Valued]:
        """Each time the clause that excludes most of what no proved one does."""
        quick = Effort(self._trial, 1, MOST_CANDIDATES, STAGES, learned=True)
        patient = Effort(self.proof, 1, learned=True)
        left = list(values)
        proved: list[Valued] = []
        fallen: Counter[str] = Counter()
        for _ in range(MOST_TRIED):
            chosen = cover(left, times=1, most=1, given=proved)
            if not chosen or self._work >= purse:
                break
            (value,) = chosen
            family = value.candidate.family
            if self._attempt(chosen, patient if family == MODEL else quick).proved:
                proved.append(value)
            elif family != MODEL:
                fallen[family] += 1
            is_left = fallen[family] >= MOST_FALLEN
            left = [
                each
                for each in left
                if each is not value and not (is_left and each.candidate.family == family)
            ]
        return proved

    def _together(self, values: Sequence[Valued]) -> list[Valued]:
        """What stands of the likeliest clauses: one may hold only because another does."""
        effort = Effort(self._trial, most=MOST_CANDIDATES, stages=STAGES)
        chosen = cover(values, times=3, most=TOGETHER)
        attempt = self._attempt(chosen, effort) if chosen else Attempt(())
        return [value for value in chosen if self.clauses[id(value)] in attempt.proved]

    @property
    def _work(self) -> int:
        """What was spent on the function so far, in steps of the solver."""
        return self.prover.steps + CANDIDATE * self.prover.candidates

    @property
    def _trial(self) -> ProofSettings:
        return replace(self.proof, total_steps=self.trial_steps, steps=QUESTION)

    def _attempt(self, values: Sequence[Valued], effort: Effort) -> Attempt:
        return self.prover.prove([self.clauses[id(value)] for value in values], effort)
