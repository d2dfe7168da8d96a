"""The definitions that printed Lean rests on, and the part of them that a file needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

_FILES: Final = ("base", "order", "numbers", "sequences", "collections", "text")
_NAME: Final = re.compile(r"^(?:def|structure|class) (Py\.\w+)", re.MULTILINE)
_INSTANCE: Final = re.compile(r"^instance .*: (.*) where$", re.MULTILINE)
_MENTION: Final = re.compile(r"\bPy\.\w+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A declaration with the instances that follow it."""

    name: str
    text: str

    @property
    def mentions(self) -> frozenset[str]:
        """The prelude's own names that it needs."""
        return mentioned(self.text) - {self.name}


@cache
def entries() -> dict[str, Entry]:
    """All declarations, each after what it needs."""
    found: dict[str, Entry] = {}
    for file in _FILES:
        text = (resources.files(__package__) / "prelude" / f"{file}.lean").read_text("utf-8")
        for chunk in text.strip().split("\n\n"):
            named = _NAME.search(chunk)
            if named is not None:
                found[named[1]] = Entry(named[1], chunk)
            else:
                last = next(reversed(found))
                found[last] = Entry(last, f"{found[last].text}\n\n{chunk}")
    return found


@cache
def _companions() -> dict[str, frozenset[str]]:
    """For each class or structure, the declarations that are followed by instances for it."""
    found: dict[str, frozenset[str]] = {}
    for entry in entries().values():
        for head in _INSTANCE.findall(entry.text):
            for name in mentioned(head) - {entry.name}:
                found[name] = found.get(name, frozenset()) | {entry.name}
    return found


def mentioned(text: str) -> frozenset[str]:
    """The prelude's names in a text. A field of a structure counts as the structure."""
    return frozenset(_MENTION.findall(text))


def needed(names: frozenset[str]) -> list[Entry]:
    """The declarations behind the names and all that these need, in order."""
    known = entries()
    wanted: set[str] = set()
    todo = [name for name in names if name in known]
    while todo:
        name = todo.pop()
        if name not in wanted:
            wanted.add(name)
            mentions = known[name].mentions | _companions().get(name, frozenset())
            todo.extend(each for each in mentions if each in known)
    return [entry for name, entry in known.items() if name in wanted]
