"""What the solver does without counting steps has an end, too."""

from __future__ import annotations

import time

import pytest

from autoform.vc.smt import settings
from autoform.vc.smt.binding import z3
from autoform.verifiers.verdict import Proved
from tests.prove.samples import found

# Left to itself, Z3 evaluates polynomials at the roots of others for minutes on each of these,
# whatever its limit of steps and its timeout.
SQUARES = (
    "@ensure(lambda items, result: result == sum((9 * e + 6) * (9 * e + 6) for e in items))\n"
    "def summed(items: list[int]) -> int:\n"
    "    acc = 0\n    for x in items:\n        acc += (9 * x + 6) * (9 * x + 6)\n    return acc\n"
)
PROGRESSIONS = (
    "@ensure(lambda result: result >= 0)\n"
    "def multiples_sum(n: int) -> int:\n"
    "    whole = (n - 1) // 2\n    total = whole * (4 + (whole - 1) * 2) // 2\n"
    "    whole = (n - 1) // 5\n    total += whole * (10 + (whole - 1) * 5) // 2\n"
    "    whole = (n - 1) // 10\n    return total - whole * (20 + (whole - 1) * 10) // 2\n"
)


@pytest.mark.parametrize("source", [SQUARES, PROGRESSIONS], ids=["squares", "progressions"])
def test_sums_of_squares_are_proved_and_in_seconds(source: str) -> None:
    started = time.process_time()
    (result,) = found(source).values()
    assert isinstance(result.verdict, Proved)
    assert time.process_time() - started < 20


def test_a_release_of_z3_without_the_option_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "_ENDLESS", "arith.an_option_that_there_is_not")
    settings._knows_endless.cache_clear()
    try:
        assert settings.new_solver(1_000).check() == z3.sat
    finally:
        settings._knows_endless.cache_clear()
