"""`autoform specify`, and the grades of `autoform prove --grade`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

LARGER = "def larger(a: int, b: int) -> int:\n    return a if a > b else b\n"
OPEN = "def read(name: str) -> str:\n    return open(name).read()\n"
CLAUSE = "@icontract.ensure(lambda a, b, result: result == max(a, b))"


def test_a_contract_is_printed_to_paste(autoform: Callable[..., Result], folder: Path) -> None:
    (folder / "larger.py").write_text(LARGER)
    result = autoform("specify", "larger.py")
    assert result.exit_code == 0
    assert result.stdout.startswith("specified    larger.py:1 larger (")
    assert CLAUSE in result.stdout
    assert "mutants rejected, met by larger(" in result.stdout
    assert (folder / "larger.py").read_text() == LARGER


def test_it_is_written_once(autoform: Callable[..., Result], folder: Path) -> None:
    path = folder / "larger.py"
    path.write_bytes(LARGER.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    assert autoform("specify", "--write", "larger.py").exit_code == 0
    first = path.read_bytes()
    expected = f"import icontract\n\n\n{CLAUSE}\n{LARGER}"
    assert first.decode() == expected.replace("\n", "\r\n")
    assert path.stat().st_mode & 0o777 == 0o640
    autoform("specify", "--write", "larger.py")
    assert path.read_bytes() == first
    assert [p.name for p in folder.iterdir() if p.name.startswith(".")] == []


def test_the_document(autoform: Callable[..., Result], folder: Path) -> None:
    (folder / "two.py").write_text(f"{LARGER}\n\n{OPEN}")
    result = autoform("specify", "--json", "two.py")
    assert result.exit_code == 3
    larger, read = json.loads(result.stdout)["functions"]
    assert larger["verdict"] == "specified"
    assert larger["ensures"][0]["text"] == "result == max(a, b)"
    assert larger["text"] == [CLAUSE]
    assert larger["grade"]["share"] == 1.0
    assert read["verdict"] == "unsupported"
    assert read["diagnostics"]


def test_a_file_that_is_not_there(autoform: Callable[..., Result]) -> None:
    assert autoform("specify", "nowhere.py").exit_code == 2


def test_proofs_with_grades(autoform: Callable[..., Result], folder: Path) -> None:
    weak = "@icontract.ensure(lambda a, result: result >= a)\n"
    (folder / "weak.py").write_text(f"import icontract\n\n\n{weak}{LARGER}")
    result = autoform("prove", "--grade", "--no-cache", "--json", "weak.py")
    (entry,) = json.loads(result.stdout)["functions"]
    assert entry["verdict"] == "proved"
    assert entry["grade"]["trivial"] == ["identity"]
    shown = autoform("prove", "--grade", "--no-cache", "weak.py").stdout
    assert "satisfied by an implementation that does nothing: identity" in shown
