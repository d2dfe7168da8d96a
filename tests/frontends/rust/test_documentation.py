"""Sections `# Panics` of doc comments are hints beside the function, and no contract."""

from __future__ import annotations

import pytest

from tests.frontends.rust.lifting import lifted

FUNCTION = "fn f(xs: &[u32]) -> u32 { xs[0] }\n"

SECTIONS = {
    "lines": ("/// The first.\n///\n/// # Panics\n///\n/// Of nothing,\n/// always.\n", 3, 6),
    "another heading": (
        "/// # Panics\n/// Of nothing, always.\n///\n/// # Examples\n/// f(x)\n",
        1,
        2,
    ),
    "a heading of another level": ("/// ### Panics\n/// Of nothing, always.\n", 1, 2),
    "a colon": ("/// # Panics:\n/// Of nothing, always.\n", 1, 2),
    "a block": ("/** The first.\n * # Panics\n * Of nothing, always. */\n", 2, 3),
    "code": (
        "/// # Panics\n/// Of nothing,\n/// ```\n/// # Hidden\n/// f(&[])\n/// ```\n/// always.\n",
        1,
        7,
    ),
    "an attribute between": ("/// # Panics\n/// Of nothing, always.\n#[inline]\n", 1, 2),
}

NONE = {
    "no documentation": "",
    "another section": "/// # Errors\n/// Of nothing, always.\n",
    "a word": "/// Panics of nothing, always.\n",
    "code": "/// ```\n/// # Panics\n/// f(&[]);\n/// ```\n",
    "nothing said": "/// # Panics\n///\n/// # Errors\n/// None.\n",
    "a plain comment": "// # Panics\n// Of nothing, always.\n",
}


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_is_a_hint_at_its_lines(name: str) -> None:
    comment, first, last = SECTIONS[name]
    found = lifted(comment + FUNCTION)
    assert found.panics["f"].text == "Of nothing, always."
    span = found.panics["f"].span
    assert (span.start_line, span.end_line) == (first, last)


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_section_is_no_hint(name: str) -> None:
    assert lifted(NONE[name] + FUNCTION).panics == {}


def test_a_section_inside_the_body_is_one_too() -> None:
    inner = "fn f(xs: &[u32]) -> u32 {\n    //! # Panics\n    //! Of nothing.\n    xs[0]\n}\n"
    found = lifted(inner)
    assert found.panics["f"].text == "Of nothing."
    assert found.module.function("f").doc == "//! # Panics\n//! Of nothing."


def test_methods_have_their_own() -> None:
    found = lifted(
        "struct P { x: i32 }\n"
        "impl P {\n    /// # Panics\n    /// For large ones.\n"
        "    fn next(&self) -> i32 { self.x + 1 }\n}\n" + FUNCTION
    )
    assert {name: hint.text for name, hint in found.panics.items()} == {"P.next": "For large ones."}


def test_long_sections_are_cut() -> None:
    found = lifted("/// # Panics\n" + "/// Of nothing, always.\n" * 40 + FUNCTION)
    text = found.panics["f"].text
    assert len(text) == 200
    assert text.endswith("…")


def test_a_section_is_no_contract() -> None:
    plain, told = (lifted(c + FUNCTION).module.function("f") for c in ("", SECTIONS["lines"][0]))
    assert told == plain


def test_code_inside_the_body_is_an_example_too() -> None:
    found = lifted(
        "fn f(x: i64) -> i64 {\n"
        "    //! ```\n    //! assert_eq!(f(2), 4);\n    //! ```\n"
        "    x * 2\n}\n"
    )
    assert [(each.args, each.expected) for each in found.examples["f"]] == [((2,), 4)]
