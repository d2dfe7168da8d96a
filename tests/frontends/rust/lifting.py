"""Shorthands of the tests of the Rust front end."""

from __future__ import annotations

from textwrap import dedent

from autoform.frontends import Lifted, lift
from autoform.ir.text import print_module
from autoform.source import SourceFile

__all__ = ["finding", "lifted", "text"]


def lifted(source: str) -> Lifted:
    """The file lifted, under the name `f.rs`."""
    return lift(SourceFile("f.rs", dedent(source).lstrip("\n")))


def text(source: str) -> str:
    """The IR of a file that lifts as a whole."""
    found = lifted(source)
    assert not found.diagnostics, found.diagnostics
    return print_module(found.module)


def finding(source: str) -> tuple[str, int]:
    """The code and line of the only finding about a file."""
    (found,) = lifted(source).diagnostics
    assert found.help
    return found.code, found.span.start_line
