"""The grade of a contract: what it would let pass.

A contract that cannot be met, that a constant satisfies, or that few mutants break, says little
however firmly it is proved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from autoform.crosscheck.original import Original, open_original
from autoform.crosscheck.prepare import prepare
from autoform.diagnostics import Diagnostic
from autoform.frontends.lifted import Lifted
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr
from autoform.ir.stmts import Clause
from autoform.ir.text import print_expr
from autoform.ir.types import UNIT
from autoform.prove.defects import attempted
from autoform.prove.pipeline import ProofSettings
from autoform.specify.follows import follows
from autoform.specify.outcomes import excluded, is_different, perturbed, trivial
from autoform.specify.rank import Faulty, Judge, faulty
from autoform.specify.results import Grade, GradeResult
from autoform.specify.runs import Run, sorted_out
from autoform.specify.table import value_on

MOST_SURVIVORS: Final = 5


def grade(
    lifted: Lifted,
    names: Iterable[str] | None = None,
    *,
    settings: ProofSettings | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[GradeResult, ...]:
    """Grade the contracts of the named functions of a file (or all), in source order."""
    wanted = None if names is None else set(names)
    chosen = settings or ProofSettings()
    results: list[GradeResult] = []
    for name, why in lifted.refused.items():
        if why and (wanted is None or name in wanted):
            results.append(GradeResult(name, why[0].span, None, why[0].message, why))
    with open_original(lifted) as original:
        for function in lifted.module.functions:
            if wanted is not None and function.name not in wanted:
                continue
            judge = partial(_graded, lifted, function, original, chosen)
            found = attempted(judge, "grading", function)
            if isinstance(found, Diagnostic):
                found = GradeResult(function.name, function.span, None, found.message, (found,))
            results.append(found)
            if progress is not None:
                progress(function.name)
    return tuple(sorted(results, key=lambda result: (result.span.start_line, result.name)))


def _graded(
    lifted: Lifted, function: Function, original: Original, settings: ProofSettings
) -> GradeResult:
    runs, failed = _runs(lifted, function, settings)
    if runs:
        call = original.show_call(function, runs[0].given)
        found = grade_of(lifted.module, function, runs, call, text=_source_text(lifted))
        return GradeResult(function.name, function.span, found)
    end = "returns" if failed else "was found"
    reason = f"no call that meets the precondition {end}"
    return GradeResult(function.name, function.span, None, reason)


def _runs(
    lifted: Lifted, function: Function, settings: ProofSettings
) -> tuple[Sequence[Run], bool]:
    written = lifted.examples.get(function.name, ())
    prepared = prepare(
        function, lifted.module, written, examples=settings.examples, seed=settings.seed
    )
    return sorted_out(function, prepared).returned, bool(prepared.inputs)


def _source_text(lifted: Lifted) -> Callable[[Clause], str]:
    def text(clause: Clause) -> str:
        if clause.span.known and clause.span.path == lifted.source.path:
            return " ".join(lifted.source.slice(clause.span).split())
        return print_expr(clause.condition)

    return text


def grade_of(
    module: Module,
    function: Function,
    runs: Sequence[Run],
    witness: str,
    *,
    text: Callable[[Clause], str],
    mutants: Sequence[Faulty] | None = None,
) -> Grade:
    """The grade of the function's contract, on calls that meet it and return."""
    found = tuple(mutants) if mutants is not None else faulty(function, module, runs)
    judge = Judge(module, found)
    conditions = [clause.condition for clause in function.contract.ensures]
    killed = judge.killed_by_all(conditions)
    rejected = killed | judge.failing
    surviving = [found[place] for place in sorted(judge.different - rejected)]
    return Grade(
        witness,
        mutants=len(found),
        equivalent=len(found) - len(judge.different),
        rejected=len(rejected),
        failing=len(judge.failing - killed),
        surviving=tuple(
            f"{m.operator}: {m.before} -> {m.after}" for m in surviving[:MOST_SURVIVORS]
        ),
        trivial=tuple(_satisfying(module, function, runs, conditions)),
        implied=tuple(map(text, _implied(module, function, runs, found))),
    )


def _fault(mutant: Faulty) -> str:
    return f"{mutant.operator}: {mutant.before} -> {mutant.after}"


def _satisfying(
    module: Module, function: Function, runs: Sequence[Run], conditions: Sequence[Expr]
) -> Iterable[str]:
    """The trivial implementations that are not the function and keep the contract."""
    if function.result == UNIT and not any(param.inout for param in function.params):
        return
    for made in trivial(function, runs):
        differs = any(is_different(o, run) for o, run in zip(made.outcomes, runs, strict=True))
        keeps = all(
            value_on(module, condition, outcome) is True
            for outcome in made.outcomes
            for condition in conditions
        )
        if differs and keeps:
            yield made.name


def _implied(
    module: Module, function: Function, runs: Sequence[Run], mutants: Sequence[Faulty]
) -> list[Clause]:
    """Clauses that follow from those that stay; of two that say the same the later one goes."""
    outcomes = perturbed(function, runs, mutants)
    kept = list(function.contract.ensures)
    found: list[Clause] = []
    for clause in reversed(function.contract.ensures):
        others = [other for other in kept if other is not clause]
        if not others:
            break
        admitted = [o for o in outcomes if not _excludes(module, others, o)]
        if not excluded(module, clause.condition, admitted) and follows(
            module, function, clause, others
        ):
            found.append(clause)
            kept = others
    return found[::-1]


def _excludes(module: Module, clauses: Sequence[Clause], outcome: Run) -> bool:
    return any(value_on(module, clause.condition, outcome) is not True for clause in clauses)


def with_ensures(function: Function, clauses: Sequence[Clause]) -> Function:
    """The function with further postconditions."""
    contract = function.contract
    return replace(function, contract=replace(contract, ensures=(*contract.ensures, *clauses)))
