"""The prelude as one Dafny file: declarations by name, with all that they use."""

from __future__ import annotations

from collections.abc import Iterable

from autoform.backends.dafny.dialect import DIALECTS
from autoform.backends.dafny.prelude import needed
from autoform.backends.emitted import Emitted
from autoform.verifiers.dafny import Budget, DafnyTool
from autoform.verifiers.dafny.messages import MessageKind

__all__ = ["prelude_text", "unproved"]

_AGAINST = (MessageKind.ERROR, MessageKind.UNDECIDED)


def prelude_text(tool: DafnyTool, names: Iterable[str]) -> str:
    """The declarations in the dialect of the tool."""
    return "\n\n".join(text for _, text in needed(names, DIALECTS[tool.dialect]))


def unproved(tool: DafnyTool, text: str, budget: Budget) -> list[str]:
    """What Dafny says against a text, each with its line; nothing when all is verified."""
    result = tool.verify(Emitted(text, (), {}), budget=budget)
    lines = ["(the file)", *text.split("\n")]
    return [
        f"{message.text}: {lines[message.line].strip()}"
        for message in result.messages
        if message.kind in _AGAINST
    ]
