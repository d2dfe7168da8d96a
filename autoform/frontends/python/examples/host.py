"""Examples as data: calls with values of the host language, and what they are said to give.

A host value is the Python value itself, so that whatever Python tells apart (a list from a tuple,
`1` from `1.0` from `True`) stays apart until the types of the function are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from autoform.source import Span

__all__ = [
    "Equals",
    "HostExample",
    "HostValue",
    "Outcome",
    "Raises",
    "Truth",
    "Unstated",
    "mutable_parts",
    "shares_parts",
]

HostValue: TypeAlias = (
    bool
    | int
    | float
    | str
    | range
    | list["HostValue"]
    | tuple["HostValue", ...]
    | set["HostValue"]
    | frozenset["HostValue"]
    | dict["HostValue", "HostValue"]
    | None
)


@dataclass(frozen=True, slots=True)
class Equals:
    """The call returns a value that `==` this one; a doctest's also prints like it."""

    value: HostValue


@dataclass(frozen=True, slots=True)
class Truth:
    """The call returns a value that counts as this truth value: `assert not f(x)`."""

    value: bool


@dataclass(frozen=True, slots=True)
class Raises:
    """The call raises an exception of this class."""

    exception: str


@dataclass(frozen=True, slots=True)
class Unstated:
    """Nothing exact is said: the call is only known to be one that the author had in mind."""


Outcome: TypeAlias = Equals | Truth | Raises | Unstated


@dataclass(frozen=True, slots=True)
class HostExample:
    """`f(1, key=[2]) == 3`. `kind` is `doctest` or `assert`.

    `trusted` are functions that were handed an argument's value before. The arguments are what
    they say only if none of these functions changes what it is given.
    """

    function: str
    args: tuple[HostValue, ...]
    keywords: tuple[tuple[str, HostValue], ...]
    outcome: Outcome
    span: Span
    kind: str
    trusted: frozenset[str] = frozenset()


def mutable_parts(*values: HostValue) -> Iterator[int]:
    """The identities of all mutable objects in the values, once for each place they stand in."""
    for value in values:
        match value:
            case list():
                yield id(value)
                yield from mutable_parts(*value)
            case set():  # its items are hashable, so that none of them can be changed
                yield id(value)
            case dict():
                yield id(value)
                yield from mutable_parts(*value.values())
            case tuple():
                yield from mutable_parts(*value)
            case _:
                continue


def shares_parts(values: Iterable[HostValue]) -> bool:
    """Whether one mutable object stands in two places, as in `[[0] * 2] * 3`.

    A value of the IR cannot say so: what is written to one place would not show in the other.
    """
    parts = list(mutable_parts(*values))
    return len(parts) != len(set(parts))
