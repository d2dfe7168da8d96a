"""Invariants that almost hold: true at every entry, and broken by a round that is told."""

from copy import deepcopy

from autoform.corpus.checks import check_rows
from autoform.corpus.row import Row
from autoform.corpus.schema import schema_problems
from autoform.corpus.settings import BuildSettings
from autoform.corpus.views.tasks import TASKS
from autoform.corpus.workshop import Workshop
from tests.corpus.programs import unit

TEXT = '''\
def triangle(n: int) -> int:
    """
    pre: n >= 0
    post: __return__ == n * (n + 1) // 2
    """
    total = 0
    for i in range(1, n + 1):
        total += i
    return total
'''
SETTINGS = BuildSettings(confirm=False, specify=False, grade=False)


def row() -> Row:
    return Workshop(unit(TEXT), SETTINGS).make("triangle")["row"]


def problems(of: Row) -> list[str]:
    (checked,) = check_rows([of], prove_again=False)
    return checked.problems


def test_both_kinds_are_found_and_stand_up_to_another_look() -> None:
    made = row()
    assert list(schema_problems(made)) == []
    assert problems(made) == []
    fail = [each for each in made["almost"] if each["call"] is not None]
    hold = [each for each in made["almost"] if each["call"] is None]
    assert fail
    assert hold
    stated = {clause["text"] for hint in made["hints"] for clause in hint["invariants"]}
    assert stated.isdisjoint(each["text"] for each in made["almost"])


def test_a_call_reaches_the_state_that_is_told() -> None:
    """The states of `triangle(n)`: after k rounds the counter is k + 1."""
    for each in row()["almost"]:
        state = {bound["name"]: int(bound["value"]) for bound in each["after"]}
        if each["call"] is not None:
            assert each["call"] == f"triangle({state['n']})"
            assert state["i"] == (each["rounds"] or 0) + 1
            assert state["total"] == sum(range(state["i"]))


def test_what_is_not_broken_is_noticed() -> None:
    told = deepcopy(row())
    told["almost"][0]["text"] = "0 <= i"
    assert problems(told) == ["`0 <= i` is not broken by the round that is told"]
    told["almost"][0]["after"] = told["almost"][0]["before"]
    assert "does not lead to where" in problems(told)[0]
    told["almost"][0]["text"] = "0 <= nothing"
    assert "cannot be read again" in problems(told)[0]


def test_they_are_judged_beside_what_holds() -> None:
    (view,) = (each for each in TASKS if each.name == "judge-invariant")
    made = row()
    found = {record["verdict"] for record in view.records(made)}
    assert found == {"holds", "fails", "not-inductive"}
