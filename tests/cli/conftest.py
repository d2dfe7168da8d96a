"""A folder to run commands in, and the commands, in process and as processes."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from autoform_cli.app import app
from typer.testing import CliRunner, Result

SUMS = '''\
def total(xs: list[int]) -> int:
    """The sum.

    >>> total([1, 2])
    3
    """
    so_far = 0
    for x in xs:
        so_far += x
    return so_far


def half(n: int) -> int:
    return n // 2
'''
MIXED = """\
def good(n: int) -> int:
    return n + 1


def bad(name: str) -> str:
    with open(name) as file:
        return file.read()
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, made the current one, with `sums.py` and `mixed.py`."""
    (tmp_path / "sums.py").write_text(SUMS)
    (tmp_path / "mixed.py").write_text(MIXED)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def autoform(folder: Path) -> Callable[..., Result]:
    """Run the command in this process."""
    del folder

    def run(*arguments: str) -> Result:
        result = CliRunner().invoke(app, arguments, catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    return run


@pytest.fixture
def process(folder: Path) -> Callable[..., "subprocess.Popen[str]"]:
    """Start the command as a process of its own."""

    def start(*arguments: str, **options: object) -> "subprocess.Popen[str]":
        # Who runs the tests in the background of a shell has them ignore interrupts.
        heeding = "import signal as s; s.signal(s.SIGINT, s.default_int_handler)"
        code = f"{heeding}; from autoform_cli import main; main()"
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return] # options of any kind
            command,
            cwd=folder,
            text=True,
            env={**os.environ, "NO_COLOR": ""},
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
        )

    return start
