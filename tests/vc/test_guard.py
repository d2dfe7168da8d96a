"""What the solver does without counting steps has an end, too."""

from __future__ import annotations

import time

import pytest

from autoform.vc.smt import settings, solver
from autoform.vc.smt.binding import z3
from autoform.verifiers.verdict import Proved, Unknown
from tests.prove.samples import found

# Left to itself, Z3 evaluates polynomials at the roots of others for minutes on each of these,
# whatever its limit of steps and its timeout.
SQUARES = (
    "@ensure(lambda items, result: result == sum((9 * e + 6) * (9 * e + 6) for e in items))\n"
    "def summed(items: list[int]) -> int:\n"
    "    acc = 0\n    for x in items:\n        acc += (9 * x + 6) * (9 * x + 6)\n    return acc\n"
)


def progressions(a: int, b: int) -> str:
    """The sum of all multiples of `a` or of `b` below `n`."""
    both = a * b
    return (
        "@ensure(lambda result: result >= 0)\n"
        "def multiples_sum(n: int) -> int:\n"
        f"    whole = (n - 1) // {a}\n    total = whole * ({2 * a} + (whole - 1) * {a}) // 2\n"
        f"    whole = (n - 1) // {b}\n    total += whole * ({2 * b} + (whole - 1) * {b}) // 2\n"
        f"    whole = (n - 1) // {both}\n"
        f"    return total - whole * ({2 * both} + (whole - 1) * {both}) // 2\n"
    )


@pytest.mark.parametrize("source", [SQUARES, progressions(2, 5)], ids=["squares", "progressions"])
def test_sums_of_squares_are_proved_and_in_seconds(source: str) -> None:
    started = time.process_time()
    (result,) = found(source).values()
    assert isinstance(result.verdict, Proved)
    assert time.process_time() - started < 20


def test_a_question_without_an_end_is_given_up_after_the_guard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(solver, "GUARD_MILLISECONDS", 500)
    started = time.process_time()
    (result,) = found(progressions(3, 4)).values()
    assert isinstance(result.verdict, Unknown)
    assert time.process_time() - started < 20  # half a minute with the guard as it is


def test_a_release_of_z3_without_the_option_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "_ENDLESS", "arith.an_option_that_there_is_not")
    settings._knows_endless.cache_clear()
    try:
        assert settings.new_solver(1_000).check() == z3.sat
    finally:
        settings._knows_endless.cache_clear()
