"""Findings as JSON, one object each: what `--json` prints and other programs read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypeAlias

from autoform.diagnostics.model import Diagnostic
from autoform.source import Span

__all__ = ["Json", "diagnostic_to_json", "render_json"]

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def diagnostic_to_json(diagnostic: Diagnostic) -> dict[str, Json]:
    """One finding; lines and columns count from 1, and are null where no place is known."""
    notes: list[Json] = [
        {"message": note.message, **({} if note.span is None else _place(note.span))}
        for note in diagnostic.notes
    ]
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "hint": diagnostic.help,
        **_place(diagnostic.span),
        "notes": notes,
    }


def render_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Print one document that holds all findings."""
    found: list[Json] = [diagnostic_to_json(diagnostic) for diagnostic in diagnostics]
    return json.dumps({"schema": 1, "diagnostics": found}, ensure_ascii=False, indent=2) + "\n"


def _place(span: Span) -> dict[str, Json]:
    known = span.known
    return {
        "file": span.path or None,
        "line": span.start_line if known else None,
        "column": span.start_column + 1 if known else None,
        "end_line": span.end_line if known else None,
        "end_column": span.end_column + 1 if known else None,
    }
