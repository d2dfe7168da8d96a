"""`autoform corpus`: build, validate, stats and export, from the shell's side."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Command = Callable[..., Result]

ONE = "def twice(n: int) -> int:\n    return n + n\n"
SPELLED = "# SPDX-License-Identifier: MIT\n" + ONE


@pytest.fixture
def built(autoform: Command, folder: Path) -> Path:
    """A data set of one function."""
    (folder / "src").mkdir()
    (folder / "src" / "twice.py").write_text(SPELLED)
    result = autoform("corpus", "build", "src", "-o", "out", "--jobs", "1", "--no-confirm")
    assert (result.exit_code, result.stdout) == (0, "1 rows in out: 1 proved\n"), result.stderr
    return folder / "out"


def test_a_data_set_is_built_checked_counted_and_exported(autoform: Command, built: Path) -> None:
    (row,) = map(json.loads, next((built / "jsonl").glob("*.jsonl")).read_text().splitlines())
    assert row["licence"]["spdx"] == "MIT"
    assert (built / "README.md").read_text().startswith("---\npretty_name: autoform corpus\n")
    checked = autoform("corpus", "validate", "out", "--all")
    assert (checked.exit_code, checked.stdout) == (
        0,
        "1 rows, 1 verified, 1 proved, 0 confirmed, 0 unsteady, 0 problems\n",
    )
    counted = autoform("corpus", "stats", "out", "-o", "page")
    assert counted.stdout.startswith("1 rows\n")
    assert (built.parent / "page" / "times.png").read_bytes().startswith(b"\x89PNG")
    assert "times.png" in (built.parent / "page" / "index.html").read_text()
    exported = autoform("corpus", "export", "out", "--as", "translate", "-o", "tasks")
    assert exported.exit_code == 0
    (split,) = (built.parent / "tasks" / "translate").glob("*.jsonl")
    records = [json.loads(line) for line in split.read_text().splitlines()]
    assert [record["target_language"] for record in records] == ["ir", "dafny", "lean"]


def test_a_data_set_of_nothing_is_one(autoform: Command, folder: Path) -> None:
    (folder / "src").mkdir()
    (folder / "src" / "nothing.py").write_text("LIMIT = 3\n")
    made = autoform("corpus", "build", "src", "-o", "out", "--jobs", "1", "--no-confirm")
    assert (made.exit_code, made.stdout) == (0, "0 rows in out: none\n"), made.stderr
    assert "No function was found" in (folder / "out" / "README.md").read_text()
    counted = autoform("corpus", "stats", "out", "-o", "page")
    assert (counted.exit_code, counted.stdout) == (0, "0 rows\n")
    assert "0 rows." in (folder / "page" / "index.html").read_text()
    exported = autoform("corpus", "export", "out", "--as", "repair", "-o", "tasks")
    assert (exported.exit_code, exported.stdout) == (0, "repair: none\n")


def test_a_row_that_was_changed_is_found(autoform: Command, built: Path) -> None:
    (path,) = (built / "jsonl").glob("*.jsonl")
    path.write_text(path.read_text().replace("n + n", "n + n + 0", 1))
    checked = autoform("corpus", "validate", "out", "--all")
    assert checked.exit_code == 1
    assert "error[wrong-row]: its source lifts to something else" in checked.stderr
    path.write_text(path.read_text().replace('"split":"', '"split":"x'))
    assert "error[wrong-row]: split: " in autoform("corpus", "validate", "out").stderr


def test_settings_that_changed_are_refused(autoform: Command, built: Path) -> None:
    del built
    again = autoform("corpus", "build", "src", "-o", "out", "--no-confirm", "--seed", "1")
    assert again.exit_code == 2
    assert "error[other-build]" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("build", "nowhere", "-o", "out"), "no-source-file"),
        (("build", "humanevil=sums.py", "-o", "out"), "bad-manifest"),
        (("validate", "nowhere"), "no-source-file"),
        (("export", "sums.py", "--as", "nothing"), "no-such-view"),
        (("stats", "."), "cannot-write"),
    ],
)
def test_a_wrong_call_is_told(autoform: Command, arguments: tuple[str, ...], code: str) -> None:
    result = autoform("corpus", *arguments)
    assert result.exit_code == 2
    assert f"error[{code}]" in result.stderr
