"""The prover without its safety net, and the judge of what it says.

`autoform prove` tests a function before it searches for a proof, so that most wrong ones are
refuted before the prover could be wrong about them. Here it is asked alone; what it proves is run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from types import MappingProxyType

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr
from autoform.ir.stmts import Clause, Origin
from autoform.ir.text import print_expr, print_module
from autoform.ir.traversal import free_vars
from autoform.prove.candidate import LoopView
from autoform.prove.houdini import Outcome, Work, houdini, with_function
from autoform.prove.order import callees, groups
from autoform.prove.pipeline import lowered
from autoform.prove.proposers import STAGES
from autoform.prove.recursion import with_measure
from autoform.prove.search import search
from autoform.prove.traces import Traces, collect
from autoform.prove.variants import measures
from autoform.semantics.interpreter import (
    EvaluationFailed,
    FuelExhausted,
    OutOfFuel,
    Raised,
    Returned,
    call,
    evaluate,
)
from autoform.semantics.values import Value
from autoform.vc.calls import assigned_in
from autoform.vc.execute import Measure
from autoform.vc.loops import Annotation, LoopSite, loop_sites
from autoform.vc.smt.sorts import NotEncodable
from tests.semantics.random_values import random_value

STEPS = 100_000
RUN_FUEL = 200_000
CLAUSE_FUEL = 100_000
LEARNT_FROM = 8
CANDIDATES = 24
MEASURES = 6
_TRIES = 20


@dataclass
class Judgement:
    """What came of one module: functions asked and proved, and proofs that a run contradicts."""

    asked: int = 0
    proved: int = 0
    with_ensures: int = 0
    runs: int = 0
    wrong: list[str] = field(default_factory=list)
    endless: list[str] = field(default_factory=list)
    """Proved functions with a run that used up its fuel: not wrong for sure, but to look at."""
    names: list[str] = field(default_factory=list)
    """The functions proved."""

    def add(self, other: Judgement) -> None:
        """Count another module's, too."""
        self.asked += other.asked
        self.proved += other.proved
        self.with_ensures += other.with_ensures
        self.runs += other.runs
        self.wrong += other.wrong
        self.endless += other.endless
        self.names += other.names


def judge(
    module: Module,
    seed: int,
    *,
    runs: int,
    steps: int = STEPS,
    whole: bool = False,
) -> Judgement:
    """Have every function of a module proved, and run those that are.

    With `whole` the search is the one that users get. Without, it is a sample of its candidates
    in one round: it proves less and takes a tenth of the time, and what it proves rests on the
    same obligations, encoding and filter.
    """
    rng = Random(seed)  # noqa: S311 - repeatable on purpose
    judgement = Judgement()
    proved: set[str] = set()
    for group in groups(module, [function.name for function in module.functions]):
        found = {n for n in group if _proves(module, n, rng, steps, whole=whole)}
        judgement.asked += len(group)
        if len(found) == len(group) and all(
            callees(module.function(name)) <= proved | found for name in group
        ):
            proved |= found
    for function in module.functions:
        if function.name in proved:
            judgement.proved += 1
            judgement.names.append(function.name)
            judgement.with_ensures += bool(function.contract.ensures)
            _run(module, function, rng, runs, judgement)
    return judgement


def _proves(module: Module, name: str, rng: Random, steps: int, *, whole: bool) -> bool:
    """Whether the search says that nothing is open."""
    inputs = list(valid_inputs(module, module.function(name), rng, LEARNT_FROM))
    if not inputs:
        return False
    found = proof(module, name, inputs, rng, steps, whole=whole)
    return found is not None


def proof(
    module: Module,
    name: str,
    inputs: Sequence[Sequence[Value]],
    rng: Random,
    steps: int,
    *,
    whole: bool = False,
    hints: Mapping[int, Annotation] = MappingProxyType({}),
) -> Mapping[int, Annotation] | None:
    """The annotations of a proof that leaves nothing open; the search learns from the inputs.

    `hints` are tried, too, where what they speak of is visible, unless the `whole` search is made.
    """
    low = lowered(module)
    try:
        function = with_measure(low, low.function(name), steps=steps)
        low = with_function(low, function)
        traces = collect(low, name, inputs)
        if whole:
            found = search(low, function, STAGES, traces, steps=steps)
            return None if found.open or found.vacuous else found.annotations
        outcome = _sampled(low, function, traces, rng, steps, hints)
    except (NotEncodable, RecursionError):
        return None
    return None if outcome.open or outcome.vacuous else {}


def _sampled(
    module: Module,
    function: Function,
    traces: Traces,
    rng: Random,
    steps: int,
    hints: Mapping[int, Annotation],
) -> Outcome:
    """One round of Houdini over the hints and some of the candidates that the proposers have."""
    annotations: dict[int, Annotation] = {}
    tried: dict[int, tuple[Measure, ...]] = {}
    for site in loop_sites(function):
        changing = assigned_in(module, site.loop.body) & site.visible.keys()
        states = traces.states.get(site.number, ())
        view = LoopView(module, function, site, changing, states)
        proposed = [c for stage in STAGES[:2] for each in stage for c in each.propose(view)]
        different = list({print_expr(each): each for each in proposed}.values())
        rng.shuffle(different)
        kept = list(islice(traces.filter(view, different[: 4 * CANDIDATES]), CANDIDATES))
        clauses = tuple(Clause(condition, Origin.MINED) for condition in kept)
        hint = hints.get(site.number, Annotation())
        clauses += tuple(c for c in hint.invariants if _visible(c.condition, site))
        clauses = (*site.loop.invariants, *clauses)
        annotations[site.number] = Annotation(clauses, site.loop.decreases)
        if not site.loop.decreases:
            fit = hint.decreases and all(_visible(part, site) for part in hint.decreases)
            first = (hint.decreases,) if fit else ()
            tried[site.number] = (*first, *measures(view)[:MEASURES])
    work = Work(steps, candidate_steps=steps // 4)
    return houdini(module, function, annotations, tried, work)


def _visible(expr: Expr, site: LoopSite) -> bool:
    return free_vars(expr).keys() <= site.visible.keys()


def valid_inputs(
    module: Module, function: Function, rng: Random, wanted: int
) -> Iterator[tuple[Value, ...]]:
    """Random arguments that meet the precondition; fewer when they are hard to find."""
    made = 0
    for _ in range(wanted * _TRIES):
        args = tuple(random_value(rng, param.type, module) for param in function.params)
        entry = _entry(function, args)
        if all(
            _value(module, clause.condition, entry) is True for clause in function.contract.requires
        ):
            yield args
            made += 1
            if made == wanted:
                return


def _run(module: Module, function: Function, rng: Random, runs: int, judgement: Judgement) -> None:
    for args in valid_inputs(module, function, rng, runs):
        judgement.runs += 1
        outcome = call(module, function.name, args, fuel=RUN_FUEL)
        if isinstance(outcome, OutOfFuel):
            judgement.endless.append(_shown(module, function, args, "runs out of fuel"))
            return
        why = contradiction(module, function, args, outcome)
        if why is not None:
            judgement.wrong.append(_shown(module, function, args, why))
            return


def contradiction(
    module: Module, function: Function, args: Sequence[Value], outcome: Returned | Raised
) -> str | None:
    """How a run breaks the contract, if it does. An undeclared exception does."""
    entry = _entry(function, args)
    for clause in function.contract.raises:
        when = _value(module, clause.when, entry)
        if when is True:
            if isinstance(outcome, Raised) and outcome.exception == clause.exception:
                return None
            return f"does not raise {clause.exception}: {outcome}"
        if when is not False:
            return f"`raises {clause.exception}` has no value: {when}"
    if isinstance(outcome, Raised):
        return f"raises {outcome.exception}: {outcome.message}"
    inouts = [param.name for param in function.params if param.inout]
    final = entry | dict(zip(inouts, outcome.inouts, strict=True))
    for number, promise in enumerate(function.contract.ensures, 1):
        seen = _value(module, promise.condition, final, old=entry, result=outcome.value)
        if seen is not True and not isinstance(seen, FuelExhausted):
            return f"postcondition {number} is {seen}: {outcome}"
    return None


def _value(module: Module, condition: object, env: dict[str, Value], **more: object) -> object:
    """A condition's value, or the exception in place of it."""
    try:
        return evaluate(module, condition, env, fuel=CLAUSE_FUEL, **more)  # type: ignore[arg-type]  # passed on
    except (EvaluationFailed, FuelExhausted) as error:
        return error


def _entry(function: Function, args: Sequence[Value]) -> dict[str, Value]:
    return {param.name: value for param, value in zip(function.params, args, strict=True)}


def _shown(module: Module, function: Function, args: Sequence[Value], why: str) -> str:
    return f"{function.name}{tuple(args)!r} {why}\n\n{print_module(module)}"
