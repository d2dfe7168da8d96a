"""What is said of a file as a whole: parts that do not parse, names that mean others."""

from __future__ import annotations

import pytest

from autoform.frontends import lift
from autoform.source import SourceFile

PYTHON = "def f(n: int) -> int:\n    return n\n"
RUST = "fn f(n: i32) -> i32 { n }\n"


def codes(name: str, text: str) -> list[str]:
    return [found.code for found in lift(SourceFile(name, text)).diagnostics]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", f"{PYTHON}\n)))\n"),
        ("a.py", f"{PYTHON}\nclass (:\n    pass\n"),
        ("a.rs", f"{RUST}fn g( {{ "),
        ("a.rs", "fn g( { "),
        ("a.rs", f"{RUST}}}}} struct ;\n"),
    ],
)
def test_a_part_that_does_not_parse_is_told(name: str, text: str) -> None:
    assert codes(name, text) == ["syntax-error"]


@pytest.mark.parametrize(("name", "text"), [("a.py", PYTHON), ("a.rs", RUST)])
def test_of_a_file_that_parses_nothing_is_told(name: str, text: str) -> None:
    assert codes(name, text) == []


# Python's long s is an s: the second function takes the first one's name.
LONG_S = "def \u017f(n: int) -> int:\n    return n\n\n\ndef s(n: int) -> int:\n    return 1 // n\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", LONG_S),
        ("a.py", "def f(\ufb01: int) -> int:\n    return fi\n"),
        ("a.rs", "fn f(e\u0301: i32) -> i32 { \u00e9 }\n"),
    ],
)
def test_a_name_that_is_read_as_another_is_refused(name: str, text: str) -> None:
    found = lift(SourceFile(name, text))
    assert [each.code for each in found.diagnostics] == ["unsupported-syntax"]
    assert found.module.functions == ()


def test_letters_beyond_ascii_are_letters() -> None:
    text = "def \u00e9t\u00e9(\u03bb: int) -> int:\n    '\u017f, e\u0301'\n    return \u03bb\n"
    assert codes("a.py", text) == []
