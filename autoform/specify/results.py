"""What `specify` and `grade` say of a function."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from autoform.diagnostics import Diagnostic
from autoform.ir.decls import Assumption
from autoform.ir.exprs import Expr
from autoform.source import Span
from autoform.specify.hosts.edits import Edit

if TYPE_CHECKING:  # its package loads the prover, and the command asks here for names of results
    from autoform.prove.model.report import ModelReport


class Standing(StrEnum):
    """How far `specify` came with a function."""

    SPECIFIED = "specified"
    """At least one clause of its contract is proved, and so is that it raises nothing and ends."""
    UNSPECIFIED = "unspecified"
    """It was lifted and run, and nothing was proved of it; the reason says why."""
    UNSUPPORTED = "unsupported"
    """It was not lifted, or autoform failed on it; the diagnostics say which."""


@dataclass(frozen=True, slots=True)
class MinedClause:
    """A clause that was found: in the host's language, as IR, and where it came from.

    `killed` are the mutants that it rejects by itself.
    """

    text: str
    condition: Expr
    family: str
    killed: int = 0


@dataclass(frozen=True, slots=True)
class Property:
    """A relation between several calls that held on all that were tried. It is not proved."""

    text: str
    calls: int


@dataclass(frozen=True, slots=True)
class Grade:
    """How much a contract asks for.

    `witness` is a call that meets the precondition. Of `mutants` different small faults,
    `equivalent` were told from the function by no input; the contract rejects `rejected` of the
    others, `failing` of these only because they raise or do not end. `trivial` names the
    implementations that do nothing and satisfy the contract, `implied` the clauses that follow
    from the others, as the solver shows.
    """

    witness: str
    mutants: int
    equivalent: int
    rejected: int
    failing: int
    surviving: tuple[str, ...] = ()
    trivial: tuple[str, ...] = ()
    implied: tuple[str, ...] = ()

    @property
    def share(self) -> float | None:
        """The share of different mutants that the contract rejects; None where there are none."""
        different = self.mutants - self.equivalent
        return self.rejected / different if different else None


@dataclass(frozen=True, slots=True)
class Specification:
    """What was found for one function.

    `requires` and `ensures` are proved together: the function keeps every `ensures`, raises
    nothing undeclared and ends, on all calls that meet `requires`. `likely` held on all runs and
    is not proved. `edits` put the contract into the file, and `imports` what it takes.
    `assumptions` is what the proof takes for granted. `unsaid` names what the best of the clauses
    took that have no form in the host's language: those were left out. `model` tells of the rounds
    with a language model, where one was asked.
    """

    name: str
    span: Span
    standing: Standing
    requires: tuple[MinedClause, ...] = ()
    ensures: tuple[MinedClause, ...] = ()
    likely: tuple[MinedClause, ...] = ()
    properties: tuple[Property, ...] = ()
    grade: Grade | None = None
    lines: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    imports: tuple[Edit, ...] = ()
    reason: str = ""
    assumptions: tuple[Assumption, ...] = ()
    seconds: float = 0.0
    diagnostics: tuple[Diagnostic, ...] = ()
    unsaid: tuple[str, ...] = ()
    model: ModelReport | None = None


@dataclass(frozen=True, slots=True)
class GradeResult:
    """The grade of one function's contract, or why there is none."""

    name: str
    span: Span
    grade: Grade | None
    reason: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
