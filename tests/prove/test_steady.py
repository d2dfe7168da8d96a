"""What a process did before a proof, and when it collects garbage, is not seen in it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from autoform.frontends import lift
from autoform.prove import pipeline
from autoform.prove.steady import steady
from autoform.source import read_source
from autoform.vc.smt.solver import Purse

SAMPLES = Path(__file__).parents[2] / "corpora" / "proofs" / "python"


@pytest.fixture(autouse=True)
def _thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_collections_are_put_off_and_come_back() -> None:
    with steady():
        assert not gc.isenabled()
        with steady():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_they_come_back_after_an_exception() -> None:
    with pytest.raises(ValueError, match="within"), steady():
        raise ValueError("within")
    assert gc.isenabled()


def test_who_had_none_gets_none() -> None:
    gc.disable()
    try:
        with steady():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_proof_takes_the_same_steps_whenever_garbage_is_collected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = lift(read_source(SAMPLES / "pointers.py"))

    def steps(threshold: int) -> list[int]:
        taken: list[int] = []

        def purse(left: int) -> _Noting:
            return _Noting(left, taken)

        monkeypatch.setattr(pipeline, "Purse", purse)
        gc.set_threshold(threshold, 1, 1)
        pipeline.prove(file, ["greatest_window_sum"])
        return taken

    seldom, often = steps(100_000), steps(20)
    assert seldom
    assert seldom == often


class _Noting(Purse):
    """A purse that notes what is left in it."""

    def __init__(self, steps: int, taken: list[int]) -> None:
        self._taken = taken
        super().__init__(steps)

    def __setattr__(self, name: str, value: object) -> None:
        if name == "steps" and isinstance(value, int):
            self._taken.append(value)
        super().__setattr__(name, value)
