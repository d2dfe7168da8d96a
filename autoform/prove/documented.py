"""What documentation says of a failure that was found: a hint beside the verdict, never a part.

A function that panics where its documentation says so is still refuted or left open, for prose is
no contract; but who wrote it wants to know that the two speak of the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from autoform.diagnostics import Diagnostic, Note, diagnostic
from autoform.frontends.lifted import Hint
from autoform.prove.refute import demands_no_exception
from autoform.vc.obligation import EXCEPTION_KINDS, Kind
from autoform.verifiers.verdict import Refuted, Unknown, Verdict

__all__ = ["with_documented"]

_RAISING: Final = frozenset(EXCEPTION_KINDS.values()) - {Kind.OUTSIDE} | {
    Kind.VALUE,
    Kind.UNREACHABLE_RAISE,
}


_WAY_OUT: Final = "state it as `#[requires(…)]` or a guard"


def with_documented(
    findings: tuple[Diagnostic, ...], name: str, verdict: Verdict, hint: Hint | None
) -> tuple[Diagnostic, ...]:
    """The findings, and what the documentation says where an exception is the matter."""
    match verdict:
        case Refuted(example) if hint is not None and demands_no_exception(example):
            return (*findings, _documented(name, hint))
        case Unknown(obligation) if hint is not None and findings and _may_raise(obligation):
            first, *others = findings
            said = f"its documentation says when it panics: {_words(hint)}; {_WAY_OUT}"
            return (replace(first, notes=(*first.notes, Note(said, hint.span))), *others)
        case _:
            return findings


def _documented(name: str, hint: Hint) -> Diagnostic:
    message = f"the documentation of `{name}` says when it panics: {_words(hint)}"
    return diagnostic("documented-panic", message, hint.span)


def _words(hint: Hint) -> str:
    return hint.text.rstrip(".")


def _may_raise(obligation: str) -> bool:
    return any(obligation.startswith(kind.may_fail) for kind in _RAISING)
