"""A process of its own finds the same, and is lost with a function only as far as it must be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import pytest

import autoform
from autoform.processes import ProcessFailure
from autoform.source import SourceFile
from autoform.specify import apart
from autoform.specify.records import read_specification

TEXT = """\
def first(n: int) -> int:
    return n + 1


def second(n: int) -> int:
    return n + 2


def third(n: int) -> int:
    return first(n) + 2


def fourth(n: str) -> str:
    return open(n).read()
"""
LIFTED = autoform.lift(SourceFile("a.py", TEXT))
SETTINGS = autoform.SpecifySettings(examples=10)
# The program of the process, with a step that goes wrong for the function `first`.
PROGRAM = """\
import os
from pathlib import Path

from autoform.specify import pipeline
from autoform.specify.remote import main

sound = pipeline.{step}


def failing(*given, **more):
    if {function}.name == "first":
        {act}
    return sound(*given, **more)


pipeline.{step} = failing
main()
"""
STEPS = [("draft", "given[1]"), ("grade_of", "given[1]")]


def specified(
    seconds: float = 60.0, names: list[str] | None = None
) -> dict[str, autoform.Specification]:
    told: list[str] = []
    with autoform.SpecifyApart(SETTINGS, seconds=seconds) as process:
        found = process.specify(LIFTED, names, progress=told.append)
    known = [each.name for each in found if each.name != "fourth"]
    assert sorted(told) == sorted(known)
    return {each.name: each for each in found}


def without_times(
    found: dict[str, autoform.Specification],
) -> dict[str, autoform.Specification]:
    return {name: replace(each, seconds=0.0) for name, each in found.items()}


class Broken(Protocol):
    """Has the process run a program whose step does something else for `first`."""

    def __call__(self, step: str, function: str, act: str) -> None: ...


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Broken:
    def install(step: str, function: str, act: str) -> None:
        text = PROGRAM.format(step=step, function=function, act=act)
        (tmp_path / "failing_remote.py").write_text(text)
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.setattr(apart, "_PROGRAM", "failing_remote")

    return install


def test_it_finds_what_specify_finds() -> None:
    plain = {each.name: each for each in autoform.specify(LIFTED, settings=SETTINGS)}
    assert list(specified()) == ["first", "second", "third", "fourth"]
    assert without_times(specified()) == without_times(plain)
    assert without_times(specified(names=["third"])) == without_times({"third": plain["third"]})


def test_one_process_serves_many_files() -> None:
    with autoform.SpecifyApart(SETTINGS) as process:
        for name in ("b.py", "c.py"):
            text = "def f(n: int) -> int:\n    return n + 1\n"
            (found,) = process.specify(autoform.lift(SourceFile(name, text)))
            assert found.standing is autoform.Standing.SPECIFIED
        assert process._worker.starts == 1


@pytest.mark.parametrize(("step", "function"), STEPS)
def test_a_function_without_an_end_costs_itself(broken: Broken, step: str, function: str) -> None:
    broken(step, function, "while True: pass")
    found = specified(seconds=5.0)
    assert found["first"].standing is autoform.Standing.UNSPECIFIED
    assert found["first"].reason == "it outlasted its budget of 5 seconds"
    assert found["first"].seconds >= 4.0
    assert found["second"].standing is autoform.Standing.SPECIFIED
    assert found["third"].reason == "it calls first, of which nothing is proved"
    assert found["fourth"].standing is autoform.Standing.UNSUPPORTED


@pytest.mark.parametrize(("step", "function"), STEPS)
def test_a_process_that_ends_once_costs_nothing(
    broken: Broken, tmp_path: Path, step: str, function: str
) -> None:
    mark = tmp_path / "ended"
    act = f"Path({str(mark)!r}).exists() or (Path({str(mark)!r}).touch(), os._exit(9))"
    broken(step, function, act)
    found = specified()
    assert mark.exists()
    plain = {each.name: each for each in autoform.specify(LIFTED, settings=SETTINGS)}
    assert without_times(found) == without_times(plain)


def test_a_function_that_ends_the_process_again_costs_itself(broken: Broken) -> None:
    broken("draft", "given[1]", "os.write(2, b'no room\\n'), os._exit(9)")
    found = specified()
    assert found["first"].reason == "its process was lost: ended with 9; no room"
    assert found["second"].standing is autoform.Standing.SPECIFIED


def test_what_ails_the_machine_is_raised(broken: Broken) -> None:
    broken("draft", "given[1]", "raise MemoryError")
    with pytest.raises(ProcessFailure, match="MemoryError"):
        specified()


def test_an_answer_that_cannot_be_read_costs_its_function(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(record: dict[str, Any], module: autoform.Module) -> autoform.Specification:
        return read_specification(
            record | ({"standing": "?"} if record["name"] == "first" else {}), module
        )

    monkeypatch.setattr(apart, "read_specification", failing)
    found = specified()
    assert found["first"].standing is autoform.Standing.UNSPECIFIED
    assert found["first"].reason.startswith("the answer of its process cannot be read: ")
    assert found["second"].standing is autoform.Standing.SPECIFIED


def test_a_process_that_never_answers_is_no_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone_remote.py").write_text("raise SystemExit(4)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(apart, "_PROGRAM", "gone_remote")
    with pytest.raises(ProcessFailure, match="ended with 4"):
        specified()
