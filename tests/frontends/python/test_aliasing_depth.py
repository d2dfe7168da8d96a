"""Objects inside objects: a change below the first level is seen through every name."""

from __future__ import annotations

from textwrap import dedent

import pytest

from autoform.frontends import lift
from autoform.source import SourceFile

PARAM = "def f(m: list[list[list[int]]]) -> int:\n"
LAZY = "def f(xs: list[int], k: int) -> int:\n"


def code(source: str) -> str:
    found = lift(SourceFile("a.py", "import copy\n" + source)).diagnostics
    return found[0].code if found else ""


def body(text: str) -> str:
    return "    " + dedent(text).strip().replace("\n", "\n    ") + "\n"


@pytest.mark.parametrize(
    "text",
    [
        "row = m[0]\nrow[0].append(1)\nreturn len(m[0][0])",
        "row = m[0]\ncell = row[0]\ncell.append(1)\nreturn len(m[0][0])",
        "row = list(m[0])\nrow[0].append(1)\nreturn len(m[0][0])",
        "row = [r for r in m[0]]\nrow[0].append(1)\nreturn len(m[0][0])",
        "row = m[0][:]\nrow[0].append(1)\nreturn len(m[0][0])",
        "row = m[0] + []\nrow[0].append(1)\nreturn len(m[0][0])",
        "other = copy.copy(m)\nother[0].append([])\nreturn len(m[0])",
    ],
)
def test_changes_that_another_name_shows_are_refused(text: str) -> None:
    assert code(PARAM + body(text)) == "aliased-mutation"


@pytest.mark.parametrize(
    "text",
    [
        "row = list(m[0])\nrow.append([])\nreturn len(m[0])",
        "m[0][0].append(1)\nreturn len(m[0][0])",
        "other = copy.deepcopy(m)\nother[0][0].append(1)\nreturn len(m[0][0])",
    ],
)
def test_changes_of_new_objects_are_lifted(text: str) -> None:
    assert code(PARAM + body(text)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "for y in (x + 1 for x in xs):\n    xs.append(y)\nreturn k",
        "for y in map(abs, xs):\n    xs.append(y)\nreturn k",
        "ys = xs\nfor y in (x + 1 for x in xs):\n    ys.append(y)\nreturn k",
        "for y in (x * k for x in xs):\n    k += y\nreturn k",
    ],
)
def test_generators_see_what_changes_while_they_run(text: str) -> None:
    assert code(LAZY + body(text)) == "mutation-while-iterating"


@pytest.mark.parametrize(
    "text",
    [
        "for y in [x + 1 for x in xs]:\n    xs.append(y)\nreturn k",
        "n = 0\nfor y in (x * k for x in xs):\n    n += y\nreturn n",
    ],
)
def test_lists_are_complete_before_the_loop(text: str) -> None:
    assert code(LAZY + body(text)) == ""
