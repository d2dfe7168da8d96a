"""The largest inductive subset of candidate invariants.

All candidates of all loops are assumed together; those whose entry or preservation does not
follow are dropped, and the rest is checked again until nothing changes (C. Flanagan and
K. R. M. Leino, "Houdini, an annotation assistant for ESC/Java", FME 2001). The result does not
depend on the order of the candidates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autoform.ir.decls import Function, Module
from autoform.vc.execute import Execution
from autoform.vc.loops import Annotation, annotate
from autoform.vc.obligation import InvariantId, Obligation
from autoform.vc.smt.solver import Answer, Solver


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which candidates stand, and the obligations still open when they are assumed."""

    kept: frozenset[InvariantId]
    open: tuple[Obligation, ...]


def with_function(module: Module, function: Function) -> Module:
    """The module with the function of that name replaced."""
    from dataclasses import replace

    functions = tuple(function if f.name == function.name else f for f in module.functions)
    return replace(module, functions=functions)


def houdini(
    module: Module,
    function: Function,
    annotations: Mapping[int, Annotation],
    *,
    steps: int,
    allow_real: bool = False,
) -> Outcome:
    """Filter the candidates in `annotations` and say what stays open."""
    annotated = annotate(function, annotations)
    run = Execution(with_function(module, annotated), annotated, allow_real=allow_real)
    run.run()
    solver = Solver(run.universe, run.facts, steps=steps)
    about = [o for o in run.obligations if o.subject is not None]
    kept = frozenset(run.literals)
    while dropped := _failing(solver, run, about, kept):
        kept -= dropped
        about = [o for o in about if o.subject in kept]
    rest = [o for o in run.obligations if o.subject is None]
    answers = _ask(solver, run, rest, kept)
    still = tuple(o for o, answer in zip(rest, answers, strict=True) if answer is Answer.OPEN)
    return Outcome(kept, still)


def _ask(
    solver: Solver, run: Execution, asked: Sequence[Obligation], kept: frozenset[InvariantId]
) -> list[Answer]:
    literals = [literal for which, literal in run.literals.items() if which in kept]
    return solver.ask([o.question for o in asked], literals)


def _failing(
    solver: Solver, run: Execution, about: Sequence[Obligation], kept: frozenset[InvariantId]
) -> frozenset[InvariantId]:
    answers = _ask(solver, run, about, kept)
    return frozenset(
        o.subject
        for o, answer in zip(about, answers, strict=True)
        if o.subject is not None and answer is Answer.OPEN
    )
