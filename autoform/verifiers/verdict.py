"""What can be said of a function: never a bool.

What nobody could prove is `Unknown`, not false; what nobody could read is `Unsupported`, not true.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from autoform.diagnostics import Diagnostic
from autoform.ir.decls import Assumption
from autoform.source import NOWHERE, Span

__all__ = ["Counterexample", "Proved", "Refuted", "Unknown", "Unsupported", "Verdict"]


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A call of the original function that shows what fails, as one can paste it.

    `replayed` is true when the original was called so and did what `observed` says.
    """

    call: str
    expected: str
    observed: str
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Proved:
    """Every obligation holds, by the named tools, where the assumptions do."""

    by: tuple[str, ...]
    """Names with versions: `("Dafny 2.3.0", "Z3 4.8.5")`."""
    assumptions: tuple[Assumption, ...] = ()
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Refuted:
    """Some call breaks the contract or fails where it must not."""

    counterexample: Counterexample


@dataclass(frozen=True, slots=True)
class Unknown:
    """An obligation that was not proved, in words, and why not: not a proof that it fails."""

    obligation: str
    reason: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Unsupported:
    """The function could not be put before the verifier."""

    diagnostics: tuple[Diagnostic, ...]


Verdict: TypeAlias = Proved | Refuted | Unknown | Unsupported
