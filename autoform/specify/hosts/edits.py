"""Lines to be inserted into a file, which stays as it is otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Lines that go before the line with this 1-based number, without their ends.

    Of two edits in one place the one with the lower `rank` stands above the other.
    """

    line: int
    lines: tuple[str, ...]
    rank: int = 1


def with_edits(text: str, edits: Iterable[Edit]) -> str:
    r"""The text with the lines inserted; its line ends are theirs.

    >>> with_edits("a\r\nb\r\n", [Edit(2, ("new",))])
    'a\r\nnew\r\nb\r\n'
    """
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True) if end == "\r\n" else text.split("\n")
    if end == "\n":
        lines = [line + "\n" for line in lines[:-1]] + lines[-1:]
    in_order = sorted(edits, key=lambda edit: (edit.line, edit.rank, edit.lines))
    for edit in reversed(in_order):
        lines[edit.line - 1 : edit.line - 1] = [line + end for line in edit.lines]
    return "".join(lines)
