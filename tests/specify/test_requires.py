"""Preconditions that failing calls ask for."""

from __future__ import annotations

import pytest

from autoform.frontends import lift
from autoform.source import SourceFile
from autoform.specify.drafts import draft
from autoform.specify.hosts.python import PythonHost

NEEDED = [
    ("def f(xs: list[int]) -> int:\n    return xs[0]\n", {"len(xs) > 0"}),
    ("def f(a: int, b: int) -> int:\n    return a // b\n", {"b != 0"}),
    (
        "def f(xs: list[int], ys: list[int]) -> list[int]:\n"
        "    return [xs[i] + ys[i] for i in range(len(xs))]\n",
        {"len(xs) <= len(ys)"},
    ),
    ("def f(a: int) -> int:\n    return a + 1\n", set()),
]


@pytest.mark.parametrize(("text", "clauses"), NEEDED)
def test_the_weakest_condition_is_found(text: str, clauses: set[str]) -> None:
    source = SourceFile("sample.py", text)
    lifted = lift(source)
    (function,) = lifted.module.functions
    found = draft(lifted, function, examples=40, seed=0)
    host = PythonHost(source)
    assert not found.reason
    assert {host.require(function, c.condition).expression for c in found.requires} == clauses


def test_a_sorted_argument_is_believed_where_the_examples_are_sorted() -> None:
    text = (
        "def f(xs: list[int]) -> int:\n"
        '    """The least of a sorted list.\n\n    >>> f([1, 2])\n    1\n    """\n'
        "    return xs[0] if xs else 0\n"
    )
    lifted = lift(SourceFile("sample.py", text))
    (function,) = lifted.module.functions
    found = draft(lifted, function, examples=20, seed=0)
    assert [each.family for each in found.requires] == ["docstring"]
    unsorted_ = lift(SourceFile("sample.py", text.replace("f([1, 2])\n    1", "f([2, 1])\n    2")))
    found = draft(unsorted_, unsorted_.module.functions[0], examples=20, seed=0)
    assert found.requires == []


def test_examples_of_a_function_that_changes_its_argument() -> None:
    text = (
        "def f(xs: list[int]) -> None:\n"
        '    """Drop the last of a sorted list.\n\n    >>> f([1, 2])\n    """\n'
        "    xs.pop()\n"
    )
    lifted = lift(SourceFile("sample.py", text))
    found = draft(lifted, lifted.module.functions[0], examples=20, seed=0)
    assert not found.reason
