"""What a build makes of proofs stands when it is read again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from autoform.corpus import checks
from autoform.corpus.checks import check_rows
from autoform.corpus.confirming import Made
from autoform.corpus.row import Row
from autoform.corpus.settings import BuildSettings
from autoform.corpus.sources.unit import UnitLanguage
from autoform.corpus.workshop import Workshop
from autoform.ir.text import parse_module
from autoform.ir.wellformed import violations
from autoform.prove.pipeline import ProofResult, ProofSettings, prove
from tests.backends.dafny.real import needs_dafny
from tests.corpus.programs import unit

COUNT = '''\
def count(xs: list[int], limit: int) -> int:
    """
    post: __return__ == sum(1 for e in xs if e < limit)
    """
    found = 0
    for x in xs:
        if x < limit:
            found += 1
    return found
'''
ORDERED = '''\
def is_ordered(xs: list[int]) -> bool:
    """
    post: __return__ == all(xs[p] <= xs[p + 1] for p in range(len(xs) - 1))
    """
    for i in range(len(xs) - 1):
        if xs[i] > xs[i + 1]:
            return False
    return True
'''


def made(text: str, settings: BuildSettings) -> Made:
    workshop = Workshop(unit(text), replace(settings, grade=False))
    return workshop.make(workshop.names[0])


def problems(of: Row) -> list[str]:
    (checked,) = check_rows([of])
    return checked.problems


def test_names_bound_in_contract_and_invariants_differ() -> None:
    row = made(COUNT, BuildSettings(confirm=False))["row"]
    assert row["verdict"]["kind"] == "proved"
    assert violations(parse_module(row["proof"] or "")) == ()
    assert problems(row) == []


@needs_dafny
@pytest.mark.parametrize("text", [COUNT, ORDERED])
def test_every_form_of_a_proof_proves_it_again(text: str) -> None:
    found = made(text, BuildSettings())
    assert len(found["forms"]) == 3
    for form in found["forms"]:
        row: Row = {**found["row"], "proof": form["proof"], "printed": form["printed"]}
        assert problems(row) == []


@needs_dafny
def test_a_text_that_dafny_does_not_confirm_is_told() -> None:
    row = made(COUNT, BuildSettings())["row"]
    row["verdict"]["confirmed"] = True
    for key in ("dafny2_hints", "dafny4_hints"):
        row["printed"][key] = (row["printed"][key] or "").replace("< limit", "<= limit", 1)
    (problem,) = problems(row)
    assert problem.endswith("does not confirm it again")


def test_another_contract_is_told() -> None:
    row = made(COUNT, BuildSettings(confirm=False))["row"]
    changed = (row["proof"] or "").replace("== seq.sum", "<= seq.sum", 1)
    assert "its proof is that of another contract" in problems({**row, "proof": changed})


def test_a_proof_that_is_not_well_formed_is_told() -> None:
    row = made(COUNT, BuildSettings(confirm=False))["row"]
    changed = (row["proof"] or "").replace("var found: Int = 0;", "var found: Int = 0;" * 2)
    (problem,) = problems({**row, "proof": changed})
    assert problem.startswith("what it states is not well-formed")


FIRST_PLACE = """\
pub fn first_place<T: PartialEq>(item: &T, xs: &[T]) -> Option<usize> {
    let mut i = 0;
    while i < xs.len() {
        if &xs[i] == item {
            return Some(i);
        }
        i += 1;
    }
    None
}
"""
HALVES = """\
pub fn place(x: i64, low: i64, high: i64) -> i64 {
    if low > high {
        return -1;
    }
    let mid = low + (high - low) / 2;
    if mid == x {
        mid
    } else if mid < x {
        place(x, mid + 1, high)
    } else {
        place(x, low, mid - 1)
    }
}
"""
TABLE = '''\
def table(n: int) -> list[list[int]]:
    """
    pre: n >= 0
    post: all(row[0] == 1 for row in __return__)
    post: len(__return__) == n + 1
    """
    rows = [[0 for _ in range(n + 1)] for _ in range(n + 1)]
    for i in range(n + 1):
        rows[i][0] = 1
    return rows
'''
BY_EXAMPLE = """\
def longer(s, t):
    return len(s) >= len(t) and s[:1] == t[:1]


def check(candidate):
    assert candidate("ab", "a") == True
    assert candidate("b", "ab") == False


check(longer)
"""


def made_of(text: str, language: UnitLanguage, entry_point: str | None = None) -> Row:
    suffix = ".rs" if language == "rust" else ".py"
    own = replace(unit(text, f"a{suffix}"), language=language)
    points = None if entry_point is None else (entry_point,)
    workshop = Workshop(replace(own, entry_points=points), BuildSettings(confirm=False))
    (name,) = workshop.names
    return workshop.make(name)["row"]


@pytest.mark.parametrize(
    ("text", "language", "entry_point"),
    [
        (FIRST_PLACE, "rust", None),
        (HALVES, "rust", None),
        (TABLE, "python", None),
        (BY_EXAMPLE, "python", "longer"),
    ],
    ids=["a generic function", "machine integers", "names bound twice", "types by example"],
)
def test_a_row_is_borne_out_by_its_texts(
    text: str, language: UnitLanguage, entry_point: str | None
) -> None:
    row = made_of(text, language, entry_point)
    assert row["ir"] is not None
    (checked,) = check_rows([row])
    assert checked.problems == []
    assert checked.proved == (row["verdict"]["kind"] == "proved")
    if text in {FIRST_PLACE, TABLE}:
        assert checked.proved


def test_a_refutation_is_looked_for_on_the_inputs_of_a_build(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = made_of(COUNT.replace("< limit)", "<= limit)"), "python")
    assert row["verdict"]["kind"] == "refuted"
    asked: list[ProofSettings] = []

    def seen(*args: Any, settings: ProofSettings) -> tuple[ProofResult, ...]:
        asked.append(settings)
        return prove(*args, settings=settings)

    monkeypatch.setattr(checks, "prove", seen)
    assert problems(row) == []
    build = BuildSettings()
    assert [(each.examples, each.seed) for each in asked] == [(build.examples, build.seed)]
