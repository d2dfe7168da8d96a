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
    assert isinstance(second.verdict, Proved)
