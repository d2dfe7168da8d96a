"""`autoform doctor`: which tools are there, in which version, and how to get what is missing."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from autoform.processes import ProcessFailure, run
from autoform.version import VERSION

from .arguments import JsonOption
from .exits import Exit
from .output import finish, print_result

__all__ = ["doctor"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A tool: its version, or what is wrong with it and the command that puts it right."""

    name: str
    purpose: str
    version: str | None
    problem: str = ""
    install: str = ""


_DOTNET: Final = "dotnet tool install --global dafny"
_ELAN: Final = "curl -sSf https://elan.lean-lang.org/elan-init.sh | sh"
_RUSTUP: Final = "curl -sSf https://sh.rustup.rs | sh"


def doctor(*, json: JsonOption = False) -> None:
    """Say which tools autoform finds here, and how to install those it does not."""
    found = list(_examine())
    if json:
        print_result(_document(found))
    else:
        print_result("\n".join(_shown(found)) + "\n")
    broken = any(each.version is None and each.problem != _MISSING for each in found)
    finish(Exit.OPEN if broken else Exit.DONE)


_MISSING: Final = "not found"


def _examine() -> Iterator[Finding]:
    python = f"{platform.python_version()} ({sys.executable})"
    yield Finding("autoform", "this program", VERSION)
    yield Finding("python", "runs the originals of Python functions", python)
    for package, purpose in (
        ("tree-sitter-python", "parses Python"),
        ("tree-sitter-rust", "parses Rust"),
        ("z3-solver", "the built-in prover"),
        ("hypothesis", "generates inputs"),
    ):
        yield _package(package, purpose)
    yield _dafny()
    yield _program("lean", "checks Lean files", ["lean", "--version"], _ELAN)
    yield _program("rustc", "runs the originals of Rust functions", ["rustc", "--version"], _RUSTUP)


def _package(name: str, purpose: str) -> Finding:
    try:
        return Finding(name, purpose, version(name))
    except PackageNotFoundError:
        return Finding(name, purpose, None, _MISSING, f"pip install {name}")


def _program(name: str, purpose: str, command: list[str], install: str) -> Finding:
    """Ask a program for its version."""
    try:
        done = run(command, timeout_cpu=20, timeout_wall=60)
    except ProcessFailure:
        return Finding(name, purpose, None, _MISSING, install)
    if done.returncode != 0:
        return Finding(name, purpose, None, f"found, but `{' '.join(command)}` fails", install)
    return Finding(name, purpose, done.stdout.decode("utf-8", "replace").strip().split("\n")[0])
