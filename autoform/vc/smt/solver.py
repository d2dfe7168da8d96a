"""Asking the solver: one question at a time, in a budget of solver steps.

A question is answered by steps (`rlimit`) and not by seconds, so that it has the same answer on
a busy machine. A guard of half a minute is for what Z3 does without counting steps, as it may where
products are multiplied; not every procedure of it heeds a guard, and only a process of its own can
end those. Model-based quantifier instantiation is off: the axioms are made for E-matching, and
"unknown" is an honest answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from autoform.vc.smt.binding import z3, z3core
from autoform.vc.smt.settings import new_solver
from autoform.vc.smt.skolem import skolemized
from autoform.vc.smt.sorts import Universe
from autoform.vc.smt.subterms import Handle, parts

DEFAULT_STEPS = 500_000
MEMORY_MEGABYTES = 2048
GUARD_MILLISECONDS = 30_000
"""Of 4,507 questions about sample functions the longest took 0.12 seconds of CPU."""
UNFOLDING_DEPTH = 3


@dataclass(slots=True)
class Purse:
    """The solver steps that are left for everything that is asked about one function."""

    steps: int


class Answer(Enum):
    """Whether the goal follows; `OPEN` says that the budget or the axioms did not suffice."""

    HOLDS = "holds"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Question:
    """Does `goal` follow, on `path`, from the first `known` facts of an execution?

    And from what may be taken for granted `beside` it.
    """

    known: int
    path: z3.BoolRef
    goal: z3.BoolRef
    beside: tuple[z3.BoolRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; of one that holds, the names of the literals that it took.

    One that is open may be so because the steps ran out.
    """

    answer: Answer
    used: frozenset[str] = frozenset()
    exhausted: bool = False


class Solver:
    """Discharges the questions of one execution, within `steps` resource units each."""

    def __init__(
        self,
        universe: Universe,
        facts: Sequence[z3.BoolRef],
        *,
        steps: int = DEFAULT_STEPS,
        purse: Purse | None = None,
    ) -> None:
        """Ask over the axioms of `universe` and the `facts` of an execution that is complete.

        What is asked is paid from the `purse`; once it is empty, every question stays open.
        """
        self.purse = purse
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
        limit = steps or self.steps
        solver = self._solver(limit)
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
            replies.append(self._paid(solver, claim, assumed, limit))
        return replies

    def _paid(
        self,
        solver: z3.Solver,
        claim: Sequence[z3.BoolRef],
        assumed: Sequence[z3.BoolRef],
        limit: int,
    ) -> Reply:
        """One reply, its steps taken from the purse."""
        if self.purse is None:
            return _one(solver, claim, assumed)
        if self.purse.steps <= 0:
            return Reply(Answer.OPEN)
        solver.set(rlimit=min(limit, self.purse.steps))
        before = _spent(solver)
        reply = _one(solver, claim, assumed)
        self.purse.steps -= _spent(solver) - before
        return reply

    def _fact(self, place: int) -> list[z3.BoolRef]:
        """A fact with what unfolds from it and not from those before."""
        while len(self._unfolded) <= place:
            fact = skolemized(self.universe, self.facts[len(self._unfolded)])
            self._unfolded.append([fact, *self._unfold([fact], self._seen)])
        return self._unfolded[place]

    def _claim(self, question: Question) -> list[z3.BoolRef]:
        """That a question's goal fails on its path, with what unfolds from that."""
        found = self._claims.get(id(question))
        if found is None:
            denied = skolemized(self.universe, question.goal, holds=False)
            claim = [question.path, z3.Not(denied), *question.beside]
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
        solver = new_solver(steps)
        solver.set(max_memory=MEMORY_MEGABYTES, timeout=GUARD_MILLISECONDS)
        return solver

    def _unfold(self, formulas: Sequence[z3.BoolRef], seen: set[int]) -> list[z3.BoolRef]:
        """Instances of recursive definitions at ground terms of the formulas not yet seen.

        Ground terms below quantifiers get names, for triggers match only what is said outside.
        """
        instances: list[z3.BoolRef] = []
        ground = _Ground(self.universe, seen)
        ground.read(formulas)
        instances += [self.universe.fresh("term", term.sort()) == term for term in ground.mentioned]
        for _ in range(UNFOLDING_DEPTH):
            added = [
                fact
                for term in ground.taken()
                for fact in self.universe.unfoldings[term.decl().get_id()](*term.children())
            ]
            if not added:
                break
            instances += added
            ground.read(added)
        return instances


@dataclass(slots=True)
class _Ground:
    """Applications that no bound variable occurs in: those that unfold, those below quantifiers."""

    universe: Universe
    seen: set[int]
    context: z3.Context = field(default_factory=z3.main_ctx)
    found: list[z3.ExprRef] = field(default_factory=list)
    mentioned: list[z3.ExprRef] = field(default_factory=list)
    _grounds: dict[tuple[int, bool], bool] = field(default_factory=dict)

    def taken(self) -> list[z3.ExprRef]:
        """What was found since it was last asked."""
        found, self.found = self.found, []
        return found

    def read(self, roots: Iterable[z3.ExprRef]) -> None:
        """Look through the formulas."""
        for root in roots:
            self.context = root.ctx
            self._visit(root.as_ast(), below=False)

    def _visit(self, term: Handle, *, below: bool) -> bool:
        """Whether the term is ground; collects on the way."""
        key = (z3core.Z3_get_ast_id(self.context.ref(), term), below)
        known = self._grounds.get(key)
        if known is None:
            known = self._grounds[key] = self._is_ground(term, below=below)
        return known

    def _is_ground(self, term: Handle, *, below: bool) -> bool:
        kind = z3core.Z3_get_ast_kind(self.context.ref(), term)
        inner = parts(self.context.ref(), term)
        if kind == z3.Z3_QUANTIFIER_AST:
            self._visit(inner[0], below=True)
        if kind in {z3.Z3_QUANTIFIER_AST, z3.Z3_VAR_AST}:
            return False
        ground = all([self._visit(part, below=below) for part in inner])  # noqa: C419 - visit them all
        if ground and inner:
            self._take(z3.ExprRef(term, self.context), below=below)
        return ground

    def _take(self, term: z3.ExprRef, *, below: bool) -> None:
        """Collect an application without bound variables, once."""
        symbol, key = term.decl(), term.get_id()
        if key in self.seen:
            return
        if symbol.get_id() in self.universe.unfoldings:
            self.seen.add(key)
            self.found.append(term)
        if below and symbol.kind() == z3.Z3_OP_UNINTERPRETED:
            self.mentioned.append(term)


def _spent(solver: z3.Solver) -> int:
    """The steps that the solver's context has counted so far."""
    counts = solver.statistics()
    context, handle = counts.ctx.ref(), counts.stats
    # The count stands at or near the end.
    for place in reversed(range(z3core.Z3_stats_size(context, handle))):
        if z3core.Z3_stats_get_key(context, handle, place) == "rlimit count":
            return int(z3core.Z3_stats_get_uint_value(context, handle, place))
    return 0


_OUT_OF_STEPS: Final = frozenset({"canceled", "max. resource limit exceeded"})
"""What the solver says of itself when the limit has stopped it."""


def _one(solver: z3.Solver, claim: Sequence[z3.BoolRef], assumed: Sequence[z3.BoolRef]) -> Reply:
    """The reply to one claim. Without memory to go on the solver gives up; so do we."""
    solver.push()
    try:
        solver.add(*claim)
        if solver.check(*assumed) == z3.unsat:
            taken = (literal.decl().name() for literal in solver.unsat_core())
            return Reply(Answer.HOLDS, frozenset(taken))
        return Reply(Answer.OPEN, exhausted=solver.reason_unknown() in _OUT_OF_STEPS)
    except z3.Z3Exception:
        return Reply(Answer.OPEN)
    finally:
        solver.pop()
