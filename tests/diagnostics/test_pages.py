"""Every code has a page, every page says what it must, and its examples behave as it claims."""

import re
from importlib import import_module
from importlib.util import find_spec

import pytest

from autoform.diagnostics import CODES, page, pages
from autoform.source import SourceFile

FENCE = re.compile(r"^```(python|rust|console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def examples(code: str, section: str) -> list[tuple[str, str]]:
    """The fenced blocks of one section of a page: language and text."""
    _, _, rest = page(code).partition(f"\n## {section}\n")
    return FENCE.findall(rest.partition("\n## ")[0])


def test_each_code_has_a_page_and_each_page_a_code() -> None:
    assert pages() == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_page_says_what_why_and_what_instead(code: str) -> None:
    text = page(code)
    title = CODES[code].title
    assert text.startswith(f"# {code}\n\n**{title[0].upper()}{title[1:]}.** ")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE)[1:] == ["Example", "Instead"]
    assert len(examples(code, "Example")) >= 1
    assert all(len(line) <= 100 for _, block in FENCE.findall(text) for line in block.split("\n"))


@pytest.mark.parametrize("code", CODES)
def test_codes_are_kebab_case_and_always_help(code: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert CODES[code].help
    assert not CODES[code].help.endswith(".")
    assert not CODES[code].title.endswith(".")


LIFTED = [code for code in CODES if any(lang != "console" for lang, _ in examples(code, "Example"))]


def found_codes(language: str, text: str) -> set[str]:
    """What lifting a page's example reports."""
    suffix = {"python": ".py", "rust": ".rs"}[language]
    lifted = import_module("autoform.frontends").lift(SourceFile("example" + suffix, text))
    return {found.code for found in lifted.diagnostics}


needs_front_ends = pytest.mark.skipif(
    find_spec("autoform.frontends") is None, reason="there is no front end yet"
)


@needs_front_ends
@pytest.mark.parametrize("code", LIFTED)
def test_failing_example_gets_that_very_code(code: str) -> None:
    for language, text in examples(code, "Example"):
        assert code in found_codes(language, text)


@needs_front_ends
@pytest.mark.parametrize("code", LIFTED)
def test_what_the_page_proposes_instead_lifts(code: str) -> None:
    for language, text in examples(code, "Instead"):
        assert found_codes(language, text) == set()
