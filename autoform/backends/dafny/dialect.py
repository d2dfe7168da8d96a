"""The two dialects, and what differs between them.

Dafny 4 says `function` for what is compiled and `ghost function` for what is not, and a `char` is
a Unicode scalar value. Dafny 2 says `function method` and `function`, and its `char` is a UTF-16
unit; there a character is a number type of its own, so that text means the same in both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

__all__ = ["DIALECTS", "Dialect", "DialectNumber"]

DialectNumber: TypeAlias = Literal[2, 4]

_CHAR: Final = "'"
_TEXT: Final = '"'
_ESCAPES: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0", "\\": "\\\\"}
_TOKEN: Final = re.compile(
    r"""(?P<comment>//[^\n]*)|"(?P<text>(?:[^"\\]|\\.)*)"|\b(?P<word>char|string)\b"""
)
_COMPILED: Final = re.compile(r"^(function|predicate)\b", re.MULTILINE)
_GHOST: Final = re.compile(r"^ghost ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a dialect spells what differs."""

    number: DialectNumber
    function: str
    predicate: str
    char: str
    text: str

    def char_literal(self, value: str) -> tuple[str, frozenset[str]]:
        """A character, and what the prelude must provide for it."""
        code = ord(value)
        if self.number == 4:
            return _quoted(value, _CHAR, _escape_4), frozenset()
        if _printable(value):
            return f"Ch({_quoted(value, _CHAR, _escape_2)})", frozenset({"Ch"})
        return f"({code} as Char)", frozenset({"Char"})

    def text_literal(self, value: str) -> tuple[str, frozenset[str]]:
        """A text, and what the prelude must provide for it."""
        if self.number == 4:
            return _quoted(value, _TEXT, _escape_4), frozenset()
        if all(c in _ESCAPES or _printable(c) for c in value):
            return f"Text({_quoted(value, _TEXT, _escape_2)})", frozenset({"Text"})
        codes = ", ".join(str(ord(c)) for c in value)
        return f"Codes([{codes}])", frozenset({"Codes"})

    def translate(self, prelude: str) -> str:
        """Prelude text, which is written in dialect 4, in this dialect."""
        if self.number == 4:
            return prelude
        prelude = _TOKEN.sub(self._older_token, prelude)
        prelude = _COMPILED.sub(r"\1 method", prelude)
        return _GHOST.sub("", prelude)

    def _older_token(self, token: re.Match[str]) -> str:
        if token["comment"] is not None:
            return token["comment"]
        if token["word"] is not None:
            return self.char if token["word"] == "char" else self.text
        return f'Text("{token["text"]}")' if token["text"] else "[]"


def _printable(character: str) -> bool:
    return " " <= character <= "~"


def _quoted(value: str, quote: str, escape: Callable[[str, str], str]) -> str:
    return quote + "".join(escape(character, quote) for character in value) + quote


def _escape_2(character: str, quote: str) -> str:
    return "\\" + quote if character == quote else _ESCAPES.get(character, character)


def _escape_4(character: str, quote: str) -> str:
    if character == quote:
        return "\\" + quote
    if character in _ESCAPES or _printable(character):
        return _ESCAPES.get(character, character)
    return f"\\U{{{ord(character):X}}}"


DIALECTS: Final[dict[DialectNumber, Dialect]] = {
    2: Dialect(2, "function method", "predicate method", "Char", "Str"),
    4: Dialect(4, "function", "predicate", "char", "string"),
}
