"""What Dafny prints, as data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from autoform.source import Span

__all__ = ["MessageKind", "Summary", "ToolMessage", "parse_messages", "parse_summary"]


class MessageKind(StrEnum):
    """What a message means for the file."""

    ERROR = "error"
    """A parse error, a resolution error, or an obligation that does not hold."""
    UNDECIDED = "undecided"
    """An obligation that the solver gave up: out of resource, timed out, inconclusive."""
    WARNING = "warning"
    RELATED = "related"
    """A further place of the message before."""


@dataclass(frozen=True, slots=True)
class ToolMessage:
    """A message at a place of the Dafny file, and the source of that place where it is known."""

    kind: MessageKind
    text: str
    line: int
    column: int
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The last line of a verification."""

    verified: int
    errors: int


_PLACED: Final = re.compile(r"^(?P<file>\S.*?)\((?P<line>\d+),(?P<column>\d+)\): (?P<rest>.*)$")
_UNDECIDED: Final = re.compile(
    r"Verification (?:out of resource|timed out|inconclusive|of .* (?:out of resource|timed out))"
    r"|(?:Out of resource|Timed out) on(?: BP\d+)?: ",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"^BP\d+: ")
_CODED: Final = re.compile(r"^Error BP\d+: ")
_SUMMARY: Final = re.compile(
    r"program verifier finished with (?P<verified>\d+) verified, (?P<errors>\d+) errors?"
)


def parse_messages(output: str) -> Iterator[ToolMessage]:
    """The placed messages of an output, in order."""
    for line in output.splitlines():
        found = _PLACED.match(line)
        if found is None:
            continue
        kind, text = _classify(found["rest"])
        yield ToolMessage(kind, text, int(found["line"]), int(found["column"]))


def _classify(rest: str) -> tuple[MessageKind, str]:
    if _UNDECIDED.search(rest):
        return MessageKind.UNDECIDED, rest
    label, _, text = rest.partition(": ")
    match label:
        case "Error":
            return MessageKind.ERROR, _CODE.sub("", text)
        case _ if _CODED.match(rest):
            return MessageKind.ERROR, _CODED.sub("", rest)
        case "Warning" | "Info":
            return MessageKind.WARNING, text.removeprefix("/!\\ ")
        case _ if rest.startswith(("Related location", "Related message")):
            return MessageKind.RELATED, text
        case _:
            # What is not recognised is never taken for a success.
            return MessageKind.ERROR, rest


def parse_summary(output: str) -> Summary | None:
    """The summary; None when Dafny did not get that far."""
    found = _SUMMARY.search(output)
    return None if found is None else Summary(int(found["verified"]), int(found["errors"]))
