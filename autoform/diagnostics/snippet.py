"""The picture of a span: source lines, and carets or a bracket that show which part is meant."""

from __future__ import annotations

from dataclasses import dataclass

from autoform.diagnostics.display import show_line
from autoform.source import SourceFile, Span

__all__ = ["Row", "draw_span"]

_HEAD_LINES = 4
_TAIL_LINES = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line: a line number, nothing or `...`, then what marks, then what is marked."""

    label: str
    marks: str
    text: str = ""


def draw_span(source: SourceFile, span: Span, caret: str) -> list[Row]:
    """Draw a span of the source, marked with `caret` (one character).

    A span in one line gets carets below it, a longer one a bracket along its lines.
    """
    if span.end_line <= span.start_line:
        return _draw_within_line(source, span, caret)
    return _draw_lines(source, span, caret)


def _draw_within_line(source: SourceFile, span: Span, caret: str) -> list[Row]:
    line = show_line(source.line(span.start_line), span.start_column)
    start = line.column(span.start_column)
    # An empty span, as at the end of the file, is still a place.
    length = max(line.column(span.end_column) - start, 1)
    return [
        Row(str(span.start_line), "", line.text),
        Row("", " " * start + caret * length),
    ]


def _draw_lines(source: SourceFile, span: Span, caret: str) -> list[Row]:
    """Draw a bracket in the margin.

    It starts with `/` where the span starts its line and reaches in from the left otherwise.
    """
    first = source.line(span.start_line)
    shown = show_line(first, span.start_column)
    if first[: span.start_column].strip():
        rows = [
            Row(str(span.start_line), "  ", shown.text),
            Row("", " " + "_" * (shown.column(span.start_column) + 1) + caret),
        ]
    else:
        rows = [Row(str(span.start_line), "/ ", shown.text)]
    for number in range(span.start_line + 1, span.end_line + 1):
        if _elided(span, number):
            if not _elided(span, number - 1):
                rows.append(Row("...", "| "))
            continue
        rows.append(Row(str(number), "| ", show_line(source.line(number), 0).text))
    last = show_line(source.line(span.end_line), 0)
    rows.append(Row("", "|" + "_" * max(last.column(span.end_column), 1) + caret))
    return rows


def _elided(span: Span, number: int) -> bool:
    """Whether this line lies in the middle of a span too long to be printed whole."""
    if span.end_line - span.start_line < _HEAD_LINES + _TAIL_LINES:
        return False
    return span.start_line + _HEAD_LINES <= number <= span.end_line - _TAIL_LINES
