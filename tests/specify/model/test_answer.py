"""Answers are read by a grammar in which nothing but postconditions can be said."""

from __future__ import annotations

import pytest

from autoform.ir.text import parse_module, print_expr
from autoform.prove.model.clauses import MOST_CLAUSES
from autoform.prove.model.report import Dropped
from autoform.specify.model.answer import Postcondition, Reader

MODULE = parse_module(r"""
fn used(n: Int) -> Int { return n; }
fn other(n: Int) -> Int { return n; }
fn f(xs: Seq<Int>, n: Int) -> Int
    ensures \result >= n
{
    var i: Int = used(n);
    return i;
}
""")
FUNCTION = MODULE.function("f")


def read(text: str) -> tuple[list[Postcondition], list[Dropped]]:
    return Reader(MODULE, FUNCTION).read(text)


@pytest.mark.parametrize(
    ("line", "condition"),
    [
        (r"ensures: \result == n", r"\result::<Int> == n"),
        (r"- `ensures: \result == n`;", r"\result::<Int> == n"),
        (r"2. postcondition: used(n) == \result", r"used(n)::<Int> == \result::<Int>"),
        (r"ensures: forall x in xs: x <= \result", r"forall x in xs: x <= \result::<Int>"),
        (r"ensures: \result >= \old(n)", r"\result::<Int> >= \old(n)"),
    ],
)
def test_what_is_read(line: str, condition: str) -> None:
    (found,), dropped = read(f"thinking…\n```\n{line}\n```\n")
    assert print_expr(found.condition) == condition
    assert not dropped


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("requires: n > 0", "it is no postcondition"),
        ("assume false", "it is no postcondition"),
        ("ensures n > 0", "it is no postcondition"),
        ("invariant L1: n > 0", "it is no postcondition"),
        (r"ensures: \result", "it is no condition"),
        (r"ensures: \result == i", "it does not parse"),
        (r"ensures: \result == n; return 1", "it does not parse"),
        (r"ensures: f(xs, n) == \result", "it calls the function that it is about"),
        (r"ensures: other(n) == \result", "it calls other, which the function does not call"),
        (f"ensures: {'(' * 3000}", "a clause may have 2000 characters"),
        (rf"ensures: [{', '.join('n' * 500)}] == xs", "a clause may have 400 nodes"),
    ],
)
def test_what_is_not_read(line: str, reason: str) -> None:
    found, (dropped,) = read(line)
    assert not found
    assert dropped.reason.startswith(reason)


def test_an_answer_has_so_many_clauses() -> None:
    found, dropped = read("\n".join(rf"ensures: \result >= {k}" for k in range(MOST_CLAUSES + 3)))
    assert len(found) == MOST_CLAUSES
    assert dropped == [Dropped("… and 3 more lines", "an answer may have 40 clauses")]
