"""What the solver does without counting steps has an end, too."""

from __future__ import annotations

import time

import pytest

from autoform.vc.smt import solver
from autoform.verifiers.verdict import Refuted
from tests.prove.samples import found

# Z3 was seen to multiply out such squares for minutes, whatever its limit of steps.
SQUARES = (
    "@ensure(lambda items, result: result == sum((9 * e + 6) * (9 * e + 6) for e in items))\n"
    "def summed(items: list[int]) -> int:\n"
    "    acc = 0\n    for x in items:\n        acc += (9 * x + 6) * (9 * x + 6)\n    return acc\n"
)


def test_a_question_that_does_not_count_its_steps_is_left_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(solver, "GUARD_MILLISECONDS", 1_000)
    started = time.process_time()
    assert not isinstance(found(SQUARES)["summed"].verdict, Refuted)
    assert time.process_time() - started < 60
