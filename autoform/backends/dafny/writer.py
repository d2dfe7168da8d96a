"""Lines of output with the source spans they come from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from autoform.source import NOWHERE, Span

__all__ = ["Writer"]

_INDENT = "  "


class Writer:
    """Collects indented lines; a line written with a span enters the line table."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._spans: list[tuple[int, Span]] = []
        self._depth = 0

    def line(self, text: str = "", span: Span = NOWHERE) -> None:
        """One line of output; text that spans several lines is indented as a whole."""
        if span != NOWHERE:
            self._spans.append((len(self._lines) + 1, span))
        for each in text.split("\n"):
            self._lines.append(_INDENT * self._depth + each if each else "")

    def unsourced(self, text: str) -> None:
        """A line from which on, up to the next with a span, nothing belongs to a source."""
        self._spans.append((len(self._lines) + 1, NOWHERE))
        self.line(text)

    def include(self, other: Writer) -> None:
        """All lines of another writer, with their spans."""
        before = len(self._lines)
        self._spans.extend((before + line, span) for line, span in other.spans)
        self._lines.extend(_INDENT * self._depth + each for each in other.text.splitlines())

    @contextmanager
    def indented(self) -> Iterator[None]:
        """What is written inside stands one step further to the right."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    @property
    def text(self) -> str:
        """All lines, the last one ended."""
        return "\n".join(self._lines) + "\n" if self._lines else ""

    @property
    def spans(self) -> tuple[tuple[int, Span], ...]:
        """The line table so far: lines from 1, ascending."""
        return tuple(self._spans)
