"""`autoform equiv`: verdicts on screen, in JSON and as exit codes."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import which

import pytest
from typer.testing import Result

Command = Callable[..., Result]
MEANS = """\
def mean(a: int, b: int) -> int:
    return (a + b) // 2


def mean_turned(x: int, y: int) -> int:
    both = y + x
    return both // 2


def mean_cut(a: int, b: int) -> int:
    total = a + b
    return total // 2 if total >= 0 else -(-total // 2)


def never(n: int) -> int:
    while n != 0:
        n = n - 2
    return 0


def nothing(n: int) -> int:
    return 0


def name(a: str, b: str) -> str:
    return a + b
"""
RUST = """\
fn mean(a: i64, b: i64) -> i64 { (a + b) / 2 }
"""


@pytest.fixture(autouse=True)
def _means(folder: Path) -> None:
    (folder / "means.py").write_text(MEANS)
    (folder / "means.rs").write_text(RUST)


def test_equivalence(autoform: Command) -> None:
    result = autoform("equiv", "means.py::mean", "means.py::mean_turned", "--examples", "30")
    assert result.exit_code == 0
    assert result.stdout.startswith("equivalent      means.py:1 mean = means.py:5 mean_turned (")
    assert "a product of the two" in result.stdout


def test_a_difference_is_shown_for_both(autoform: Command) -> None:
    result = autoform("equiv", "means.py::mean", "means.py::mean_cut", "--examples", "30")
    assert result.exit_code == 1
    first, *rest = result.stdout.splitlines()
    assert first == "differs         means.py:1 mean = means.py:10 mean_cut"
    assert [line.split(maxsplit=1) for line in rest[:4]] == [
        ["call", "mean(-1, 0)"],
        ["gives", "returns -1"],
        ["call", "mean_cut(-1, 0)"],
        ["gives", "returns 0"],
    ]


def test_json(autoform: Command) -> None:
    arguments = ("equiv", "means.py::mean", "means.py::mean_cut", "--examples", "30", "--json")
    result = autoform(*arguments)
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    (entry,) = document["functions"]
    assert document["schema"] == 1
    assert (entry["name"], entry["verdict"]) == ("mean", "differs")
    assert entry["other"] == {"name": "mean_cut", "file": "means.py", "line": 10}
    assert entry["counterexample"] == {
        "call": "mean(-1, 0)",
        "expected": "returns -1",
        "observed": "returns 0",
        "other_call": "mean_cut(-1, 0)",
        "replayed": True,
    }
    assert "requires" in entry["domain"]


def test_requires(autoform: Command) -> None:
    requires = ("--requires", "a >= 0", "--requires", "b >= 0")
    pair = ("means.py::mean", "means.py::mean_cut")
    result = autoform("equiv", *pair, *requires, "--examples", "30")
    assert result.exit_code == 0
    assert result.stdout.startswith("equivalent")


def test_what_is_open_is_said(autoform: Command) -> None:
    result = autoform("equiv", "means.py::nothing", "means.py::never", "--examples", "20")
    assert result.exit_code == 3
    first, second = result.stdout.splitlines()
    assert first.startswith("same-on-inputs  means.py:21 nothing = means.py:15 never: ")
    assert second.split()[0] == "open"


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (("means.py::mean", "means.py::name"), 3, "incomparable-functions"),
        (("means.py::mean", "means.py::absent"), 2, "no-such-function"),
        (("means.py", "means.py::mean"), 2, "no-such-function"),
        (("means.py::mean", "nowhere.py::mean"), 2, "unreadable-file"),
        (("means.py::mean", "means.py::mean_cut", "--requires", "c >"), 2, "contract-syntax"),
    ],
)
def test_what_cannot_be_compared(
    autoform: Command, arguments: tuple[str, ...], exit_code: int, code: str
) -> None:
    result = autoform("equiv", *arguments)
    assert result.exit_code == exit_code
    assert f"[{code}]" in result.stderr


@pytest.mark.skipif(which("rustc") is None, reason="rustc is not installed")
def test_two_languages(autoform: Command) -> None:
    result = autoform("equiv", "means.py::mean", "means.rs::mean", "--examples", "30")
    assert result.exit_code == 1
    assert "mean(-1_i64, 0_i64)" in result.stdout
    requires = ("--requires", "0 <= a < 10**9", "--requires", "0 <= b < 10**9")
    result = autoform("equiv", "means.py::mean", "means.rs::mean", *requires, "--examples", "30")
    assert result.exit_code == 0
