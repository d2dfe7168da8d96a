"""Panics as the exceptions of the IR, by what the front end says of their messages.

    attempt to add with overflow              OverflowError
    attempt to divide by zero                 ZeroDivisionError
    index out of bounds: the len is 0 but …   IndexError
    anything else                             Panic

`assert!(c, "text")`, `unwrap`, `expect` and `panic!("text")` cannot be told apart by what they
print: `Panic` stands for whichever of them the translation raises (`same_exception`).
"""

from __future__ import annotations

from typing import Final

from autoform.frontends.rust.panics import PanicKind, kind_of_message

__all__ = ["OUT_OF_MEMORY", "exception_of"]

OUT_OF_MEMORY: Final = frozenset({"capacity overflow", "Hash table capacity overflow"})
"""What is said of memory: no claim is made about such calls."""

_NAMES: Final = {
    PanicKind.OVERFLOW: "OverflowError",
    PanicKind.ZERO: "ZeroDivisionError",
    PanicKind.INDEX: "IndexError",
    PanicKind.PANIC: "Panic",
}


def exception_of(message: str) -> str:
    """The IR's class of a panic with this message."""
    return _NAMES[kind_of_message(message)]
