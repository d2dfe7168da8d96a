"""Proofs of whole files: every function gets a verdict.

A function is tested first: most wrong ones fall at once, and what ran is what the search for
invariants learns from. Then its loops are lowered to `while` and a proof is searched for. It is
proved only when nothing is open, a call that meets its precondition is known, and all that it
calls is proved.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from autoform.crosscheck.prepare import Prepared, prepare
from autoform.frontends.lifted import Lifted
from autoform.ir.decls import Assumption, Function, Module
from autoform.passes import Pass, run
from autoform.passes.foreach_to_while import foreach_to_while
from autoform.passes.forrange_to_while import forrange_to_while
from autoform.passes.narrow_indexes import narrow_indexes
from autoform.prove.houdini import with_function
from autoform.prove.order import callees, groups
from autoform.prove.proposers import STAGES
from autoform.prove.recursion import with_measure
from autoform.prove.refute import Refuter
from autoform.prove.search import Found, search
from autoform.prove.traces import collect
from autoform.source import Span
from autoform.vc.loops import Annotation
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

    @property
    def allow_real(self) -> bool:
        """Whether floats may be taken for reals."""
        return Assumption.FLOAT_AS_REAL in self.allow


@dataclass(frozen=True, slots=True)
class ProofResult:
    """The verdict on one function, with the annotations of its lowered loops that prove it."""

    name: str
    span: Span
    verdict: Verdict
    seconds: float = 0.0
    annotations: Mapping[int, Annotation] = field(default_factory=dict)


def lowered(module: Module) -> Module:
    """The module as proofs see it: `while` is its only loop."""
    return run(module, _LOWERING)


def prove(
    lifted: Lifted,
    names: Iterable[str] | None = None,
    *,
    settings: ProofSettings | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[ProofResult, ...]:
    """Judge the named functions of a file (or all), in source order."""
    wanted = set(names) if names is not None else None
    results = [
        ProofResult(name, found[0].span, Unsupported(found))
        for name, found in lifted.refused.items()
        if found and (wanted is None or name in wanted)
    ]
    known = [f.name for f in lifted.module.functions if wanted is None or f.name in wanted]
    with Refuter(lifted) as refuter:
        work = _Work(lifted, lowered(lifted.module), settings or ProofSettings(), refuter)
        for group in groups(lifted.module, known):
            for name in group:
                work.judge(name, frozenset(group))
                if progress is not None and name in known:
                    progress(name)
            work.agree(group)
    results += [work.results[name] for name in known]
    return tuple(sorted(results, key=lambda result: (result.span.start_line, result.name)))


@dataclass(slots=True)
class _Work:
    """One file being proved, callees first."""

    lifted: Lifted
    module: Module
    settings: ProofSettings
    refuter: Refuter
    results: dict[str, ProofResult] = field(default_factory=dict)

    def judge(self, name: str, group: frozenset[str]) -> None:
        """Judge a function whose callees, its own group apart, have been judged."""
        started = time.perf_counter()
        function = self.lifted.module.function(name)
        verdict, annotations = self._verdict(function, group)
        seconds = time.perf_counter() - started
        self.results[name] = ProofResult(name, function.span, verdict, seconds, annotations)

    def agree(self, group: Iterable[str]) -> None:
        """Functions that call each other are proved together or not at all."""
        members = list(group)
        open_ = [n for n in members if not isinstance(self.results[n].verdict, Proved)]
        for name in members:
            result = self.results[name]
            if open_ and isinstance(result.verdict, Proved):
                reason = f"it recurs with {', '.join(open_)}, which is not proved"
                verdict = Unknown("the contracts that it relies on hold", reason, result.span)
                self.results[name] = ProofResult(name, result.span, verdict, result.seconds)

    def _verdict(
        self, function: Function, group: frozenset[str]
    ) -> tuple[Verdict, Mapping[int, Annotation]]:
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
            return refuted, {}
        if not prepared.inputs:
            kind = Kind.SATISFIABLE_REQUIRES
            reason = "no call that meets the precondition was found"
            return Unknown(kind.may_fail, reason, function.span), {}
        try:
            found = self._search(function.name, prepared)
        except (NotEncodable, RecursionError) as error:
            reason = str(error) or "the function is nested too deeply"
            return Unknown("the function has an encoding", reason, function.span), {}
        return self._judged(function, found, group), found.annotations

    def _search(self, name: str, prepared: Prepared) -> Found:
        steps = self.settings.steps
        function = with_measure(self.module, self.module.function(name), steps=steps)
        module = with_function(self.module, function)
        traces = collect(module, name, prepared.inputs)
        return search(
            module,
            function,
            STAGES,
            traces,
            steps=steps,
            purse=Purse(self.settings.total_steps),
            allow_real=self.settings.allow_real,
        )

    def _judged(self, function: Function, found: Found, group: frozenset[str]) -> Verdict:
        if found.open:
            first = found.open[0]
            reason = "no proof was found within the budget"
            return Unknown(first.failure, reason, first.span)
        if found.vacuous:
            reason = "everything follows from what is known at its returns: nothing is believed"
            return Unknown("a return can be reached", reason, function.span)
        needed = sorted(callees(function) - group)
        missing = [n for n in needed if not isinstance(self.results[n].verdict, Proved)]
        if missing:
            reason = f"it calls {', '.join(missing)}, which is not proved"
            return Unknown("the contracts that it relies on hold", reason, function.span)
        assumptions = tuple(sorted(self.settings.allow)) if self.settings.allow_real else ()
        return Proved((BY,), assumptions)
