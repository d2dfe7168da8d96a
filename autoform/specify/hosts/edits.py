"""Lines to be inserted into a file, which stays as it is otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Lines that go before the line with this 1-based number, without their ends."""

    line: int
    lines: tuple[str, ...]


def with_edits(text: str, edits: Iterable[Edit]) -> str:
    r"""The text with the lines inserted; its line ends are theirs.

    >>> with_edits("a\r\nb\r\n", [Edit(2, ("new",))])
    'a\r\nnew\r\nb\r\n'
    """
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True) if end == "\r\n" else text.split("\n")
    if end == "\n":
        lines = [line + "\n" for line in lines[:-1]] + lines[-1:]
    for edit in sorted(edits, reverse=True):
        lines[edit.line - 1 : edit.line - 1] = [line + end for line in edit.lines]
    return "".join(lines)
