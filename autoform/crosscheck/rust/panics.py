"""Panics as the exceptions of the IR.

What an operator of the IR raises and what rustc's checks say when they fail are put side by side;
every other panic, such as `panic!`, `unreachable!`, `unwrap` and `expect`, is a `Panic`.

    attempt to add with overflow                        OverflowError
    attempt to divide by zero                           ZeroDivisionError
    index out of bounds: the len is 0 but …             IndexError
    range end index 3 out of range for slice of …       IndexError
    byte index 1 is not a char boundary; …              IndexError
    argument of integer logarithm must be positive      ValueError
    assertion failed: …                                 AssertionError
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["OUT_OF_MEMORY", "exception_of"]

OUT_OF_MEMORY: Final = frozenset({"capacity overflow", "Hash table capacity overflow"})
"""What is said of memory: no claim is made about such calls."""

_CLASSES: Final = (
    (r"attempt to .* with overflow", "OverflowError"),
    (r"attempt to divide by zero", "ZeroDivisionError"),
    (r"attempt to calculate the remainder with a divisor of zero", "ZeroDivisionError"),
    (r"index out of bounds: ", "IndexError"),
    (r"(?:range )?(?:start|end) index ", "IndexError"),
    (r"range (?:start|end) index ", "IndexError"),
    (r"slice index starts at ", "IndexError"),
    (r"attempted to index ", "IndexError"),
    (r"(?:start |end )?byte index ", "IndexError"),
    (r"begin <= end ", "IndexError"),
    (r"(?:swap_remove|removal|insertion) index \(is ", "IndexError"),
    (r"`at` split index ", "IndexError"),
    (r"mid > len", "IndexError"),
    (r"cannot split at ", "IndexError"),
    (r"Out of bounds access$", "IndexError"),
    (r"argument of integer (?:logarithm|square root) ", "ValueError"),
    (r"assertion (?:`[^`]*` )?failed", "AssertionError"),
)
_MATCHERS: Final = tuple((re.compile(text), name) for text, name in _CLASSES)


def exception_of(message: str) -> str:
    """The IR's class of a panic with this message."""
    return next((name for matcher, name in _MATCHERS if matcher.match(message)), "Panic")
