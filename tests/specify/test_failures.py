"""A defect of autoform in one function leaves the others their contracts, and is told."""

from __future__ import annotations

from importlib import import_module

import pytest

import autoform
from autoform.ir.decls import Function
from autoform.source import SourceFile
from autoform.specify.results import Specification, Standing

TEXT = """\
def first(n: int) -> int:
    return n + 1


def second(n: int) -> int:
    return n + 2


def third(n: int) -> int:
    return first(n) + 2
"""


def specified() -> list[Specification]:
    settings = autoform.SpecifySettings(examples=10)
    return list(autoform.specify(autoform.lift(SourceFile("a.py", TEXT)), settings=settings))


def broken(monkeypatch: pytest.MonkeyPatch, module: str, name: str, place: int) -> None:
    """Make a step of specifying raise for the function `first`."""
    pipeline = import_module(module)
    step = getattr(pipeline, name)

    def failing(*given: object, **more: object) -> object:
        function = given[place]
        assert isinstance(function, Function)
        if function.name == "first":
            raise KeyError("lost")
        return step(*given, **more)

    monkeypatch.setattr(pipeline, name, failing)


@pytest.mark.parametrize(
    ("module", "step", "place", "act"),
    [
        ("autoform.specify.pipeline", "draft", 1, "running"),
        ("autoform.specify.pipeline", "Prover", 1, "specifying"),
    ],
)
def test_an_exception_in_one_function_is_told_of_it_alone(
    monkeypatch: pytest.MonkeyPatch, module: str, step: str, place: int, act: str
) -> None:
    broken(monkeypatch, module, step, place)
    first, second, third = specified()
    assert first.standing is Standing.UNSUPPORTED
    assert [found.code for found in first.diagnostics] == ["internal-error"]
    assert act in first.diagnostics[0].message
    assert second.standing is Standing.SPECIFIED
    assert third.reason == "it calls first, of which nothing is proved"


def test_clauses_that_cannot_be_read_back_cost_their_own_function(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pipeline = import_module("autoform.specify.pipeline")
    step = pipeline.read_back

    def failing(lifted: object, host: object, printed: dict[str, object]) -> object:
        if "first" in printed:
            raise KeyError("lost")
        return step(lifted, host, printed)

    monkeypatch.setattr(pipeline, "read_back", failing)
    first, second, _ = specified()
    assert [found.code for found in first.diagnostics] == ["internal-error"]
    assert second.standing is Standing.SPECIFIED


def test_a_grade_that_fails_is_told_of_its_function(monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, "autoform.specify.grade", "grade_of", 1)
    first, second, _ = autoform.grade(autoform.lift(SourceFile("a.py", TEXT)))
    assert [found.code for found in first.diagnostics] == ["internal-error"]
    assert second.grade is not None


def test_an_optional_result_has_no_order_in_its_own_language() -> None:
    text = "def f(n: int) -> int | None:\n    return n if n > 0 else None\n"
    (found,) = autoform.specify(autoform.lift(SourceFile("a.py", text)))
    assert not found.diagnostics
