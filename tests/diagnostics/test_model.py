"""Findings are made under registered codes only."""

import pytest

from autoform.diagnostics import CODES, Note, Severity, diagnostic, from_source_error
from autoform.source import NOWHERE, SourceError, Span


def test_unregistered_code_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError, match="no-such-code"):
        diagnostic("no-such-code", "message", NOWHERE)


def test_help_and_severity_come_from_the_register() -> None:
    found = diagnostic("empty-file", "no function in `a.py`", NOWHERE)
    assert found.severity is Severity.NOTE
    assert found.help == CODES["empty-file"].help
    assert diagnostic("empty-file", "m", NOWHERE, help="do this").help == "do this"


def test_findings_are_values() -> None:
    notes = (Note("first"),)
    assert diagnostic("syntax-error", "m", NOWHERE, notes=notes) == diagnostic(
        "syntax-error", "m", NOWHERE, notes=notes
    )


def test_a_source_error_becomes_a_finding() -> None:
    place = Span("a.py", 1, 0, 1, 1)
    found = from_source_error(SourceError("not-utf8", "`a.py` is not UTF-8", place))
    assert (found.code, found.message, found.span) == ("not-utf8", "`a.py` is not UTF-8", place)
