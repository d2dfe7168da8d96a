"""The real Dafny's word on proofs, and what is made of a Dafny that has none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from autoform.ir.text import parse_module
from autoform.prove.cache import Cache
from autoform.prove.confirm import confirm
from autoform.prove.pipeline import ProofResult, ProofSettings, lowered
from autoform.source import Span
from autoform.verifiers.dafny import DafnyTool
from autoform.verifiers.verdict import Proved
from tests.backends.dafny.real import needs_dafny, tool
from tests.prove.samples import SUM, found, lifted

TWO = """\
fn first(n: Int) -> Int ensures \\result == n { return n; }

fn second(n: Int) -> Int ensures \\result == n { return n; }
"""
SAMPLES = SUM + (
    "@ensure(lambda xs, result: result == sum(xs))\n"
    "def backwards(xs: list[int]) -> int:\n"
    "    acc = 0\n"
    "    for i in range(len(xs) - 1, -1, -1):\n"
    "        acc += xs[i]\n"
    "    return acc\n\n\n"
    "@ensure(lambda xs, result: all(result[i] >= xs[i] for i in range(len(xs))))\n"
    "@ensure(lambda xs, result: len(result) == len(xs))\n"
    "def raised(xs: list[int]) -> list[int]:\n"
    "    out: list[int] = []\n"
    "    for x in xs:\n"
    "        out.append(x + 1)\n"
    "    return out\n\n\n"
    "@ensure(lambda xs, result: result == sum(xs) + 1)\n"
    "def more(xs: list[int]) -> int:\n"
    "    return total(xs) + 1\n"
)


def proved(text: str) -> list[ProofResult]:
    """A module whose functions are all said to be proved."""
    module = parse_module(text)
    return [
        ProofResult(f.name, Span("a.ir", n, 0, n, 9), Proved(("autoform",)), proof=f)
        for n, f in enumerate(lowered(module).functions, 1)
    ]


def fake(tmp_path: Path, script: str) -> DafnyTool:
    path = tmp_path / "dafny"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return DafnyTool(str(path), "9.9.9", 4)


@needs_dafny
def test_dafny_confirms_what_is_proved() -> None:
    results = list(found(SAMPLES).values())
    assert all(isinstance(result.verdict, Proved) for result in results)
    for result in confirm(lifted(SAMPLES).module, results, tool(), ProofSettings()):
        assert isinstance(result.verdict, Proved)
        assert result.verdict.by[1:] == (tool().name,), result.findings
        assert not result.findings


@needs_dafny
@pytest.mark.parametrize(
    ("old", "new"), [("== n { return n; }", "== n { return n + 1; }"), ("== n {", "== n + 1 {")]
)
def test_a_wrong_proof_is_an_alarm_at_its_line(old: str, new: str) -> None:
    text = TWO.replace(old, new, 1)
    wrong, right = confirm(parse_module(text), proved(text), tool(), ProofSettings())
    assert wrong.verdict == Proved(("autoform",))
    (alarm,) = wrong.findings
    assert alarm.code == "not-confirmed"
    assert tool().name in alarm.message
    assert alarm.span.known
    assert any(note.message.startswith("line ") for note in alarm.notes)
    assert right.verdict == Proved(("autoform", tool().name))


@pytest.mark.parametrize(
    "script", ["exit 3", "echo boom; kill -9 $$", "echo 'program.dfy(3,1): Error: no such thing'"]
)
def test_a_dafny_that_breaks_down_says_nothing(tmp_path: Path, script: str) -> None:
    for result in confirm(parse_module(TWO), proved(TWO), fake(tmp_path, script), ProofSettings()):
        assert result.verdict == Proved(("autoform",))
        assert [each.code for each in result.findings] == ["tool-failed"]
        assert "Dafny 9.9.9" in result.findings[0].message


def test_a_dafny_that_is_gone_has_failed(tmp_path: Path) -> None:
    gone = replace(fake(tmp_path, ""), path=str(tmp_path / "gone"))
    for result in confirm(parse_module(TWO), proved(TWO), gone, ProofSettings()):
        assert [each.code for each in result.findings] == ["tool-failed"]


def test_what_dafny_does_not_read_keeps_no_other_from_being_confirmed(tmp_path: Path) -> None:
    script = (
        "if grep -q second program.dfy\n"
        "then echo 'program.dfy(3,1): Error: unresolved'; exit 2; fi\n"
        "echo 'Dafny program verifier finished with 1 verified, 0 errors'"
    )
    first, second = confirm(parse_module(TWO), proved(TWO), fake(tmp_path, script), ProofSettings())
    assert first.verdict == Proved(("autoform", "Dafny 9.9.9"))
    assert [each.code for each in second.findings] == ["tool-failed"]
    assert "line 3" in second.findings[0].message


def test_a_yes_is_remembered_and_a_no_is_not(tmp_path: Path) -> None:
    yes = "echo x >> $0.runs; echo 'Dafny program verifier finished with 2 verified, 0 errors'"
    runs = tmp_path / "dafny.runs"
    with Cache(tmp_path / "c") as cache:
        for _ in range(2):
            for result in confirm(
                parse_module(TWO), proved(TWO), fake(tmp_path, yes), ProofSettings(), cache
            ):
                assert result.verdict == Proved(("autoform", "Dafny 9.9.9"))
        assert runs.read_text().count("x") == 1
        other = TWO.replace("== n", "<= n")
        no = (
            "echo 'program.dfy(4,1): Error: lost'\n"
            "echo 'program verifier finished with 0 verified, 1 error'"
        )
        for _ in range(2):
            confirm(parse_module(other), proved(other), fake(tmp_path, no), ProofSettings(), cache)
        yes_again = confirm(
            parse_module(other), proved(other), fake(tmp_path, yes), ProofSettings(), cache
        )
    assert all(not result.findings for result in yes_again)
