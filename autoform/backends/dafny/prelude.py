"""The prelude: the Dafny declarations that printed functions lean on.

They stand in `prelude/*.dfy`, one declaration after another, each with its comment: in dialect 4,
but for `dialect2.dfy`, which dialect 4 never needs. Only those that a module uses are printed
with it, and those that these use in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from autoform.backends.dafny.dialect import Dialect

__all__ = ["PRELUDE_NAMES", "Entry", "entries", "needed", "stopping"]

# In the order of printing.
_FILES: Final = (
    "dialect2",
    "base",
    "machine",
    "numbers",
    "sequences",
    "order",
    "sets",
    "maps",
    "dicts",
    "characters",
    "text",
    "reals",
)
_HEAD: Final = re.compile(
    r"^(?:ghost )?(?:function(?: method)?|predicate|lemma|datatype|newtype|type)"
    r"(?P<axiom> \{:axiom\})? (?P<name>\w+)",
    re.MULTILINE,
)
_START: Final = re.compile(
    r"\n\n(?=(?://[^\n]*\n)*(?:ghost |function|predicate|lemma|datatype|newtype|type))"
)
_COMMENT: Final = re.compile(r"//[^\n]*")
_AXIOM: Final = "{:axiom} "
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A declaration with its comment. A `bodyless` one is known by its contract alone."""

    name: str
    text: str
    bodyless: bool
    only_dialect_2: bool


@cache
def entries() -> dict[str, Entry]:
    """All declarations, in the order of printing."""
    found: dict[str, Entry] = {}
    for file in _FILES:
        for text in _START.split(_read(file))[1:]:
            head = _HEAD.search(text)
            if head is None:
                raise ValueError(f"no declaration in {file}.dfy: {text}")
            found[head["name"]] = Entry(
                head["name"], text.strip(), head["axiom"] is not None, file == "dialect2"
            )
    return found


def _read(file: str) -> str:
    package = resources.files("autoform.backends.dafny")
    return package.joinpath("prelude", f"{file}.dfy").read_text(encoding="utf-8")


def needed(names: Iterable[str], dialect: Dialect) -> tuple[tuple[Entry, str], ...]:
    """The named declarations and all they use, each with its text in the dialect, in order."""
    found: set[str] = set()
    pending = list(names)
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending.extend(_translated(name, dialect)[1])
    order = sorted(found, key=_places().__getitem__)
    return tuple((entries()[name], _translated(name, dialect)[0]) for name in order)


def stopping(text: str) -> str:
    r"""A declaration without a body, given one that stops the program: for execution only.

    >>> print(stopping("function {:axiom} Log(x: real): real\n  requires x > 0.0"))
    function Log(x: real): real
    {
      Stop<real>()
    }
    """
    head = text[text.index(_AXIOM) :].partition("\n")[0].replace(_AXIOM, "")
    before = text[: text.index(_AXIOM)].rpartition("\n")[2]
    result = head.rpartition("): ")[2] if "): " in head else "bool"
    return f"{before}{head}\n{{\n  Stop<{result}>()\n}}"


@cache
def _places() -> dict[str, int]:
    return {name: place for place, name in enumerate(entries())}


@cache
def _translated(name: str, dialect: Dialect) -> tuple[str, frozenset[str]]:
    """The text of a declaration in a dialect, and the other declarations that it names."""
    entry = entries()[name]
    text = entry.text if entry.only_dialect_2 else dialect.translate(entry.text)
    words = set(_WORD.findall(_COMMENT.sub("", text)))
    return text, frozenset(words & entries().keys() - {name})


PRELUDE_NAMES: Final = frozenset(entries())
