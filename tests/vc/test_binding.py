"""The solver's binding, hastened: what does not fit is refused as before, and nothing crashes."""

from __future__ import annotations

import importlib
from collections.abc import Callable

import pytest
import z3

importlib.import_module("autoform.vc.smt.binding")

_CONTEXT = z3.main_ctx()
ELSEWHERE = z3.Int("x", z3.Context())


@pytest.fixture(autouse=True)
def _in_its_own_context(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(z3.z3, "_main_ctx", _CONTEXT)


ONE = z3.Const("one", z3.DeclareSort("One"))
OTHER = z3.Const("other", z3.DeclareSort("Other"))
X, TRUTH = z3.Int("x"), z3.Bool("p")
TAKES_INT = z3.Function("takes int", z3.IntSort(), z3.BoolSort())
TAKES_ONE = z3.Function("takes one", z3.DeclareSort("One"), z3.BoolSort())
ARRAY = z3.Array("array", z3.IntSort(), z3.BoolSort())
FORALL = z3.ForAll([X], X > 0)

MISFITS: dict[str, Callable[[], object]] = {
    "other sorts are equal": lambda: ONE == OTHER,
    "other sorts are not equal": lambda: ONE != OTHER,
    "a sum of other sorts": lambda: X + ONE,
    "a comparison of other sorts": lambda: X < ONE,
    "an argument of another sort": lambda: TAKES_ONE(OTHER),
    "an integer for another sort": lambda: TAKES_ONE(X),
    "a real for an integer": lambda: TAKES_INT(z3.Real("r")),
    "no argument": TAKES_INT,
    "an argument too many": lambda: TAKES_INT(X, X),
    "and of what is no truth": lambda: z3.And(TRUTH, ONE),
    "or of what is no truth": lambda: z3.Or(TRUTH, ONE),
    "not of what is no truth": lambda: z3.Not(ONE),
    "a premise that is no truth": lambda: z3.Implies(ONE, TRUTH),
    "branches of other sorts": lambda: z3.If(TRUTH, ONE, X),
    "another sort into an array": lambda: z3.Store(ARRAY, X, X),
    "a sum of two contexts": lambda: X + ELSEWHERE,
    "an equation of two contexts": lambda: X == ELSEWHERE,
    "an argument of another context": lambda: TAKES_INT(ELSEWHERE),
    "and of two contexts": lambda: z3.And(TRUTH, ELSEWHERE > 0),
    "a premise of another context": lambda: z3.Implies(ELSEWHERE > 0, TRUTH),
    "branches of two contexts": lambda: z3.If(TRUTH, X, ELSEWHERE),
    "an argument beyond the last": lambda: (X + 1).arg(2),
    "an argument before the first": lambda: (X + 1).arg(-1),
    "arguments of a quantifier": FORALL.num_args,
    "the first argument of a quantifier": lambda: FORALL.arg(0),
    "the symbol of a quantifier": FORALL.decl,
    "the kind of a bound variable": lambda: FORALL.body().arg(0).kind(),
}


@pytest.mark.parametrize("build", MISFITS.values(), ids=MISFITS)
def test_what_does_not_fit_is_an_exception(build: Callable[[], object]) -> None:
    with pytest.raises(z3.Z3Exception):
        build()


def test_terms_have_the_classes_of_their_sorts() -> None:
    assert type((X + 1).arg(1)) is z3.IntNumRef
    assert type(TAKES_INT(X)) is z3.BoolRef
    assert type(z3.And(TRUTH, TRUTH).arg(0)) is z3.BoolRef
    assert type(ARRAY[X].arg(0)) is z3.ArrayRef
    assert type(z3.And(TRUTH, FORALL).arg(1)) is z3.QuantifierRef
    assert FORALL.body().arg(0).children() == []


def test_numbers_and_truths_become_what_a_symbol_takes() -> None:
    assert TAKES_INT(3).arg(0).as_long() == 3
    said = True
    assert z3.is_true(z3.And(TRUTH, said).arg(1))
    takes_real = z3.Function("takes real", z3.RealSort(), z3.BoolSort())
    assert takes_real(X).arg(0).eq(z3.ToReal(X))
