"""What a build makes of proofs stands when it is read again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autoform.corpus.checks import check_rows
from autoform.corpus.confirming import Made
from autoform.corpus.row import Row
from autoform.corpus.settings import BuildSettings
from autoform.corpus.workshop import Workshop
from autoform.ir.text import parse_module
from autoform.ir.wellformed import violations
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
