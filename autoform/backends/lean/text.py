"""Literals of characters, text and floats."""

from __future__ import annotations

import struct
from typing import Final

from autoform.backends.lean.terms import Term, app

_ESCAPES: Final = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\", '"': '\\"', "'": "\\'"}
_ASCII: Final = 128
_BMP: Final = 0x10000


def print_text(text: str) -> Term:
    """A text, as the list of its characters."""
    return Term('"' + "".join(_escaped(c, "'") for c in text) + '".toList')


def print_char(char: str) -> Term:
    """A character."""
    return Term(f"'{_escaped(char, chr(34))}'")


def print_float(value: float) -> Term:
    """A double by its bits, exactly."""
    (bits,) = struct.unpack(">Q", struct.pack(">d", value))
    return app("Float.ofBits", Term(f"0x{bits:016x}"))


def _escaped(char: str, plain_quote: str) -> str:
    if char == plain_quote:
        return char
    if char in _ESCAPES:
        return _ESCAPES[char]
    code = ord(char)
    if char.isprintable():
        return char
    if code < _ASCII:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < _BMP else char
