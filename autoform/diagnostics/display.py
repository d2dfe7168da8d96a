"""How a line of source looks on a terminal: widths, tabs, and nothing that could drive it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

__all__ = ["MAX_COLUMNS", "ShownLine", "printable", "show_line"]

MAX_COLUMNS = 140
"""Longer lines are cut to a window around the place in question."""

_TAB = "    "
_CUT = "..."
# They reorder what stands around them, so that code reads as other code than it is.
_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def printable(text: str) -> str:
    r"""`text` without control characters, each shown as a picture of itself.

    >>> printable("a\x1b[31m")
    'a␛[31m'
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_cell, text))


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A source line as printed, and the terminal column at which each code point starts."""

    text: str
    first: int
    columns: tuple[int, ...]

    def column(self, position: int) -> int:
        """Where the code point at this position of the source line starts."""
        return self.columns[min(max(position - self.first, 0), len(self.columns) - 1)]


def show_line(line: str, focus: int) -> ShownLine:
    """Prepare a line for printing; of a very long one, the part around the position `focus`."""
    cells = [_cell(char) for char in line]
    widths = [_width(cell) for cell in cells]
    low, high, before, after = 0, len(cells), "", ""
    if sum(widths) > MAX_COLUMNS:
        low, high = _window(widths, min(focus, len(cells)))
        before, after = _CUT if low else "", _CUT if high < len(cells) else ""
    columns = [len(before)]
    for width in widths[low:high]:
        columns.append(columns[-1] + width)
    return ShownLine(before + "".join(cells[low:high]) + after, low, tuple(columns))


def _window(widths: list[int], focus: int) -> tuple[int, int]:
    """The positions to print: a third of the room before the focus, the rest behind it."""
    low = focus
    room = MAX_COLUMNS // 3
    while low > 0 and widths[low - 1] <= room:
        low -= 1
        room -= widths[low]
    high = low
    room = MAX_COLUMNS
    while high < len(widths) and widths[high] <= room:
        room -= widths[high]
        high += 1
    return low, high


def _cell(char: str) -> str:
    """What is printed for one code point."""
    if char == "\t":
        return _TAB
    if " " <= char <= "~":
        return char
    if char < " ":
        return chr(ord("\u2400") + ord(char))  # the block "Control Pictures"
    if char == "\x7f":
        return "\u2421"
    if char in _BIDI_CONTROLS or unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}:
        return "\ufffd"
    return char


def _width(cell: str) -> int:
    """The terminal columns that a cell takes: two for wide characters, none for combining ones."""
    if len(cell) > 1 or cell.isascii():
        return len(cell)
    if unicodedata.category(cell) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(cell) in {"W", "F"} else 1
