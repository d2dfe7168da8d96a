"""Proofs of whole files: every function gets a verdict.

A function is tested first: most wrong ones fall at once, and what ran is what the search for
invariants learns from. Then its loops are lowered to `while` and a proof is searched for. It is
proved only when nothing is open, a call that meets its precondition is known, and all that it
calls is proved.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol, TypeAlias

from autoform.crosscheck.prepare import Prepared, prepare
from autoform.diagnostics import Diagnostic
from autoform.frontends.lifted import Lifted
from autoform.ir.decls import Assumption, Function, Module
from autoform.ir.types import INT
from autoform.passes import Pass, run
from autoform.passes.foreach_to_while import foreach_to_while
from autoform.passes.forrange_to_while import forrange_to_while
from autoform.passes.instantiate import instantiated
from autoform.passes.narrow_indexes import narrow_indexes
from autoform.prove.defects import attempted
from autoform.prove.documented import with_documented
from autoform.prove.houdini import with_function
from autoform.prove.model import Assisted, Door, ModelReport, ModelSettings, Task, assist, open_door
from autoform.prove.model.places import with_asserts
from autoform.prove.openings import open_obligation
from autoform.prove.order import callees, groups
from autoform.prove.proposers import STAGES
from autoform.prove.recursion import with_measure
from autoform.prove.refute import Refuter
from autoform.prove.search import search
from autoform.prove.traces import collect
from autoform.prove.vacuity import impossible
from autoform.source import Span
from autoform.vc.loops import annotate
from autoform.vc.obligation import Kind
from autoform.vc.smt.solver import DEFAULT_STEPS, Purse
from autoform.vc.smt.sorts import NotEncodable
from autoform.verifiers.verdict import Proved, Unknown, Unsupported, Verdict
from autoform.version import VERSION

BY = f"autoform {VERSION}"
TOTAL_STEPS = 6_000_000
"""For all questions about one function together."""

_LOWERING = (
    Pass("narrow_indexes", narrow_indexes),
    Pass("foreach_to_while", foreach_to_while, frozenset({"ForEach"})),
    Pass("forrange_to_while", forrange_to_while, frozenset({"ForRange"})),
)


@dataclass(frozen=True, slots=True)
class ProofSettings:
    """What a proof depends on beside the program."""

    steps: int = DEFAULT_STEPS
    total_steps: int = TOTAL_STEPS
    examples: int = 60
    seed: int = 0
    allow: frozenset[Assumption] = frozenset()
    model: ModelSettings | None = None
    """Asked for what the deterministic prover leaves open."""

    @property
    def allow_real(self) -> bool:
        """Whether floats may be taken for reals."""
        return Assumption.FLOAT_AS_REAL in self.allow


@dataclass(frozen=True, slots=True)
class ProofResult:
    """The verdict on one function, and the proof behind one that is proved.

    `proof` is the function as it was proved: its loops lowered to `while`, each with its
    invariants and its measure, and a measure of its own where it recurs.
    """

    name: str
    span: Span
    verdict: Verdict
    seconds: float = 0.0
    proof: Function | None = None
    findings: tuple[Diagnostic, ...] = ()
    """What else is to be told: of a proof, that another prover did not confirm it."""
    model: ModelReport | None = None


class Memory(Protocol):
    """Verdicts from before."""

    def recall(self, group: Iterable[str]) -> list[ProofResult] | None:
        """The results of functions that call each other, if all are remembered."""
        ...

    def keep(self, results: Iterable[ProofResult], fleeting: Iterable[str]) -> None:
        """Remember results; those of the functions that `fleeting` names may not last."""
        ...


Remember: TypeAlias = Callable[[Lifted, Module, Refuter], Memory]
"""Opens the memory of one file, lowered, whose refutations are replayed."""


def lowered(module: Module) -> Module:
    """The module as proofs see it: `while` is its only loop."""
    return run(module, _LOWERING)


def prove(
    lifted: Lifted,
    names: Iterable[str] | None = None,
    *,
    settings: ProofSettings | None = None,
    progress: Callable[[str], None] | None = None,
    remember: Remember | None = None,
) -> tuple[ProofResult, ...]:
    """Judge the named functions of a file (or all), in source order."""
    wanted = set(names) if names is not None else None
    results = [
        ProofResult(name, found[0].span, Unsupported(found))
        for name, found in lifted.refused.items()
        if found and (wanted is None or name in wanted)
    ]
    known = [f.name for f in lifted.module.functions if wanted is None or f.name in wanted]
    settings = settings or ProofSettings()
    with ExitStack() as stack:
        refuter = stack.enter_context(Refuter(lifted))
        door = stack.enter_context(open_door(settings.model)) if settings.model else None
        work = _Work(lifted, lowered(lifted.module), settings, refuter, door)
        memory = remember(lifted, work.module, refuter) if remember is not None else None
        for group in groups(lifted.module, known):
            work.judge_group(group, memory)
            for name in group:
                if progress is not None and name in known:
                    progress(name)
    results += [_told(lifted, work.results[name]) for name in known]
    return tuple(sorted(results, key=lambda result: (result.span.start_line, result.name)))


def _told(lifted: Lifted, result: ProofResult) -> ProofResult:
    """The result with what documentation says of it, which stands outside what is remembered."""
    name, verdict, hint = result.name, result.verdict, lifted.panics.get(result.name)
    return replace(result, findings=with_documented(result.findings, name, verdict, hint))


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What is found of one function."""

    verdict: Verdict
    proof: Function | None = None
    findings: tuple[Diagnostic, ...] = ()
    model: ModelReport | None = None


@dataclass(slots=True)
class _Work:
    """One file being proved, callees first."""

    lifted: Lifted
    module: Module
    settings: ProofSettings
    refuter: Refuter
    door: Door | None = None
    results: dict[str, ProofResult] = field(default_factory=dict)
    fleeting: set[str] = field(default_factory=set)
    """Functions whose verdicts hang on how the original could be run, or are defects of ours."""

    def judge_group(self, group: Sequence[str], memory: Memory | None) -> None:
        """Judge functions that call each other, or remember their verdicts."""
        recalled = memory.recall(group) if memory is not None else None
        if recalled is not None:
            self.results.update({result.name: result for result in recalled})
            return
        for name in group:
            self.judge(name, frozenset(group))
        self.agree(group)
        if memory is not None:
            memory.keep([self.results[name] for name in group], self.fleeting)

    def judge(self, name: str, group: frozenset[str]) -> None:
        """Judge a function whose callees, its own group apart, have been judged."""
        started = time.perf_counter()
        function = self.lifted.module.function(name)
        found = attempted(partial(self._judgement, function, group), "proving", function)
        if isinstance(found, Diagnostic):
            self.fleeting.add(name)
            found = _Judgement(Unsupported((found,)))
        seconds = time.perf_counter() - started
        self.results[name] = ProofResult(
            name, function.span, found.verdict, seconds, found.proof, found.findings, found.model
        )

    def agree(self, group: Iterable[str]) -> None:
        """Functions that call each other are proved together or not at all."""
        members = list(group)
        open_ = [n for n in members if not isinstance(self.results[n].verdict, Proved)]
        for name in members:
            result = self.results[name]
            if open_ and isinstance(result.verdict, Proved):
                reason = f"it recurs with {', '.join(open_)}, which is not proved"
                verdict = Unknown("the contracts that it relies on hold", reason, result.span)
                self.results[name] = replace(result, verdict=verdict, proof=None)

    def _judgement(self, function: Function, group: frozenset[str]) -> _Judgement:
        prepared = prepare(
            function,
            self.lifted.module,
            self.lifted.examples.get(function.name, ()),
            examples=self.settings.examples,
            seed=self.settings.seed,
        )
        refuted = self.refuter.refute(function, prepared)
        if refuted is None:
            refuted = self.refuter.refute_by_small(function)
        if refuted is not None:
            if isinstance(refuted, Unknown):
                self.fleeting.add(function.name)
            return _Judgement(refuted)
        if not prepared.inputs:
            return self._without_inputs(function, group)
        try:
            assisted = self._search(function.name, prepared)
        except (NotEncodable, RecursionError) as error:
            reason = str(error) or "the function is nested too deeply"
            return _Judgement(Unknown("the function has an encoding", reason, function.span))
        verdict = self._judged(function, assisted, group)
        stated = with_asserts(assisted.function, (placed for placed in assisted.asserts))
        annotated = annotate(stated, assisted.found.annotations)
        if isinstance(verdict, Unknown):
            findings = (open_obligation(verdict, annotated),)
            return _Judgement(verdict, findings=findings, model=assisted.report)
        return _Judgement(verdict, annotated, model=assisted.report)

    def _without_inputs(self, function: Function, group: frozenset[str]) -> _Judgement:
        """No call was found to test: there may be none."""
        if not self._unproved_callees(function, group):
            steps, allow_real = self.settings.steps, self.settings.allow_real
            finding = impossible(self.module, function, steps=steps, allow_real=allow_real)
            if finding is not None:
                return _Judgement(Unsupported((finding,)))
        reason = "no call that meets the precondition was found"
        kind = Kind.SATISFIABLE_REQUIRES
        return _Judgement(Unknown(kind.may_fail, reason, function.span))

    def _unproved_callees(self, function: Function, group: frozenset[str]) -> list[str]:
        needed = sorted(callees(function) - group)
        return [n for n in needed if not isinstance(self.results[n].verdict, Proved)]

    def _instance(self, function: Function) -> Function:
        """A generic function at integers, where that stands for all types."""
        comparable = self.lifted.comparable.get(function.name, frozenset())
        if not function.type_params or not comparable.issuperset(function.type_params):
            return function
        return instantiated(function, dict.fromkeys(function.type_params, INT))

    def _search(self, name: str, prepared: Prepared) -> Assisted:
        steps = self.settings.steps
        function = self._instance(self.module.function(name))
        function = with_measure(with_function(self.module, function), function, steps=steps)
        module = with_function(self.module, function)
        traces = collect(module, name, prepared.inputs)
        found = search(
            module,
            function,
            STAGES,
            traces,
            steps=steps,
            purse=Purse(self.settings.total_steps),
            allow_real=self.settings.allow_real,
        )
        if not found.open or self.door is None or self.settings.model is None:
            return Assisted(function, found)
        total, allow_real = self.settings.total_steps, self.settings.allow_real
        task = Task(module, function, found, traces, steps, total, allow_real)
        return assist(self.door, self.settings.model, task)

    def _judged(
        self, function: Function, assisted: Assisted, group: frozenset[str]
    ) -> Proved | Unknown:
        found = assisted.found
        if found.open:
            first = found.open[0]
            reason = "no proof was found within the budget"
            if assisted.report is not None:
                reason = f"{reason}; {assisted.report.note}"
            return Unknown(first.failure, reason, first.span)
        if found.vacuous:
            reason = "everything follows from what is known at its returns: nothing is believed"
            return Unknown("a return can be reached", reason, function.span)
        missing = self._unproved_callees(function, group)
        if missing:
            reason = f"it calls {', '.join(missing)}, which is not proved"
            return Unknown("the contracts that it relies on hold", reason, function.span)
        assumptions = tuple(sorted(self.settings.allow)) if self.settings.allow_real else ()
        return Proved((BY,), assumptions)
