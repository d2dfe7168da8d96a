"""Sections of doc comments that say when a function panics.

::

    /// # Panics
    ///
    /// Panics if `xs` is empty.
    pub fn mean(xs: &[u32]) -> u32 { … }

is a hint, `Panics if `xs` is empty.`, and no contract: prose is not held against anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from autoform.frontends.lifted import Hint
from autoform.frontends.rust import tree
from autoform.frontends.syntax import SyntaxTree

__all__ = ["panics_section"]

_LINE: Final = re.compile(rb"[^\n]+")
_MARKS: Final = re.compile(r"^\s*(?://[/!]|/\*[*!]|\*(?!/))?|\*/\s*$")
_HEADING: Final = re.compile(r"#{1,6}\s+(.*?)\s*#*")
_FENCE: Final = ("```", "~~~")
_MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a comment without what marks it as one, and where it stands."""

    text: str
    start: int
    end: int


def panics_section(syntax: SyntaxTree, docs: Sequence[tree.Tree]) -> Hint | None:
    """What the first section `# Panics` of a function's doc comments says, without its code."""
    section = _section(_lines(syntax, docs))
    if section is None:
        return None
    heading, *below = section
    written = [line for line in below if line.text]
    prose = " ".join(" ".join(_prose(line.text for line in below)).split())
    if not prose:
        return None
    if len(prose) > _MOST_SHOWN:
        prose = prose[: _MOST_SHOWN - 1].rstrip() + "…"
    return Hint(prose, syntax.span(heading.start, written[-1].end))


def _lines(syntax: SyntaxTree, docs: Sequence[tree.Tree]) -> Iterator[_Line]:
    for doc in docs:
        for found in _LINE.finditer(syntax.data, doc.start, doc.end):
            raw = found[0].decode("utf-8", "replace")
            before = len(found[0]) - len(found[0].lstrip())
            end = found.end() - (len(found[0]) - len(found[0].rstrip()))
            yield _Line(_MARKS.sub("", raw).strip(), found.start() + before, end)


def _section(lines: Iterator[_Line]) -> list[_Line] | None:
    """The heading `# Panics` and what stands below it, up to the next heading."""
    section: list[_Line] = []
    in_code = False
    for line in lines:
        if line.text.startswith(_FENCE):
            in_code = not in_code
        heading = None if in_code else _HEADING.fullmatch(line.text)
        if heading is not None and section:
            break
        if section or (heading is not None and heading[1].rstrip(":").lower() == "panics"):
            section.append(line)
    return section or None


def _prose(texts: Iterator[str]) -> Iterator[str]:
    in_code = False
    for text in texts:
        if text.startswith(_FENCE):
            in_code = not in_code
        elif not in_code:
            yield text
