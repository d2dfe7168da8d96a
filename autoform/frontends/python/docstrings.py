"""Docstrings line by line, with the places of their lines in the file."""

from __future__ import annotations

from dataclasses import dataclass

from autoform.frontends.python import tree
from autoform.frontends.syntax import SyntaxTree

__all__ = ["DocLine", "docstring_lines"]


@dataclass(frozen=True, slots=True)
class DocLine:
    """A line of a docstring's value; `offset` is its place in the file's bytes, if known."""

    text: str
    offset: int | None

    @property
    def indent(self) -> int:
        """How far the text stands to the right."""
        return len(self.text) - len(self.text.lstrip())


def docstring_lines(docstring: tree.Str, syntax: SyntaxTree) -> list[DocLine]:
    """The lines of a docstring, with their places where nothing in it is escaped or joined."""
    raw = syntax.data[docstring.start : docstring.end]
    value = docstring.value.encode()
    body = raw.find(value)
    at = docstring.start + body if body >= 0 else None
    lines: list[DocLine] = []
    for text in docstring.value.split("\n"):
        lines.append(DocLine(text, at))
        if at is not None:
            at += len(text.encode()) + 1
    return lines
