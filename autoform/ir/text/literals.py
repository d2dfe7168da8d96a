r"""Texts and characters as literals: `"a\n"`, `'\u{1f600}'`."""

from __future__ import annotations

import re
from typing import Final

_ESCAPES: Final = {"\n": r"\n", "\r": r"\r", "\t": r"\t", "\0": r"\0", "\\": r"\\"}
_MEANINGS: Final = {escape[1]: plain for plain, escape in _ESCAPES.items()} | {'"': '"', "'": "'"}
_ESCAPE: Final = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")


def quote(text: str, mark: str) -> str:
    """The literal of a text between two marks; what does not print is escaped."""
    return mark + "".join(_escaped(char, mark) for char in text) + mark


def _escaped(char: str, mark: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char == mark:
        return "\\" + char
    return char if char.isprintable() else f"\\u{{{ord(char):x}}}"


def unquote(literal: str) -> str:
    """The text of a literal. Raises `ValueError` for an escape that means nothing."""
    return _ESCAPE.sub(_meaning, literal[1:-1])


def _meaning(match: re.Match[str]) -> str:
    code, char = match.groups()
    if code is not None:
        return chr(int(code, 16))
    if char not in _MEANINGS:
        raise ValueError(f"unknown escape `\\{char}`")
    return _MEANINGS[char]
