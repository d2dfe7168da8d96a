"""Rows are confirmed together, each in the first of its forms that Dafny confirms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import pytest

from autoform.backends.emitted import Emitted
from autoform.corpus import confirming
from autoform.corpus.confirming import (
    CONFIRMATION,
    Made,
    confirm_made,
    confirmed,
    confirmed_otherwise,
)
from autoform.corpus.engines import in_lots
from autoform.corpus.engines.slot import Slot
from autoform.corpus.settings import BuildSettings
from autoform.verifiers.dafny import Budget, DafnyTool, Verification, find_dafny
from autoform.verifiers.verdict import Proved, Unknown, Verdict
from tests.backends.dafny.real import needs_dafny
from tests.corpus.programs import MIT, many, unit

SQUARE = '''\
def square(n: int) -> int:
    """
    post: __return__ >= 0
    """
    return n * n
'''


@dataclass
class Stub:
    """A Dafny that proves the texts with `yes` in them, and notes what it is asked together.

    It proves those with `near` by all the steps that a build gives, and no fewer; those with `odd`
    only at odd places, for names go by places.
    """

    name: str = "Dafny stub"
    dialect: int = 2
    asked: list[list[str]] = field(default_factory=list)

    def verify_all(self, texts: Sequence[Emitted], *, budget: Budget) -> list[Verification]:
        self.asked.append([each.text for each in texts])

        def judged(place: int, text: str) -> Verdict:
            proved = "yes" in text
            proved &= "near" not in text or budget.resources >= CONFIRMATION.resources
            proved &= "odd" not in text or place % 2 == 1
            return Proved(("stub",)) if proved else Unknown("it", "no")

        return [
            Verification({"f": judged(place, each.text)} if each.text else {}, ())
            for place, each in enumerate(texts)
        ]


def made(identifier: str, *texts: str) -> Made:
    """A proved row whose proof has these forms."""
    forms = [
        {"proof": f"proof {t}", "hints": [], "printed": {"dafny2_hints": t}, "called": ("F", None)}
        for t in texts
    ]
    verdict = {"by": ["autoform"], "confirmed": False}
    row = {"id": identifier, "name": "f", "verdict": verdict, "proof": f"proof {texts[0]}"}
    return cast("Made", {"row": row, "bands": [], "forms": forms})


def asked(monkeypatch: pytest.MonkeyPatch, rows: list[Made]) -> list[list[str]]:
    stub = Stub()
    monkeypatch.setattr(confirming, "find_dafny", lambda: cast("DafnyTool", stub))
    confirm_made(rows)
    return stub.asked


def test_the_first_form_that_is_confirmed_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [made("1", "yes 1", "yes 2"), made("2", "no 1", "yes 3"), made("3", "no 2", "no 3")]
    assert asked(monkeypatch, rows) == [
        *(["yes 1", "no 1", "no 2"], ["no 1", "no 2"]),
        *(["yes 3", "no 3"], ["no 3"]),
    ]
    assert [each["row"]["proof"] for each in rows] == ["proof yes 1", "proof yes 3", "proof no 2"]
    assert [each["row"]["verdict"]["confirmed"] for each in rows] == [True, True, False]
    assert rows[0]["row"]["verdict"]["by"] == ["autoform", "Dafny stub"]
    assert not any(each["forms"] for each in rows)


def test_a_text_is_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch, [made("1", "no", "no", "no")]) == [["no"], ["no"]]


def test_what_is_proved_near_the_limit_is_proved_under_other_names_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [made("1", "yes"), made("2", "yes, near"), made("3", "yes, near, odd")]
    assert asked(monkeypatch, rows) == [
        ["yes", "yes, near", "yes, near, odd"],
        ["yes, near", "yes, near, odd"],
        ["", "yes, near", "yes, near, odd"],
    ]
    assert [each["row"]["verdict"]["confirmed"] for each in rows] == [True, True, False]


def test_a_proof_is_one_under_any_name() -> None:
    stub = Stub()
    tool = cast("DafnyTool", stub)
    text = Emitted("yes, odd", (), {"f": "F"})
    assert confirmed(tool, [text]) == [False]
    assert confirmed_otherwise(tool, text)
    assert stub.asked == [[text.text], [text.text], ["", text.text]]
    wrong = Emitted("no", (), {"f": "F"})
    assert not confirmed_otherwise(tool, wrong)


def test_a_lot_holds_one_unit_unless_dafny_is_asked() -> None:
    tasks = list(enumerate(many(45)()))
    assert [len(lot) for lot in in_lots(tasks, BuildSettings(confirm=False))] == [1] * 45
    assert [len(lot) for lot in in_lots(tasks, BuildSettings())] == [20, 20, 5]
    long = list(enumerate([unit("#" * 50_000, licence=MIT)] * 3))
    assert [len(lot) for lot in in_lots(long, BuildSettings())] == [1, 1, 1]


@needs_dafny
def test_rows_of_several_units_are_confirmed_in_one_go() -> None:
    units = [unit(SQUARE, "a.py"), unit(SQUARE.replace("square", "other"), "b.py")]
    tool = find_dafny()
    assert tool is not None
    with Slot(BuildSettings(grade=False)) as slot:
        found = slot.run(list(enumerate(units)))
    assert [each.number for each in found] == [0, 1]
    for finished in found:
        (row,) = (each["row"] for each in finished.made)
        assert row["verdict"]["confirmed"]
        assert tool.name in row["verdict"]["by"]


@needs_dafny
@pytest.mark.parametrize(("claim", "holds"), [("r > n", True), ("r > n + 1", False)])
def test_a_module_of_another_name_proves_what_is_so_and_nothing_else(
    claim: str, *, holds: bool
) -> None:
    text = f"method F(n: int) returns (r: int)\n  ensures {claim}\n{{\n  r := n + 1;\n}}\n"
    tool = find_dafny()
    assert tool is not None
    emitted = Emitted(text, (), {"f": "F"})
    assert confirmed_otherwise(tool, emitted) is holds


@needs_dafny
def test_every_company_is_dafny() -> None:
    tool = find_dafny()
    assert tool is not None
    for each in (other for before in confirming._COMPANIES for other in before):
        found = tool.verify(each)
        assert not found.messages
        assert not found.failure
