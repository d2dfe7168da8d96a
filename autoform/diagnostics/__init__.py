"""Findings as data: stable codes, one page each, and renderers of the same object."""

from autoform.diagnostics.codes import CODES, Code, Severity
from autoform.diagnostics.model import Diagnostic, Note, diagnostic, from_source_error

__all__ = [
    "CODES",
    "Code",
    "Diagnostic",
    "Note",
    "Severity",
    "diagnostic",
    "from_source_error",
]
