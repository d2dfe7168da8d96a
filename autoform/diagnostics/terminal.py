"""Findings as a terminal shows them, in the shape of rustc's."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from autoform.diagnostics.codes import Severity
from autoform.diagnostics.display import printable
from autoform.diagnostics.model import Diagnostic
from autoform.diagnostics.snippet import Row, draw_span
from autoform.source import SourceFile, Span

__all__ = ["render_terminal"]


class _Style(StrEnum):
    """ANSI attributes; each is closed by the same reset."""

    ERROR = "\x1b[1;31m"
    WARNING = "\x1b[1;33m"
    NOTE = "\x1b[1;32m"
    GUTTER = "\x1b[1;34m"
    STRONG = "\x1b[1m"


_RESET = "\x1b[0m"
_STYLE_OF = {
    Severity.ERROR: _Style.ERROR,
    Severity.WARNING: _Style.WARNING,
    Severity.NOTE: _Style.NOTE,
}


def render_terminal(
    diagnostics: Iterable[Diagnostic], sources: Mapping[str, SourceFile], *, color: bool
) -> str:
    """Print findings with their source lines, taken from `sources` by path.

    ::

        error[mixed-int-float]: `n + 0.5` adds an int and a float
         --> a.py:2:12
          |
        2 |     return n + 0.5
          |            ^^^^^^^
          |
          = help: convert explicitly with `float(n)`, or keep the computation in one type
    """
    return "\n".join(
        "\n".join(_Page(diagnostic, sources, color=color).lines()) + "\n"
        for diagnostic in diagnostics
    )


@dataclass(slots=True)
class _Page:
    """One finding being printed."""

    diagnostic: Diagnostic
    sources: Mapping[str, SourceFile]
    color: bool
    gutter: int

    def __init__(
        self, diagnostic: Diagnostic, sources: Mapping[str, SourceFile], *, color: bool
    ) -> None:
        self.diagnostic = diagnostic
        self.sources = sources
        self.color = color
        self.gutter = max(map(_digits, _spans(diagnostic)))

    def lines(self) -> Iterator[str]:
        found = self.diagnostic
        style = _STYLE_OF[found.severity]
        head = self._paint(style, f"{found.severity}[{found.code}]")
        yield head + self._paint(_Style.STRONG, f": {_indented(found.message, 0)}")
        drawn = yield from self._place(found.span, "^", style)
        remarks = [("note", note.message) for note in found.notes if note.span is None]
        if found.help:
            remarks.append(("help", found.help))
        if drawn and remarks:
            yield self._rail()
        for kind, text in remarks:
            yield self._remark(kind, text)
        for note in found.notes:
            if note.span is not None:
                head = self._paint(_Style.NOTE, "note")
                yield head + self._paint(_Style.STRONG, f": {_indented(note.message, 0)}")
                yield from self._place(note.span, "-", _Style.GUTTER)

    def _place(self, span: Span, caret: str, style: _Style) -> Generator[str, None, bool]:
        """The arrow and, when the file is at hand, the source lines. Returns whether it was."""
        if not span.path:
            return False
        arrow = self._paint(_Style.GUTTER, " " * self.gutter + "-->")
        yield f"{arrow} {printable(str(span))}"
        source = self.sources.get(span.path)
        if source is None or not span.known:
            return False
        yield self._rail()
        for row in draw_span(source, span, caret):
            yield self._row(row, style)
        return True

    def _row(self, row: Row, style: _Style) -> str:
        if row.label == "...":
            head = self._paint(_Style.GUTTER, row.label.ljust(self.gutter + 3))
        else:
            head = self._paint(_Style.GUTTER, f"{row.label:<{self.gutter}} |")
            head += " " if row.marks or row.text else ""
        marks, text = row.marks, row.text.rstrip()
        if not text:
            marks = marks.rstrip()
        return head + self._paint(style, marks) + text

    def _rail(self) -> str:
        return self._paint(_Style.GUTTER, " " * self.gutter + " |")

    def _remark(self, kind: str, text: str) -> str:
        head = self._paint(_Style.GUTTER, " " * self.gutter + " =")
        indent = self.gutter + len(" = : ") + len(kind)
        return f"{head} {self._paint(_Style.STRONG, kind)}: {_indented(text, indent)}"

    def _paint(self, style: _Style, text: str) -> str:
        return f"{style}{text}{_RESET}" if self.color and text.strip() else text


def _spans(diagnostic: Diagnostic) -> tuple[Span, ...]:
    further = (note.span for note in diagnostic.notes if note.span is not None)
    return (diagnostic.span, *further)


def _digits(span: Span) -> int:
    return len(str(max(span.start_line, span.end_line))) if span.known else 1


def _indented(text: str, columns: int) -> str:
    """A text whose further lines stand below its first."""
    return ("\n" + " " * columns).join(map(printable, text.split("\n")))
