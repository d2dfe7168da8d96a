"""Commands over Rust files: originals are run by rustc, or a missing rustc is said."""

from collections.abc import Callable
from pathlib import Path
from shutil import which

import pytest
from typer.testing import Result

from autoform.crosscheck import check

Command = Callable[..., Result]
SOURCE = """\
#[ensures(|result| *result > n)]
fn next(n: i32) -> i32 { n + 1 }

fn middle(xs: &[u8]) -> Option<u8> { xs.get(xs.len() / 2).copied() }
"""


@pytest.fixture(autouse=True)
def _file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.rs").write_text(SOURCE)
    monkeypatch.setattr(check, "find_dafny", lambda: None)


@pytest.mark.skipif(which("rustc") is None, reason="rustc is not installed")
def test_crosscheck(autoform: Command) -> None:
    result = autoform("crosscheck", "a.rs::middle", "--examples", "10")
    assert result.exit_code == 0
    assert result.stdout.startswith("agrees       a.rs:4 middle: ")


@pytest.mark.skipif(which("rustc") is None, reason="rustc is not installed")
def test_a_refutation_is_replayed(autoform: Command) -> None:
    result = autoform("prove", "a.rs::next")
    assert result.exit_code == 1
    assert "next(i32::MAX)" in result.stdout
    assert "panics (OverflowError): attempt to add with overflow" in result.stdout


def test_a_missing_rustc(autoform: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    result = autoform("crosscheck", "a.rs::middle", "--examples", "5")
    assert result.exit_code == 3
    assert "[missing-tool]" in result.stderr
    assert "rustup" in result.stderr
