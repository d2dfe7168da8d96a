"""What stays open of a function, shown at its place with what is known there."""

from __future__ import annotations

from collections.abc import Iterator

from autoform.diagnostics import Diagnostic, Note, diagnostic
from autoform.ir.decls import Function
from autoform.ir.text import print_expr
from autoform.vc.loops import loop_sites
from autoform.verifiers.verdict import Unknown

__all__ = ["open_obligation"]

_MOST_SHOWN = 6


def open_obligation(verdict: Unknown, annotated: Function) -> Diagnostic:
    """The finding behind an unknown verdict; `annotated` has the invariants that stand."""
    notes = (Note(verdict.reason), *_known(annotated))
    span = verdict.span if verdict.span.known else annotated.span
    return diagnostic("not-proved", f"`{annotated.name}`: {verdict.obligation}", span, notes=notes)


def _known(annotated: Function) -> Iterator[Note]:
    """What is known at the head of each loop, the shortest of it where it is much."""
    for site in loop_sites(annotated):
        texts = [print_expr(clause.condition) for clause in site.loop.invariants]
        shown = sorted(dict.fromkeys(texts), key=lambda text: (len(text), text))[:_MOST_SHOWN]
        if shown:
            span = site.loop.span if site.loop.span.known else None
            yield Note("known in every round: " + ", ".join(f"`{text}`" for text in shown), span)
