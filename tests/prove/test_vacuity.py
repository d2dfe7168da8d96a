"""Preconditions that contradict themselves are errors, shown by the solver."""

from __future__ import annotations

import pytest

from autoform.verifiers.verdict import Unsupported
from tests.prove.samples import found


@pytest.mark.parametrize(
    "condition",
    ["n > 0 and n < 0", "n * 2 == 7", "n > 3 and n % 2 == 0 and n < 6 and n != 4"],
)
def test_a_contradiction_is_an_error(condition: str) -> None:
    text = (
        f"@require(lambda n: {condition})\n"
        "@ensure(lambda result: result == 1)\n"
        "def never(n: int) -> int:\n"
        "    return 0\n"
    )
    verdict = found(text)["never"].verdict
    assert isinstance(verdict, Unsupported)
    (finding,) = verdict.diagnostics
    assert finding.code == "contract-impossible"
    assert finding.span.start_line == 4


def test_two_clauses_contradict_together() -> None:
    text = (
        "@require(lambda xs: len(xs) > 3)\n"
        "@require(lambda xs: all(x > 0 for x in xs))\n"
        "@require(lambda xs: xs[2] < 0)\n"
        "def never(xs: list[int]) -> int:\n"
        "    return xs[0]\n"
    )
    verdict = found(text)["never"].verdict
    assert isinstance(verdict, Unsupported)
    assert verdict.diagnostics[0].code == "contract-impossible"
