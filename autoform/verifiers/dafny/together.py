"""Many texts in one file, so that Dafny starts once: each is a module of its own.

    module Text0 {
    …
    }
    module Text1 {
    …
    }

Dafny verifies module by module, and tells the solver of no module what stands in another, so a text
is judged as it is alone. What an earlier text declares word for word, with all that it leans on, is
verified there only, and what Dafny says of it holds for all of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from autoform.backends.emitted import Emitted
from autoform.verifiers.dafny.declarations import Declaration, Meaning, declarations
from autoform.verifiers.dafny.messages import ToolMessage

__all__ = ["Together", "together"]


@dataclass(frozen=True, slots=True)
class _Shared:
    """A declaration of a text that is verified in an earlier one: from its first line there on."""

    text: int
    line: int
    verified_in: int
    verified_at: int
    length: int


@dataclass(frozen=True, slots=True)
class Together:
    """Texts as one; `starts` are the lines before the first of each."""

    texts: Sequence[Emitted]
    text: str
    starts: Sequence[int]
    shared: Sequence[_Shared] = ()

    def place(self, message: ToolMessage) -> int | None:
        """The text that a message is about."""
        place = bisect_right(self.starts, message.line - 1) - 1
        return None if place < 0 else place

    def shared_out(self, messages: Sequence[ToolMessage]) -> list[list[ToolMessage]] | None:
        """The messages of each text, placed in it; None where one belongs to no text."""
        found: list[list[ToolMessage]] = [[] for _ in self.texts]
        for message in messages:
            place = self.place(message)
            if place is None:
                return None
            for each, line in self._places(place, message.line - self.starts[place]):
                span = self.texts[each].source_of(line)
                found[each].append(replace(message, line=line, span=span))
        return found

    def _places(self, place: int, line: int) -> Iterator[tuple[int, int]]:
        """Where a message stands, and where it would if each text were alone."""
        yield place, line
        for each in self.shared:
            if each.verified_in == place and 0 <= line - each.verified_at < each.length:
                yield each.text, each.line + line - each.verified_at


def together(texts: Sequence[Emitted]) -> Together:
    """One text of all."""
    parts: list[str] = []
    starts: list[int] = []
    shared: list[_Shared] = []
    verified: dict[Meaning, tuple[int, Declaration]] = {}
    line = 0
    for number, each in enumerate(texts):
        starts.append(line + 1)
        lines = each.text.splitlines()
        declared = declarations(each.text)
        for one in declared.all:
            first, other = verified.setdefault(declared.meaning(one), (number, one))
            if first != number and one.can_be_spared:
                lines[one.line - 1] = one.spared()
                shared.append(_Shared(number, one.line, first, other.line, one.length))
        part = "\n".join([f"module Text{number} {{", *lines, "}", ""])
        parts.append(part)
        line += part.count("\n")
    return Together(texts, "".join(parts), starts, shared)
