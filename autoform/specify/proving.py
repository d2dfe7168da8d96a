"""Which of some clauses the prover proves: tried together, and those that fall are left out.

What a function needs beside its postconditions, that it raises nothing and ends, is asked in the
same run. Where that stays open nothing of the function is proved. A recursive function may lean
on its own postconditions, so that what is left is tried again until nothing falls (Houdini).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from autoform.crosscheck.observation import Input
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr
from autoform.ir.stmts import Clause
from autoform.prove.candidate import LoopView
from autoform.prove.houdini import with_function
from autoform.prove.pipeline import ProofSettings, lowered
from autoform.prove.proposers import STAGES
from autoform.prove.recursion import with_measure
from autoform.prove.search import MOST_CANDIDATES, Found, search
from autoform.prove.traces import Traces, collect
from autoform.source import Span
from autoform.vc.obligation import Kind, Obligation
from autoform.vc.smt.solver import Purse
from autoform.vc.smt.sorts import NotEncodable

ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class Attempt:
    """The clauses that stand, and why nothing does where the function itself stays open."""

    proved: tuple[Clause, ...]
    open: str = ""

    @property
    def is_safe(self) -> bool:
        """Whether the function raises nothing undeclared and ends."""
        return not self.open


@dataclass(frozen=True, slots=True)
class Effort:
    """What one proof may cost: of the solver's steps, and of candidates for each loop."""

    proof: ProofSettings
    rounds: int = ROUNDS
    most: int = MOST_CANDIDATES
    stages: int = len(STAGES)
    """Of those who propose invariants, the cheap ones first."""
    learned: bool = False
    """Whether invariants that stood in other proofs of the function are among the candidates."""


@dataclass(slots=True)
class Prover:
    """Proofs of one function with one set of clauses after another.

    `module` holds the function, not lowered. `candidates` counts what was tried of invariants, and
    `steps` what the solver was paid: most of the time goes there, and both are the same on every
    machine.
    """

    module: Module
    function: Function
    inputs: Sequence[Input]
    candidates: int = 0
    steps: int = 0
    _traces: Traces | None = None
    _measure: tuple[Expr, ...] = ()
    _learned: dict[int, dict[Expr, None]] = field(default_factory=dict)

    def prove(self, clauses: Sequence[Clause], effort: Effort) -> Attempt:
        """Try the clauses as further postconditions.

        With one round what is left over was proved beside the rest, and is to be tried again.
        """
        left = tuple(clauses)
        for _ in range(effort.rounds):
            try:
                found = self._found(left, effort)
            except (NotEncodable, RecursionError) as error:
                return self._without_encoding(left, effort, error)
            if found.vacuous:
                return Attempt((), "no return can be reached by what is known")
            fallen = {
                place
                for place, clause in enumerate(left)
                if any(_is_about(each, clause) for each in found.open)
            }
            rest = [o for o in found.open if not any(_is_about(o, clause) for clause in left)]
            if rest:
                return Attempt((), rest[0].failure)
            if not fallen:
                self._learn(found)
                return Attempt(left)
            left = tuple(clause for place, clause in enumerate(left) if place not in fallen)
        return Attempt(left) if effort.rounds == 1 else Attempt((), "clauses kept falling")

    def _without_encoding(
        self, clauses: Sequence[Clause], effort: Effort, error: Exception
    ) -> Attempt:
        """Where a clause has no encoding the others may have one: each is tried for itself."""
        reason = str(error) or "the function is nested too deeply"
        if not clauses:
            return Attempt((), reason)
        sayable = [clause for clause in clauses if self._has_encoding(clause)]
        if len(sayable) == len(clauses):
            return Attempt((), reason)
        return self.prove(sayable, effort)

    def _has_encoding(self, clause: Clause) -> bool:
        try:
            self._found((clause,), Effort(ProofSettings(steps=1, total_steps=1), most=1))
        except (NotEncodable, RecursionError):
            return False
        return True

    def _found(self, clauses: Sequence[Clause], effort: Effort) -> Found:
        contract = self.function.contract
        contract = replace(contract, ensures=(*contract.ensures, *clauses))
        stated = replace(self.function, contract=contract)
        low = lowered(with_function(self.module, stated))
        measured = self._measured(low, effort.proof.steps)
        low = with_function(low, measured)
        if self._traces is None:
            self._traces = collect(low, self.function.name, self.inputs)
        first, *later = STAGES[: effort.stages]
        known = (_Known(self._learned),) if effort.learned else ()
        purse = Purse(effort.proof.total_steps)
        found = search(
            low,
            measured,
            ((*known, *first), *later),
            self._traces,
            steps=effort.proof.steps,
            purse=purse,
            allow_real=effort.proof.allow_real,
            most=effort.most,
        )
        self.candidates += found.candidates
        self.steps += effort.proof.total_steps - purse.steps
        return found

    def _measured(self, low: Module, steps: int) -> Function:
        """The lowered function with the measure that it needs if it recurs."""
        function = low.function(self.function.name)
        if not self._measure:
            self._measure = with_measure(low, function, steps=steps).contract.decreases
        return replace(function, contract=replace(function.contract, decreases=self._measure))

    def _learn(self, found: Found) -> None:
        for number, annotation in found.annotations.items():
            own = self._learned.setdefault(number, {})
            own.update((clause.condition, None) for clause in annotation.invariants)


@dataclass(frozen=True, slots=True)
class _Known:
    """Proposes the invariants that stood before, by the number of their loop."""

    learned: Mapping[int, Iterable[Expr]]

    @property
    def name(self) -> str:
        """What it is called in reports."""
        return "known"

    def propose(self, view: LoopView) -> Iterable[Expr]:
        return tuple(self.learned.get(view.site.number, ()))


def _is_about(obligation: Obligation, clause: Clause) -> bool:
    """Whether what stays open is the clause, or that it has a value."""
    if obligation.kind is Kind.POSTCONDITION:
        return _within(obligation.span, clause.span)
    return _within(obligation.span, clause.span) and clause.span.known


def _within(inner: Span, outer: Span) -> bool:
    return (
        inner.path == outer.path
        and (outer.start_line, outer.start_column) <= (inner.start_line, inner.start_column)
        and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)
    )
