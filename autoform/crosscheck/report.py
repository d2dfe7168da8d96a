"""Findings of a cross-check put into results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from autoform.crosscheck.compare import differing
from autoform.crosscheck.contracts import Violation
from autoform.crosscheck.observation import Input, NoClaim, Observation
from autoform.crosscheck.original import Original
from autoform.crosscheck.results import CheckResult, CheckVerdict, Counterexample, EngineName
from autoform.diagnostics import Diagnostic, diagnostic
from autoform.ir.decls import Function
from autoform.source import NOWHERE, SourceFile

__all__ = ["agreement", "cannot_run", "disagreement", "refutation", "unsupported"]

_FEW: Final = 10
_INSTALL: Final = {
    "rustc": "install it with `curl -sSf https://sh.rustup.rs | sh`, see `autoform doctor`"
}


def unsupported(name: str, found: tuple[Diagnostic, ...]) -> CheckResult:
    """A function that did not lift."""
    span = found[0].span if found else NOWHERE
    return CheckResult(name, span, CheckVerdict.UNSUPPORTED, diagnostics=found)


def cannot_run(function: Function, reason: str, missing: str | None = None) -> CheckResult:
    """A function that lifted, but whose original cannot be run here."""
    message = f"`{function.name}` cannot be run here: {reason}"
    if missing is not None:
        way_out = _INSTALL.get(missing)
        found = diagnostic("missing-tool", message, function.span, help=way_out)
    else:
        found = diagnostic("original-not-run", message, function.span)
    return unsupported(function.name, (found,))


def disagreement(
    base: CheckResult,
    original: Original,
    function: Function,
    given: Input,
    row: Mapping[EngineName, Observation],
) -> CheckResult:
    """Engines differ from the original on an input, which has just been run again on all."""
    differ = differing(row)
    claims = [name for name, seen in row.items() if not isinstance(seen, NoClaim)]
    if not differ:
        note = "engines differed on one run and agreed on the next"
        return replace(base, verdict=CheckVerdict.DISAGREES, notes=(*base.notes, note))
    first = claims[0]
    said = {name: original.show(function, row[name]) for name in claims}
    if differ == (first,):  # the original did what its types do not allow
        expected, observed = f"a value of the declared type from `{function.name}`", said[first]
    else:
        expected = said[first]
        observed = _grouped(said, differ)
    example = Counterexample(original.show_call(function, given), expected, observed, differ)
    return replace(base, verdict=CheckVerdict.DISAGREES, counterexample=example)


def _grouped(said: Mapping[EngineName, str], names: tuple[EngineName, ...]) -> str:
    """`interpreter, functional: returns 0; dafny: …`: who says the same stands together."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(said[name], []).append(str(name))
    return "; ".join(f"{', '.join(who)}: {text}" for text, who in groups.items())


def refutation(
    base: CheckResult,
    original: Original,
    source: SourceFile,
    function: Function,
    given: Input,
    seen: Observation,
    broken: Violation,
) -> CheckResult:
    """The original breaks a clause of its contract.

    Where the clause is not the user's but read off the code by autoform, that reading is wrong:
    the translation disagrees with the original.
    """
    span = broken.clause.span
    text = " ".join(source.slice(span).split()) if span.path == source.path else ""
    expected = f"{broken.demand}: {text}" if text else broken.demand
    call = original.show_call(function, given)
    engines = (EngineName.INTERPRETER,) if broken.derived else (EngineName.ORIGINAL,)
    example = Counterexample(call, expected, original.show(function, seen), engines, span)
    verdict = CheckVerdict.DISAGREES if broken.derived else CheckVerdict.REFUTED
    return replace(base, verdict=verdict, counterexample=example)


def agreement(base: CheckResult, function: Function, compared: int) -> CheckResult:
    """No input showed a difference. With too few of them that says little, or nothing."""
    counts = base.counts
    if compared == 0:
        reason = (
            f"none of {counts.rejected} inputs meets the precondition of `{function.name}`"
            if counts.inputs == 0
            else f"no call of `{function.name}` could be compared"
        )
        found = diagnostic("nothing-compared", reason, function.span)
        return replace(base, verdict=CheckVerdict.UNSUPPORTED, diagnostics=(found,))
    if function.params and compared < _FEW and counts.rejected + counts.inputs > compared:
        note = f"hardly tested: only {compared} of {counts.rejected + counts.inputs} inputs counted"
        return replace(base, notes=(*base.notes, note))
    return base
