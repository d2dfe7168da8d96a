"""Rust's `char`. Unicode properties are those of the running Python's tables.

What Python's version of Unicode has not assigned, and the few characters whose properties later
versions changed, are outside the subset: a Rust of another version may answer otherwise.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final, TypeVar, cast

from autoform.ir.types import OptionType
from autoform.semantics.failure import EvaluationFailed, outside
from autoform.semantics.meaning import Function, Meaning, Signature, plain, typed
from autoform.semantics.ops.integers import fits
from autoform.semantics.ops.other_alphabetic import OTHER_ALPHABETIC
from autoform.semantics.values import NONE, Some, Value

_A = TypeVar("_A")

_ASCII_LIMIT: Final = 128
_NUMERIC: Final = frozenset({"Nd", "Nl", "No"})
_SEPARATORS: Final = frozenset("\x1c\x1d\x1e\x1f")
"""What Python's `isspace` takes for white space and Unicode's White_Space does not."""
_CHANGED: Final = frozenset("ʕჼꟲꟳꟴꭩƛɤꟓꟕ")
"""Assigned by Unicode 14 and given another case by 15, 16 or 17."""
_SMALLEST_RADIX, _LARGEST_RADIX = 2, 36


def _by_unicode(answer: Callable[[str], _A]) -> Callable[[str], _A]:
    """Refuses the characters that versions of Unicode differ about."""

    def run(char: str) -> _A:
        if char >= "\x80" and (char in _CHANGED or unicodedata.category(char) == "Cn"):
            raise outside(f"versions of Unicode differ about U+{ord(char):04X}")
        return answer(char)

    return run


def _is_alphabetic(char: str) -> bool:
    return char.isalpha() or char in OTHER_ALPHABETIC or unicodedata.category(char) == "Nl"


def _is_numeric(char: str) -> bool:
    return unicodedata.category(char) in _NUMERIC


def _is_alphanumeric(char: str) -> bool:
    return _is_alphabetic(char) or _is_numeric(char)


def _is_whitespace(char: str) -> bool:
    return char.isspace() and char not in _SEPARATORS


def _is_ascii(char: str) -> bool:
    return ord(char) < _ASCII_LIMIT


def _in_ascii(test: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda char: ord(char) < _ASCII_LIMIT and test(char)


def _is_ascii_punctuation(char: str) -> bool:
    return "!" <= char <= "~" and not char.isalnum()


def _is_ascii_whitespace(char: str) -> bool:
    return char in {" ", "\t", "\n", "\x0c", "\r"}


def _from_code(code: int) -> str:
    if 0 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
        return chr(code)
    raise EvaluationFailed("ValueError", "not a Unicode scalar value")


def _to_ascii(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda char: change(char) if ord(char) < _ASCII_LIMIT else char


def _to_digit(signature: Signature) -> Function:
    target = cast(OptionType, signature.result).item

    def run(char: str, radix: int) -> Value:
        if not _SMALLEST_RADIX <= radix <= _LARGEST_RADIX:
            raise outside("a radix outside 2..36")
        if not (ord(char) < _ASCII_LIMIT and char.isalnum()):
            return NONE
        digit = int(char, _LARGEST_RADIX)
        return Some(digit) if digit < radix and fits(digit, target) else NONE

    return run


CHARS: Final[dict[str, Meaning]] = {
    "char.code": plain(ord),
    "char.from_code": plain(_from_code),
    "char.to_str": plain(str),
    "char.is_alphabetic": plain(_by_unicode(_is_alphabetic)),
    "char.is_numeric": plain(_by_unicode(_is_numeric)),
    "char.is_alphanumeric": plain(_by_unicode(_is_alphanumeric)),
    "char.is_whitespace": plain(_by_unicode(_is_whitespace)),
    "char.is_uppercase": plain(_by_unicode(str.isupper)),
    "char.is_lowercase": plain(_by_unicode(str.islower)),
    "char.is_ascii": plain(_is_ascii),
    "char.is_ascii_alphabetic": plain(_in_ascii(str.isalpha)),
    "char.is_ascii_digit": plain(_in_ascii(str.isdigit)),
    "char.is_ascii_alphanumeric": plain(_in_ascii(str.isalnum)),
    "char.is_ascii_uppercase": plain(_in_ascii(str.isupper)),
    "char.is_ascii_lowercase": plain(_in_ascii(str.islower)),
    "char.is_ascii_punctuation": plain(_is_ascii_punctuation),
    "char.is_ascii_whitespace": plain(_is_ascii_whitespace),
    "char.to_ascii_uppercase": plain(_to_ascii(str.upper)),
    "char.to_ascii_lowercase": plain(_to_ascii(str.lower)),
    "char.to_digit": typed(_to_digit),
    "char.to_uppercase": plain(_by_unicode(str.upper)),
    "char.to_lowercase": plain(_by_unicode(str.lower)),
}
