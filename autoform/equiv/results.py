"""What is said of two functions, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from autoform.diagnostics import Diagnostic
from autoform.ir.decls import Assumption

__all__ = ["Difference", "Domain", "EquivResult", "EquivVerdict"]


class EquivVerdict(StrEnum):
    """What is said of two functions.

    `equivalent`: proved. `differs`: a call on which the two originals were run does different
    things. `same-on-inputs`: nothing proved, and no difference on the inputs tried.
    `unsupported`: they could not be compared.
    """

    EQUIVALENT = "equivalent"
    DIFFERS = "differs"
    SAME_ON_INPUTS = "same-on-inputs"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Difference:
    """One input, as a call of each function, and what each original did: run after shrinking."""

    first_call: str
    first_result: str
    second_call: str
    second_result: str


@dataclass(frozen=True, slots=True)
class Domain:
    """A precondition under which the functions agree, in the syntax of `requires`.

    `proved` when equivalence on it was proved; otherwise it held on `inputs` inputs, no more.
    """

    requires: str
    proved: bool
    inputs: int


@dataclass(frozen=True, slots=True)
class EquivResult:
    """The verdict on a pair of functions.

    `by` says how equivalence was proved; `open` says what was not proved, where it was not.
    `domain` is given when the functions differ, no `requires` was given, and one was found.
    """

    first: str
    second: str
    verdict: EquivVerdict
    inputs: int = 0
    requires: tuple[str, ...] = ()
    difference: Difference | None = None
    domain: Domain | None = None
    by: tuple[str, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    open: str = ""
    seconds: float = 0.0
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()
