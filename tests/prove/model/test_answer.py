"""Answers are read by a grammar in which nothing but annotations can be said."""

from __future__ import annotations

import time

import pytest

from autoform.ir.text import parse_module, print_expr, print_function
from autoform.prove.model.answer import (
    Assertion,
    LoopInvariant,
    LoopMeasure,
    Proposal,
    Reader,
)
from autoform.prove.model.clauses import MOST_CLAUSES, unlocated
from autoform.prove.model.places import with_asserts
from autoform.prove.model.report import Dropped

MODULE = parse_module(r"""
fn other(n: Int) -> Int ensures \result == n { return n; }
fn used(n: Int) -> Int ensures \result == n { return n; }
fn f(xs: Seq<Int>, n: Int) -> Int
    requires n >= 0
    ensures \result == n
{
    var i: Int = 0;
    while i < n {
        var k: Int = used(i);
        i = k + 1;
    }
    return i;
}
fn g(n: Int) -> Int ensures \result == 0 { if n == 0 { return 0; } return g(n - 1); }
""")


def read(text: str, name: str = "f") -> tuple[list[Proposal], list[Dropped]]:
    return Reader(MODULE, MODULE.function(name), recursive=name == "g").read(text)


def why_not(text: str, name: str = "f") -> str:
    """Why a line is not taken."""
    proposals, (dropped,) = read(text, name)
    assert proposals == []
    return dropped.reason


def test_invariants_measures_and_asserts() -> None:
    proposals, dropped = read(
        "invariant L1: i <= n\n"
        "decreases L1: n - i, i\n"
        "assert before P2: i < n\n"
        "assert after P3: i > 0 ==> n > 0\n"
    )
    assert dropped == []
    invariant, measure, before, after = proposals
    assert isinstance(invariant, LoopInvariant)
    assert (invariant.loop, print_expr(invariant.condition)) == (0, "i <= n")
    assert isinstance(measure, LoopMeasure)
    assert (measure.loop, [print_expr(part) for part in measure.parts]) == (0, ["n - i", "i"])
    assert isinstance(before, Assertion)
    assert isinstance(after, Assertion)
    function = with_asserts(MODULE.function("f"), [before.placed, after.placed])
    text = print_function(function, MODULE)
    assert "{\n        assert[model] i < n;\n        var k" in text
    assert "i = k + 1;\n        assert[model] !(i > 0) || n > 0;" in text


def test_the_measure_of_a_recursion_has_no_label() -> None:
    (measure,), _ = read("decreases: n", "g")
    assert isinstance(measure, LoopMeasure)
    assert measure.loop is None
    assert "no measure of its own" in why_not("decreases: n", "f")


@pytest.mark.parametrize(
    "text",
    [
        "invariant L1: i <= n",
        "- invariant L1: i <= n",
        "1. `invariant L1: i <= n;`",
        "**invariant L1: i <= n**".replace("**", "`"),
        "```\ninvariant L1: i <= n\n```",
        "Sure! `invariant` comes first.\n```text\ninvariant L1: i <= n\n```\nHope this helps.",
        "<think>assume false? invariant L1: i > n</think>\ninvariant L1: i <= n",
    ],
)
def test_the_wrappings_that_models_put_around_answers(text: str) -> None:
    (proposal,), dropped = read(text)
    assert isinstance(proposal, LoopInvariant)
    assert print_expr(proposal.condition) == "i <= n"
    assert dropped == []


@pytest.mark.parametrize(
    "line",
    [
        "assume false",
        "assume L1: false",
        "requires n > 5",
        "requires L1: n > 5",
        "ensures true",
        "ensures L1: true",
        "invariant L1: i <= n { return 0; }",
        "invariant L1: true; assume false",
        "invariant L1: true; return 0;",
        "invariant L1: true }",
        "i = n;",
        "assert[model] false;",
        "assert before P3: true; i = n",
        "fn f(xs: Seq<Int>, n: Int) -> Int { return n; }",
        "return n;",
        "raises ValueError when true",
        "assume float-as-real;",
        "invariant L1: # nothing",
    ],
)
def test_nothing_else_can_be_said(line: str) -> None:
    assert why_not(line)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("invariant L2: true", "no loop"),
        ("invariant P1: true", "no loop"),
        ("invariant: true", "no loop"),
        ("invariant L0: true", "no loop"),
        ("invariant L99999: true", "no loop"),
        ("assert before L9: true", "no statement"),
        ("assert: true", "no statement"),
        ("assert after P4: true", "nothing comes after"),
        ("invariant L1: i", "no condition"),
        ("invariant L1: i <= missing", "missing"),
        ("invariant L1: i + true == 2", ""),
        ("invariant L1: k == i", "k"),
        ("invariant L1: \\result == 2", ""),
        ("assert before P1: i == 0", "i"),
        ("assert before P3: \\old(n) == n", ""),
        ("decreases L1: xs", "integer"),
        ("invariant L1: seq.none(xs)", ""),
        ("invariant L1: other(i) == i", "other"),
        ("invariant L1: forall i in xs: i > i - 1 && i < n", ""),
        ("invariant L1: " + "i == 0 && " * 500 + "true", "characters"),
        ("invariant L1: " + "(" * 900 + "true" + ")" * 900 + "", ""),
        ("invariant L1: " + "!" * 1500 + "true", "deep"),
        ("invariant L1: " + "i" + "::<Int>" * 200 + " == 0", ""),
    ],
)
def test_what_is_not_well_formed_there_is_dropped(line: str, reason: str) -> None:
    proposals, dropped = read(line)
    for proposal in proposals:  # what is deep only in its parentheses is not deep
        assert isinstance(proposal, LoopInvariant)
        assert reason == ""
    for each in dropped:
        assert reason in each.reason


def test_own_callees_may_be_spoken_of() -> None:
    (proposal,), _ = read("invariant L1: used(i) == i")
    assert isinstance(proposal, LoopInvariant)


def test_binders_get_names_of_their_own() -> None:
    """They may be called like a local, or like each other."""
    (proposal,), dropped = read(
        "invariant L1: (forall k in xs: k == k) && (exists k in xs: k > 0 || i == 0)"
    )
    assert dropped == []
    assert isinstance(proposal, LoopInvariant)
    text = print_expr(proposal.condition)
    assert "forall k_1 in xs: k_1 == k_1" in text
    assert "exists k_2 in xs: k_2 > 0" in text


def test_thousands_of_clauses_are_read_up_to_a_bound() -> None:
    started = time.monotonic()
    proposals, dropped = read("\n".join(f"invariant L1: i <= n + {k}" for k in range(5_000)))
    assert len(proposals) == MOST_CLAUSES
    assert [each.text for each in dropped] == [f"… and {5_000 - MOST_CLAUSES} more lines"]
    assert time.monotonic() - started < 20


def test_a_huge_answer_is_read_up_to_a_bound() -> None:
    started = time.monotonic()
    proposals, dropped = read("invariant L1: true\n" + "x" * 3_000_000)
    assert len(proposals) == 1
    assert len(dropped) == 2
    assert all(len(each.text) < 500 for each in dropped)
    assert time.monotonic() - started < 20


def test_what_is_shown_of_an_answer_cannot_drive_a_terminal() -> None:
    _, (dropped,) = read("assume \x1b[2J\u202efalse")
    assert dropped.text.isprintable()


def test_places_of_what_was_proposed_can_be_forgotten() -> None:
    (proposal,), _ = read("invariant L1: i <= n")
    assert isinstance(proposal, LoopInvariant)
    assert proposal.condition.span.known
    assert not unlocated(proposal.condition).span.known
