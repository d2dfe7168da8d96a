"""Contracts, evaluated on calls."""

from __future__ import annotations

import pytest

from autoform.semantics.contracts import (
    Breach,
    BreachKind,
    breaches,
    broken_ensures,
    broken_requires,
    declared_exception,
)
from autoform.semantics.failure import EvaluationFailed
from autoform.semantics.interpreter import Outcome, OutOfFuel, Raised, Returned
from tests.semantics.programs import module

TEXT = r"""
fn pop(inout xs: Seq<Int>, n: Int) -> Int
    requires[assert] n >= 0
    requires[docstring] 10 // n > 1
    raises[guard] ValueError when n == 3
    raises[guard] IndexError when seq.len(xs) == 0
    ensures[docstring] seq.len(xs) == seq.len(\old(xs)) - 1
    ensures[docstring] \result == seq.at(\old(xs), 0) && n == \old(n)
{ return 0; }
"""
POP = module(TEXT)
FIRST, SECOND = POP.functions[0].contract.ensures


def test_preconditions() -> None:
    assert broken_requires(POP, "pop", ((), 1)) == ()
    negative, small = POP.functions[0].contract.requires
    assert broken_requires(POP, "pop", ((), -1)) == (negative, small)
    with pytest.raises(EvaluationFailed, match="ZeroDivisionError"):
        broken_requires(POP, "pop", ((), 0))


def test_the_first_raises_clause_that_holds_counts() -> None:
    value, index = POP.functions[0].contract.raises
    assert declared_exception(POP, "pop", ((), 3)) == value
    assert declared_exception(POP, "pop", ((), 4)) == index
    assert declared_exception(POP, "pop", ((1,), 4)) is None


def test_postconditions_see_the_final_and_the_first_values() -> None:
    assert broken_ensures(POP, "pop", ((7, 8), 1), Returned(7, ((8,),))) == ()
    assert broken_ensures(POP, "pop", ((7, 8), 1), Returned(8, ((8,),))) == (SECOND,)
    assert broken_ensures(POP, "pop", ((7, 8), 1), Returned(7, ((7, 8),))) == (FIRST,)


@pytest.mark.parametrize(
    ("args", "outcome", "expected"),
    [
        (((7, 8), 1), Returned(7, ((8,),)), ()),
        (((7, 8), 1), Returned(0, ((8,),)), (Breach(BreachKind.POSTCONDITION, SECOND),)),
        (((7, 8), 1), Raised("KeyError"), (Breach(BreachKind.UNDECLARED_EXCEPTION),)),
        (((7, 8), 3), Raised("ValueError"), ()),
        (
            ((7, 8), 3),
            Raised("KeyError"),
            (Breach(BreachKind.MISSING_EXCEPTION, POP.functions[0].contract.raises[0]),),
        ),
        (
            ((), 1),
            Returned(0, ((),)),
            (Breach(BreachKind.MISSING_EXCEPTION, POP.functions[0].contract.raises[1]),),
        ),
        (((7, 8), 1), OutOfFuel(), ()),
        (((7, 8), 1), Raised("OutsideSubset"), ()),
    ],
)
def test_breaches(
    args: tuple[tuple[int, ...], int], outcome: Outcome, expected: tuple[Breach, ...]
) -> None:
    assert breaches(POP, "pop", args, outcome) == expected
