"""Sample functions in Rust get the verdicts that stand beside them: a few of each kind.

`python -m tests.bench.prove` measures all of them; here a sample that a seed draws, from what is
quick to prove, and from all that is marked as wrong.
"""

from __future__ import annotations

import random
from pathlib import Path
from shutil import which
from typing import Final

import pytest

from autoform.frontends import lift
from autoform.frontends.lifted import Lifted
from autoform.prove.pipeline import prove
from autoform.source import read_source
from autoform.verifiers.verdict import Proved, Refuted

FOLDER: Final = Path(__file__).parents[2] / "corpora/proofs/rust"
QUICK: Final = {
    "bits.rs": ("pack", "split", "to_byte", "saturate", "add_carry", "bump", "advance"),
    "extrema.rs": ("largest", "maximum", "median3", "longest_of"),
    "generic.rs": ("max_of", "swapped", "clamped"),
    "numbers.rs": ("div_ceil", "safe_mul", "midpoint", "clamp", "is_leap", "sign"),
    "searching.rs": ("linear_search", "binary_search", "first_negative"),
    "structures.rs": ("Rect.contains", "area", "withdraw", "both", "digit"),
    "sums.rs": ("total", "triangular", "saturating_total", "sum_of_squares"),
}
WRONG: Final = ("wrong.rs", "wrong_numbers.rs", "wrong_values.rs")


def opened(name: str) -> Lifted:
    return lift(read_source(FOLDER / name))


@pytest.mark.parametrize("file", sorted(QUICK))
def test_a_right_function_is_proved(file: str) -> None:
    lifted = opened(file)
    there = {function.name for function in lifted.module.functions}
    name = random.Random(2026).choice(QUICK[file])  # noqa: S311 - a sample, no secret
    assert name in there
    (verdict,) = [r.verdict for r in prove(lifted, [name]) if r.name == name]
    assert isinstance(verdict, Proved), name


@pytest.mark.skipif(which("rustc") is None, reason="a refutation is replayed by rustc")
@pytest.mark.parametrize("file", WRONG)
def test_wrong_functions_are_refuted_by_a_call(file: str) -> None:
    lifted = opened(file)
    names = [function.name for function in lifted.module.functions]
    chosen = random.Random(2026).sample(names, 3)  # noqa: S311 - a sample, no secret
    for result in prove(lifted, chosen):
        assert isinstance(result.verdict, Refuted), result.name
        assert result.verdict.counterexample.replayed


def test_all_samples_lift_and_wrong_ones_are_marked() -> None:
    for path in sorted(FOLDER.glob("*.rs")):
        lifted = lift(read_source(path))
        assert not lifted.diagnostics, path.name
        text = path.read_text(encoding="utf-8")
        marks = text.count("// expect: refuted")
        assert marks == (len(lifted.module.functions) if path.name in WRONG else 0)
