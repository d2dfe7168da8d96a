"""What a cross-check found, as data: verdicts, counterexamples, and counts that hide nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from autoform.diagnostics import Diagnostic
from autoform.source import Span

__all__ = ["CheckResult", "CheckVerdict", "Counterexample", "Counts", "EngineName"]


class EngineName(StrEnum):
    """Who may say what a call does."""

    ORIGINAL = "original"
    INTERPRETER = "interpreter"
    FUNCTIONAL = "functional"
    DAFNY = "dafny"


class CheckVerdict(StrEnum):
    """What is said of a function.

    `agrees`: all engines did the same on every input where they made a claim, and no contract
    clause failed. `disagrees`: an engine differs from the original, which is a bug of autoform.
    `refuted`: the original breaks its own contract. `unsupported`: nothing could be compared.
    """

    AGREES = "agrees"
    DISAGREES = "disagrees"
    REFUTED = "refuted"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A call of the original that shows the failure, shrunk, and run again after shrinking.

    `expected` is what the original does, or of a refuted contract what the clause demands;
    `observed` is what the engines named in `engines` do, or of a contract what the original does.
    """

    call: str
    expected: str
    observed: str
    engines: tuple[EngineName, ...]
    clause: Span | None = None


@dataclass(frozen=True, slots=True)
class EngineCount:
    """How many inputs an engine made a claim about, and why it made none about the others."""

    claims: int
    discarded: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """Where the inputs came from, how many the precondition rejected, and what engines did."""

    examples: int = 0
    corners: int = 0
    generated: int = 0
    rejected: int = 0
    engines: Mapping[EngineName, EngineCount] | None = None

    @property
    def inputs(self) -> int:
        """All inputs that met the precondition."""
        return self.examples + self.corners + self.generated


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The verdict on one function. `notes` are remarks that weaken it, in words."""

    name: str
    span: Span
    verdict: CheckVerdict
    counts: Counts = Counts()
    counterexample: Counterexample | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()
