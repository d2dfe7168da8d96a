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


def test_attributes_are_written_above_a_rust_function(
    autoform: Callable[..., Result], folder: Path
) -> None:
    path = folder / "larger.rs"
    function = "pub fn larger(a: i32, b: i32) -> i32 {\n    if a > b { a } else { b }\n}\n"
    path.write_text(f"/// The larger one.\n#[must_use]\n{function}")
    attribute = "#[ensures(|result| *result == a.max(b))]"
    (entry,) = json.loads(autoform("specify", "--json", "larger.rs").stdout)["functions"]
    assert entry["text"] == [attribute]
    assert autoform("specify", "--write", "larger.rs").exit_code == 0
    first = path.read_text()
    assert first == f"/// The larger one.\n#[must_use]\n{attribute}\n{function}"
    autoform("specify", "--write", "larger.rs")
    assert path.read_text() == first


def test_what_has_no_form_in_rust_is_said(autoform: Callable[..., Result], folder: Path) -> None:
    body = "    let mut ys = xs.to_vec();\n    ys.sort();\n    ys\n"
    (folder / "ordered.rs").write_text(f"fn ordered(xs: &[i32]) -> Vec<i32> {{\n{body}}}\n")
    shown = autoform("specify", "ordered.rs").stdout
    assert "left out  what takes seq.sorted" in shown


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
