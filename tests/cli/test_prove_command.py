"""`autoform prove` and `autoform translate --prove`: what one sees, and the exit codes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.backends.dafny.real import needs_dafny

Command = Callable[..., Result]

TOTAL = '''\
def total(xs: list[int]) -> int:
    """The sum.

    post: __return__ == sum(xs)
    """
    so_far = 0
    for x in xs:
        so_far += x
    return so_far
'''
FAR = '''\
def far(n: int) -> int:
    """Not less.

    post: __return__ > n or n != 123456789
    """
    return n
'''
NEVER = '''\
def never(n: int) -> int:
    """Never.

    pre: n > 0 and n < 0
    """
    return n
'''
LIE = (
    "echo 'program.dfy(4,1): Error: lost'\n"
    "echo 'Dafny program verifier finished with 0 verified, 1 error'\n"
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own for each test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def put(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text)
    return name


def dafny(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    path = folder / "dafny"
    path.write_text(f'#!/bin/sh\ncase "$1" in --version) echo 4.0.1; exit;; esac\n{script}\n')
    path.chmod(0o755)
    monkeypatch.setenv("AUTOFORM_DAFNY", str(path))


def test_an_open_obligation_is_shown_at_its_line(autoform: Command, folder: Path) -> None:
    result = autoform("prove", put(folder, "far.py", FAR))
    assert result.exit_code == 3
    assert result.stdout.startswith("unknown      far.py:1 far (")
    assert "warning[not-proved]: `far`: the postcondition may not hold" in result.stdout
    assert "4 |     post: __return__ > n or n != 123456789" in result.stdout
    assert result.stderr == ""


def test_json_carries_the_same(autoform: Command, folder: Path) -> None:
    document = json.loads(autoform("prove", put(folder, "far.py", FAR), "--json").stdout)
    (entry,) = document["functions"]
    assert entry["verdict"] == "unknown"
    (found,) = entry["diagnostics"]
    assert (found["code"], found["line"]) == ("not-proved", 4)


def test_an_impossible_contract_is_wrong(autoform: Command, folder: Path) -> None:
    result = autoform("prove", put(folder, "never.py", NEVER))
    assert result.exit_code == 1
    assert "error[contract-impossible]" in result.stderr
    assert "4 |     pre: n > 0 and n < 0" in result.stderr


@needs_dafny
def test_dafny_is_named_beside_autoform(autoform: Command, folder: Path) -> None:
    result = autoform("prove", put(folder, "t.py", TOTAL), "--with", "dafny", "--json")
    assert result.exit_code == 0
    (entry,) = json.loads(result.stdout)["functions"]
    assert [name.split()[0] for name in entry["by"]] == ["autoform", "Dafny"]


def test_a_proof_that_dafny_does_not_find_is_an_alarm(
    autoform: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dafny(folder, monkeypatch, LIE)
    result = autoform("prove", put(folder, "t.py", TOTAL), "--with", "dafny")
    assert result.exit_code == 3
    assert result.stdout.startswith("proved       t.py:1 total")
    assert "warning[not-confirmed]: Dafny 4.0.1 does not confirm the proof of `total`: lost" in (
        result.stdout
    )


def test_a_dafny_that_fails_is_told_of(
    autoform: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dafny(folder, monkeypatch, "exit 7")
    result = autoform("prove", put(folder, "t.py", TOTAL), "--with", "dafny", "--json")
    assert result.exit_code == 3
    (entry,) = json.loads(result.stdout)["functions"]
    assert entry["verdict"] == "proved"
    assert [found["code"] for found in entry["diagnostics"]] == ["tool-failed"]


def test_a_missing_prover_is_a_wrong_call(
    autoform: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("AUTOFORM_DAFNY", raising=False)
    for prover in ("dafny", "lean"):
        result = autoform("prove", put(folder, "t.py", TOTAL), "--with", prover)
        assert result.exit_code == 2
        assert "missing-tool" in result.stderr
        assert result.stdout == ""


def test_a_broken_cache_is_one_warning(autoform: Command, folder: Path, cache: Path) -> None:
    cache.mkdir()
    (cache / "autoform").write_text("no folder")
    result = autoform("prove", put(folder, "t.py", TOTAL))
    assert result.exit_code == 0
    assert result.stderr.count("warning[cache-unusable]") == 1
    assert "cache-unusable" not in autoform("prove", "t.py", "--no-cache").stderr


def test_no_cache_leaves_no_trace(autoform: Command, folder: Path, cache: Path) -> None:
    autoform("prove", put(folder, "t.py", TOTAL), "--no-cache")
    assert not cache.exists()
    autoform("prove", "t.py")
    assert list((cache / "autoform").glob("*.sqlite"))


def test_jobs_keep_the_order(autoform: Command, folder: Path) -> None:
    put(folder, "t.py", TOTAL + "\n\n" + FAR)
    one = json.loads(autoform("prove", "t.py", "--no-cache", "--json").stdout)
    two = json.loads(autoform("prove", "t.py", "--no-cache", "--json", "-j", "2").stdout)
    for entry in (*one["functions"], *two["functions"]):
        del entry["seconds"]
    assert one == two


def test_translate_puts_proofs_in_place(autoform: Command, folder: Path) -> None:
    put(folder, "t.py", TOTAL + "\n\n" + FAR)
    plain = autoform("translate", "t.py", "--dialect", "4")
    assert "invariant so_far" not in plain.stdout
    result = autoform("translate", "t.py", "--prove", "--dialect", "4")
    assert result.exit_code == 0
    assert "    invariant so_far == Sum(xs[..place])\n" in result.stdout
    assert "    decreases |items| - place\n" in result.stdout
    assert result.stderr.splitlines() == ["proved       t.py:1 total", "unknown      t.py:12 far"]
    document = json.loads(autoform("translate", "t.py", "--prove", "--json").stdout)
    assert [entry["proof"] for entry in document["functions"]] == ["proved", "unknown"]
