"""What has to be shown of a function: obligations as data, each with its three texts.

The formula of an obligation is opaque outside `autoform.vc`: it is built by the executor and
consumed by the solver. Users, tests and language models read the texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from autoform.source import Span
from autoform.vc.smt.solver import Question


class Kind(Enum):
    """A kind of obligation: its short name, what holds when it is proved, what may fail if not."""

    POSTCONDITION = (
        "postcondition",
        "the postcondition holds whenever the function returns",
        "the postcondition may not hold",
    )
    PRECONDITION = (
        "precondition",
        "the precondition of the called function holds",
        "the precondition of the called function may not hold",
    )
    INDEX = ("index", "the index is in bounds", "the index may be out of bounds")
    KEY = ("key", "the key is present", "the key may be absent")
    DIVISION = ("division", "the divisor is not zero", "the divisor may be zero")
    OVERFLOW = ("overflow", "the result fits its type", "the arithmetic may overflow")
    UNWRAP = ("unwrap", "the optional value is present", "the optional value may be absent")
    VALUE = ("value", "the argument is one the operation accepts", "the operation may raise")
    OUTSIDE = (
        "outside-subset",
        "the value stays within what the IR represents",
        "the value may leave what the IR represents",
    )
    ASSERTION = ("assertion", "the assertion holds", "the assertion may fail")
    UNREACHABLE_RAISE = (
        "unreachable-raise",
        "an undeclared exception is never raised",
        "an undeclared exception may be raised",
    )
    DECLARED_RAISE = (
        "declared-raise",
        "the function raises whenever its contract says so",
        "the function may return where its contract says that it raises",
    )
    INVARIANT_ENTRY = (
        "invariant-entry",
        "the loop invariant holds on entry",
        "the loop invariant may not hold on entry",
    )
    INVARIANT_KEPT = (
        "invariant-kept",
        "the loop body keeps the invariant",
        "the loop body may break the invariant",
    )
    VARIANT_DECREASES = (
        "variant-decreases",
        "the variant decreases in every round",
        "the variant may not decrease",
    )
    VARIANT_BOUNDED = (
        "variant-bounded",
        "the variant is bounded from below",
        "the variant may be negative",
    )
    SATISFIABLE_REQUIRES = (
        "contradictory-requires",
        "some call meets the precondition",
        "no call can meet the precondition",
    )

    def __init__(self, short: str, holds: str, may_fail: str) -> None:
        """Give the three texts names."""
        self.short = short
        self.holds = holds
        self.may_fail = may_fail


EXCEPTION_KINDS: Final[dict[str, Kind]] = {
    "IndexError": Kind.INDEX,
    "KeyError": Kind.KEY,
    "ZeroDivisionError": Kind.DIVISION,
    "OverflowError": Kind.OVERFLOW,
    "TypeError": Kind.UNWRAP,
    "Panic": Kind.UNWRAP,
    "OutsideSubset": Kind.OUTSIDE,
    "AssertionError": Kind.ASSERTION,
}


def kind_of_exception(exception: str) -> Kind:
    """The kind of obligation that rules out an operator's exception."""
    return EXCEPTION_KINDS.get(exception, Kind.VALUE)


@dataclass(frozen=True, slots=True)
class InvariantId:
    """A loop of a function, counted from 0 in program order, and a clause of its invariant."""

    loop: int
    clause: int


@dataclass(frozen=True, slots=True)
class MeasureId:
    """A loop and one of the measures tried for it: its termination needs one that stands."""

    loop: int
    choice: int


Subject: TypeAlias = InvariantId | MeasureId


@dataclass(frozen=True, slots=True)
class Obligation:
    """Whether the goal of `question` follows from its assumptions.

    `detail` is the IR text of what is claimed. `subject` names the invariant clause or the
    measure that is at stake: no other obligation takes it for granted.
    """

    kind: Kind
    function: str
    span: Span
    detail: str
    question: Question
    subject: Subject | None = None

    @property
    def failure(self) -> str:
        """What may fail, in words, with the claim itself."""
        return f"{self.kind.may_fail}: {self.detail}" if self.detail else self.kind.may_fail
