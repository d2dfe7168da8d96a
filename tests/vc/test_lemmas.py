"""The lemmas that the encoding takes as axioms, proved by induction with the same solver.

For each: with the definition alone, the lemma holds at the start, and at `n + 1` if it holds at
`n` for all else. Induction is what the solver cannot do by itself, so it is done here once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from autoform.vc.smt.binding import z3

Number: TypeAlias = z3.ArithRef

CONTEXT = z3.main_ctx()


@pytest.fixture(autouse=True)
def _in_its_own_context(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terms below belong to the context of when they were made; proofs have theirs."""
    monkeypatch.setattr(z3.z3, "_main_ctx", CONTEXT)


SEQ = z3.DeclareSort("Seq")
INT = z3.IntSort()
LENGTH = z3.Function("len", SEQ, INT)
AT = z3.Function("at", SEQ, INT, INT)
SUM = z3.Function("sum", SEQ, INT, INT)
COUNT = z3.Function("count", SEQ, INT, INT, INT)
POWER = z3.Function("pow", INT, INT, INT)
CARD = z3.Function("members", SEQ, INT, INT)
NEW = z3.Function("new", SEQ, INT, z3.BoolSort())

TRUE = z3.BoolVal(True)  # noqa: FBT003 - z3's constant
S, T = z3.Consts("s t", SEQ)
V, A, B, J, N, P = z3.Ints("v a b j n p")


def summed(s: z3.ExprRef, n: Number) -> z3.BoolRef:
    """What defines the sum of a prefix, at n and its successor."""
    return z3.And(SUM(s, 0) == 0, SUM(s, n + 1) == SUM(s, n) + AT(s, n))


def tally(s: z3.ExprRef, n: Number) -> z3.BoolRef:
    """What defines the number of occurrences of V in a prefix."""
    one = z3.If(AT(s, n) == V, z3.IntVal(1), z3.IntVal(0))
    return z3.And(COUNT(s, V, 0) == 0, COUNT(s, V, n + 1) == COUNT(s, V, n) + one)


def chained(s: z3.ExprRef) -> z3.BoolRef:
    """Neighbours between A and B are ascending."""
    k = z3.Int("k")
    ordered = z3.Implies(z3.And(k >= A, k + 1 < B), AT(s, k) <= AT(s, k + 1))
    return z3.ForAll([k], ordered)


def agree(low: Number, high: Number, shift: Number) -> z3.BoolRef:
    """T has at `low..high` what S has `shift` further on."""
    k = z3.Int("k")
    return z3.ForAll([k], z3.Implies(z3.And(low <= k, k < high), AT(T, k) == AT(S, k + shift)))


Lemma: TypeAlias = tuple[z3.BoolRef, Callable[[Number], z3.BoolRef], z3.BoolRef]
"""What is given, the claim for n, and the definition at n."""

LEMMAS: dict[str, Lemma] = {
    "neighbours in order are in order": (
        chained(S),
        lambda n: z3.Implies(z3.And(A <= P, P + n >= P, P + n < B), AT(S, P) <= AT(S, P + n)),
        TRUE,
    ),
    "sum of a slice": (
        agree(z3.IntVal(0), B - A, A),
        lambda n: z3.Implies(n <= B - A, SUM(T, n) == SUM(S, A + n) - SUM(S, A)),
        z3.And(summed(T, N), summed(S, A + N)),
    ),
    "sum of the front of a longer sequence": (
        agree(z3.IntVal(0), LENGTH(S), z3.IntVal(0)),
        lambda n: z3.Implies(n <= LENGTH(S), SUM(T, n) == SUM(S, n)),
        z3.And(summed(T, N), summed(S, N)),
    ),
    "sum of an update": (
        z3.ForAll([J], z3.Implies(z3.And(J >= 0, J != P), AT(T, J) == AT(S, J))),
        lambda n: SUM(T, n) == SUM(S, n) + z3.If(z3.And(P >= 0, n > P), AT(T, P) - AT(S, P), 0),
        z3.And(summed(T, N), summed(S, N)),
    ),
    "occurrences in a slice": (
        agree(z3.IntVal(0), B - A, A),
        lambda n: z3.Implies(n <= B - A, COUNT(T, V, n) == COUNT(S, V, A + n) - COUNT(S, V, A)),
        z3.And(tally(T, N), tally(S, A + N)),
    ),
    "occurrences in the front of a longer sequence": (
        agree(z3.IntVal(0), LENGTH(S), z3.IntVal(0)),
        lambda n: z3.Implies(n <= LENGTH(S), COUNT(T, V, n) == COUNT(S, V, n)),
        z3.And(tally(T, N), tally(S, N)),
    ),
    "what stands somewhere is counted": (
        z3.And(P >= 0, AT(S, P) == V),
        lambda n: z3.And(COUNT(S, V, n) >= 0, z3.Implies(n > P, COUNT(S, V, n) > 0)),
        tally(S, N),
    ),
    "what is counted stands somewhere": (
        TRUE,
        lambda n: z3.Or(COUNT(S, V, n) <= 0, z3.Exists([J], z3.And(J >= 0, n > J, AT(S, J) == V))),
        tally(S, N),
    ),
    "no more occurrences than places": (
        TRUE,
        lambda n: z3.And(COUNT(S, V, n) >= 0, COUNT(S, V, n) <= n),
        tally(S, N),
    ),
    "no more members than places": (
        TRUE,
        lambda n: z3.And(CARD(S, A) <= CARD(S, A + n), CARD(S, A + n) <= CARD(S, A) + n),
        CARD(S, A + N + 1) == CARD(S, A + N) + z3.If(NEW(S, A + N), 1, 0),
    ),
    "powers of a square": (
        TRUE,
        lambda n: POWER(B * B, n) == POWER(B, 2 * n),
        z3.And(
            POWER(B * B, 0) == 1,
            POWER(B, 0) == 1,
            POWER(B * B, N + 1) == (B * B) * POWER(B * B, N),
            POWER(B, 2 * (N + 1)) == B * (B * POWER(B, 2 * N)),
            (B * B) * POWER(B, 2 * N) == B * (B * POWER(B, 2 * N)),
        ),
    ),
    "powers multiply": (
        TRUE,
        lambda n: POWER(B, P + n) == POWER(B, P) * POWER(B, n),
        z3.And(
            POWER(B, 0) == 1,
            POWER(B, N + 1) == B * POWER(B, N),
            POWER(B, P + N + 1) == B * POWER(B, P + N),
            B * (POWER(B, P) * POWER(B, N)) == POWER(B, P) * (B * POWER(B, N)),
        ),
    ),
}


@pytest.mark.parametrize("name", LEMMAS)
def test_lemma_by_induction(name: str) -> None:
    given, claim, definition = LEMMAS[name]
    assert follows(claim(z3.IntVal(0)), given, z3.substitute(definition, (N, z3.IntVal(0))))
    assert follows(claim(N + 1), given, definition, N >= 0, claim(N))


def test_what_is_false_has_no_proof() -> None:
    given, _, definition = LEMMAS["sum of a slice"]
    wrong = SUM(T, N + 1) == SUM(S, N + 1)
    assert not follows(wrong, given, definition, N >= 0, SUM(T, N) == SUM(S, N))


def follows(claim: z3.BoolRef, *given: z3.BoolRef) -> bool:
    solver = z3.Solver()
    solver.set("timeout", 20_000)
    solver.add(*given, z3.Not(claim))
    return bool(solver.check() == z3.unsat)


def test_sequences_in_order_with_the_same_elements_are_one() -> None:
    """By induction on the length: the last elements are equal, and so are the counts before."""
    k, m = z3.Ints("k m")
    ordered = [
        z3.ForAll([k, m], z3.Implies(z3.And(k >= 0, k <= m, m <= N), AT(s, k) <= AT(s, m)))
        for s in (S, T)
    ]
    # Each last element is counted in the other sequence, so it stands there somewhere.
    stands = [z3.And(J >= 0, J <= N, AT(S, J) == AT(T, N))]
    stands += [z3.And(P >= 0, P <= N, AT(T, P) == AT(S, N))]
    same_last = AT(S, N) == AT(T, N)
    assert follows(same_last, N >= 0, *ordered, *stands)
    equal_after = COUNT(S, V, N + 1) == COUNT(T, V, N + 1)
    equal_before = COUNT(S, V, N) == COUNT(T, V, N)
    assert follows(equal_before, same_last, equal_after, tally(S, N), tally(T, N))
