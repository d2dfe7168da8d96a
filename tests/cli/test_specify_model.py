"""`autoform specify --model`: options, what is shown and what is kept secret."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.prove.model.serving import KEY, says, serving

pytest.importorskip("openai")

Command = Callable[..., Result]

HALVES = """\
def halves(n: int) -> int:
    count = 0
    while n > 1:
        n //= 2
        count += 1
    return count
"""
ANSWER = "ensures: n >= 2 ==> \\result >= 1\nassume false"


@pytest.fixture(autouse=True)
def _environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "halves.py").write_text(HALVES)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.delenv("AUTOFORM_API_KEY", raising=False)


def test_a_model_is_asked_and_a_transcript_answers_again(autoform: Command, folder: Path) -> None:
    with serving(says(ANSWER)) as server:
        options = ("--model", "some-model", "--base-url", server.address, "--model-rounds", "1")
        live = autoform("specify", "halves.py", *options, "--transcript", "t.jsonl")
    assert live.exit_code == 0, live.output
    assert "@icontract.ensure(lambda n, result: not n >= 2 or result >= 1)" in live.stdout
    assert "model     some-model: 1 round, 100 tokens" in live.stdout
    assert "with      n >= 2 ==> \\result >= 1" in live.stdout
    assert "dropped   assume false (it is no postcondition)" in live.stdout
    assert server.keys == [f"Bearer {KEY}"]
    options = ("--replay", "t.jsonl", "--model-rounds", "1", "--json", "--write")
    again = autoform("specify", "halves.py", *options)
    (function,) = json.loads(again.stdout)["functions"]
    assert function["model"]["kept"] == ["n >= 2 ==> \\result >= 1"]
    assert "not n >= 2 or result >= 1" in (folder / "halves.py").read_text()
    assert KEY not in live.output + again.output + (folder / "t.jsonl").read_text()


def test_a_server_that_is_not_there_costs_only_what_it_might_have_said(autoform: Command) -> None:
    with serving(says("")) as server:
        address = server.address
    result = autoform("specify", "halves.py", "--model", "m", "--base-url", address)
    assert result.exit_code == 0
    assert result.output.count("the model's server cannot be reached") == 1
    assert "@icontract.ensure(" in result.output


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--transcript", "t.jsonl"], "no model is named"),
        (["--model", "m", "--base-url", f"http://u:{KEY}@h/v1"], "AUTOFORM_API_KEY"),
        (["--replay", "missing.jsonl"], "cannot read the transcript"),
        (["--model", "m", "--transcript", "no/t.jsonl"], "cannot write the transcript"),
    ],
)
def test_calls_that_cannot_ask(autoform: Command, options: list[str], said: str) -> None:
    result = autoform("specify", "halves.py", *options)
    assert result.exit_code == 2
    assert "error[model-unavailable]" in result.stderr
    assert said in result.stderr
    assert KEY not in result.output
