"""The values of Python's literals, from their text."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Final


class LiteralError(ValueError):
    """A literal that is not Python 3, or has no value in the subset; `code` says which."""

    def __init__(self, code: str, message: str) -> None:
        """Keep the diagnostic's code beside the message."""
        super().__init__(message)
        self.code = code


_MAX_DIGITS: Final = 4_000
"""Python itself refuses to read decimal literals beyond 4,300 digits."""


def read_int(text: str) -> int:
    """The value of an `integer` token. Raises `LiteralError` on `1j`, `10L`, `0777`."""
    if text[-1] in "jJ":
        raise LiteralError("unsupported-type", "a complex number is outside the subset")
    if len(text) > _MAX_DIGITS:
        raise LiteralError("function-too-large", "an integer literal of thousands of digits")
    try:
        return int(text, 0)
    except ValueError:
        raise LiteralError("syntax-error", f"`{text}` is not a Python 3 integer") from None


def read_float(text: str) -> float:
    """The value of a `float` token. Raises `LiteralError` on `1.5j` and on overflow."""
    if text[-1] in "jJ":
        raise LiteralError("unsupported-type", "a complex number is outside the subset")
    try:
        value = float(text)
    except ValueError:
        raise LiteralError("syntax-error", f"`{text}` is not a Python 3 number") from None
    if math.isinf(value):
        raise LiteralError("unsupported-type", f"`{text}` is too large for a float")
    return value


_ESCAPE: Final = re.compile(
    r"\\(?:(?P<simple>[\\'\"abfnrtv])|(?P<octal>[0-7]{1,3})|x(?P<x>[0-9a-fA-F]{2})"
    r"|u(?P<u>[0-9a-fA-F]{4})|U(?P<U>[0-9a-fA-F]{8})|N\{(?P<name>[^}]+)\}|(?P<line>\n)"
    r"|(?P<bad>[xuUN]))"
)
_SIMPLE: Final = dict(zip("\\'\"abfnrtv", "\\'\"\a\b\f\n\r\t\v", strict=True))


def unescape(text: str) -> str:
    r"""The text of a string literal with its escapes replaced; unknown ones stay as they are.

    >>> unescape(r"a\x41\d")
    'aA\\d'
    """
    found = _ESCAPE.sub(_replacement, text)
    if any("\ud800" <= char <= "\udfff" for char in found):
        raise LiteralError("unsupported-type", "a surrogate is not a code point of text")
    return found


def _replacement(match: re.Match[str]) -> str:
    kind, value = match.lastgroup, match[match.lastgroup or 0]
    if kind == "simple":
        return _SIMPLE[value]
    if kind == "line":
        return ""
    if kind == "octal":
        return chr(int(value, 8))
    try:
        if kind == "name":
            return unicodedata.lookup(value)
        if kind != "bad":
            return chr(int(value, 16))
    except (KeyError, ValueError, OverflowError):
        pass
    raise LiteralError("syntax-error", f"`{match[0]}` is not an escape sequence")
