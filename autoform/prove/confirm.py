"""Confirmation: what was proved here is printed, with its proof, and judged by the real Dafny.

A proof that Dafny does not find after all stays proved by autoform alone, with a finding that
says where Dafny lost it: it may lack a lemma, or the proof may be wrong. A Dafny that breaks
down, or does not read what was printed for it, has said nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from autoform.backends.dafny import emit_dafny
from autoform.backends.emitted import Emitted
from autoform.diagnostics import Diagnostic, Note, diagnostic
from autoform.ir.decls import Function, Module
from autoform.ir.restriction import restricted
from autoform.processes import ProcessFailure
from autoform.prove.cache import Cache
from autoform.prove.completed import completed, stated_proofs
from autoform.prove.explicit import explicit
from autoform.prove.keys import key_of_text
from autoform.prove.pipeline import ProofResult, ProofSettings
from autoform.source import Span
from autoform.verifiers.dafny import Budget, DafnyTool, MessageKind, Verification
from autoform.verifiers.verdict import Proved, Unknown

__all__ = ["confirm"]

_START_SECONDS: Final = 60.0
_FUNCTION_SECONDS: Final = 30.0
_ALL_VERIFIED: Final = "verified"


def confirm(
    module: Module,
    results: Sequence[ProofResult],
    tool: DafnyTool,
    settings: ProofSettings,
    cache: Cache | None = None,
) -> tuple[ProofResult, ...]:
    """The results, with what Dafny says of those that are proved."""
    stated = stated_proofs(module, results, settings)
    if not stated:
        return tuple(results)
    spans = {result.name: result.span for result in results}
    work = _Work(module, tool, settings, spans, cache)
    answers = work.ask(stated, {})
    believed = {name: stated[name] for name in answers}
    for more in (stated, _whole(results)):
        again = {name: explicit(more[name]) for name, a in answers.items() if a.retry}
        if again:
            second = work.ask(again, beside=believed)
            answers |= {name: answer for name, answer in second.items() if answer.confirmed}
            believed |= {name: again[name] for name, a in second.items() if a.confirmed}
    return tuple(_with_answer(result, answers.get(result.name), tool) for result in results)


def _whole(results: Iterable[ProofResult]) -> dict[str, Function]:
    """The proofs with the invariants that they could spare: Dafny may need those."""
    return {result.name: result.proof for result in results if result.proof is not None}


@dataclass(frozen=True, slots=True)
class _Answer:
    """Whether Dafny confirms one function, else the finding that says why not."""

    finding: Diagnostic | None = None
    retry: bool = False

    @property
    def confirmed(self) -> bool:
        return self.finding is None


def _with_answer(result: ProofResult, answer: _Answer | None, tool: DafnyTool) -> ProofResult:
    if answer is None or not isinstance(result.verdict, Proved):
        return result
    if answer.finding is not None:
        return replace(result, findings=(*result.findings, answer.finding))
    return replace(result, verdict=replace(result.verdict, by=(*result.verdict.by, tool.name)))


@dataclass(frozen=True, slots=True)
class _Work:
    """One module being confirmed by one Dafny."""

    module: Module
    tool: DafnyTool
    settings: ProofSettings
    spans: Mapping[str, Span]
    cache: Cache | None = None

    def ask(
        self, proofs: Mapping[str, Function], beside: Mapping[str, Function]
    ) -> dict[str, _Answer]:
        """Dafny's answer on each of the functions; `beside` are proofs of some that they call."""
        return self._ask(completed(self.module, {**beside, **proofs}), list(proofs))

    def _ask(self, module: Module, names: list[str]) -> dict[str, _Answer]:
        emitted = emit_dafny(
            restricted(module, names), dialect=self.tool.dialect, allow=self.settings.allow
        )
        answers = {name: self._not_printed(name, emitted) for name in names}
        printed = [name for name in names if name in emitted.names]
        if not printed:
            return answers
        seconds = _START_SECONDS + _FUNCTION_SECONDS * len(printed)
        try:
            found = self._verified(emitted, Budget(cpu_seconds=seconds))
        except ProcessFailure as error:
            failed = {name: self._failed(name, str(error)) for name in printed}
            return answers | failed
        if len(printed) > 1 and _is_about_the_whole(found):
            # One function must not keep the others from being confirmed.
            half = len(printed) // 2
            for part in (printed[:half], printed[half:]):
                answers |= self._ask(module, part)
            return answers
        return answers | {name: self._answer(name, found, emitted) for name in printed}

    def _verified(self, emitted: Emitted, budget: Budget) -> Verification:
        """What Dafny says of the text, now or before; a yes for all is what is remembered."""
        key = key_of_text(self.tool.name, emitted.text, (budget.resources, self.tool.z3))
        by = (self.tool.name,)
        if self.cache is not None and self.cache.get(key) == _ALL_VERIFIED:
            return Verification(dict.fromkeys(emitted.names, Proved(by)), ())
        found = self.tool.verify(emitted, budget=budget)
        verified = all(isinstance(verdict, Proved) for verdict in found.verdicts.values())
        if self.cache is not None and verified and found.failure is None:
            self.cache.put(key, _ALL_VERIFIED)
        return found

    def _answer(self, name: str, found: Verification, emitted: Emitted) -> _Answer:
        if found.failure is not None:
            return self._failed(name, found.failure)
        verdict = found.verdicts[name]
        if not isinstance(verdict, Unknown):
            return _Answer()
        span = verdict.span if verdict.span.known else self.spans[name]
        message = f"{self.tool.name} does not confirm the proof of `{name}`: {verdict.obligation}"
        notes = [Note(verdict.reason), *_printed_line(found, emitted, verdict)]
        return _Answer(diagnostic("not-confirmed", message, span, notes=tuple(notes)), retry=True)

    def _failed(self, name: str, reason: str) -> _Answer:
        message = f"{self.tool.name} gave no answer on `{name}`: {reason}"
        return _Answer(diagnostic("tool-failed", message, self.spans[name]))

    def _not_printed(self, name: str, emitted: Emitted) -> _Answer:
        span = self.spans[name]
        why = [d.message for d in emitted.diagnostics if span.start_line <= d.span.start_line]
        message = f"the proof of `{name}` cannot be printed for {self.tool.name}"
        notes = tuple(Note(text) for text in why[:1])
        return _Answer(diagnostic("not-confirmed", message, span, notes=notes))


def _is_about_the_whole(found: Verification) -> bool:
    """Whether something that belongs to no function keeps all from being confirmed."""
    if found.failure is not None:
        return True
    return any(
        message.line == 0 and message.kind in {MessageKind.ERROR, MessageKind.UNDECIDED}
        for message in found.messages
    )


def _printed_line(found: Verification, emitted: Emitted, verdict: Unknown) -> Iterable[Note]:
    """The line of the printed file that the verdict is about."""
    lines = emitted.text.splitlines()
    for message in found.messages:
        if message.text == verdict.obligation and (message.span or verdict.span) == verdict.span:
            if 0 < message.line <= len(lines):
                yield Note(f"line {message.line} of the file: `{lines[message.line - 1].strip()}`")
            return
