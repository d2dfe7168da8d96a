"""Findings as SARIF 2.1.0, the format in which code hosts and editors exchange them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from autoform.diagnostics.as_json import Json
from autoform.diagnostics.codes import CODES, Code
from autoform.diagnostics.model import Diagnostic, Note
from autoform.diagnostics.pages import page
from autoform.source import Span

__all__ = ["render_sarif"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render_sarif(diagnostics: Iterable[Diagnostic], *, version: str) -> str:
    """Print one log with one run; its rules are the codes that were reported."""
    found = list(diagnostics)
    names = sorted({diagnostic.code for diagnostic in found})
    rules: list[Json] = [_rule(CODES[name]) for name in names]
    results: list[Json] = [_result(diagnostic, names) for diagnostic in found]
    driver: Json = {"name": "autoform", "version": version, "rules": rules}
    run: Json = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log: Json = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: Code) -> Json:
    return {
        "id": code.name,
        "name": "".join(part.capitalize() for part in code.name.split("-")),
        "shortDescription": {"text": code.title},
        "help": {"text": code.help, "markdown": page(code.name)},
        "defaultConfiguration": {"level": str(code.severity)},
    }


def _result(diagnostic: Diagnostic, names: list[str]) -> Json:
    text = diagnostic.message + (f"\nhelp: {diagnostic.help}" if diagnostic.help else "")
    text += "".join(f"\nnote: {note.message}" for note in diagnostic.notes if note.span is None)
    result: dict[str, Json] = {
        "ruleId": diagnostic.code,
        "ruleIndex": names.index(diagnostic.code),
        "level": str(diagnostic.severity),
        "message": {"text": text},
    }
    if diagnostic.span.path:
        result["locations"] = [{"physicalLocation": _location(diagnostic.span)}]
    if related := [_related(note) for note in diagnostic.notes if note.span is not None]:
        result["relatedLocations"] = related
    return result


def _related(note: Note) -> Json:
    location: dict[str, Json] = {"message": {"text": note.message}}
    if note.span is not None and note.span.path:
        location["physicalLocation"] = _location(note.span)
    return location


def _location(span: Span) -> Json:
    location: dict[str, Json] = {"artifactLocation": {"uri": _uri(span.path)}}
    if span.known:
        location["region"] = {
            "startLine": span.start_line,
            "startColumn": span.start_column + 1,
            "endLine": span.end_line,
            "endColumn": span.end_column + 1,
        }
    return location


def _uri(path: str) -> str:
    """Relative paths stay relative, so that the log means the same on another machine."""
    if Path(path).is_absolute():
        return "file://" + quote(Path(path).as_posix(), errors="replace")
    # Without `./` a colon in the first part would read as a scheme.
    first = path.split("/", 1)[0]
    prefix = "./" if ":" in first else ""
    return prefix + quote(Path(path).as_posix(), safe="/:", errors="replace")
