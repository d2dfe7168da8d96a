"""Whole functions: what is told is proved, and the file with it lifts and proves."""

from __future__ import annotations

import autoform
from autoform.source import SourceFile
from autoform.specify.hosts.edits import with_edits
from autoform.specify.results import Specification, Standing

TEXT = '''\
"""Samples."""


def total(xs: list[int]) -> int:
    """The sum of the list."""
    result_so_far = 0
    for x in xs:
        result_so_far += x
    return result_so_far


def larger(a: int, b: int) -> int:
    return a if a > b else b


def first(xs: list[int]) -> int:
    return xs[0]
'''


def specified(text: str) -> tuple[autoform.Lifted, dict[str, Specification]]:
    lifted = autoform.lift(SourceFile("sample.py", text))
    settings = autoform.SpecifySettings(examples=30)
    return lifted, {each.name: each for each in autoform.specify(lifted, settings=settings)}


def test_contracts_are_found_proved_written_and_proved_again() -> None:
    lifted, found = specified(TEXT)
    assert {each.standing for each in found.values()} == {Standing.SPECIFIED}
    assert [c.text for c in found["total"].ensures] == ["result == sum(xs)"]
    assert [c.text for c in found["larger"].ensures] == ["result == max(a, b)"]
    assert [c.text for c in found["first"].requires] == ["len(xs) > 0"]
    assert [c.text for c in found["first"].ensures] == ["result == xs[0]"]
    grade = found["total"].grade
    assert grade is not None
    assert grade.share == 1.0
    assert grade.trivial == ()
    edits = {edit for each in found.values() for edit in (*each.edits, *each.imports)}
    text = with_edits(lifted.source.text, edits)
    again = autoform.lift(SourceFile("sample.py", text))
    assert not again.refused
    verdicts = [result.verdict for result in autoform.prove(again)]
    assert all(isinstance(verdict, autoform.Proved) for verdict in verdicts)
    nothing_new = {each.name: each.lines for each in autoform.specify(again)}
    assert nothing_new == {"total": (), "larger": (), "first": ()}


def test_the_same_seed_gives_the_same_contract() -> None:
    text = "def f(a: int) -> int:\n    return a * 3 + 1\n"
    one, other = specified(text)[1]["f"], specified(text)[1]["f"]
    assert (one.lines, one.likely, one.grade) == (other.lines, other.likely, other.grade)
    assert one.lines


def test_what_cannot_be_proved_is_only_likely() -> None:
    _, found = specified("def f(n: int) -> int:\n    return n if n != 123456789 else -1\n")
    assert "result == n" not in [clause.text for clause in found["f"].ensures]


def test_a_refused_function_is_told_as_such() -> None:
    _, found = specified("def f(x):\n    return open(x)\n")
    assert found["f"].standing is Standing.UNSUPPORTED
    assert found["f"].diagnostics


def test_relations_between_calls_are_told_apart() -> None:
    _, found = specified("def f(a: int, b: int) -> int:\n    return a * b + a + b\n")
    assert "f(a, b) == f(b, a)" in [each.text for each in found["f"].properties]


def test_a_function_inside_another_is_proved_for_its_caller() -> None:
    _, found = specified(
        "def f(a: int) -> int:\n"
        "    def twice(n: int) -> int:\n"
        "        return n * 2\n\n"
        "    return twice(a) + 1\n"
    )
    assert found["f"].reason != "it calls f.twice, of which nothing is proved"


def test_a_clause_that_takes_too_many_steps_on_some_runs_is_left_to_the_prover() -> None:
    _, found = specified("def f(n: int) -> int:\n    return sum(range(n * n * n * n + 1))\n")
    assert "result == sum(range(n * n * n * n + 1))" in [c.text for c in found["f"].ensures]


def test_clauses_do_not_call_a_function_of_the_file_by_the_name_of_a_builtin() -> None:
    _, found = specified(
        "def sum(a: int, b: int) -> int:\n    return a + b\n\n\n"
        "def f(xs: list[int]) -> int:\n"
        "    t = 0\n    for x in xs:\n        t += x\n    return t\n\n\n"
        "def larger(a: int, b: int) -> int:\n    return a if a > b else b\n"
    )
    assert [c.text for c in found["larger"].ensures] == ["result == max(a, b)"]
    assert "sum, which means something else here" in found["f"].unsaid


def test_keys_are_written_out() -> None:
    _, found = specified(
        "def f(xs: list[int]) -> list[int]:\n    return sorted(xs, key=lambda x: -x)\n\n\n"
        "def g(words: list[str]) -> str:\n    return max(words, key=len)\n"
    )
    assert [c.text for c in found["f"].ensures] == ["result == sorted(xs, key=lambda x: -x)"]
    assert [c.text for c in found["g"].requires] == ["len(words) > 0"]
