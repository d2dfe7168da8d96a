"""What a finding is: data, with no opinion on how it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from autoform.diagnostics.codes import CODES, Severity
from autoform.source import SourceError, Span

__all__ = ["Diagnostic", "Note", "diagnostic", "from_source_error"]


@dataclass(frozen=True, slots=True)
class Note:
    """A further remark, at a place of its own when `span` is given."""

    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """`error[code]: message` at a place. Make one with `diagnostic`, which knows the register."""

    code: str
    message: str
    span: Span
    notes: tuple[Note, ...] = ()
    help: str | None = None

    @property
    def severity(self) -> Severity:
        """As the register has it."""
        return CODES[self.code].severity


def diagnostic(
    code_name: str,
    message: str,
    span: Span,
    *,
    help: str | None = None,  # noqa: A002 - the field's name on the page and in every renderer
    notes: tuple[Note, ...] = (),
) -> Diagnostic:
    """Report `message` at `span` under a registered code, whose own help stands in for none.

    >>> from autoform.source import NOWHERE
    >>> diagnostic("not-utf8", "`a.py` is not UTF-8", NOWHERE).help
    'save the file as UTF-8'
    """
    if code_name not in CODES:
        raise KeyError(f"`{code_name}` is not in the register of diagnostic codes")
    return Diagnostic(code_name, message, span, notes, help or CODES[code_name].help)


def from_source_error(error: SourceError) -> Diagnostic:
    """The finding behind a file that could not be read."""
    return diagnostic(error.code, error.message, error.span)
