"""A function's draft: what its runs suggest, before anything of it is proved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from autoform.frontends.lifted import Example, Lifted
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr
from autoform.ir.stmts import Clause, Origin
from autoform.prove.houdini import with_function
from autoform.prove.restate import restated
from autoform.prove.shown import Shown, shown
from autoform.semantics.values import UNIT_VALUE
from autoform.specify.candidate import Candidate
from autoform.specify.choose import Valued, valued
from autoform.specify.demands import demands
from autoform.specify.outcomes import perturbed
from autoform.specify.phrases import is_order, readings, required
from autoform.specify.propose import propose
from autoform.specify.rank import Faulty, Judge, faulty
from autoform.specify.requires import preconditions
from autoform.specify.runs import Run, Runs, observe
from autoform.specify.table import Table, value_on

ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """What candidates are held against: the function as it is shown, its runs, wrong outcomes."""

    shown: Shown
    table: Table
    judge: Judge
    outcomes: Sequence[Run]

    def valued(self, candidates: Iterable[Candidate]) -> list[Valued]:
        """The candidates with what they are worth; those that exclude nothing are left out."""
        return valued(self.shown.module, candidates, self.judge, self.outcomes)


@dataclass(slots=True)
class Draft:
    """The candidates for one function, with the runs and mutants that judge them.

    `function` has the preconditions that were found; `reason` says why there is nothing to prove,
    and `unsaid` what the host's language has no form for. All conditions are in `Int`, whatever
    the widths of the function's integers are.
    """

    function: Function
    runs: Sequence[Run] = ()
    requires: list[Candidate] = field(default_factory=list)
    candidates: list[Valued] = field(default_factory=list)
    mutants: Sequence[Faulty] = ()
    evidence: Evidence | None = None
    reason: str = ""
    unsaid: dict[str, None] = field(default_factory=dict)


def draft(lifted: Lifted, function: Function, *, examples: int, seed: int) -> Draft:
    """Run the function, find what it requires, and guess what it ensures."""
    written = lifted.examples.get(function.name, ())
    made = Draft(function)
    runs = _settled(lifted.module, made, written, examples, seed)
    if made.reason:
        return made
    module = with_function(lifted.module, made.function)
    made.runs = runs.returned
    made.mutants = faulty(made.function, module, made.runs)
    admitted = _admitted(module, function, perturbed(made.function, made.runs, made.mutants))
    told = shown(module, made.function)
    table = Table(told.module, made.runs)
    read = [c for c in readings(told.function) if table.holds(c.condition)]
    own = {clause.condition for clause in function.contract.ensures}
    candidates = {
        candidate.condition: candidate
        for candidate in (*read, *propose(told.function, told.module, runs))
        if candidate.condition not in own
    }
    left = [
        replace(mutant, traces=_admitted(module, function, mutant.traces))
        for mutant in made.mutants
    ]
    made.evidence = Evidence(told, table, Judge(module, left), admitted)
    made.candidates = made.evidence.valued(candidates.values())
    return made


def _admitted(module: Module, function: Function, outcomes: Sequence[Run]) -> tuple[Run, ...]:
    """The outcomes that the function's own contract lets pass: only these are left to exclude."""
    stated = [clause.condition for clause in function.contract.ensures]
    return tuple(
        outcome
        for outcome in outcomes
        if all(value_on(module, condition, outcome) is True for condition in stated)
    )


def _settled(
    module: Module, made: Draft, written: Sequence[Example], examples: int, seed: int
) -> Runs:
    """The runs of the function under the preconditions that its failures ask for."""
    function = shown(module, made.function).function
    documented = _documented(function, module, written)
    if documented:
        made.requires += [Candidate(condition, "docstring") for condition in documented]
        made.function = _with_requires(made.function, module, documented)
        module = with_function(module, made.function)
    runs = observe(made.function, module, written, examples=examples, seed=seed)
    for _ in range(ROUNDS):
        if not (runs.failed or runs.unended):
            break
        told = shown(module, made.function)
        thought_of = [*required(function), *demands(made.function)]
        found = preconditions(told.function, told.module, runs, thought_of)
        if found is None:
            made.reason = "it raises on some calls, and nothing simple tells which"
            return runs
        if not found:
            break
        made.requires += [Candidate(condition, "precondition") for condition in found]
        made.function = _with_requires(made.function, module, found)
        module = with_function(module, made.function)
        runs = observe(made.function, module, written, examples=examples, seed=seed)
    if runs.failed:
        made.reason = "it raises on some calls, and nothing simple tells which"
    elif not runs.returned:
        made.reason = "no call was found that returns"
    return runs


def _documented(function: Function, module: Module, written: Sequence[Example]) -> list[Expr]:
    """Preconditions of order that the docstring states and all examples beside it meet.

    Only those of quantified order: what no failing call asks for is believed where a reader
    would believe it, and that an argument is sorted is never said in passing.
    """
    inputs = [example.args for example in written if len(example.args) == len(function.params)]
    if not inputs:
        return []
    found = [condition for condition in required(function) if is_order(condition)]
    names = [param.name for param in function.params]
    entries = [dict(zip(names, given, strict=True)) for given in inputs]
    calls = zip(inputs, entries, strict=True)
    table = Table(module, [Run(given, entry, entry, UNIT_VALUE) for given, entry in calls])
    return [condition for condition in found if table.holds(condition)]


def _with_requires(function: Function, module: Module, conditions: Sequence[Expr]) -> Function:
    """The function with further preconditions, which speak of `Int` alone."""
    types = {param.name: param.type for param in function.params}
    said = [restated(condition, module, types, function.result) for condition in conditions]
    mined = tuple(Clause(condition, Origin.MINED) for condition in said)
    contract = function.contract
    return replace(function, contract=replace(contract, requires=(*contract.requires, *mined)))
