"""What a process is told and tells goes as JSON and comes back the same."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import autoform
from autoform.diagnostics import Note, diagnostic
from autoform.ir.decls import Assumption
from autoform.prove.model.report import Dropped, ModelReport
from autoform.prove.records import NoRecord
from autoform.source import SourceFile, Span
from autoform.specify.records import (
    read_settings,
    read_specification,
    write_settings,
    write_specification,
)
from autoform.specify.results import Specification, Standing

PYTHON = '''\
from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class Point:
    x: int
    y: int


def ordered(xs: list[int]) -> list[int]:
    """
    >>> ordered([2, 1])
    [1, 2]
    """
    return sorted(xs)


def flip(point: Point) -> Point:
    return Point(point.y, point.x)


def last(xs: list[str]) -> str:
    return xs[len(xs) - 1]


def find(xs: list[int], x: int) -> Optional[int]:
    for i in range(len(xs)):
        if xs[i] == x:
            return i
    return None


def shout(text: str, times: int) -> str:
    return (text + '!"\\n\u00e9') * times


def half(x: float) -> float:
    return x / 2


def clear(xs: list[int]) -> None:
    for i in range(len(xs)):
        xs[i] = 0
'''
RUST = """\
fn larger(a: u8, b: u8) -> u8 {
    if a > b { a } else { b }
}

fn pick<T: Copy>(xs: &[T], i: usize) -> Option<T> {
    if i < xs.len() { Some(xs[i]) } else { None }
}

enum Side {
    Left,
    Right(i64),
}

fn other(side: Side, n: i64) -> Side {
    match side { Side::Left => Side::Right(n), Side::Right(_) => Side::Left }
}

fn bump(x: &mut i32) {
    *x += 1;
}
"""
FILES = [SourceFile("a.py", PYTHON), SourceFile("a.rs", RUST)]


def again(found: Specification, module: autoform.Module) -> Specification:
    return read_specification(json.loads(json.dumps(write_specification(found, module))), module)


@pytest.mark.parametrize("source", FILES, ids=lambda source: source.path)
def test_what_was_found_comes_back(source: SourceFile) -> None:
    lifted = autoform.lift(source)
    assert not lifted.refused
    results = autoform.specify(lifted, settings=autoform.SpecifySettings(examples=15))
    assert any(each.requires for each in results)
    assert any(each.likely or each.properties for each in results)
    assert sum(each.standing is Standing.SPECIFIED for each in results) >= 3
    for each in results:
        assert again(each, lifted.module) == each


def test_findings_and_assumptions_come_back() -> None:
    lifted = autoform.lift(SourceFile("b.py", "def f(n: int) -> int:\n    return n\n"))
    span = Span("b.py", 2, 4, 2, 12)
    notes = (Note("seen"), Note("there", span))
    dropped = (Dropped("n", "it is no condition"),)
    found = Specification(
        "f",
        lifted.module.function("f").span,
        Standing.UNSUPPORTED,
        diagnostics=(diagnostic("internal-error", "it broke", span, notes=notes),),
        assumptions=(Assumption.FLOAT_AS_REAL,),
        unsaid=("a set", "a map"),
        model=ModelReport("m", 2, 300, ("n > 0",), dropped, "silence"),
    )
    assert again(found, lifted.module) == found


def test_settings_come_back() -> None:
    plain = autoform.SpecifySettings(examples=3, seed=7, trial_steps=9)
    proof = replace(plain.proof, steps=5, allow=frozenset({Assumption.FLOAT_AS_REAL}))
    recorded = autoform.ModelSettings(replay=Path("a.jsonl"), transcript=Path("b.jsonl"))
    served = autoform.ModelSettings("m", "http://localhost:1/v1", rounds=5)
    models = (replace(plain, model=recorded), replace(plain, model=served))
    for settings in (plain, replace(plain, proof=proof), *models):
        assert read_settings(json.loads(json.dumps(write_settings(settings)))) == settings


def test_what_is_no_record_is_said_to_be_none() -> None:
    lifted = autoform.lift(SourceFile("b.py", "def f(n: int) -> int:\n    return n\n"))
    (found,) = autoform.specify(lifted, settings=autoform.SpecifySettings(examples=5))
    record = write_specification(found, lifted.module)
    for broken in ({}, record | {"name": "g"}, record | {"standing": "good"}):
        with pytest.raises(NoRecord):
            read_specification(broken, lifted.module)
    condition = {"text": "", "condition": "n +", "family": "", "killed": 0}
    with pytest.raises(NoRecord):
        read_specification(record | {"ensures": [condition]}, lifted.module)
