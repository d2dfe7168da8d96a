"""With a model: what it proposes is held against runs and proved, and nothing is believed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import autoform
from autoform.prove.model.report import Dropped, ModelReport
from autoform.source import SourceFile
from autoform.specify.hosts.edits import with_edits
from tests.prove.model.serving import KEY, Act, fails, says, serving

pytest.importorskip("openai")

HALVES = '''\
def halves(n: int) -> int:
    """How often n can be halved."""
    count = 0
    while n > 1:
        n //= 2
        count += 1
    return count
'''
RUST = """\
pub fn halves(start: u32) -> u32 {
    let mut n = start;
    let mut count = 0u32;
    while n > 1 {
        n /= 2;
        count += 1;
    }
    count
}
"""
HELPFUL = "ensures: n <= 1 ==> \\result == 0\nensures: n >= 2 ==> \\result >= 1"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("AUTOFORM_API_KEY", KEY)


def lifted_from(text: str, path: str = "halves.py") -> autoform.Lifted:
    lifted = autoform.lift(SourceFile(path, text))
    assert not lifted.refused
    return lifted


def settings_for(address: str, rounds: int = 3, tokens: int = 60_000) -> autoform.SpecifySettings:
    model = autoform.ModelSettings("m", address, rounds=rounds, tokens=tokens, timeout=20)
    return autoform.SpecifySettings(examples=30, model=model)


def asked(
    *acts: Act, text: str = HALVES, path: str = "halves.py", rounds: int = 3, tokens: int = 60_000
) -> tuple[autoform.Specification, list[str]]:
    """What is found for the only function, and the questions that were asked."""
    with serving(*acts) as server:
        settings = settings_for(server.address, rounds, tokens)
        (found,) = autoform.specify(lifted_from(text, path), settings=settings)
    assert KEY not in repr(found)
    return found, server.questions


def texts(found: autoform.Specification) -> set[str]:
    return {clause.text for clause in found.ensures}


def report(found: autoform.Specification) -> ModelReport:
    assert found.model is not None
    return found.model


def test_nobody_is_asked_unless_a_model_is_named() -> None:
    (found,) = autoform.specify(lifted_from(HALVES))
    assert found.model is None
    assert "not n <= 1 or result == 0" not in texts(found)
    assert found.grade is not None
    assert found.grade.rejected < 13


def test_what_a_model_says_is_proved_and_told() -> None:
    found, questions = asked(says(f"```\n{HELPFUL}\n```"), rounds=1)
    assert texts(found) >= {"not n <= 1 or result == 0", "not n >= 2 or result >= 1"}
    assert report(found).kept == ("n >= 2 ==> \\result >= 1", "n <= 1 ==> \\result == 0")
    assert (report(found).rounds, report(found).tokens) == (1, 100)
    assert found.grade is not None
    assert found.grade.rejected >= 13
    (question,) = questions
    assert "How often n can be halved." in question
    assert "fn halves(n: Int) -> Int {" in question
    assert "- halves(0) returns 0" in question
    assert "## Already proved\n\nensures: " in question
    assert "- with `0` for `1`, halves(3) returns 0" in question
    # What is told stands in the file as it is told, and is proved there.
    text = with_edits(HALVES, [*found.edits, *found.imports])
    (result,) = autoform.prove(lifted_from(text))
    assert isinstance(result.verdict, autoform.Proved)


def test_a_model_is_told_what_fell_and_why() -> None:
    first = says(
        "ensures: \\result > n\n"
        "ensures: \\result >= 0\n"
        "ensures: n < 99 ==> \\result <= 6\n"
        "ensures: forall d in seq.range(0, n, 1): d < n\n"
        "requires: n > 7"
    )
    found, questions = asked(first, says(HELPFUL), says(HELPFUL))
    assert "not n <= 1 or result == 0" in texts(found)
    again = questions[1].partition("## Rejected, do not propose again")[2]
    assert "- requires: n > 7\n  it is no postcondition" in again
    assert "- \\result > n\n  it does not hold: halves(" in again
    assert "- \\result >= 0\n  it was proved before" in again
    assert "- n < 99 ==> \\result <= 6\n  it was not proved" in again
    nothing_new = "it excludes nothing that is not excluded without it"
    assert f"- forall d in seq.range(0, n, 1): d < n\n  {nothing_new}" in again
    assert Dropped("n <= 1 ==> \\result == 0", "it was proved before") in report(found).dropped
    assert "n < 99 ==> \\result <= 6" not in report(found).kept
    assert not any("99" in text for text in texts(found))


def test_a_contract_that_lets_nothing_pass_asks_nobody() -> None:
    found, questions = asked(says(HELPFUL), text="def up(n: int) -> int:\n    return n + 1\n")
    assert texts(found) == {"result == n + 1"}
    assert found.model is None
    assert not questions


CUT = """\
def cut(xs: list[int], top: int) -> int:
    changed = 0
    for i in range(len(xs)):
        if xs[i] > top:
            xs[i] = top
            changed += 1
    return changed
"""


def test_clauses_of_a_model_are_tried_harder_and_read_the_same_again() -> None:
    clause = (
        "forall k in seq.range(0, seq.len(xs), 1): seq.at(xs, k) == min2(seq.at(\\old(xs), k), top)"
    )
    wanted = "all(xs[k] == min(OLD.xs[k], top) for k in range(len(xs)))"
    (plain,) = autoform.specify(lifted_from(CUT))
    assert wanted not in texts(plain)
    found, questions = asked(says(f"ensures: {clause}"), text=CUT, rounds=2)
    assert wanted in texts(found)
    assert report(found).kept == (clause,)
    assert len(questions) == 2
    assert report(found).dropped == (Dropped(clause, "it was proved before"),)


def test_rust_is_asked_about_in_integers_and_told_as_attributes() -> None:
    answer = says("ensures: start >= 2 ==> \\result >= 1")
    found, (question,) = asked(answer, text=RUST, path="a.rs", rounds=1)
    assert "fn halves(start: Int) -> Int" in question
    assert any(line.startswith("#[ensures(") and "start >= 2" in line for line in found.lines)
    assert report(found).kept == ("start >= 2 ==> \\result >= 1",)


@pytest.mark.parametrize(
    ("rounds", "tokens", "asks"), [(2, 60_000, 2), (9, 150, 2), (9, 60_000, 9)]
)
def test_rounds_and_tokens_are_counted(rounds: int, tokens: int, asks: int) -> None:
    acts = [says(f"ensures: \\result > n + {k}") for k in range(12)]
    found, questions = asked(*acts, rounds=rounds, tokens=tokens)
    assert len(questions) == asks
    assert report(found).rounds == asks
    assert report(found).failure == ("the model's 150 tokens are used up" if tokens == 150 else "")
    assert found.standing is autoform.Standing.SPECIFIED


def test_a_failing_server_leaves_what_was_proved() -> None:
    found, _ = asked(fails(401))
    assert texts(found)
    assert report(found).failure.startswith("the model's server answered with HTTP 401")
    (plain,) = autoform.specify(lifted_from(HALVES), settings=autoform.SpecifySettings(examples=30))
    assert replace(found, model=None, seconds=0.0) == replace(plain, seconds=0.0)


CHEATS = [
    "ensures: true",
    "ensures: false",
    "ensures: false ==> \\result == 77",
    "ensures: halves(n) == \\result",
    "ensures: \\result == n // 0",
    "ensures: n < 99 ==> \\result <= 6",
    "ensures: \\result <= 60",
    "ensures: (forall k in seq.range(0, 0, 1): false) && \\result <= 60",
    "requires: false",
    "assume false",
]


def test_no_cheat_is_told() -> None:
    acts = [says("\n".join(CHEATS)), *map(says, CHEATS)]
    found, _ = asked(*acts, rounds=len(acts))
    (plain,) = autoform.specify(lifted_from(HALVES), settings=autoform.SpecifySettings(examples=30))
    assert texts(found) == texts(plain)
    assert report(found).kept == ()


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    """What was asked and said when a process of its own asked, through its owner."""
    path = tmp_path / "t.jsonl"
    with serving(says("ensures: \\result > n"), says(HELPFUL), says("")) as server:
        settings = settings_for(server.address)
        assert settings.model is not None
        settings = replace(settings, model=replace(settings.model, transcript=path))
        with autoform.SpecifyApart(settings) as apart:
            (found,) = apart.specify(lifted_from(HALVES))
        assert report(found).rounds == 3
        assert report(found).failure == "the model's answer is empty"
        assert "not n <= 1 or result == 0" in texts(found)
        assert server.keys == [f"Bearer {KEY}"] * 3
    return path


def test_a_process_of_its_own_asks_through_its_owner_and_a_transcript_answers_again(
    transcript: Path,
) -> None:
    assert KEY not in transcript.read_text()
    model = autoform.ModelSettings(replay=transcript)
    settings = autoform.SpecifySettings(examples=30, model=model)
    (here,) = autoform.specify(lifted_from(HALVES), settings=settings)
    with autoform.SpecifyApart(settings) as apart:
        (there,) = apart.specify(lifted_from(HALVES))
    assert report(here).rounds == 3
    assert replace(here, seconds=0.0) == replace(there, seconds=0.0)


def test_a_process_that_may_not_ask_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUTOFORM_API_KEY")
    settings = autoform.SpecifySettings(model=autoform.ModelSettings("m"))
    with pytest.raises(autoform.ModelUnavailable, match="no key"), autoform.SpecifyApart(settings):
        pass
    with pytest.raises(autoform.ModelUnavailable, match="no key"):
        autoform.specify(lifted_from(HALVES), settings=settings)
    apart = autoform.SpecifyApart(settings)
    with pytest.raises(RuntimeError, match="`with` statement"):
        apart.specify(lifted_from(HALVES))
    apart.__exit__(None, None, None)
