"""Mutants of proved samples that a run contradicts are not proved.

A sample of them; `python -m tests.bench.mutants` tries them all. Others are drawn with
`AUTOFORM_SOUNDNESS_SEED=N`.
"""

from __future__ import annotations

import os

import pytest

from tests.prove.soundness.samples import samples, tally

SEED = int(os.environ.get("AUTOFORM_SOUNDNESS_SEED", "1000"))
QUICK = ("swap", "clear", "doubled")
"""Samples that are proved in a second or two."""
MUTANTS = 10


@pytest.mark.parametrize("name", QUICK)
def test_no_falsified_mutant_is_proved(name: str) -> None:
    (sample,) = (each for each in samples() if each.function.name == name)
    found = tally(sample, steps=150_000, most=MUTANTS, seed=SEED)
    assert found.proved == 1
    assert found.falsified > 2
    assert found.wrong == []
