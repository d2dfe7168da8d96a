"""Panics and the exceptions of the IR: what of the two can be compared.

A panic is a message, an exception of the IR a name. Messages of the language and its library tell
which of three kinds they are; all others are one kind, because `assert!(c, "text")`, `unwrap`,
`expect` and `panic!("text")` cannot be told apart by what they print.

    attempt to add with overflow             overflow     OverflowError
    attempt to divide by zero                zero         ZeroDivisionError
    index out of bounds: the len is 3 …      index        IndexError
    called `Option::unwrap()` on a `None` …  panic        Panic, AssertionError, TypeError, …
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

__all__ = ["PanicKind", "kind_of_exception", "kind_of_message"]


class PanicKind(StrEnum):
    """The kinds of panics that are told apart."""

    OVERFLOW = "overflow"
    ZERO = "zero"
    INDEX = "index"
    PANIC = "panic"


_EXCEPTIONS: Final = {
    "OverflowError": PanicKind.OVERFLOW,
    "ZeroDivisionError": PanicKind.ZERO,
    "IndexError": PanicKind.INDEX,
}

_MESSAGES: Final = (
    (re.compile(r"attempt to .* with overflow\Z"), PanicKind.OVERFLOW),
    (re.compile(r"attempt to (divide by zero|.*with a divisor of zero)\Z"), PanicKind.ZERO),
    (re.compile(r"index out of bounds: "), PanicKind.INDEX),
    (re.compile(r"(range (start|end) index|slice index) "), PanicKind.INDEX),
    (re.compile(r"(removal|insertion|swap_remove|`at` split) index \(is "), PanicKind.INDEX),
    (re.compile(r"mid > len\Z"), PanicKind.INDEX),
)


def kind_of_exception(name: str) -> PanicKind:
    """The kind of an exception that the interpreter raises, or a clause names."""
    return _EXCEPTIONS.get(name, PanicKind.PANIC)


def kind_of_message(message: str) -> PanicKind:
    """The kind of a panic, by the message that rustc 1.70 and later print."""
    for pattern, kind in _MESSAGES:
        if pattern.match(message):
            return kind
    return PanicKind.PANIC
