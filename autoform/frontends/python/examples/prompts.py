"""The grammar of interactive examples in docstrings: the one that Python's `doctest` documents.

Written out here because importing `doctest` brings in the debugger, which takes longer than
reading a hundred files; a test holds this module against it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from autoform.frontends.python.docstrings import DocLine

__all__ = ["MalformedSessionError", "Prompt", "read_prompts"]

_PROMPT: Final = re.compile(r"( *)>>>")
_CONTINUED: Final = re.compile(r" *\.\.\.")
_TRACEBACK: Final = re.compile(r"Traceback \((?:most recent call last|innermost last)\):\s*\Z")
_OPTION: Final = re.compile(r"#\s*doctest:\s*([^\n'\"]*)$", re.MULTILINE)


class MalformedSessionError(Exception):
    """What `doctest` itself refuses to run."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One example: its source, what it prints, and its options such as `+SKIP`.

    `exception` is the line that a traceback ends with, where the example shows one.
    """

    source: str
    want: str
    exception: str | None
    options: frozenset[str]
    line: DocLine


def read_prompts(lines: Sequence[DocLine]) -> list[Prompt]:
    """The examples of a docstring in order. Raises `MalformedSessionError`."""
    texts = [line.text.expandtabs() for line in lines]
    prompts: list[Prompt] = []
    at = 0
    while at < len(texts):
        start, match = at, _PROMPT.match(texts[at])
        at += 1
        if match is None:
            continue
        indent = match[1]
        while at < len(texts) and _CONTINUED.match(texts[at]):
            _demand(texts[at].startswith(f"{indent}."), texts[at])
            at += 1
        source = [_code(text, len(indent)) for text in texts[start:at]]
        output = at
        while at < len(texts) and texts[at].strip() and not _PROMPT.match(texts[at]):
            _demand(texts[at].startswith(indent), texts[at])
            at += 1
        want = [text[len(indent) :] for text in texts[output:at]]
        prompts.append(_prompt(source, want, lines[start]))
    return prompts


def _code(text: str, indent: int) -> str:
    """What stands behind a prompt, with the blank that must stand between."""
    _demand(text[indent + 3 : indent + 4] in {"", " "}, text)
    return text[indent + 4 :]


def _prompt(source: list[str], want: list[str], line: DocLine) -> Prompt:
    text = "\n".join(source)
    found = _OPTION.findall(text) if "doctest:" in text else ()
    options = frozenset(option for group in found for option in group.replace(",", " ").split())
    return Prompt(text, "\n".join(want), _exception(want), options, line)


def _exception(want: list[str]) -> str | None:
    """The first line below the traceback's stack, which is indented."""
    if not want or not _TRACEBACK.match(want[0]):
        return None
    return next((line for line in want[1:] if re.match(r"\w", line)), None)


def _demand(well_formed: bool, text: str) -> None:  # noqa: FBT001 - a condition, not an option
    if not well_formed:
        raise MalformedSessionError(text)
