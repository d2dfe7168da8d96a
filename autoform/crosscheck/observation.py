"""What an engine says of one call, as data that can be compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from autoform.semantics.values import Value

__all__ = [
    "Gave",
    "Input",
    "NoClaim",
    "Observation",
    "Odd",
    "Reason",
    "Threw",
    "same_exception",
]

Input: TypeAlias = tuple[Value, ...]
"""The arguments of one call, one value a parameter."""


@dataclass(frozen=True, slots=True)
class Gave:
    """The call returned `value`; `finals` are the last values of the inout parameters."""

    value: Value
    finals: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Threw:
    """The call raised; `exception` is the name of its class. The message is no part of it.

    `finals` is None where an engine cannot tell what inout parameters held at that moment.
    `message` is there to be shown, where one is known.
    """

    exception: str
    finals: tuple[Value, ...] | None = ()
    message: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Odd:
    """The call did what its declared types do not allow: `text` says what, in words."""

    text: str


class Reason(StrEnum):
    """Why an engine says nothing about a call. Such calls are counted, never passed over."""

    OUTSIDE = "outside the subset"
    FUEL = "out of fuel"
    TIME = "out of CPU time"
    MEMORY = "out of memory"
    RECURSION = "recursion too deep"
    SIZE = "result too large"
    CRASH = "process ended"
    NOT_RUN = "not run"
    NO_COUNTERPART = "value without counterpart"
    NO_EXCEPTIONS = "the target has no exceptions"
    NOT_EMITTED = "not emitted"
    NO_BODY = "the target leaves a part of it open"


@dataclass(frozen=True, slots=True)
class NoClaim:
    """Nothing is said about the call."""

    reason: Reason


Observation: TypeAlias = Gave | Threw | Odd | NoClaim


_TOLD: Final = frozenset({"OverflowError", "ZeroDivisionError", "IndexError"})


def same_exception(a: str, b: str) -> bool:
    """Whether two names are of one exception, as far as one can tell.

    A `Panic` of Rust may have been any but those that the language itself words: `assert!` with a
    text, `unwrap` and `panic!` print alike. No function of Python raises it.
    """
    return a == b or ("Panic" in (a, b) and _TOLD.isdisjoint((a, b)))
