"""The top-level declarations of a Dafny text as autoform prints them: each begins a line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

__all__ = ["Declaration", "Declarations", "Meaning", "declarations"]

_DECLARED: Final = re.compile(
    r"^(?P<keyword>(?:ghost )?(?:function method|predicate method|function|predicate|method|lemma"
    r"|datatype|newtype|type|const))(?: \{:[^}]*\})* (?P<name>[\w'?]+)"
)
_WORD: Final = re.compile(r"[A-Za-z][\w'?]*")
_WITHOUT_PROOF: Final = frozenset({"datatype", "const"})

Meaning: TypeAlias = tuple[str, frozenset[str]]
"""The text of a declaration, and those of all that it leans on."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """Its first line (from 1), and its text up to the comment of the next one."""

    name: str
    line: int
    text: str
    keyword: str

    @property
    def length(self) -> int:
        """In lines."""
        return self.text.count("\n") + 1

    @property
    def can_be_spared(self) -> bool:
        """Whether Dafny can be told not to verify it."""
        return self.keyword not in _WITHOUT_PROOF

    def spared(self) -> str:
        """Its first line, by which Dafny takes it as verified."""
        first, _, _ = self.text.partition("\n")
        return f"{self.keyword} {{:verify false}}{first[len(self.keyword) :]}"


@dataclass(frozen=True, slots=True)
class Declarations:
    """The declarations of a text in order, and the others that each one names."""

    all: tuple[Declaration, ...]
    named: Mapping[str, frozenset[str]]

    def at(self, line: int) -> str | None:
        """The name of the declaration that a line belongs to."""
        place = bisect_right(self.all, line, key=lambda each: each.line)
        return self.all[place - 1].name if place else None

    def reached_from(self, name: str) -> frozenset[str]:
        """The declaration and all that it leans on."""
        found: set[str] = set()
        pending = [name]
        while pending:
            each = pending.pop()
            if each not in found:
                found.add(each)
                pending.extend(self.named.get(each, frozenset()))
        return frozenset(found)

    def meaning(self, declaration: Declaration) -> Meaning:
        """What decides whether Dafny verifies it."""
        reached = self.reached_from(declaration.name)
        return declaration.text, frozenset(each.text for each in self.all if each.name in reached)


def declarations(text: str) -> Declarations:
    r"""Read a text.

    >>> [each.name for each in declarations("type T = int\n\n// Of T.\nlemma L(t: T)\n").all]
    ['T', 'L']
    >>> declarations("").all
    ()
    """
    lines = text.splitlines()
    heads = [(number, m) for number, m in enumerate(map(_DECLARED.match, lines)) if m is not None]
    ends = [*(number for number, _ in heads), len(lines)][1:]
    found = [
        Declaration(head["name"], start + 1, _trimmed(lines[start:end]), head["keyword"])
        for (start, head), end in zip(heads, ends, strict=True)
    ]
    names = {each.name for each in found}
    named: dict[str, frozenset[str]] = {}
    for each in found:
        code = (line.partition("//")[0] for line in each.text.split("\n"))
        words = names.intersection(word for line in code for word in _WORD.findall(line))
        named[each.name] = named.get(each.name, frozenset()) | words
    return Declarations(tuple(found), named)


def _trimmed(lines: list[str]) -> str:
    """Without the blank lines and comments at the end, which belong to what follows."""
    end = len(lines)
    while end > 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("//")):
        end -= 1
    return "\n".join(lines[:end])
