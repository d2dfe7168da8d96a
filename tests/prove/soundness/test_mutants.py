"""Mutants of proved samples that a run contradicts are not proved.

A sample of them; `python -m tests.bench.mutants` tries them all. Others are drawn with
`AUTOFORM_SOUNDNESS_SEED=N`.
"""

from __future__ import annotations

import os
from random import Random

import pytest

from tests.prove.soundness.samples import samples, tally

SEED = int(os.environ.get("AUTOFORM_SOUNDNESS_SEED", "1000"))
SAMPLES = 6
MUTANTS = 4


@pytest.mark.parametrize("place", range(SAMPLES))
def test_no_falsified_mutant_is_proved(place: int) -> None:
    every = list(samples())
    chosen = Random(SEED).sample(every, len(every))[place::SAMPLES]  # noqa: S311 - repeatable
    # The first of these that is proved within a small budget.
    for sample in chosen:
        found = tally(sample, steps=200_000, most=MUTANTS, seed=SEED)
        assert found.wrong == []
        if found.falsified:
            return
    pytest.fail("no sample was proved and had a mutant that a run contradicts")
