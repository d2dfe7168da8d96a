"""What is proved of random functions holds on every run.

A sample; `python -m tests.bench.soundness` does it by the ten thousand. Another sample is drawn
with `AUTOFORM_SOUNDNESS_SEED=N`, a larger one with `AUTOFORM_SOUNDNESS_COUNT=N`.
"""

from __future__ import annotations

import os

import pytest

from autoform.ir.text import parse_module
from autoform.ir.wellformed import require_wellformed
from autoform.testing.generate import plausible_module
from tests.prove.soundness.judging import Judgement, judge
from tests.prove.soundness.random_modules import kind_of, made

SEED = int(os.environ.get("AUTOFORM_SOUNDNESS_SEED", "1000"))
COUNT = int(os.environ.get("AUTOFORM_SOUNDNESS_COUNT", "40"))
BLOCK = 10


@pytest.mark.parametrize("first", range(SEED, SEED + COUNT, BLOCK))
def test_what_is_proved_holds(first: int) -> None:
    total = Judgement()
    for seed in range(first, min(first + BLOCK, SEED + COUNT)):
        # Wild modules with sequences are a load for the solver; the long run has them.
        if kind_of(seed) not in {"sequences", "everything"}:
            total.add(judge(made(seed), seed, runs=300))
    assert total.wrong == []
    assert total.endless == []


@pytest.mark.parametrize("seed", range(30))
def test_plausible_modules_are_well_formed_and_repeatable(seed: int) -> None:
    module = plausible_module(seed)
    require_wellformed(module)
    assert module == plausible_module(seed)
    assert module.functions[-1].name == "f"


def test_the_judge_sees_a_wrong_proof() -> None:
    """What is taken for proved is run: a judge that finds nothing wrong would be no judge."""
    from random import Random

    from tests.prove.soundness import judging

    for text, why in WRONG.items():
        module = parse_module(text)
        judgement = Judgement()
        judging._run(module, module.functions[-1], Random(1), 200, judgement)  # noqa: S311 - repeatable
        assert why in "".join(judgement.wrong + judgement.endless), text


WRONG = {
    "fn f(n: Int) -> Int ensures \\result > n { return abs(n) + 1 - 1; }": "postcondition 1",
    "fn f(n: Int) -> Int { return 1 // n; }": "ZeroDivisionError",
    "fn f(n: Int) -> Int raises ValueError when n > 2 { return n; }": "does not raise",
    "fn f(n: Int) -> Int raises ValueError when n > 2 { raise KeyError; }": "KeyError",
    "fn f(n: Int) -> Int ensures 1 // n == 1 ==> true { return n; }": "postcondition 1",
    "fn f(n: Int) -> Int { while n == n { } return n; }": "out of fuel",
    "fn f(inout xs: Seq<Int>) ensures xs == \\old(xs) { xs = seq.append(xs, 1); }": "postcondition",
}
