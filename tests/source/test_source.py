"""Files become text the way Python and Rust read them, or are refused with a code."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoform.source import (
    MAX_SOURCE_BYTES,
    NOWHERE,
    SourceError,
    SourceFile,
    Span,
    decode_source,
    read_source,
)


def refusal(data: bytes, path: str = "a.py") -> SourceError:
    with pytest.raises(SourceError) as caught:
        decode_source(path, data)
    return caught.value


def test_line_ends_and_byte_order_mark_are_normalised() -> None:
    source = decode_source("a.py", b"\xef\xbb\xbfx = 1\r\ny = 2\rz\n")
    assert source.text == "x = 1\ny = 2\nz\n"
    assert source.lines == ("x = 1", "y = 2", "z", "")


def test_only_newline_ends_a_line() -> None:
    assert SourceFile("a.py", "a\f\u2028b\nc").lines == ("a\f\u2028b", "c")


def test_wrong_byte_is_located() -> None:
    error = refusal("é = 1\nxé".encode() + b"\xff\n")
    assert error.code == "not-utf8"
    assert error.span == Span("a.py", 2, 2, 2, 3)
    assert "0xff" in error.message


def test_binary_is_not_text() -> None:
    assert refusal(b"abc\n\0\0").span == Span("a.py", 2, 0, 2, 1)


@pytest.mark.parametrize(
    ("head", "refused"),
    [
        (b"# -*- coding: latin-1 -*-\n", True),
        (b"#!/usr/bin/env python\n# vim: set fileencoding=cp1252 :\n", True),
        (b"# coding: utf-8\n", False),
        (b"# -*- coding: UTF8 -*-\n", False),
        (b"\n\n# coding: latin-1\n", False),
        (b"x = 1\n# coding: latin-1\n", False),
        (b"# talks about coding in general\n", False),
    ],
)
def test_declared_encoding(head: bytes, refused: bool) -> None:  # noqa: FBT001 - a table's column
    if refused:
        assert refusal(head + b"x = 1\n").code == "not-utf8"
    else:
        decode_source("a.py", head + b"x = 1\n")
    decode_source("a.rs", head)


def test_size_limit(tmp_path: Path) -> None:
    path = tmp_path / "big.py"
    path.write_bytes(b"#" * MAX_SOURCE_BYTES)
    assert len(read_source(path).text) == MAX_SOURCE_BYTES
    path.write_bytes(b"#" * (MAX_SOURCE_BYTES + 1))
    with pytest.raises(SourceError) as caught:
        read_source(path)
    assert caught.value.code == "file-too-large"


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (
        tmp_path,
        tmp_path / "missing.py",
        tmp_path / "pipe",
        "a\0b",
        tmp_path / ("x" * 300),
    ):
        with pytest.raises(SourceError) as caught:
            read_source(path)
        assert caught.value.code == "unreadable-file"
        assert not caught.value.span.known


def test_parser_points_count_bytes() -> None:
    source = SourceFile("a.py", "x = 'é😀' + y\n")
    assert source.span((0, 13), (0, 14)) == Span("a.py", 1, 9, 1, 10)
    assert source.slice(source.span((0, 4), (0, 12))) == "'é😀'"


@given(st.text(alphabet="aé😀\t\n"), st.data())
def test_slice_agrees_with_the_text(text: str, data: st.DataObject) -> None:
    source = SourceFile("a.py", text)
    low = data.draw(st.integers(0, len(text)))
    high = data.draw(st.integers(low, len(text)))

    def point(offset: int) -> tuple[int, int]:
        row = text.count("\n", 0, offset)
        return row, len(text[text.rfind("\n", 0, offset) + 1 : offset].encode())

    assert source.slice(source.span(point(low), point(high))) == text[low:high]


def test_spans_join_and_print() -> None:
    first, last = Span("a.py", 1, 4, 1, 6), Span("a.py", 3, 0, 3, 2)
    assert first.to(last) == Span("a.py", 1, 4, 3, 2)
    assert NOWHERE.to(last) == last
    assert last.to(NOWHERE) == last
    assert str(first) == "a.py:1:5"
    assert str(NOWHERE) == "<nowhere>"
    assert SourceFile("a.py", "x\ny").end == Span("a.py", 2, 1, 2, 1)
