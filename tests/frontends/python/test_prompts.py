"""The examples of docstrings are those that Python's own `doctest` would run."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoform.frontends.python.docstrings import DocLine
from autoform.frontends.python.examples.prompts import MalformedSessionError, read_prompts

PIECES = st.sampled_from(
    [
        ">>> f(1)",
        ">>> f(",
        ">>>",
        ">>>f",
        "... 2)",
        "...",
        "...x",
        "2",
        "  2",
        "",
        "   ",
        "text >>> f(1)",
        "Traceback (most recent call last):",
        "  File",
        "ValueError: no",
        "\t>>> f(2)",
    ]
)
INDENTS = st.sampled_from(["", "    ", "  "])


@given(st.lists(st.tuples(INDENTS, PIECES), max_size=8))
def test_same_examples_as_doctest(pieces: list[tuple[str, str]]) -> None:
    text = "\n".join(indent + piece for indent, piece in pieces)
    lines = [DocLine(line, None) for line in text.split("\n")]
    try:
        expected = [
            (each.source.rstrip("\n"), each.want.rstrip("\n"), _exception(each), each.lineno)
            for each in doctest.DocTestParser().get_examples(text)
            if each.source.strip()
        ]
    except ValueError:
        with pytest.raises(MalformedSessionError):
            read_prompts(lines)
        return
    found = [
        (each.source.rstrip("\n"), each.want.rstrip("\n"), each.exception, _index(lines, each.line))
        for each in read_prompts(lines)
        # Prompts without code have no statements to read.
        if each.source.strip()
    ]
    assert found == expected


def _exception(example: doctest.Example) -> str | None:
    return None if example.exc_msg is None else example.exc_msg.split("\n")[0]


def _index(lines: list[DocLine], line: DocLine) -> int:
    return next(number for number, each in enumerate(lines) if each is line)


def test_options() -> None:
    (prompt,) = read_prompts([DocLine(">>> f(1)  # doctest: +SKIP, +ELLIPSIS", None)])
    assert prompt.options == {"+SKIP", "+ELLIPSIS"}
