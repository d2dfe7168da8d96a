"""Dafny as autoform prints it, without its hints: each stands on a line of its own."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["without_hints"]

_HINT: Final = re.compile(r"\s*(?:invariant|decreases|assert)\b")


def without_hints(text: str) -> str:
    r"""The text without loop invariants, measures and asserts; a contract keeps its measure.

    >>> print(without_hints("method m()\n{\n  while b\n    invariant i < n\n  {\n  }\n}"))
    method m()
    {
      while b
      {
      }
    }
    """
    kept: list[str] = []
    inside = False
    for line in text.split("\n"):
        if line.startswith(("{", "}")):
            inside = line.startswith("{")
        if not (inside and _HINT.match(line)):
            kept.append(line)
    return "\n".join(kept)
