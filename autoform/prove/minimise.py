"""Proofs without what they can spare.

    while i < n
        invariant i <= n
        invariant i <= n + 1
        invariant s == seq.sum(seq.subslice(xs, 0, i))

becomes the loop without `i <= n + 1`. Bounds stay, others are tried one by one, longest first; one
goes when everything that leaned on it still follows without it, within a small budget, so that what
stays is also easy to check. What the user wrote stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from autoform.ir.decls import Function, Module
from autoform.ir.stmts import Clause, Origin
from autoform.ir.text import print_expr
from autoform.prove.houdini import QUICK_STEPS, with_function
from autoform.prove.narrow import Narrowed, narrowed
from autoform.prove.steady import steady
from autoform.vc.execute import Execution
from autoform.vc.loops import Annotation, annotate, loop_sites
from autoform.vc.obligation import InvariantId, Obligation
from autoform.vc.smt.solver import Answer, Solver

__all__ = ["minimised"]

_STEPS = 500_000
"""For what is known to hold: where it takes more, the proof is left as it is."""


@steady()
def minimised(module: Module, proof: Function, *, allow_real: bool = False) -> Function:
    """The lowered function with those of its invariants that its proof needs, bounds first.

    A function whose obligations do not all hold as they are comes back as it is.
    """
    if not loop_sites(proof):
        return proof
    better = narrowed(module, proof, allow_real=allow_real)
    found = _minimised(module, better, allow_real=allow_real)
    if found is None:
        found = _minimised(module, Narrowed(proof, {}), allow_real=allow_real)
    return found or proof


def _minimised(module: Module, proof: Narrowed, *, allow_real: bool) -> Function | None:
    function = proof.function
    run = Execution(with_function(module, function), function, allow_real=allow_real)
    run.run()
    solver = Solver(run.universe, run.facts, steps=_STEPS)
    work = _Work(run, solver, list(run.literals), list(run.obligations))
    if not work.begin():
        return None
    clauses = _clauses(function)
    for which in sorted(clauses, key=lambda each: _weight(clauses[each]), reverse=True):
        is_bound = which.clause < proof.bounds.get(which.loop, 0)
        if clauses[which].origin is Origin.MINED and not is_bound:
            work.spare(which, QUICK_STEPS)
    return annotate(function, _kept(function, work.kept))


def _clauses(proof: Function) -> dict[InvariantId, Clause]:
    return {
        InvariantId(site.number, place): clause
        for site in loop_sites(proof)
        for place, clause in enumerate(site.loop.invariants)
    }


def _weight(clause: Clause) -> tuple[int, str]:
    text = print_expr(clause.condition)
    return len(text), text


def _kept(proof: Function, kept: Iterable[InvariantId]) -> Mapping[int, Annotation]:
    chosen = set(kept)
    return {
        site.number: Annotation(
            tuple(
                clause
                for place, clause in enumerate(site.loop.invariants)
                if InvariantId(site.number, place) in chosen
            ),
            site.loop.decreases,
        )
        for site in loop_sites(proof)
    }


@dataclass(slots=True)
class _Work:
    """The obligations of a proof, and which invariants each was last seen to take."""

    run: Execution
    solver: Solver
    kept: list[InvariantId]
    obligations: list[Obligation]
    taken: dict[int, frozenset[str]] = field(default_factory=dict)

    def begin(self) -> bool:
        """Whether everything holds with all invariants."""
        return self._hold(self.obligations, self.kept, None)

    def spare(self, which: InvariantId, steps: int) -> None:
        """Drop the invariant if the proof stands without it."""
        name = str(self.run.literals[which])
        without = [each for each in self.kept if each != which]
        others = [o for o in self.obligations if o.subject != which]
        if self._hold([o for o in others if name in self.taken[id(o)]], without, steps):
            self.kept, self.obligations = without, others

    def _hold(
        self, asked: list[Obligation], kept: Iterable[InvariantId], steps: int | None
    ) -> bool:
        literals = [self.run.literals[each] for each in kept]
        replies = self.solver.ask([o.question for o in asked], literals, steps=steps)
        if any(reply.answer is Answer.OPEN for reply in replies):
            return False
        self.taken.update((id(o), r.used) for o, r in zip(asked, replies, strict=True))
        return True
