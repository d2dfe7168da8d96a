"""Names in Dafny: never a reserved word, never a name of the prelude, never two for one.

No name of Python, Rust or the IR holds an apostrophe, and Dafny allows it in identifiers; so every
name made here holds one, and cannot meet a name that was kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

__all__ = ["RESERVED", "NameSpace", "spelled"]

_WORDS: Final = (
    "abstract allocated as assert assume bool break by calc case char class codatatype colemma "
    "comethod const constructor continue copredicate datatype decreases else ensures exists "
    "expect export extends false for forall free fresh function ghost greatest hint if imap "
    "import in include inductive int invariant iset iterator label least lemma map match method "
    "modifies modify module multiset nameonly nat new newtype null object object? old older "
    "opaque opened ORDINAL parallel predicate print protected provides reads real refines "
    "replaceable requires return returns reveal reveals seq set static string then this to trait "
    "true twostate type unchanged unreachable var where while witness yield yields "
)
RESERVED: Final = frozenset(_WORDS.split())
"""The reserved words of Dafny 2.3 and 4 together, from the scanners' own grammars (`Dafny.atg`),
and the words that either reads as something else in places where a name may stand."""

_SIZED: Final = re.compile(r"array[0-9]*\??|bv[0-9]+")
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_']*")


def spelled(name: str) -> str:
    """The name in characters that Dafny takes, different for different names.

    >>> spelled("total"), spelled("_private"), spelled("naïve"), spelled("Point.new")
    ('total', "x'_private", "nau00ef've", "Point'new")
    """
    if _PLAIN.fullmatch(name):
        return name
    # `u00ef'`: digits end at the apostrophe, and a kept `u00ef` is followed by none.
    text = "".join(
        c if c == "_" or (c.isascii() and c.isalnum()) else "'" if c == "." else f"u{ord(c):04x}'"
        for c in name
    )
    return text if text[0].isalpha() else f"x'{text}"


class NameSpace:
    """Gives each name its spelling; a clash is resolved by an apostrophe and a number."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)

    def take(self, name: str) -> str:
        """A spelling that is free, taken from now on."""
        wanted = spelled(name)
        found, number = wanted, 0
        while found in self._taken or found in RESERVED or _SIZED.fullmatch(found):
            number += 1
            found = f"{wanted}'{number if number > 1 else ''}"
        self._taken.add(found)
        return found

    def inside(self) -> NameSpace:
        """A space for the names of one declaration, which see all those outside."""
        return NameSpace(self._taken)
