"""The words that the text form of the IR keeps for itself, and the quoting of names like them."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W\d]\w*")

BUILT_IN_TYPES: Final = frozenset(
    {"Int", "Bool", "Float", "Char", "Str", "Seq", "Set", "Map", "Option", "Result"}
    | {sign + bits for sign in "iu" for bits in ("8", "16", "32", "64", "128", "size")}
)

KEYWORDS: Final = frozenset(
    {"assume", "const", "enum", "fn", "inout", "new", "record"}
    | {"assert", "break", "by", "call", "continue", "else", "for", "if", "raise", "return", "var"}
    | {"as", "exists", "forall", "in", "is", "let", "then", "while", "with"}
    | {"decreases", "ensures", "invariant", "raises", "requires", "when"}
    | {"false", "inf", "nan", "none", "true"}
)
"""The keywords of `grammars/ir.lark`; a test compares."""


def quoted(name: str) -> str:
    """The name as the text form writes it: in backquotes when it could be read otherwise."""
    return name if name not in KEYWORDS and _WORD.fullmatch(name) else f"`{name}`"
