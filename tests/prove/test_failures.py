"""A defect of autoform in one function leaves the others their verdicts, and is told."""

from __future__ import annotations

import sys

import pytest

from autoform.frontends import lift
from autoform.ir.decls import Function, Module
from autoform.prove.pipeline import prove
from autoform.source import SourceFile
from autoform.verifiers.verdict import Proved, Unsupported

TEXT = """\
def first(n: int) -> int:
    return n


def second(n: int) -> int:
    return n
"""


def test_an_exception_in_one_function_is_told_of_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = sys.modules[prove.__module__]
    search = pipeline.search

    def failing(module: Module, function: Function, *rest: object, **more: object) -> object:
        if function.name == "first":
            raise KeyError("lost")
        return search(module, function, *rest, **more)

    monkeypatch.setattr(pipeline, "search", failing)
    first, second = prove(lift(SourceFile("a.py", TEXT)))
    assert isinstance(first.verdict, Unsupported)
    assert [found.code for found in first.verdict.diagnostics] == ["internal-error"]
    assert [found.notes for found in first.verdict.diagnostics] == [()]
    assert isinstance(second.verdict, Proved)


def test_where_an_exception_was_is_told_to_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> object:
        raise KeyError("lost")

    monkeypatch.setattr(sys.modules[prove.__module__], "search", failing)
    monkeypatch.setenv("AUTOFORM_DEBUG", "1")
    first, _ = prove(lift(SourceFile("a.py", TEXT)))
    assert isinstance(first.verdict, Unsupported)
    (found,) = first.verdict.diagnostics
    shown = [note.message for note in found.notes]
    assert shown[0].startswith("autoform/prove/defects.py:")
    assert "in failing" in shown[-2]
    assert shown[-1] == "KeyError: 'lost'"
