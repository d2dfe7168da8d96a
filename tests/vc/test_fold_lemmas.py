"""More lemmas by induction: folds, sets, filtered lists, extrema, limits of totals, bits, powers.

Each is stated over its definition alone, as in `test_lemmas`. What stays checked on random values
only, in `test_axioms`: greatest common divisors, and masks of bits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from autoform.vc.smt.binding import z3
from tests.vc.test_lemmas import (
    AT,
    CONTEXT,
    COUNT,
    INT,
    LENGTH,
    POWER,
    SEQ,
    SUM,
    TRUE,
    A,
    B,
    J,
    Lemma,
    N,
    Number,
    P,
    S,
    T,
    V,
    agree,
    follows,
    summed,
    tally,
)


@pytest.fixture(autouse=True)
def _in_its_own_context(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terms below belong to the context of when they were made; proofs have theirs."""
    monkeypatch.setattr(z3.z3, "_main_ctx", CONTEXT)


VALUE = z3.DeclareSort("Value")
SET = z3.ArraySort(INT, z3.BoolSort())
TAKEN = z3.Function("taken", INT, z3.BoolSort())
AMOUNT = z3.Function("amount", INT, INT)
TOTAL = z3.Function("total", SEQ, INT, INT)
FOLD = z3.Function("fold", SEQ, INT, INT, VALUE)
STEP = z3.Function("step", VALUE, INT, VALUE)
MEMBERS = z3.Function("members of", SEQ, INT, INT, SET)
IMAGES = z3.Function("images", SEQ, INT, SET)
CARD = z3.Function("card", SEQ, INT, INT)
LEAST = z3.Function("least", SEQ, INT, INT)
SIZE = z3.Function("size", SEQ, INT, INT)
LISTED = z3.Function("listed", INT, INT)
ORIGIN = z3.Function("origin", INT, INT)

START = z3.Const("start", VALUE)
R = z3.Const("r", SEQ)
Q, E, H = z3.Ints("q e h")
L = LENGTH(S)
ZERO, ONE = z3.IntVal(0), z3.IntVal(1)


def totalled(s: z3.ExprRef, n: Number) -> z3.BoolRef:
    """What defines the total of what is taken of a prefix."""
    here = z3.If(TAKEN(AT(s, n)), AMOUNT(AT(s, n)), ZERO)
    return z3.And(TOTAL(s, 0) == 0, TOTAL(s, n + 1) == TOTAL(s, n) + here)


def folded(s: z3.ExprRef, low: Number, n: Number) -> z3.BoolRef:
    """What defines a fold of a stretch from `low`, at `low + n` and its successor."""
    before, element = FOLD(s, low, low + n), AT(s, low + n)
    after = z3.If(TAKEN(element), STEP(before, element), before)
    return z3.And(FOLD(s, low, low) == START, FOLD(s, low, low + n + 1) == after)


def gathered(n: Number) -> z3.BoolRef:
    """What defines the set of a stretch of S from A, and how many members it has."""
    before, element = MEMBERS(S, A, A + n), AT(S, A + n)
    empty = z3.K(INT, z3.BoolVal(False))  # noqa: FBT003 - z3's constant
    return z3.And(
        MEMBERS(S, A, A) == empty,
        MEMBERS(S, A, A + n + 1) == z3.Store(before, element, TRUE),
        CARD(S, A) == 0,
        CARD(S, A + n + 1) == CARD(S, A + n) + z3.If(z3.Select(before, element), ZERO, ONE),
    )


def mapped(n: Number) -> z3.BoolRef:
    """What defines the set of the images of what is taken of a prefix of S."""
    before, element = IMAGES(S, n), AT(S, n)
    after = z3.If(TAKEN(element), z3.Store(before, AMOUNT(element), TRUE), before)
    empty = z3.K(INT, z3.BoolVal(False))  # noqa: FBT003 - z3's constant
    return z3.And(IMAGES(S, 0) == empty, IMAGES(S, n + 1) == after)


def listed(n: Number) -> z3.BoolRef:
    """What defines the list of the images of what is taken of S, and where each is from."""
    element, size = AT(S, n), SIZE(S, n)
    put = z3.And(LISTED(size) == AMOUNT(element), ORIGIN(size) == n)
    return z3.And(
        SIZE(S, 0) == 0,
        SIZE(S, n + 1) == size + z3.If(TAKEN(element), ONE, ZERO),
        z3.Implies(TAKEN(element), put),
    )


def stands(value: Number, low: Number, high: Number) -> z3.BoolRef:
    """Somewhere among the places of S."""
    return z3.Exists([J], z3.And(low <= J, high > J, AT(S, J) == value))


def joined() -> z3.BoolRef:
    """R is S and then T."""
    k = z3.Int("k")
    first = z3.ForAll([k], z3.Implies(z3.And(k >= 0, k < L), AT(R, k) == AT(S, k)))
    return z3.And(L >= 0, first, z3.ForAll([k], z3.Implies(k >= 0, AT(R, L + k) == AT(T, k))))


def updated(after: Number) -> Number:
    """What a place that was written over adds to a count of V once the count has passed it."""
    new, old = (z3.If(AT(s, P) == V, ONE, ZERO) for s in (T, S))
    return z3.If(z3.And(P >= 0, after > P), new - old, ZERO)


_ELSEWHERE = z3.ForAll([J], z3.Implies(z3.And(J >= 0, J != P), AT(T, J) == AT(S, J)))
_SAME = z3.And(A <= P, P < Q, AT(S, P) == AT(S, Q))
_TAKEN_AT_P = z3.And(P >= 0, TAKEN(AT(S, P)))

LEMMAS: dict[str, Lemma] = {
    "sum of what is joined": (
        z3.And(joined(), SUM(R, L) == SUM(S, L)),
        lambda n: SUM(R, L + n) == SUM(S, L) + SUM(T, n),
        z3.And(summed(R, L + N), summed(T, N)),
    ),
    "occurrences in what is joined": (
        z3.And(joined(), COUNT(R, V, L) == COUNT(S, V, L)),
        lambda n: COUNT(R, V, L + n) == COUNT(S, V, L) + COUNT(T, V, n),
        z3.And(tally(R, L + N), tally(T, N)),
    ),
    "occurrences after an update": (
        _ELSEWHERE,
        lambda n: COUNT(T, V, n) == COUNT(S, V, n) + updated(n),
        z3.And(tally(T, N), tally(S, N)),
    ),
    "total of a slice": (
        agree(ZERO, B - A, A),
        lambda n: z3.Implies(n <= B - A, TOTAL(T, n) == TOTAL(S, A + n) - TOTAL(S, A)),
        z3.And(totalled(T, N), totalled(S, A + N)),
    ),
    "total of the front of a longer sequence": (
        agree(ZERO, L, ZERO),
        lambda n: z3.Implies(n <= L, TOTAL(T, n) == TOTAL(S, n)),
        z3.And(totalled(T, N), totalled(S, N)),
    ),
    "fold of a slice": (
        z3.And(P >= 0, agree(ZERO, B - A, A)),
        lambda n: z3.Implies(P + n <= B - A, FOLD(T, P, P + n) == FOLD(S, A + P, A + P + n)),
        z3.And(folded(T, P, N), folded(S, A + P, N)),
    ),
    "fold of the front of a longer sequence": (
        z3.And(P >= 0, agree(ZERO, L, ZERO)),
        lambda n: z3.Implies(P + n <= L, FOLD(T, P, P + n) == FOLD(S, P, P + n)),
        z3.And(folded(T, P, N), folded(S, P, N)),
    ),
    "a member is counted": (
        TRUE,
        lambda n: z3.And(
            COUNT(S, V, A + n) >= COUNT(S, V, A),
            z3.Select(MEMBERS(S, A, A + n), V) == (COUNT(S, V, A + n) > COUNT(S, V, A)),
        ),
        z3.And(gathered(N), tally(S, A + N)),
    ),
    "what stands somewhere is a member": (
        A <= P,
        lambda n: z3.Implies(A + n > P, z3.Select(MEMBERS(S, A, A + n), AT(S, P))),
        gathered(N),
    ),
    "a member stands somewhere": (
        TRUE,
        lambda n: z3.Implies(z3.Select(MEMBERS(S, A, A + n), V), stands(V, A, A + n)),
        gathered(N),
    ),
    "fewer members than places where something stands twice": (
        _SAME,
        lambda n: z3.And(
            CARD(S, A + n) <= n,
            z3.Implies(A + n > P, z3.Select(MEMBERS(S, A, A + n), AT(S, P))),
            z3.Implies(A + n > Q, CARD(S, A + n) < n),
        ),
        gathered(N),
    ),
    "as many members as places where nothing stands twice": (
        TRUE,
        lambda n: z3.Or(
            CARD(S, A + n) == n,
            z3.Exists([J, Q], z3.And(A <= J, J < Q, A + n > Q, AT(S, J) == AT(S, Q))),
        ),
        z3.And(
            gathered(N),
            # A member stands somewhere, as shown above.
            z3.Implies(
                z3.Select(MEMBERS(S, A, A + N), AT(S, A + N)), stands(AT(S, A + N), A, A + N)
            ),
        ),
    ),
    "the least element is one, and none is less": (
        TRUE,
        lambda n: z3.And(
            stands(LEAST(S, A + n), A, A + n + 1),
            z3.Implies(z3.And(A <= P, A + n >= P), AT(S, P) >= LEAST(S, A + n)),
        ),
        z3.And(
            LEAST(S, A) == AT(S, A),
            LEAST(S, A + N + 1)
            == z3.If(AT(S, A + N + 1) < LEAST(S, A + N), AT(S, A + N + 1), LEAST(S, A + N)),
        ),
    ),
    "a filtered list is not longer than its source": (
        TRUE,
        lambda n: z3.And(SIZE(S, n) >= 0, SIZE(S, n) <= n),
        listed(N),
    ),
    "an element of a filtered list comes from a place that is taken": (
        P >= 0,
        lambda n: z3.Implies(
            SIZE(S, n) > P,
            z3.And(
                ORIGIN(P) >= 0,
                ORIGIN(P) < n,
                TAKEN(AT(S, ORIGIN(P))),
                LISTED(P) == AMOUNT(AT(S, ORIGIN(P))),
                SIZE(S, ORIGIN(P)) == P,
            ),
        ),
        listed(N),
    ),
    "a filtered list is in the order of its source": (
        z3.And(P >= 0, P < Q),
        lambda n: z3.And(
            z3.Implies(SIZE(S, n) > P, ORIGIN(P) < n),
            z3.Implies(SIZE(S, n) > Q, ORIGIN(P) < ORIGIN(Q)),
        ),
        listed(N),
    ),
    "a place that is taken has its element in the filtered list": (
        z3.And(_TAKEN_AT_P, SIZE(S, P) >= 0, listed(P)),
        lambda n: z3.Implies(
            n > P,
            z3.And(
                SIZE(S, P) < SIZE(S, n),
                LISTED(SIZE(S, P)) == AMOUNT(AT(S, P)),
                ORIGIN(SIZE(S, P)) == P,
            ),
        ),
        listed(N),
    ),
    "a member of a set of images is the image of what is taken": (
        TRUE,
        lambda n: z3.Implies(
            z3.Select(IMAGES(S, n), V),
            z3.Exists([J], z3.And(J >= 0, n > J, TAKEN(AT(S, J)), AMOUNT(AT(S, J)) == V)),
        ),
        mapped(N),
    ),
    "the image of what is taken is a member": (
        _TAKEN_AT_P,
        lambda n: z3.Implies(n > P, z3.Select(IMAGES(S, n), AMOUNT(AT(S, P)))),
        mapped(N),
    ),
    "a count is no more than its places": (
        z3.And(E > 0, z3.ForAll([J], AMOUNT(J) == E)),
        lambda n: z3.And(TOTAL(S, n) >= 0, TOTAL(S, n) <= E * n),
        z3.And(totalled(S, N), E * (N + 1) == E * N + E),
    ),
    "a count shows what is counted": (
        z3.And(E > 0, z3.ForAll([J], AMOUNT(J) == E)),
        lambda n: z3.Or(TOTAL(S, n) <= 0, z3.Exists([J], z3.And(J >= 0, n > J, TAKEN(AT(S, J))))),
        totalled(S, N),
    ),
    "what is taken counts": (
        z3.And(E > 0, z3.ForAll([J], AMOUNT(J) == E), _TAKEN_AT_P),
        lambda n: z3.And(TOTAL(S, n) >= 0, z3.Implies(n > P, TOTAL(S, n) >= E)),
        totalled(S, N),
    ),
    "a total is within its limit, or an element is beyond": (
        H >= 0,
        lambda n: z3.Or(
            TOTAL(S, n) <= H * n,
            z3.Exists([J], z3.And(J >= 0, n > J, TAKEN(AT(S, J)), AMOUNT(AT(S, J)) > H)),
        ),
        z3.And(totalled(S, N), H * (N + 1) == H * N + H),
    ),
    "what occurs has a first place": (
        TRUE,
        lambda n: z3.Or(
            z3.Not(stands(V, ZERO, n)),
            z3.Exists(
                [Q],
                z3.And(
                    Q >= 0,
                    n > Q,
                    AT(S, Q) == V,
                    z3.ForAll([P], z3.Implies(z3.And(P >= 0, P < Q), AT(S, P) != V)),
                ),
            ),
        ),
        TRUE,
    ),
    "powers of what is positive are positive": (
        B > 0,
        lambda n: POWER(B, n) > 0,
        z3.And(POWER(B, 0) == 1, POWER(B, N + 1) == B * POWER(B, N)),
    ),
    "powers grow": (
        z3.And(B > 1, POWER(B, P + N) > 0),
        lambda n: POWER(B, P) <= POWER(B, P + n),
        POWER(B, P + N + 1) == B * POWER(B, P + N),
    ),
}


@pytest.mark.parametrize("name", LEMMAS)
def test_lemma_by_induction(name: str) -> None:
    given, claim, definition = LEMMAS[name]
    assert follows(claim(ZERO), given, z3.substitute(definition, (N, ZERO)))
    assert follows(claim(N + 1), given, definition, N >= 0, claim(N))


@pytest.mark.parametrize("name", LEMMAS)
def test_no_lemma_is_shown_by_what_contradicts_itself(name: str) -> None:
    given, claim, definition = LEMMAS[name]
    nothing = z3.BoolVal(False)  # noqa: FBT003 - z3's constant
    assert not follows(nothing, given, definition, N >= 0, claim(N))


@pytest.mark.parametrize(
    "name", [n for n, (_, _, definition) in LEMMAS.items() if definition is not TRUE]
)
def test_no_lemma_is_shown_without_its_definition(name: str) -> None:
    given, claim, _ = LEMMAS[name]
    assert not follows(claim(N + 1), given, N >= 0, claim(N))


def test_powers_of_doubled_and_halved_exponents() -> None:
    """From what `test_lemmas` shows: powers multiply, and those of a square are doubled."""
    once = POWER(B, N)
    multiply = POWER(B, N + N) == once * once
    one_more = POWER(B, 2 * N + 1) == B * POWER(B, 2 * N)
    squared = POWER(B * B, N) == POWER(B, 2 * N)
    assert follows(POWER(B, 2 * N) == once * once, multiply)
    assert follows(POWER(B, 2 * N + 1) == B * (once * once), multiply, one_more)
    even, odd = P == 2 * N, P == 2 * N + 1
    assert follows(POWER(B, P) == POWER(B * B, N), even, squared)
    assert follows(POWER(B, P) == B * POWER(B * B, N), odd, squared, one_more)
    assert not follows(POWER(B, P) == POWER(B * B, N), odd, squared, one_more)


def divided(a: Number, b: Number, quotient: Number, rest: Number) -> z3.BoolRef:
    """What defines quotient and remainder, rounded down as in Python."""
    signs = z3.If(b > 0, z3.And(rest >= 0, rest < b), z3.And(rest <= 0, rest > b))
    return z3.And(b != 0, a == b * quotient + rest, signs)


_QUOTIENT, _REST, _LESS, _SAME_REST = z3.Ints("quotient rest less same")

DIVISIONS = {
    "natural": z3.Implies(z3.And(A >= 0, B > 0), z3.And(_QUOTIENT >= 0, _QUOTIENT <= A)),
    "zero": z3.Implies(z3.And(A >= 0, A < B), z3.And(_QUOTIENT == 0, _REST == A)),
    "less": z3.Implies(z3.And(A > 0, B > 1), _QUOTIENT < A),
    "a divisor is no larger": z3.Implies(z3.And(A > 0, B > 0, _REST == 0), B <= A),
    "no rest": z3.Implies(z3.Or(A == B, A == 0, B == 1, B == -1), _REST == 0),
    "a divisor taken away": z3.Implies(divided(A - B, B, _LESS, _SAME_REST), _REST == _SAME_REST),
}


@pytest.mark.parametrize("name", DIVISIONS)
def test_what_is_known_of_divisions(name: str) -> None:
    assert follows(DIVISIONS[name], divided(A, B, _QUOTIENT, _REST))
    assert not follows(DIVISIONS[name], B != 0)


def test_a_root_is_no_larger_than_its_square() -> None:
    assert follows(P <= Q, P >= 0, P * P <= Q)


Bits: TypeAlias = tuple[
    Callable[[Number, Number], Number],
    Callable[[Number, Number, Number], tuple[z3.BoolRef, ...]],
]
"""What one bit of the result is, and what is known of the result."""

BITS: dict[str, Bits] = {
    "and": (
        lambda i, j: z3.If(z3.And(i == 1, j == 1), ONE, ZERO),
        lambda r, x, y: (r <= x, r <= y),
    ),
    "or": (
        lambda i, j: z3.If(z3.Or(i == 1, j == 1), ONE, ZERO),
        lambda r, x, y: (r >= x, r >= y, r <= x + y),
    ),
    "xor": (
        lambda i, j: z3.If(i != j, ONE, ZERO),
        lambda r, x, y: (r <= x + y, (r == 0) == (x == y)),
    ),
}


@pytest.mark.parametrize("name", BITS)
def test_what_is_known_of_bits_by_one_more_bit(name: str) -> None:
    """Of 0 and 0 it holds; and of 2 x + i and 2 y + j if of x and y."""
    bit, known = BITS[name]
    x, y, r, i, j = z3.Ints("x y r i j")
    digits = z3.And(i >= 0, i <= 1, j >= 0, j <= 1, x >= 0, y >= 0)
    assert follows(z3.And(ZERO >= 0, *known(ZERO, ZERO, ZERO)))
    more = 2 * r + bit(i, j)
    claim = z3.And(more >= 0, *known(more, 2 * x + i, 2 * y + j))
    assert follows(claim, digits, r >= 0, *known(r, x, y))
    assert not follows(more < 2 * r, digits, r >= 0, *known(r, x, y))
