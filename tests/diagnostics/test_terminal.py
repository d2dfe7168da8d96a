"""What the terminal shows, compared with texts written by hand."""

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoform.diagnostics import Diagnostic, Note, diagnostic, render_terminal
from autoform.diagnostics.display import MAX_COLUMNS
from autoform.source import NOWHERE, SourceFile, Span

SOURCE = SourceFile(
    "a.py",
    "def f(n: int) -> float:\n"
    "\tx = '漢字é' + n; y = 1\n"
    "\tfor i in x:\n" + "\t\tz = 3\n" * 11 + "\treturn x",
)


def shown(*found: Diagnostic) -> str:
    return render_terminal(found, {"a.py": SOURCE}, color=False)


def at(start_line: int, start_column: int, end_line: int, end_column: int) -> Span:
    return Span("a.py", start_line, start_column, end_line, end_column)


def golden(text: str) -> str:
    return dedent(text).removeprefix("\n")


def test_tabs_and_wide_characters_keep_the_carets_in_place() -> None:
    assert shown(diagnostic("type-mismatch", "`'漢字é' + n`", at(2, 5, 2, 14))) == golden("""
        error[type-mismatch]: `'漢字é' + n`
         --> a.py:2:6
          |
        2 |     x = '漢字é' + n; y = 1
          |         ^^^^^^^^^^^
          |
          = help: convert one of the two explicitly, or correct the annotation
    """)


def test_combining_characters_take_no_column() -> None:
    source = SourceFile("b.py", "e\u0301 = ok")
    found = diagnostic("unknown-name", "`ok`", Span("b.py", 1, 5, 1, 7))
    assert "\n  |     ^^\n" in render_terminal([found], {"b.py": source}, color=False)


def test_notes_follow_with_and_without_a_place_of_their_own() -> None:
    notes = (Note("first line\nsecond line"), Note("`n` is declared here", at(1, 6, 1, 12)))
    found = diagnostic("type-mismatch", "m", at(12, 2, 12, 3), notes=notes, help="h")
    assert shown(found) == golden("""
        error[type-mismatch]: m
          --> a.py:12:3
           |
        12 |         z = 3
           |         ^
           |
           = note: first line
                   second line
           = help: h
        note: `n` is declared here
          --> a.py:1:7
           |
        1  | def f(n: int) -> float:
           |       ------
    """)


def test_span_over_whole_lines_gets_a_bracket() -> None:
    assert shown(diagnostic("try-except", "m", at(3, 1, 5, 7), help="h")) == golden("""
        error[try-except]: m
         --> a.py:3:2
          |
        3 | /     for i in x:
        4 | |         z = 3
        5 | |         z = 3
          | |_____________^
          |
          = help: h
    """)


def test_span_that_starts_within_a_line_reaches_in() -> None:
    assert shown(diagnostic("try-except", "m", at(2, 16, 3, 12), help="h")) == golden("""
        error[try-except]: m
         --> a.py:2:17
          |
        2 |       x = '漢字é' + n; y = 1
          |  ______________________^
        3 | |     for i in x:
          | |_______________^
          |
          = help: h
    """)


def test_long_span_is_elided() -> None:
    assert shown(diagnostic("function-too-large", "m", at(1, 0, 15, 9), help="h")) == golden("""
        error[function-too-large]: m
          --> a.py:1:1
           |
        1  | / def f(n: int) -> float:
        2  | |     x = '漢字é' + n; y = 1
        3  | |     for i in x:
        4  | |         z = 3
        ...  |
        14 | |         z = 3
        15 | |     return x
           | |____________^
           |
           = help: h
    """)


def test_end_of_file_is_a_place() -> None:
    assert shown(diagnostic("syntax-error", "m", SOURCE.end, help="h")) == golden("""
        error[syntax-error]: m
          --> a.py:15:10
           |
        15 |     return x
           |             ^
           |
           = help: h
    """)


def test_place_without_text() -> None:
    found = diagnostic("unreadable-file", "m", Span("b.py", 0, 0, 0, 0), help="h")
    assert shown(found) == "error[unreadable-file]: m\n --> b.py\n  = help: h\n"
    assert shown(diagnostic("empty-file", "m", NOWHERE, help="h")) == (
        "note[empty-file]: m\n  = help: h\n"
    )


def test_findings_are_separated_by_an_empty_line() -> None:
    found = diagnostic("empty-file", "m", NOWHERE, help="h")
    assert shown(found, found).split("\n\n") == [
        "note[empty-file]: m\n  = help: h",
        "note[empty-file]: m\n  = help: h\n",
    ]
    assert shown() == ""


def test_long_line_is_cut_around_the_place() -> None:
    text = "x" * 5_000 + "HERE" + "y" * 5_000
    found = diagnostic("syntax-error", "m", Span("b.py", 1, 5_000, 1, 5_004))
    _, _, _, line, marks, *_ = render_terminal(
        [found], {"b.py": SourceFile("b.py", text)}, color=False
    ).split("\n")
    assert line.startswith("1 | ...xxx")
    assert line.endswith("yyy...")
    assert len(line) < MAX_COLUMNS + 20
    assert marks.index("^") == line.index("HERE")
    assert marks.count("^") == len("HERE")


def test_nothing_in_a_file_can_drive_the_terminal() -> None:
    source = SourceFile("a\x1b[2J.py", "x = '\x1b[31m\x9b\u202e\x00\x7f'")
    found = diagnostic("syntax-error", "\x1b]0;title\x07", Span(source.path, 1, 0, 1, 1))
    text = render_terminal([found], {source.path: source}, color=False)
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "␛[31m" in text


def test_colour_changes_nothing_but_colour() -> None:
    found = diagnostic("type-mismatch", "m", at(2, 5, 3, 4), notes=(Note("n", at(1, 0, 1, 3)),))
    coloured = render_terminal([found], {"a.py": SOURCE}, color=True)
    assert "\x1b[1;31merror[type-mismatch]\x1b[0m" in coloured
    plain = coloured
    for code in ("1;31", "1;32", "1;34", "1", "0"):
        plain = plain.replace(f"\x1b[{code}m", "")
    assert plain == shown(found)


@given(
    text=st.text(alphabet="ab\t漢\u0301\x1b\n", max_size=40),
    place=st.tuples(*[st.integers(0, 45)] * 4),
)
def test_any_span_of_any_file_can_be_shown(text: str, place: tuple[int, int, int, int]) -> None:
    span = Span("b.py", place[0] + 1, place[1], place[2] + 1, place[3])
    found = diagnostic("syntax-error", "m", span)
    picture = render_terminal([found], {"b.py": SourceFile("b.py", text)}, color=False)
    assert "^" in picture


@pytest.mark.parametrize("color", [False, True])
def test_no_line_ends_in_a_blank(color: bool) -> None:  # noqa: FBT001 - a table's column
    source = SourceFile("b.py", "\n\nx  \n")
    found = diagnostic("syntax-error", "m", Span("b.py", 1, 0, 3, 1))
    for line in render_terminal([found], {"b.py": source}, color=color).split("\n"):
        assert line == line.rstrip()
