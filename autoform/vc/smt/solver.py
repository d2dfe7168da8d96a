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


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; of one that holds, the names of the literals that it took."""

    answer: Answer
    used: frozenset[str] = frozenset()


class Solver:
    """Discharges the questions of one execution, within `steps` resource units each."""

    def __init__(
        self, universe: Universe, facts: Sequence[z3.BoolRef], *, steps: int = DEFAULT_STEPS
    ) -> None:
        """Ask over the axioms of `universe` and the `facts` of an execution that is complete."""
        self.universe = universe
        self.facts = facts
        self.steps = steps
        self._seen: set[int] = set()
        self._unfolded: list[list[z3.BoolRef]] = []
        self._claims: dict[int, tuple[Question, list[z3.BoolRef]]] = {}

    def ask(
        self,
        questions: Iterable[Question],
        literals: Iterable[z3.BoolRef] = (),
        *,
        steps: int | None = None,
    ) -> list[Reply]:
        """The replies, in order. Questions come in program order: `known` never falls.

        `literals` are the invariants taken for granted. One solver serves all questions, and
        sees for each no fact that comes after it.
        """
        solver = self._solver(steps or self.steps)
        assumed = tuple(literals)
        known = axioms = 0
        replies: list[Reply] = []
        for question in questions:
            for place in range(known, question.known):
                solver.add(*self._fact(place))
            known = question.known
            claim = self._claim(question)
            # Unfolding may use a symbol for the first time, and so bring axioms.
            solver.add(*self.universe.axioms[axioms:])
            axioms = len(self.universe.axioms)
            replies.append(_one(solver, claim, assumed))
        return replies

    def _fact(self, place: int) -> list[z3.BoolRef]:
        """A fact with what unfolds from it and not from those before."""
        while len(self._unfolded) <= place:
            fact = self.facts[len(self._unfolded)]
            self._unfolded.append([fact, *self._unfold([fact], self._seen)])
        return self._unfolded[place]

    def _claim(self, question: Question) -> list[z3.BoolRef]:
        """That a question's goal fails on its path, with what unfolds from that."""
        found = self._claims.get(id(question))
        if found is None:
            claim = [question.path, z3.Not(question.goal)]
            found = self._claims[id(question)] = question, claim + self._unfold(claim, set())
        return found[1]

    def contradictory(
        self, known: int, path: z3.BoolRef, literals: Iterable[z3.BoolRef] = ()
    ) -> bool:
        """Whether the first `known` facts leave no way to be on `path`."""
        (reply,) = self.ask([Question(known, path, z3.BoolVal(False))], literals)  # noqa: FBT003 - z3's constant
        return reply.answer is Answer.HOLDS

    @staticmethod
    def _solver(steps: int) -> z3.Solver:
        solver = z3.SimpleSolver()
        solver.set(
            auto_config=False,
            mbqi=False,
            random_seed=0,
            rlimit=steps,
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


def _one(solver: z3.Solver, claim: Sequence[z3.BoolRef], assumed: Sequence[z3.BoolRef]) -> Reply:
    """The reply to one claim. Without memory to go on the solver gives up; so do we."""
    solver.push()
    try:
        solver.add(*claim)
        if solver.check(*assumed) == z3.unsat:
            return Reply(Answer.HOLDS, frozenset(map(str, solver.unsat_core())))
        return Reply(Answer.OPEN)
    except z3.Z3Exception:
        return Reply(Answer.OPEN)
    finally:
        solver.pop()


def _ground_applications(
    roots: Iterable[z3.ExprRef], universe: Universe, seen: set[int]
) -> list[z3.ExprRef]:
    """Applications of symbols with unfoldings that no bound variable occurs in, not yet seen."""
    found: list[z3.ExprRef] = []
    grounds: dict[int, bool] = {}

    def visit(term: z3.ExprRef) -> bool:
        """Whether the term is ground; collects on the way."""
        key = term.get_id()
        if key in grounds:
            return grounds[key]
        if z3.is_var(term):
            ground = False
        elif z3.is_quantifier(term):
            visit(term.body())
            ground = False
        else:
            ground = all([visit(child) for child in term.children()])  # noqa: C419 - visit them all
            if ground and term.decl().get_id() in universe.unfoldings and key not in seen:
                seen.add(key)
                found.append(term)
        grounds[key] = ground
        return ground

    for root in roots:
        visit(root)
    return found
