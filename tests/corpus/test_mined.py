"""Rows whose contract was mined, of both languages."""

from __future__ import annotations

import pytest

from autoform.corpus.settings import BuildSettings
from autoform.corpus.sources.unit import Unit
from autoform.corpus.workshop import Workshop

from .programs import MIT, TOTAL

LARGER = "pub fn larger(a: i32, b: i32) -> i32 {\n    if a > b { a } else { b }\n}\n"


@pytest.mark.parametrize(
    ("unit", "clause"),
    [
        (Unit("tests", "a.rs", "a.rs", LARGER, "rust", MIT), "max2(a, b)"),
        (Unit("tests", "a.py", "a.py", TOTAL, "python", MIT), "seq.sum(xs)"),
    ],
    ids=["rust", "python"],
)
def test_a_row_has_the_contract_that_was_mined(unit: Unit, clause: str) -> None:
    workshop = Workshop(unit, BuildSettings(confirm=False, grade=False))
    (name,) = workshop.names
    row = workshop.make(name)["row"]
    assert row["verdict"]["kind"] == "proved"
    contract = row["contract"]
    assert contract is not None
    mined = [each["text"] for each in contract["ensures"] if each["origin"] == "mined"]
    assert any(clause in text for text in mined), mined
