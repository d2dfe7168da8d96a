"""Contracts for whole files: drafts of all functions, read back, then proved callees first."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Final, TypeVar

from autoform.crosscheck.original import Original, open_original
from autoform.diagnostics import Diagnostic
from autoform.frontends.lifted import Lifted
from autoform.ir.decls import Function, Language, Module
from autoform.ir.stmts import Clause, Origin
from autoform.prove.defects import attempted
from autoform.prove.houdini import with_function
from autoform.prove.model import Door, ModelReport, ModelSettings, open_door
from autoform.prove.model.conversation import Conversation
from autoform.prove.order import callees, groups
from autoform.prove.pipeline import ProofSettings
from autoform.specify.candidate import Candidate
from autoform.specify.choose import Valued, cover
from autoform.specify.drafts import Draft, draft
from autoform.specify.grade import grade_of, with_ensures
from autoform.specify.hosts.host import Host, host_of
from autoform.specify.hosts.unprintable import Unprintable
from autoform.specify.model import Rounds
from autoform.specify.proving import Prover
from autoform.specify.reading import Printed, Read, read_back
from autoform.specify.relations import properties
from autoform.specify.results import MinedClause, Specification, Standing
from autoform.specify.table import Table
from autoform.specify.trials import Trials

MOST_PRINTED: Final = 40
MOST_LIKELY: Final = 5
MOST_STEPS: Final = 1_200_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SpecifySettings:
    """What a specification depends on beside the program.

    `proof` is for each of the few proofs of all that is told of a function together, `trial_steps`
    for each of the clauses that are tried alone. `model` is asked for further postconditions where
    what was proved says too little; `proof.model` is never asked.
    """

    examples: int = 60
    seed: int = 0
    proof: ProofSettings = ProofSettings(total_steps=MOST_STEPS)  # noqa: RUF009 - frozen
    trial_steps: int = 400_000
    model: ModelSettings | None = None


def specify(
    lifted: Lifted,
    names: Iterable[str] | None = None,
    *,
    settings: SpecifySettings | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[Specification, ...]:
    """Find contracts for the named functions of a file (or all), in source order.

    Raises `ModelUnavailable` where a model is to be asked and cannot be.
    """
    results = refused(lifted, names)
    known = known_names(lifted, names)
    model = settings.model if settings is not None else None
    with ExitStack() as stack:
        door = stack.enter_context(open_door(model)) if model is not None else None
        steps = specifying(lifted, known, settings=settings, door=door)
        for result in stack.enter_context(closing(steps)):
            if result is not None and result.name in known:
                results.append(result)
                if progress is not None:
                    progress(result.name)
    return in_source_order(results)


def refused(lifted: Lifted, names: Iterable[str] | None) -> list[Specification]:
    """What is told of those of the named functions (or all) that are not in the module."""
    wanted = None if names is None else set(names)
    return [
        Specification(name, found[0].span, Standing.UNSUPPORTED, diagnostics=found)
        for name, found in lifted.refused.items()
        if found and (wanted is None or name in wanted)
    ]


def known_names(lifted: Lifted, names: Iterable[str] | None) -> list[str]:
    """Those of the named functions (or all) that are in the module, in its order."""
    wanted = None if names is None else set(names)
    return [f.name for f in lifted.module.functions if wanted is None or f.name in wanted]


def in_source_order(results: Iterable[Specification]) -> tuple[Specification, ...]:
    """The results by the lines of their functions."""
    return tuple(sorted(results, key=lambda result: (result.span.start_line, result.name)))


def steps_of(module: Module, names: Sequence[str]) -> list[str]:
    """The function of each step of `specifying`: all are run, then all are judged.

    Callees come first, those too that are not named.
    """
    order = [name for group in groups(module, names) for name in group]
    return order + order


def specifying(
    lifted: Lifted,
    names: Sequence[str],
    *,
    settings: SpecifySettings | None = None,
    given_up: Mapping[str, str] = MappingProxyType({}),
    door: Door | None = None,
) -> Generator[Specification | None, None, None]:
    """Find contracts step by step, in the order of `steps_of`: a result in each of the later half.

    Nothing is tried of the functions in `given_up`, which says why. `door` leads to the model of
    the settings.
    """
    language = lifted.module.functions[0].language if names else Language.PYTHON
    host = host_of(lifted.source, language)
    with open_original(lifted) as original:
        work = _Work(lifted, settings or SpecifySettings(), host, original, given_up, door)
        yield from work.steps(names)


@dataclass(slots=True)
class _Work:
    """One file being specified."""

    lifted: Lifted
    settings: SpecifySettings
    host: Host | None
    original: Original
    given_up: Mapping[str, str]
    door: Door | None
    module: Module = field(default_factory=Module)
    safe: set[str] = field(default_factory=set)
    seconds: dict[str, float] = field(default_factory=dict)
    defects: dict[str, Diagnostic] = field(default_factory=dict)
    """Functions on which autoform itself failed; nothing more is tried of them."""

    def steps(self, names: Sequence[str]) -> Iterator[Specification | None]:
        order = groups(self.lifted.module, names)
        drafts: dict[str, Draft] = {}
        for name in (name for group in order for name in group):
            drafts[name] = self._draft(name)
            yield None
        read = self._read_back(drafts)
        for group in order:
            for name in group:
                started = time.perf_counter()
                judge = partial(self._judged, drafts[name], read.get(name), group)
                found = self._guarded(name, "specifying", judge) or self._defect(name)
                self.seconds[name] += time.perf_counter() - started
                yield replace(found, seconds=self.seconds[name])

    def _guarded(self, name: str, act: str, make: Callable[[], T]) -> T | None:
        """What `make` makes; None when autoform fails on the function, now or before."""
        if name in self.defects:
            return None
        found = attempted(make, act, self.lifted.module.function(name))
        if isinstance(found, Diagnostic):
            self.defects[name] = found
            return None
        return found

    def _defect(self, name: str) -> Specification:
        span = self.lifted.module.function(name).span
        return Specification(name, span, Standing.UNSUPPORTED, diagnostics=(self.defects[name],))

    def _draft(self, name: str) -> Draft:
        started = time.perf_counter()
        function = self.lifted.module.function(name)
        settings = self.settings
        make = partial(draft, self.lifted, function, examples=settings.examples, seed=settings.seed)
        if name in self.given_up:
            made = Draft(function, reason=self.given_up[name])
        else:
            made = self._guarded(name, "running", make) or Draft(function)
        if "." in name:  # nothing can be written above it, but its callers need it proved
            made.candidates = []
            made.reason = made.reason or ("it has a precondition" if made.requires else "")
        self.seconds[name] = time.perf_counter() - started
        return made

    # Reading back.

    def _read_back(self, drafts: dict[str, Draft]) -> dict[str, Read]:
        """Put the candidates above their functions, as text, and lift the file again."""
        self.module = self.lifted.module
        if self.host is None:
            return {}
        printed: dict[str, list[Printed]] = {}
        for name, made in drafts.items():
            if not made.reason:
                write = partial(self._printed, self.host, made)
                printed[name] = self._guarded(name, "writing clauses for", write) or []
        again, read = self._read_together(self.host, printed)
        self.module = again.module
        for found in read.values():
            mined = [clause for _, clause in (*found.requires, *found.ensures)]
            self.module = with_function(self.module, _without(found.function, mined))
        return read

    def _read_together(
        self, host: Host, printed: dict[str, list[Printed]]
    ) -> tuple[Lifted, dict[str, Read]]:
        """All clauses read at once; where autoform fails on some function's, those of the rest."""
        if not printed:
            return self.lifted, {}
        act = "reading clauses for"
        whole = partial(read_back, self.lifted, host, printed)
        found = attempted(whole, act, self.lifted.module.function(next(iter(printed))))
        if not isinstance(found, Diagnostic):
            return found
        for name, clauses in printed.items():
            self._guarded(name, act, partial(read_back, self.lifted, host, {name: clauses}))
        sound = {name: own for name, own in printed.items() if name not in self.defects}
        return read_back(self.lifted, host, sound)

    def _printed(self, host: Host, made: Draft) -> list[Printed]:
        """The preconditions, and the best of what can be written of the rest."""
        function = self.lifted.module.function(made.function.name)
        found: list[Printed] = []
        for each in made.requires:
            try:
                found.append(Printed(host.require(function, each.condition), each.family))
            except Unprintable:
                return []
        chosen = cover(made.candidates, times=4, most=MOST_PRINTED)
        rest = [each for each in made.candidates if each not in chosen]
        texts = {printed.written.expression for printed in found}
        written = self._written(made, (*chosen, *rest), texts, MOST_PRINTED - len(found))
        return found + written

    def _written(
        self, made: Draft, values: Iterable[Valued], texts: set[str], most: int = MOST_PRINTED
    ) -> list[Printed]:
        """The first of the candidates that can be written, beside the texts that stand already."""
        found: list[Printed] = []
        function = self.lifted.module.function(made.function.name)
        for value in values:
            if len(found) >= most or self.host is None:
                break
            try:
                written = self.host.ensure(function, value.candidate.condition)
            except Unprintable as error:
                made.unsaid.setdefault(str(error))
                continue
            if written.expression not in texts:
                texts.add(written.expression)
                found.append(Printed(written, value.candidate.family, value))
        return found

    # Proving.

    def _judged(self, made: Draft, read: Read | None, group: Sequence[str]) -> Specification:
        name = made.function.name
        original = self.lifted.module.function(name)
        reason = made.reason or self._obstacle(made, read, group)
        if reason:
            return self._unspecified(original, made, reason)
        base = self.module.function(name)
        requires = read.requires if read is not None else ()
        base = _with_requires(base, [clause for _, clause in requires])
        ensures = self._still_true(base, made, read.ensures if read is not None else ())
        proved, reason = self._proved(base, made, ensures)
        if reason:
            return self._unspecified(original, made, reason)
        base, proved, report = self._asked(base, made, requires, proved)
        function = with_ensures(base, [clause for _, clause in proved])
        self.module = with_function(self.module, function)
        self.safe.add(name)
        found = self._specification(original, function, made, requires, proved)
        return replace(found, model=report)

    def _obstacle(self, made: Draft, read: Read | None, group: Sequence[str]) -> str:
        """Why nothing can be proved of the function, whatever it does itself."""
        if self.host is None:
            return f"contracts cannot be written in {made.function.language}"
        if len(group) > 1:
            others = ", ".join(name for name in group if name != made.function.name)
            return f"it recurs with {others}"
        if made.requires and (read is None or len(read.requires) != len(made.requires)):
            return "the precondition that it needs cannot be written"
        missing = sorted(callees(made.function) - {made.function.name} - self.safe)
        return f"it calls {', '.join(missing)}, of which nothing is proved" if missing else ""

    def _still_true(
        self, base: Function, made: Draft, ensures: Sequence[tuple[Printed, Clause]]
    ) -> list[tuple[Printed, Clause]]:
        """The clauses that hold on all runs as they were read."""
        table = Table(with_function(self.module, base), made.runs)
        return [(printed, c) for printed, c in ensures if table.holds(c.condition)]

    def _proved(
        self, base: Function, made: Draft, ensures: Sequence[tuple[Printed, Clause]]
    ) -> tuple[list[tuple[Printed, Clause]], str]:
        """The clauses to tell, or why there are none to be trusted."""
        clauses = {id(p.value): c for p, c in ensures}
        values = [p.value for p, _ in ensures if p.value is not None]
        inputs = [run.given for run in made.runs]
        prover = Prover(with_function(self.module, base), base, inputs)
        trials = Trials(prover, clauses, self.settings.proof, self.settings.trial_steps)
        found = trials.settled(values)
        told = [value for value in values if clauses[id(value)] in found.proved]
        return _in_order(ensures, told), found.open

    def _asked(
        self,
        base: Function,
        made: Draft,
        requires: Sequence[tuple[Printed, Clause]],
        proved: list[tuple[Printed, Clause]],
    ) -> tuple[Function, list[tuple[Printed, Clause]], ModelReport | None]:
        """What is proved when a model has been asked, if one is to be."""
        if self.door is None or self.settings.model is None or self.host is None:
            return base, proved, None
        original = self.lifted.module.function(base.name)

        def proving(new: Sequence[Valued]) -> Sequence[Valued]:
            nonlocal base, proved
            base, proved = self._proved_with(base, made, requires, proved, new)
            return _values(proved)

        rounds = Rounds(
            Conversation(self.door, self.settings.model),
            self.host,
            self.original,
            original,
            self.lifted.source.slice(original.span),
            made,
            proving,
        )
        report = rounds.run(_values(proved))
        return base, proved, report

    def _proved_with(
        self,
        base: Function,
        made: Draft,
        requires: Sequence[tuple[Printed, Clause]],
        proved: list[tuple[Printed, Clause]],
        new: Sequence[Valued],
    ) -> tuple[Function, list[tuple[Printed, Clause]]]:
        """The clauses to tell when there are new ones; those before, where none is worth more.

        All are read from one text, with the function, so that what stays open of a proof is seen
        to be about one of them.
        """
        before = base, proved
        printed = [clause for clause, _ in (*requires, *proved)]
        printed += self._written(made, new, {each.written.expression for each in printed})
        if self.host is None or len(printed) == len(requires) + len(proved):
            return before
        _, found = read_back(self.lifted, self.host, {base.name: printed})
        read = found.get(base.name)
        if read is None or len(read.requires) != len(requires):
            return before
        mined = [clause for _, clause in (*read.requires, *read.ensures)]
        base = _without(read.function, mined)
        base = _with_requires(base, [clause for _, clause in read.requires])
        again, reason = self._proved(base, made, self._still_true(base, made, read.ensures))
        if reason or _excluded(again) <= _excluded(proved):
            return before
        return base, again

    # Results.

    def _unspecified(self, function: Function, made: Draft, reason: str) -> Specification:
        return Specification(
            function.name,
            function.span,
            Standing.UNSPECIFIED,
            likely=self._likely(function, made, ()),
            reason=reason,
            unsaid=tuple(made.unsaid),
        )

    def _likely(
        self, function: Function, made: Draft, told: Sequence[Valued]
    ) -> tuple[MinedClause, ...]:
        """The best of what held on all runs and is not proved."""
        if self.host is None:
            return ()
        chosen = cover(
            [value for value in made.candidates if value not in told],
            times=1,
            most=MOST_LIKELY,
            given=told,
        )
        found: list[MinedClause] = []
        for value in chosen:
            try:
                text = self.host.ensure(function, value.candidate.condition).expression
            except Unprintable:
                continue
            found.append(_clause(text, value.candidate, len(value.killed)))
        return tuple(found)

    def _specification(
        self,
        original: Function,
        function: Function,
        made: Draft,
        requires: Sequence[tuple[Printed, Clause]],
        ensures: Sequence[tuple[Printed, Clause]],
    ) -> Specification:
        written = [printed.written for printed, _ in (*requires, *ensures)]
        host = self.host
        edits = tuple(host.edits(original, written)) if host is not None else ()
        told = [printed.value for printed, _ in ensures if printed.value is not None]
        texts = {id(clause): printed.written.expression for printed, clause in ensures}
        call = self.original.show_call(original, made.runs[0].given)
        grade = grade_of(
            self.module,
            function,
            made.runs,
            call,
            text=lambda clause: texts.get(id(clause), self._own_text(clause)),
            mutants=made.mutants,
        )
        return Specification(
            function.name,
            original.span,
            Standing.SPECIFIED if requires or ensures else Standing.UNSPECIFIED,
            tuple(_told(printed, clause) for printed, clause in requires),
            tuple(_told(printed, clause) for printed, clause in ensures),
            self._likely(original, made, told),
            properties(function, self.module, made.runs),
            grade,
            tuple(line for edit in edits for line in edit.lines),
            edits,
            tuple(host.imports(written)) if host is not None else (),
            "" if requires or ensures else "no postcondition was proved",
            tuple(sorted(self.settings.proof.allow)),
            unsaid=tuple(made.unsaid),
        )

    def _own_text(self, clause: Clause) -> str:
        return " ".join(self.lifted.source.slice(clause.span).split())


def _in_order(
    ensures: Sequence[tuple[Printed, Clause]], values: Sequence[Valued]
) -> list[tuple[Printed, Clause]]:
    """The clauses of the values, the strongest and plainest first."""
    by_value = {id(printed.value): (printed, clause) for printed, clause in ensures}
    return [by_value[id(value)] for value in sorted(values, key=lambda value: value.order)]


def _values(clauses: Iterable[tuple[Printed, Clause]]) -> list[Valued]:
    return [printed.value for printed, _ in clauses if printed.value is not None]


def _excluded(clauses: Iterable[tuple[Printed, Clause]]) -> frozenset[int]:
    """The outcomes that the clauses do not admit."""
    return frozenset().union(*(value.excluded for value in _values(clauses)))


def _told(printed: Printed, clause: Clause) -> MinedClause:
    killed = len(printed.value.killed) if printed.value is not None else 0
    return MinedClause(printed.written.expression, clause.condition, printed.family, killed)


def _clause(text: str, candidate: Candidate, killed: int) -> MinedClause:
    return MinedClause(text, candidate.condition, candidate.family, killed)


def _without(function: Function, clauses: Sequence[Clause]) -> Function:
    """The function without these clauses in its contract."""
    gone = set(map(id, clauses))
    contract = function.contract
    return replace(
        function,
        contract=replace(
            contract,
            requires=tuple(c for c in contract.requires if id(c) not in gone),
            ensures=tuple(c for c in contract.ensures if id(c) not in gone),
        ),
    )


def _with_requires(function: Function, clauses: Sequence[Clause]) -> Function:
    mined = tuple(replace(clause, origin=Origin.MINED) for clause in clauses)
    contract = function.contract
    return replace(function, contract=replace(contract, requires=(*contract.requires, *mined)))
