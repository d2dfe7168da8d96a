"""The cross-check: does a function do the same as what autoform made of it?

Inputs are made and interpreted first. The original, the functional form and, in one compilation
for the whole file, the emitted Dafny then run on the same inputs. What differs, or breaks the
contract, is shrunk to one call, which is run once more on the original before it is reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Final

from autoform.crosscheck.compare import differing
from autoform.crosscheck.contracts import meets_precondition, violation
from autoform.crosscheck.dafny import DafnyExecution
from autoform.crosscheck.engines import Engine, FunctionalForm, Interpreter
from autoform.crosscheck.observation import Input, NoClaim, Observation, Reason
from autoform.crosscheck.original import Limits, Original, open_original
from autoform.crosscheck.prepare import EXAMPLE_FUEL, Prepared, prepare
from autoform.crosscheck.report import (
    agreement,
    cannot_run,
    disagreement,
    refutation,
    unsupported,
)
from autoform.crosscheck.results import CheckResult, CheckVerdict, EngineCount, EngineName
from autoform.crosscheck.shrink import shrink, weight
from autoform.frontends.lifted import Lifted
from autoform.ir.decls import Function, Module
from autoform.semantics.values import has_type
from autoform.verifiers.dafny import find_dafny

__all__ = ["ALL_ENGINES", "crosscheck"]

ALL_ENGINES: Final = frozenset(EngineName)

_QUICK_ROUNDS: Final = 200
_DAFNY_ROUNDS: Final = 6
_SLOW: Final = frozenset({EngineName.DAFNY})


def crosscheck(
    lifted: Lifted,
    *,
    select: Collection[str] | None = None,
    examples: int = 100,
    seed: int = 0,
    engines: Collection[EngineName] = ALL_ENGINES,
    limits: Limits | None = None,
    original: Original | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[CheckResult, ...]:
    """Check the functions of a file (those in `select`, or all), in source order.

    `examples` is the number of generated inputs a function; the examples beside it and the
    corners of its types come on top. The original always runs; the interpreter, the functional
    form and Dafny (where it is found) as `engines` says. `original` is one of `open_originals`,
    where many files are checked and compiled together. `progress` is told the name of each
    function that is done with everything but Dafny. Raises `ProcessFailure` when Dafny is wanted
    and the one that is found does not work.
    """
    wanted = [function for function in lifted.named if select is None or function.name in select]
    refused = [
        unsupported(name, found)
        for name, found in lifted.refused.items()
        if select is None or name in select
    ]
    with ExitStack() as stack:
        if original is None:
            original = stack.enter_context(open_original(lifted, limits))
        others = list(_engines(lifted.module, engines))
        session = _Session(lifted, original, others, examples, seed)
        checked = session.check(wanted, progress or (lambda _name: None))
    return tuple(sorted((*checked, *refused), key=lambda r: (r.span.start_line, r.name)))


def _engines(module: Module, wanted: Collection[EngineName]) -> Iterator[Engine]:
    """The engines wanted; Dafny only where it is installed."""
    if EngineName.INTERPRETER in wanted:
        yield Interpreter(module, EXAMPLE_FUEL)
    if EngineName.FUNCTIONAL in wanted:
        yield FunctionalForm(module, 20 * EXAMPLE_FUEL)
    if EngineName.DAFNY in wanted and (tool := find_dafny()) is not None:
        yield DafnyExecution(module, tool, EXAMPLE_FUEL)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A function, its inputs, and what each engine says of each, the original first."""

    prepared: Prepared
    by_engine: dict[EngineName, Sequence[Observation]]

    @property
    def places(self) -> list[int]:
        """The inputs that other engines try. What takes the interpreter too long may never end."""
        interpreted = enumerate(self.prepared.interpreted)
        return [place for place, seen in interpreted if seen != NoClaim(Reason.FUEL)]

    @property
    def tried(self) -> list[Input]:
        """Those inputs themselves."""
        return [self.prepared.inputs[place] for place in self.places]

    def put(self, name: EngineName, found: Sequence[Observation]) -> None:
        """Keep what an engine says of the inputs tried; of the others it says nothing."""
        spread: list[Observation] = [NoClaim(Reason.NOT_RUN)] * len(self.prepared.inputs)
        for place, each in zip(self.places, found, strict=True):
            spread[place] = each
        self.by_engine[name] = spread

    def row(self, place: int) -> dict[EngineName, Observation]:
        """What all engines say of one input."""
        return {name: seen[place] for name, seen in self.by_engine.items()}


@dataclass(frozen=True, slots=True)
class _Session:
    """One file being checked."""

    lifted: Lifted
    original: Original
    engines: Sequence[Engine]
    examples: int
    seed: int

    def check(
        self, functions: Iterable[Function], progress: Callable[[str], None]
    ) -> list[CheckResult]:
        self.original.load()
        seen: list[_Seen] = []
        results: list[CheckResult] = []
        for function in functions:
            if (reason := self._cannot_run(function)) is not None:
                results.append(reason)
            else:
                seen.append(self._see(function))
            progress(function.name)
        for engine in self.engines:
            if engine.name in _SLOW:
                found = engine.observe({each.prepared.function.name: each.tried for each in seen})
                for each in seen:
                    each.put(engine.name, found[each.prepared.function.name])
        return results + [self._judge(each) for each in seen]

    def _cannot_run(self, function: Function) -> CheckResult | None:
        reason = self.original.refused or self.original.failed.get(function.name)
        return None if reason is None else cannot_run(function, reason, self.original.missing)

    def _see(self, function: Function) -> _Seen:
        """Run every engine that is quick. The interpreter's answers come with the inputs."""
        written = self.lifted.examples.get(function.name, ())
        prepared = prepare(
            function, self.lifted.module, written, examples=self.examples, seed=self.seed
        )
        seen = _Seen(prepared, {})
        tried = seen.tried
        seen.put(EngineName.ORIGINAL, self.original.observe(function, tried))
        for engine in self.engines:
            if engine.name is EngineName.INTERPRETER:
                seen.by_engine[engine.name] = prepared.interpreted
            elif engine.name not in _SLOW:
                seen.put(engine.name, engine.observe({function.name: tried})[function.name])
        return seen

    def _judge(self, seen: _Seen) -> CheckResult:
        function, prepared = seen.prepared.function, seen.prepared
        counts = replace(
            prepared.counts,
            engines={name: _count(found) for name, found in seen.by_engine.items()},
        )
        base = CheckResult(function.name, function.span, CheckVerdict.AGREES, counts)
        order = sorted(range(len(prepared.inputs)), key=lambda p: weight(prepared.inputs[p]))
        for place in order:
            if differ := differing(seen.row(place)):
                return self._disagrees(base, function, prepared.inputs[place], differ)
        originals = seen.by_engine[EngineName.ORIGINAL]
        for place in order:
            given, observed = prepared.inputs[place], originals[place]
            if violation(function, self.lifted.module, given, observed) is not None:
                return self._refuted(base, function, given)
        return agreement(base, function, _compared(seen))

    # ── Failures ──────────────────────────────────────────────────────────────────────────────

    def _disagrees(
        self, base: CheckResult, function: Function, given: Input, differ: Sequence[EngineName]
    ) -> CheckResult:
        slow = set(differ) <= _SLOW
        running = [e for e in self.engines if slow or e.name not in _SLOW]

        def fails(candidates: Sequence[Input]) -> list[bool]:
            rows = self._observe(function, candidates, running)
            return [not set(differ).isdisjoint(differing(row)) for row in rows]

        least = self._shrunk(function, given, fails, _DAFNY_ROUNDS if slow else _QUICK_ROUNDS)
        (row,) = self._observe(function, [least], running)
        return disagreement(base, self.original, function, least, row)

    def _refuted(self, base: CheckResult, function: Function, given: Input) -> CheckResult:
        module = self.lifted.module

        def fails(candidates: Sequence[Input]) -> list[bool]:
            seen = self.original.observe(function, candidates)
            rows = zip(candidates, seen, strict=True)
            return [violation(function, module, each, found) is not None for each, found in rows]

        least = self._shrunk(function, given, fails, _QUICK_ROUNDS)
        (seen,) = self.original.observe(function, [least])
        broken = violation(function, module, least, seen)
        if broken is None:
            note = "a contract clause failed on one run of the original and held on the next"
            return replace(base, notes=(*base.notes, note))
        return refutation(base, self.original, self.lifted.source, function, least, seen, broken)

    def _shrunk(
        self,
        function: Function,
        given: Input,
        fails: Callable[[Sequence[Input]], list[bool]],
        rounds: int,
    ) -> Input:
        """Shrink among inputs of the right types that meet the precondition."""

        def fails_validly(candidates: Sequence[Input]) -> list[bool]:
            valid = [self._is_valid(function, candidate) for candidate in candidates]
            kept = [c for c, good in zip(candidates, valid, strict=True) if good]
            found = iter(fails(kept) if kept else [])
            return [good and next(found) for good in valid]

        return shrink(given, fails_validly, rounds=rounds)

    def _is_valid(self, function: Function, given: Input) -> bool:
        module = self.lifted.module
        typed = zip(given, function.params, strict=True)
        return all(has_type(v, p.type, module) for v, p in typed) and meets_precondition(
            function, module, given
        )

    def _observe(
        self, function: Function, inputs: Sequence[Input], engines: Sequence[Engine]
    ) -> list[dict[EngineName, Observation]]:
        columns: dict[EngineName, Sequence[Observation]] = {
            EngineName.ORIGINAL: self.original.observe(function, inputs)
        }
        for engine in engines:
            columns[engine.name] = engine.observe({function.name: inputs})[function.name]
        return [
            {name: column[place] for name, column in columns.items()}
            for place in range(len(inputs))
        ]


def _compared(seen: _Seen) -> int:
    """The inputs about which the original and at least one other engine made a claim."""
    rows = (seen.row(place) for place in range(len(seen.prepared.inputs)))
    return sum(
        not isinstance(row[EngineName.ORIGINAL], NoClaim)
        and sum(not isinstance(each, NoClaim) for each in row.values()) > 1
        for row in rows
    )


def _count(found: Sequence[Observation]) -> EngineCount:
    discarded = Counter(str(seen.reason) for seen in found if isinstance(seen, NoClaim))
    return EngineCount(len(found) - discarded.total(), dict(discarded))
