"""Whole files: every function gets the verdict that it deserves."""

from __future__ import annotations

from autoform.frontends import lift
from autoform.prove.pipeline import prove
from autoform.source import SourceFile
from autoform.verifiers.verdict import Proved, Refuted, Unsupported, Verdict

HEAD = "from icontract import ensure, require\n\n\n"


def verdicts(text: str) -> dict[str, Verdict]:
    lifted = lift(SourceFile("sample.py", HEAD + text))
    return {result.name: result.verdict for result in prove(lifted)}


def test_a_loop_is_proved_without_an_invariant() -> None:
    found = verdicts(
        "@ensure(lambda xs, result: result == sum(xs))\n"
        "def total(xs: list[int]) -> int:\n"
        "    acc = 0\n"
        "    for x in xs:\n"
        "        acc += x\n"
        "    return acc\n"
    )
    assert isinstance(found["total"], Proved)


def test_a_loop_that_moves_one_of_two_counters_ends() -> None:
    found = verdicts(
        "def moves(n: int, m: int) -> int:\n"
        "    i = j = 0\n"
        "    while i < n or j < m:\n"
        "        if i < n:\n"
        "            i += 1\n"
        "        if j < m:\n"
        "            j += 1\n"
        "    return i - j\n"
    )
    assert isinstance(found["moves"], Proved)


def test_a_wrong_loop_is_refuted_by_a_call() -> None:
    found = verdicts(
        "@ensure(lambda xs, result: result == sum(xs))\n"
        "def total(xs: list[int]) -> int:\n"
        "    acc = 1\n"
        "    for x in xs:\n"
        "        acc += x\n"
        "    return acc\n"
    )["total"]
    assert isinstance(found, Refuted)
    assert found.counterexample.call == "total([])"
    assert found.counterexample.replayed


def test_an_undeclared_exception_refutes() -> None:
    found = verdicts("def first(xs: list[int]) -> int:\n    return xs[0]\n")["first"]
    assert isinstance(found, Refuted)
    assert "IndexError" in found.counterexample.observed


def test_nobody_is_proved_on_the_word_of_one_who_is_not() -> None:
    found = verdicts(
        "@ensure(lambda n, result: result > n)\n"
        "def more(n: int) -> int:\n"
        "    return n + 1 if n != 123456789 else n\n"
        "\n\n"
        "@ensure(lambda n, result: result > n)\n"
        "def caller(n: int) -> int:\n"
        "    return more(n)\n"
    )
    assert not isinstance(found["more"], Proved)
    assert not isinstance(found["caller"], Proved)


def test_a_precondition_that_nothing_meets_proves_nothing() -> None:
    found = verdicts(
        "@require(lambda n: n > 0 and n < 0)\n"
        "@ensure(lambda result: result == 1)\n"
        "def impossible(n: int) -> int:\n"
        "    return 0\n"
    )["impossible"]
    assert isinstance(found, Unsupported)
    assert [each.code for each in found.diagnostics] == ["contract-impossible"]


def test_recursion_finds_its_measure() -> None:
    found = verdicts(
        "@require(lambda n: n >= 0)\n"
        "@ensure(lambda n, result: result == n)\n"
        "def count(n: int) -> int:\n"
        "    return 0 if n == 0 else 1 + count(n - 1)\n"
    )["count"]
    assert isinstance(found, Proved)
