"""A row of a corpus, as it stands in JSON. `schema/row-1.json` says the same to other programs.

A row holds no time and nothing of the machine but the versions of its tools: the same sources give
the same rows. Every text in it can be judged by itself: `source` lifts alone, `ir` and `proof`
parse alone, and what is printed for Dafny or Lean is a whole file.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, TypedDict

__all__ = [
    "CANARY",
    "SCHEMA_VERSION",
    "AlmostInvariant",
    "Benchmark",
    "Bound",
    "CheckedOn",
    "Contract",
    "Evidence",
    "Example",
    "Finding",
    "Grade",
    "Judgement",
    "Kind",
    "Licence",
    "LoopHints",
    "Negative",
    "Origin",
    "Printed",
    "Raises",
    "Row",
    "Source",
    "Split",
    "StatedClause",
    "Test",
    "Twins",
]

SCHEMA_VERSION: Final = 1

CANARY: Final = "autoform corpus canary 5c1b7b0e-6a55-4ac5-9b0d-9f0b5d2f3b11"
"""Stands in every row: text that holds it was taken from a corpus made by autoform."""

Kind: TypeAlias = Literal["proved", "refuted", "unknown", "unsupported", "failed"]
Split: TypeAlias = Literal["train", "validation", "test"]
Evidence: TypeAlias = Literal[
    "file-header", "repository", "record", "manifest", "generator", "none"
]


class Licence(TypedDict):
    """An SPDX expression, and what it was read from. Without evidence there is no licence."""

    spdx: str | None
    evidence: Evidence
    detail: str


class Origin(TypedDict):
    """Where a function is from, and what was done to its text since."""

    corpus: str
    item: str
    path: str
    line: int
    repository: str | None
    commit: str | None
    derivation: list[str]


class Source(TypedDict):
    """A program with the function and no more than what the function needs."""

    text: str
    exact: str
    """SHA-256 of the function's own lines as they stand in the source."""
    normal: str
    """SHA-256 of the function's text without comments, documentation and layout."""


class StatedClause(TypedDict):
    """A condition in the text form of the IR."""

    text: str
    origin: str


class Raises(TypedDict):
    """`raises exception when text`."""

    exception: str
    text: str
    origin: str


class Contract(TypedDict):
    """The contract that the verdict is about."""

    requires: list[StatedClause]
    raises: list[Raises]
    ensures: list[StatedClause]
    decreases: list[str]


class Example(TypedDict):
    """A call of the original that was run and shows a failure."""

    call: str
    expected: str
    observed: str


class Finding(TypedDict):
    """A diagnostic; its line counts in the file that the function is from."""

    code: str
    message: str
    line: int | None
    hint: str | None


class Judgement(TypedDict):
    """The verdict of the prover. `failed`: the function broke its budget, or autoform."""

    kind: Kind
    by: list[str]
    confirmed: bool
    assumptions: list[str]
    obligation: str | None
    reason: str | None
    counterexample: Example | None
    findings: list[Finding]


class CheckedOn(TypedDict):
    """What came of running the original and the IR on the same inputs."""

    verdict: str
    inputs: int
    counterexample: Example | None
    notes: list[str]


class Test(TypedDict):
    """A call of the original that meets the precondition, and what it does."""

    call: str
    outcome: str


class LoopHints(TypedDict):
    """What the proof says of one loop of `proof`, counted in program order."""

    function: str
    number: int
    invariants: list[StatedClause]
    decreases: list[str]


class Printed(TypedDict):
    """The function for verifiers, with and without the hints of the proof; null where refused."""

    dafny2: str | None
    dafny2_hints: str | None
    dafny4: str | None
    dafny4_hints: str | None
    lean: str | None
    lean_hints: str | None


class Grade(TypedDict):
    """How much the contract asks for.

    Of `mutants` small faults, `equivalent` were told from the function by no input; the contract
    rejects `rejected` of the others, `failing` of these only because they raise or do not end.
    """

    witness: str
    mutants: int
    equivalent: int
    rejected: int
    failing: int
    surviving: list[str]
    trivial: list[str]
    implied: list[str]


class Negative(TypedDict):
    """A wrong variant of the function with the call on which it breaks the contract."""

    ir: str
    change: str
    call: str
    expected: str
    observed: str


class Bound(TypedDict):
    """A variable with its value, as a literal of the IR."""

    name: str
    value: str


class AlmostInvariant(TypedDict):
    """A condition that holds whenever a loop of `proof` is entered, and that the loop breaks.

    It is true in the state `before` and false in `after`, one round later. `call` reaches them,
    with so many `rounds` behind `after`; where it is null the condition holds on all runs that
    were tried, and is not inductive by itself.
    """

    function: str
    loop: int
    text: str
    call: str | None
    rounds: int | None
    before: list[Bound]
    after: list[Bound]


class Twins(TypedDict):
    """The near-duplicates of the function: rows of one group are always in one split."""

    group: str
    size: int
    first: bool


class Benchmark(TypedDict):
    """A function of a public benchmark that this one coincides with, and in what."""

    benchmark: str
    item: str
    how: Literal["exact", "normal", "ir"]


class Row(TypedDict):
    """One function."""

    schema: int
    id: str
    canary: str
    name: str
    language: str
    split: Split
    licence: Licence
    origin: Origin
    source: Source
    ir: str | None
    shape: str | None
    """SHA-256 of the IR with all names taken away: the same for a translation to the letter."""
    features: list[str]
    contract: Contract | None
    checked: CheckedOn | None
    verdict: Judgement
    proof: str | None
    hints: list[LoopHints]
    printed: Printed
    tests: list[Test]
    grade: Grade | None
    negatives: list[Negative]
    almost: list[AlmostInvariant]
    twins: Twins
    overlap: list[Benchmark]
    tools: list[str]
