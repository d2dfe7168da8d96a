"""`autoform doctor`: which tools are there, in which version, and how to get what is missing."""

from __future__ import annotations

import json as json_text
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


def _dafny() -> Finding:
    """Dafny, as the verifier finds it."""
    from autoform.verifiers.dafny import find_dafny

    purpose = "verifies and runs Dafny files"
    try:
        tool = find_dafny()
    except ProcessFailure as error:
        return Finding("dafny", purpose, None, f"found, but broken: {error}", _DOTNET)
    if tool is None:
        return Finding("dafny", purpose, None, _MISSING, _DOTNET)
    return Finding("dafny", purpose, tool.version)


def _shown(found: list[Finding]) -> Iterator[str]:
    """A line a tool, and below a missing one how to get it."""
    width = max(len(each.name) for each in found)
    for each in found:
        yield f"{each.name:<{width}}  {each.version or each.problem}  ({each.purpose})"
        if each.version is None:
            yield f"{'':<{width}}  install it with: {each.install}"


def _document(found: list[Finding]) -> str:
    tools = [
        {
            "name": each.name,
            "purpose": each.purpose,
            "version": each.version,
            "problem": each.problem or None,
            "install": each.install or None,
        }
        for each in found
    ]
    return json_text.dumps({"schema": 1, "tools": tools}, indent=2) + "\n"
