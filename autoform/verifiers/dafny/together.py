"""Many texts in one file, so that Dafny starts once: each is a module of its own.

    module Text0 {
    …
    }
    module Text1 {
    …
    }

Dafny verifies module by module, and tells the solver of no module what stands in another, so a text
is judged as it is alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from autoform.backends.emitted import Emitted
from autoform.verifiers.dafny.messages import ToolMessage

__all__ = ["Together", "together"]


@dataclass(frozen=True, slots=True)
class Together:
    """Texts as one; `starts` are the lines before the first of each."""

    texts: Sequence[Emitted]
    text: str
    starts: Sequence[int]

    def shared_out(self, messages: Sequence[ToolMessage]) -> list[list[ToolMessage]] | None:
        """The messages of each text, placed in it; None where one belongs to no text."""
        found: list[list[ToolMessage]] = [[] for _ in self.texts]
        for message in messages:
            place = bisect_right(self.starts, message.line - 1) - 1
            if place < 0:
                return None
            line = message.line - self.starts[place]
            span = self.texts[place].source_of(line)
            found[place].append(replace(message, line=line, span=span))
        return found


def together(texts: Sequence[Emitted]) -> Together:
    """One text of all."""
    parts: list[str] = []
    starts: list[int] = []
    line = 0
    for number, each in enumerate(texts):
        starts.append(line + 1)
        part = f"module Text{number} {{\n{each.text}\n}}\n"
        parts.append(part)
        line += part.count("\n")
    return Together(texts, "".join(parts), starts)
