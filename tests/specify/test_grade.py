"""The grade of a contract: what it lets pass is said."""

from __future__ import annotations

import autoform
from autoform.source import SourceFile
from autoform.specify.results import Grade

HEAD = "import icontract\n\n\n"
BODY = (
    "def count(xs: list[int]) -> int:\n"
    "    n = 0\n"
    "    for x in xs:\n"
    "        if x > 0:\n"
    "            n += 1\n"
    "    return n\n"
)


def graded(*clauses: str, body: str = BODY) -> Grade | None:
    text = HEAD + "".join(f"@icontract.{clause}\n" for clause in clauses) + body
    lifted = autoform.lift(SourceFile("sample.py", text))
    assert not lifted.refused
    (result,) = autoform.grade(lifted)
    return result.grade


def test_a_full_contract_rejects_all_that_differs() -> None:
    grade = graded("ensure(lambda xs, result: result == sum(1 for x in xs if x > 0))")
    assert grade is not None
    assert grade.mutants > 5
    assert grade.share == 1.0
    assert grade.trivial == ()
    assert grade.witness.startswith("count(")


def test_a_weak_contract_is_satisfied_by_nothing_done() -> None:
    grade = graded("ensure(lambda result: result >= 0)")
    assert grade is not None
    assert grade.share is not None
    assert grade.share < 0.7
    assert "always 0" in grade.trivial
    assert grade.surviving


def test_a_clause_that_follows_is_named() -> None:
    grade = graded(
        "ensure(lambda result: result >= 0)",
        "ensure(lambda xs, result: result == sum(1 for x in xs if x > 0))",
        "ensure(lambda result: result > -1)",
    )
    assert grade is not None
    assert any("result > -1" in text for text in grade.implied)


def test_a_precondition_that_nothing_meets_has_no_grade() -> None:
    assert graded("require(lambda xs: len(xs) < 0)") is None
