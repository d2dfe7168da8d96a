"""Which of many clauses the prover proves: tried together, and those that fall are left out.

What a function needs beside its postconditions, that it raises nothing and ends, is asked in the
same run. Where that stays open nothing of the function is proved. A recursive function may lean
on its own postconditions, so that what is left is tried again until nothing falls (Houdini).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from autoform.crosscheck.observation import Input
from autoform.ir.decls import Function, Module
from autoform.ir.stmts import Clause
from autoform.prove.houdini import with_function
from autoform.prove.pipeline import ProofSettings, lowered
from autoform.prove.proposers import STAGES
from autoform.prove.recursion import with_measure
from autoform.prove.search import Found, search
from autoform.prove.traces import collect
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


def prove_clauses(
    module: Module,
    function: Function,
    clauses: Sequence[Clause],
    inputs: Sequence[Input],
    settings: ProofSettings,
    *,
    rounds: int = ROUNDS,
) -> Attempt:
    """Try the clauses as further postconditions. `module` holds the function, not lowered.

    With one round what is left over was proved beside the rest, and is to be tried again.
    """
    left = tuple(clauses)
    for _ in range(rounds):
        try:
            found = _found(module, function, left, inputs, settings)
        except (NotEncodable, RecursionError) as error:
            return _without_encoding(module, function, left, inputs, settings, error)
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
            return Attempt(left)
        left = tuple(clause for place, clause in enumerate(left) if place not in fallen)
    return Attempt(left) if rounds == 1 else Attempt((), "clauses kept falling")


def _without_encoding(
    module: Module,
    function: Function,
    clauses: Sequence[Clause],
    inputs: Sequence[Input],
    settings: ProofSettings,
    error: Exception,
) -> Attempt:
    """Where a clause has no encoding the others may have one: each is tried for itself, once."""
    reason = str(error) or "the function is nested too deeply"
    if not clauses:
        return Attempt((), reason)
    sayable = [c for c in clauses if _has_encoding(module, function, c, inputs)]
    if len(sayable) == len(clauses):
        return Attempt((), reason)
    return prove_clauses(module, function, sayable, inputs, settings)


def _has_encoding(
    module: Module, function: Function, clause: Clause, inputs: Sequence[Input]
) -> bool:
    quick = ProofSettings(steps=1, total_steps=1)
    try:
        _found(module, function, (clause,), inputs[:1], quick)
    except (NotEncodable, RecursionError):
        return False
    return True


def _found(
    module: Module,
    function: Function,
    clauses: Sequence[Clause],
    inputs: Sequence[Input],
    settings: ProofSettings,
) -> Found:
    contract = replace(function.contract, ensures=(*function.contract.ensures, *clauses))
    low = lowered(with_function(module, replace(function, contract=contract)))
    measured = with_measure(low, low.function(function.name), steps=settings.steps)
    low = with_function(low, measured)
    return search(
        low,
        measured,
        STAGES,
        collect(low, function.name, inputs),
        steps=settings.steps,
        purse=Purse(settings.total_steps),
        allow_real=settings.allow_real,
    )


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
