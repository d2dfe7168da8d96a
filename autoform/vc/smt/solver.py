"""Asking the solver: one question at a time, in a budget of solver steps.

A question is answered by steps (`rlimit`), never by seconds, so that it has the same answer on
a busy machine. Model-based quantifier instantiation is off: the axioms are made for E-matching,
and "unknown" is an honest answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import z3

from autoform.vc.smt.sorts import Universe

DEFAULT_STEPS = 3_000_000
MEMORY_MEGABYTES = 2048
UNFOLDING_DEPTH = 3


class Answer(Enum):
    """Whether the goal follows; `OPEN` says that the budget or the axioms did not suffice."""

    HOLDS = "holds"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Question:
    """Does `goal` follow, on `path`, from the first `known` facts of an execution?"""

    known: int
    path: z3.BoolRef
    goal: z3.BoolRef


class Solver:
    """Discharges the questions of one execution, within `steps` resource units each."""

    def __init__(
        self, universe: Universe, facts: Sequence[z3.BoolRef], *, steps: int = DEFAULT_STEPS
    ) -> None:
        """Ask over the axioms of `universe` and the `facts` of an execution that is complete."""
        self.universe = universe
        self.facts = facts
        self.steps = steps

    def ask(
        self, questions: Iterable[Question], literals: Iterable[z3.BoolRef] = ()
    ) -> list[Answer]:
        """The answers, in order. Questions come in program order: `known` never falls.

        `literals` are the invariants taken for granted. One solver serves all questions, and
        sees for each no fact that comes after it.
        """
        solver = self._solver()
        solver.add(*literals)
        seen: set[int] = set()
        known = axioms = 0
        answers: list[Answer] = []
        for question in questions:
            fresh = self.facts[known : question.known]
            known = question.known
            solver.add(*fresh, *self._unfold(fresh, seen))
            claim = [question.path, z3.Not(question.goal)]
            claim += self._unfold(claim, set(seen))
            # Unfolding may use a symbol for the first time, and so bring axioms.
            solver.add(*self.universe.axioms[axioms:])
            axioms = len(self.universe.axioms)
            answers.append(self._one(solver, claim))
        return answers

    @staticmethod
    def _one(solver: z3.Solver, claim: Sequence[z3.BoolRef]) -> Answer:
        solver.push()
        solver.add(*claim)
        answer = Answer.HOLDS if solver.check() == z3.unsat else Answer.OPEN
        solver.pop()
        return answer

    def contradictory(self, known: int, path: z3.BoolRef) -> bool:
        """Whether the first `known` facts leave no way to be on `path`."""
        return self.ask([Question(known, path, z3.BoolVal(False))]) == [Answer.HOLDS]  # noqa: FBT003 - z3's constant

    def _solver(self) -> z3.Solver:
        solver = z3.SimpleSolver()
        solver.set(
            auto_config=False,
            mbqi=False,
            random_seed=0,
            rlimit=self.steps,
            max_memory=MEMORY_MEGABYTES,
        )
        return solver

    def _unfold(self, formulas: Sequence[z3.BoolRef], seen: set[int]) -> list[z3.BoolRef]:
        """Instances of recursive definitions at ground terms of the formulas not yet seen."""
        instances: list[z3.BoolRef] = []
        frontier: Iterable[z3.ExprRef] = formulas
        for _ in range(UNFOLDING_DEPTH):
            added = [
                fact
                for term in _ground_applications(frontier, self.universe, seen)
                for fact in self.universe.unfoldings[term.decl().get_id()](*term.children())
            ]
            if not added:
                break
            instances += added
            frontier = added
        return instances


def _ground_applications(
    roots: Iterable[z3.ExprRef], universe: Universe, seen: set[int]
) -> list[z3.ExprRef]:
    """Applications of symbols with unfoldings that no bound variable occurs in, not yet seen."""
    found: list[z3.ExprRef] = []
    visited: set[int] = set()

    def visit(term: z3.ExprRef) -> bool:
        """Whether the term is ground; collects on the way."""
        if z3.is_var(term):
            return False
        if z3.is_quantifier(term):
            visit(term.body())
            return False
        key = term.get_id()
        if key in visited:
            return True
        ground = all([visit(child) for child in term.children()])  # noqa: C419 - visit them all
        if ground:
            visited.add(key)
            if term.decl().get_id() in universe.unfoldings and key not in seen:
                seen.add(key)
                found.append(term)
        return ground

    for root in roots:
        visit(root)
    return found
