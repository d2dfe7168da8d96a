"""`autoform prove --model`: options, what is shown, what is kept secret, and Ctrl-C."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from autoform.prove.pipeline import prove
from autoform.prove.proposers.bounds import Bounds
from tests.prove.model.serving import KEY, Act, says, serving

pytest.importorskip("openai")

Command = Callable[..., Result]

# Fourth powers by differences.
OPEN = """\
from icontract import ensure, require


@require(lambda n: n >= 0)
@ensure(lambda n, result: result == n * n * n * n)
def fourth(n: int) -> int:
    a = 0
    b = 1
    c = 14
    d = 36
    i = 0
    while i < n:
        a += b
        b += c
        c += d
        d += 24
        i += 1
    return a
"""
HELPFUL = """\
invariant L1: d == 24 * i + 36
invariant L1: c == 12 * i * i + 24 * i + 14
invariant L1: b == 4 * i * i * i + 6 * i * i + 4 * i + 1
invariant L1: a == i * i * i * i
assume false
"""


@pytest.fixture(autouse=True)
def _environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "open.py").write_text(OPEN)
    # The deterministic prover with its cheapest proposer only, to be quick.
    monkeypatch.setattr(sys.modules[prove.__module__], "STAGES", ((Bounds(),),))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.delenv("AUTOFORM_API_KEY", raising=False)


def test_a_function_is_proved_with_a_model_and_again_from_the_transcript(
    autoform: Command, folder: Path
) -> None:
    with serving(says(HELPFUL)) as server:
        options = ("--model", "some-model", "--base-url", server.address)
        live = autoform("prove", "open.py", *options, "--transcript", "t.jsonl")
    assert live.exit_code == 0, live.output
    assert live.stdout.startswith("proved")
    assert "model     some-model: 1 round, 100 tokens" in live.stdout
    assert "with      invariant L1: a == i * i * i * i" in live.stdout
    assert "dropped   assume false (it is no invariant" in live.stdout
    again = autoform("prove", "open.py", "--replay", "t.jsonl", "--json")
    (function,) = json.loads(again.stdout)["functions"]
    assert function["verdict"] == "proved"
    assert function["model"]["name"] == "some-model"
    assert function["model"]["dropped"][0]["text"] == "assume false"
    assert server.keys == [f"Bearer {KEY}"]
    assert KEY not in live.output + again.output + (folder / "t.jsonl").read_text()


def test_a_server_that_is_not_there_leaves_the_function_open(autoform: Command) -> None:
    with serving(says("")) as server:
        address = server.address
    result = autoform("prove", "open.py", "--model", "m", "--base-url", address)
    assert result.exit_code == 3
    assert result.output.count("the model's server cannot be reached") == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--transcript", "t.jsonl"], "no model is named"),
        (["--base-url", "http://localhost:1/v1"], "no model is named"),
        (["--model", "m", "--base-url", "nowhere"], "no http or https URL"),
        (["--model", "m", "--base-url", f"http://u:{KEY}@h/v1"], "AUTOFORM_API_KEY"),
        (["--replay", "missing.jsonl"], "cannot read the transcript"),
        (["--model", "m", "--transcript", "no/t.jsonl"], "cannot write the transcript"),
    ],
)
def test_calls_that_cannot_ask(autoform: Command, options: list[str], said: str) -> None:
    result = autoform("prove", "open.py", *options)
    assert result.exit_code == 2
    assert "error[model-unavailable]" in result.stderr
    assert said in result.stderr
    assert KEY not in result.output


def test_a_missing_package_is_said_with_the_command_that_installs_it(
    autoform: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openai", None)
    result = autoform("prove", "open.py", "--model", "m")
    assert result.exit_code == 2
    assert "pip install 'autoform[model]'" in result.stderr


def test_without_a_key_nobody_is_asked(autoform: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    result = autoform("prove", "open.py", "--model", "m")
    assert result.exit_code == 2
    assert "set AUTOFORM_API_KEY or OPENAI_API_KEY" in result.stderr


def test_an_interrupt_ends_the_command_while_it_waits_for_the_model(
    process: Callable[..., subprocess.Popen[str]], folder: Path
) -> None:
    with serving(Act(stall=60)) as server:
        options = ("--model", "m", "--base-url", server.address, "--transcript", "t.jsonl")
        running = process("prove", "open.py", *options)
        deadline = time.monotonic() + 60
        while not server.requests and time.monotonic() < deadline:
            assert running.poll() is None, running.communicate()
            time.sleep(0.05)
        assert server.requests
        running.send_signal(signal.SIGINT)
        output, errors = running.communicate(timeout=10)
    assert running.returncode not in {0, 1}
    assert output == ""
    assert "Traceback" not in errors
    assert (folder / "t.jsonl").read_text() == ""
