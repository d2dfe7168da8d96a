"""Source files and the places in them.

The lowest layer: it knows text and nothing about what the text means. Every later finding
points back here through a `Span`.
"""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

__all__ = [
    "MAX_SOURCE_BYTES",
    "NOWHERE",
    "SourceError",
    "SourceFile",
    "Span",
    "decode_source",
    "read_source",
]

MAX_SOURCE_BYTES = 4 * 1024 * 1024
"""Larger files are refused: hand-written source is far below this, generated tables are not."""

# PEP 263: a comment on one of the first two lines may name another encoding.
_CODING = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_UTF8_NAMES = frozenset({"utf-8", "utf8", "utf_8", "u8", "utf-8-sig", "utf_8_sig", "ascii"})


@dataclass(frozen=True, slots=True)
class Span:
    """`path:3:4-3:9`: lines count from 1, columns from 0 in code points, the end is exclusive."""

    path: str
    start_line: int
    start_column: int
    end_line: int
    end_column: int

    @property
    def known(self) -> bool:
        """Whether this is a place in a file; only `NOWHERE` and its like are not."""
        return self.start_line > 0

    def to(self, other: Span) -> Span:
        """From the start of this span to the end of `other`, both in one file."""
        if not self.known:
            return other
        if not other.known:
            return self
        return Span(self.path, self.start_line, self.start_column, other.end_line, other.end_column)

    def __str__(self) -> str:
        """`path:line:column` with the column from 1, as editors and compilers print it."""
        if not self.known:
            return self.path or "<nowhere>"
        return f"{self.path}:{self.start_line}:{self.start_column + 1}"


NOWHERE = Span("", 0, 0, 0, 0)
"""The span of what was not written by anyone."""


class SourceError(Exception):
    """A file that cannot become a `SourceFile`; `code` is one of the register of diagnostics."""

    def __init__(self, code: str, message: str, span: Span) -> None:
        """Keep the three parts apart: a caller turns them into a `Diagnostic`."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.span = span


@dataclass(frozen=True)
class SourceFile:
    r"""One file's text under the name the user gave it. Lines end at `\n` only, as in tree-sitter.

    >>> SourceFile("a.py", "x = 1\ny = 2\n").line(2)
    'y = 2'
    """

    path: str
    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        r"""The lines without their ends; a final `\n` opens a last, empty line."""
        return tuple(self.text.split("\n"))

    def line(self, number: int) -> str:
        """The line with this 1-based number, or nothing past the end of the file."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""

    def column(self, line: int, byte_column: int) -> int:
        """The column in code points of a column in UTF-8 bytes, which is what parsers count."""
        text = self.line(line)
        if text.isascii():
            return byte_column
        return len(text.encode("utf-8")[:byte_column].decode("utf-8", "ignore"))

    def span(self, start: tuple[int, int], end: tuple[int, int]) -> Span:
        """The span between two parser points, each a 0-based row and a column in bytes."""
        start_line, end_line = start[0] + 1, end[0] + 1
        return Span(
            self.path,
            start_line,
            self.column(start_line, start[1]),
            end_line,
            self.column(end_line, end[1]),
        )

    def slice(self, span: Span) -> str:
        """The text that a span covers."""
        if span.start_line == span.end_line:
            return self.line(span.start_line)[span.start_column : span.end_column]
        first = self.line(span.start_line)[span.start_column :]
        between = self.lines[span.start_line : span.end_line - 1]
        return "\n".join((first, *between, self.line(span.end_line)[: span.end_column]))

    @property
    def end(self) -> Span:
        """The empty span behind the last character."""
        last, column = len(self.lines), len(self.lines[-1])
        return Span(self.path, last, column, last, column)


def read_source(path: str | Path) -> SourceFile:
    """Read one file, or raise `SourceError` saying why it is not source text."""
    name = str(path)
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            # A pipe or a device could block for ever; a folder is the caller's to walk.
            raise SourceError("unreadable-file", f"`{name}` is not a regular file", _whole(name))
        with Path(path).open("rb") as file:
            data = file.read(MAX_SOURCE_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL byte in the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        message = f"cannot read `{name}`: {reason.lower()}"
        raise SourceError("unreadable-file", message, _whole(name)) from error
    return decode_source(name, data)


def decode_source(path: str, data: bytes) -> SourceFile:
    """Turn a file's bytes into text as Python and Rust do: UTF-8, one kind of line end, no BOM.

    Raises `SourceError` for what is too large, binary or in another encoding.
    """
    if len(data) > MAX_SOURCE_BYTES:
        limit = MAX_SOURCE_BYTES // (1024 * 1024)
        message = f"`{path}` is larger than {limit} MiB"
        raise SourceError("file-too-large", message, _whole(path))
    if b"\0" in data:
        message = f"`{path}` is not text: it holds NUL bytes"
        raise SourceError("not-utf8", message, _byte_place(path, data, data.index(b"\0")))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"`{path}` is not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}"
        raise SourceError("not-utf8", message, _byte_place(path, data, error.start)) from error
    _demand_utf8_cookie(path, data)
    # Both languages read `\r\n` in a literal as `\n`, so this changes no program's meaning.
    return SourceFile(path, text.replace("\r\n", "\n").replace("\r", "\n"))


def _demand_utf8_cookie(path: str, data: bytes) -> None:
    """Refuse a Python file whose coding comment makes Python read other characters than we do."""
    if not path.endswith((".py", ".pyi")):
        return
    for number, line in enumerate(data.split(b"\n", 2)[:2], start=1):
        if found := _CODING.match(line.removeprefix(b"\xef\xbb\xbf")):
            encoding = found[1].decode("ascii", "replace")
            if encoding.lower() not in _UTF8_NAMES:
                span = Span(path, number, 0, number, len(line.rstrip()))
                message = f"`{path}` declares the encoding `{encoding}`"
                raise SourceError("not-utf8", message, span)
            return
        if line.strip() and not line.lstrip().startswith(b"#"):
            return


def _whole(path: str) -> Span:
    """A file as such: no line of it can be shown."""
    return Span(path, 0, 0, 0, 0)


def _byte_place(path: str, data: bytes, offset: int) -> Span:
    """The line and column of a byte in data that need not be text."""
    line = data.count(b"\n", 0, offset) + 1
    start = data.rfind(b"\n", 0, offset) + 1
    column = len(data[start:offset].decode("utf-8", "replace"))
    return Span(path, line, column, line, column + 1)
