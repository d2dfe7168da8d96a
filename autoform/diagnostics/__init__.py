"""Findings as data: stable codes, one page each, and renderers of the same object."""

from autoform.diagnostics.as_json import Json, diagnostic_to_json, render_json
from autoform.diagnostics.codes import CODES, Code, Severity
from autoform.diagnostics.model import Diagnostic, Note, diagnostic, from_source_error
from autoform.diagnostics.pages import page, pages
from autoform.diagnostics.sarif import render_sarif
from autoform.diagnostics.terminal import render_terminal

__all__ = [
    "CODES",
    "Code",
    "Diagnostic",
    "Json",
    "Note",
    "Severity",
    "diagnostic",
    "diagnostic_to_json",
    "from_source_error",
    "page",
    "pages",
    "render_json",
    "render_sarif",
    "render_terminal",
]
