"""`autoform crosscheck`: verdicts on screen, in JSON and as exit codes."""

import json
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from autoform.crosscheck import check

Command = Callable[..., Result]
Start = Callable[..., "subprocess.Popen[str]"]
FALSE = """\
import icontract


@icontract.ensure(lambda result, a: result >= a)
def middle(a: int, b: int) -> int:
    return (a + b) // 2
"""


@pytest.fixture(autouse=True)
def _no_dafny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dafny takes seconds a file; what it does is tested where it is run."""
    monkeypatch.setattr(check, "find_dafny", lambda: None)


def test_agreement(autoform: Command) -> None:
    result = autoform("crosscheck", "sums.py", "--examples", "20")
    assert result.exit_code == 0
    first, second = (line for line in result.stdout.splitlines() if not line.startswith(" "))
    assert first.startswith("agrees       sums.py:1 total: ")
    assert "inputs on original, interpreter, functional" in first
    assert second.startswith("agrees       sums.py:13 half: ")


def test_a_refutation_is_a_call_to_paste(autoform: Command, folder: Path) -> None:
    (folder / "false.py").write_text(FALSE)
    result = autoform("crosscheck", "false.py", "--json", "--examples", "20")
    assert result.exit_code == 1
    (function,) = json.loads(result.stdout)["functions"]
    assert (function["verdict"], function["line"]) == ("refuted", 5)
    example = function["counterexample"]
    assert example["call"] == "middle(1, 0)"
    assert example["observed"] == "returns 0"
    assert example["replayed"] is True
    assert "result >= a" in example["expected"]
    shown = autoform("crosscheck", "false.py", "--examples", "20").stdout
    assert "call      middle(1, 0)" in shown


def test_unsupported_functions_are_open(autoform: Command) -> None:
    result = autoform("crosscheck", "mixed.py", "--examples", "5", "--json")
    assert result.exit_code == 3
    verdicts = [function["verdict"] for function in json.loads(result.stdout)["functions"]]
    assert verdicts == ["agrees", "unsupported"]


def test_json_counts_everything(autoform: Command) -> None:
    result = autoform("crosscheck", "sums.py::half", "--examples", "10", "--json")
    (function,) = json.loads(result.stdout)["functions"]
    inputs = function["inputs"]
    assert {"examples", "corners", "generated", "rejected", "engines"} == inputs.keys()
    claims = {name: engine["claims"] for name, engine in inputs["engines"].items()}
    total = inputs["examples"] + inputs["corners"] + inputs["generated"]
    assert claims["original"] == claims["interpreter"] == claims["functional"] == total


@pytest.mark.parametrize("count", ["-1", "many"])
def test_wrong_numbers_are_the_caller_s_fault(autoform: Command, count: str) -> None:
    assert autoform("crosscheck", "sums.py", "--examples", count).exit_code == 2


def test_an_interrupt_ends_quietly_and_leaves_nothing_running(process: Start, folder: Path) -> None:
    (folder / "slow.py").write_text(
        "def f(n: int) -> int:\n    while n == n:\n        n = n + 1\n    return n\n"
    )
    with process("crosscheck", "slow.py", "--examples", "2000") as running:
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
        while running.poll() is None and not children.read_text():
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        _, stderr = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in stderr


def test_a_broken_dafny_is_told_once_and_the_rest_is_compared(
    autoform: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTOFORM_DAFNY", "/bin/false")
    result = autoform("crosscheck", "sums.py", "--examples", "5")
    assert result.exit_code == 3
    assert result.stderr.count("error[tool-failed]") == 1
    assert "/bin/false" in result.stderr
    assert result.stdout.count("agrees") == 2
