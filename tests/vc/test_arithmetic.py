"""What plain arithmetic decides, the solver decides alike."""

from __future__ import annotations

import random

import pytest

from autoform.vc.smt.arithmetic import follows
from autoform.vc.smt.binding import z3
from autoform.vc.smt.linear import Comparisons

SEQ = z3.DeclareSort("Seq")
S = z3.Const("s", SEQ)
LENGTH = z3.Function("len:Seq", SEQ, z3.IntSort())(S)
A, J, K = z3.Ints("i j k")
TERMS = [A, J, K, LENGTH, A + 1, J - A, 2 * K, z3.IntVal(0), z3.IntVal(3), LENGTH - 1 - A, -J]

_CONTEXT = z3.main_ctx()


@pytest.fixture(autouse=True)
def _in_its_own_context(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(z3.z3, "_main_ctx", _CONTEXT)


@pytest.mark.parametrize(
    ("claim", "guards", "expected"),
    [
        (LENGTH - 1 - A >= 0, [A >= 0, A < LENGTH], True),
        (z3.And(A >= 0, A <= LENGTH), [z3.And(A >= 0, A < LENGTH)], True),
        (LENGTH >= 0, [A > J], True),
        (A <= K, [A <= J, J <= K], True),
        (A < K, [A <= J, J <= K], False),
        (A >= 0, [z3.Not(A < J), J > 0], True),
        (A >= 0, [A < LENGTH], False),
        (A >= 1, [2 * A >= 1], True),
        (A >= 0, [J >= 1, J <= 0], True),
        (A >= 0, [z3.If(J > 0, J, z3.IntVal(0)) <= A], True),
        (A <= K, [z3.Or(A <= K, z3.And(A <= J, J <= K))], True),
    ],
)
def test_claims(claim: z3.BoolRef, guards: list[z3.BoolRef], *, expected: bool) -> None:
    assert follows(claim, guards) is expected


def test_decided_as_by_the_solver() -> None:
    rng = random.Random(0)  # noqa: S311 - a test
    decided = 0
    for _ in range(400):
        formulas = [_comparison(rng) for _ in range(rng.randint(1, 5))]
        seen = Comparisons(S.ctx_ref())
        for formula in formulas:
            seen.read(formula.as_ast())
        refuted = seen.refuted()
        solver = z3.Solver()
        solver.add(LENGTH >= 0, *formulas)
        if refuted:
            assert solver.check() == z3.unsat, formulas
        decided += refuted is not None
    assert decided > 300


def _comparison(rng: random.Random) -> z3.BoolRef:
    left, right = rng.choice(TERMS), rng.choice(TERMS)
    made = rng.choice([left <= right, left < right, left >= right, left > right])
    return rng.choice([made, z3.Not(made), z3.And(made, rng.randint(-2, 2) <= A)])
