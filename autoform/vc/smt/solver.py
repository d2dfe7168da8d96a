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
    """Does `goal` follow from `assumptions`?"""

    assumptions: tuple[z3.BoolRef, ...]
    goal: z3.BoolRef


class Solver:
    """A solver over one universe. Each question stands alone: no state is carried over."""

    def __init__(self, universe: Universe, *, steps: int = DEFAULT_STEPS) -> None:
        """Answer within `steps` solver resource units a question."""
        self.universe = universe
        self.steps = steps

    def ask(self, question: Question) -> Answer:
        """Whether the goal follows from the assumptions and the axioms."""
        solver = self._solver()
        formulas = [*question.assumptions, z3.Not(question.goal)]
        solver.add(*formulas, *self.unfold(formulas))
        solver.add(*self.universe.axioms)
        return Answer.HOLDS if solver.check() == z3.unsat else Answer.OPEN

    def contradictory(self, assumptions: Iterable[z3.BoolRef]) -> bool:
        """Whether the assumptions refute each other."""
        return self.ask(Question(tuple(assumptions), z3.BoolVal(False))) is Answer.HOLDS  # noqa: FBT003 - z3's constant

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

    def unfold(self, formulas: Sequence[z3.BoolRef]) -> list[z3.BoolRef]:
        """Instances of recursive definitions at the ground terms of the formulas."""
        seen: set[int] = set()
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
