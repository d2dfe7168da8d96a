"""From messages to verdicts: which function each obligation belongs to.

Dafny's verdict on a function leans on the contracts of those it calls, and on the prelude. So a
function is proved only when it, all it calls, and the prelude have no message.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from autoform.backends.emitted import Emitted
from autoform.source import NOWHERE
from autoform.verifiers.dafny.messages import MessageKind, ToolMessage
from autoform.verifiers.verdict import Proved, Unknown, Verdict

__all__ = ["Verification", "report"]

_DECLARED: Final = re.compile(
    r"^(?:ghost )?(?:function method|predicate method|function|predicate|method|lemma|datatype"
    r"|newtype|type|const)(?: \{:[^}]*\})* (?P<name>[\w'?]+)"
)
_WORD: Final = re.compile(r"[A-Za-z][\w'?]*")


@dataclass(frozen=True, slots=True)
class Verification:
    """A verdict for each function of the module, by its name in the source; all messages.

    `failure` says why Dafny did not come to judge the file: it does not read it, or it broke down.
    The verdicts then say nothing of the functions. Running out of budget is no failure.
    """

    verdicts: Mapping[str, Verdict]
    messages: tuple[ToolMessage, ...]
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class _Declarations:
    """The declarations of a Dafny text by the line they start on, and what each one names."""

    lines: tuple[int, ...]
    names: tuple[str, ...]
    words: Mapping[str, frozenset[str]]

    def at(self, line: int) -> str | None:
        """The declaration that a line belongs to."""
        place = bisect_right(self.lines, line)
        return self.names[place - 1] if place else None

    def reached_from(self, name: str) -> frozenset[str]:
        """The declaration and all that it leans on."""
        found: set[str] = set()
        pending = [name]
        while pending:
            each = pending.pop()
            if each not in found:
                found.add(each)
                pending.extend(self.words.get(each, frozenset()) & self.words.keys())
        return frozenset(found)


def _declarations(text: str) -> _Declarations:
    lines: list[int] = []
    names: list[str] = []
    words: dict[str, set[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        found = _DECLARED.match(line)
        if found is not None:
            lines.append(number)
            names.append(found["name"])
            words[found["name"]] = set()
        if names:
            words[names[-1]].update(_WORD.findall(line.partition("//")[0]))
    return _Declarations(
        tuple(lines), tuple(names), {name: frozenset(found) for name, found in words.items()}
    )


def report(
    emitted: Emitted, messages: Sequence[ToolMessage], by: tuple[str, ...], seconds: float
) -> Verification:
    """The verdicts that the messages amount to."""
    declarations = _declarations(emitted.text)
    open_messages: dict[str, ToolMessage] = {}
    everywhere: ToolMessage | None = None
    for message in messages:
        if message.kind not in {MessageKind.ERROR, MessageKind.UNDECIDED}:
            continue
        owner = declarations.at(message.line)
        if owner is None:
            everywhere = everywhere or message
        else:
            open_messages.setdefault(owner, message)
    verdicts: dict[str, Verdict] = {}
    for source_name, name in emitted.names.items():
        reached = declarations.reached_from(name)
        stands = everywhere or _first_open(name, reached, open_messages)
        if stands is None:
            verdicts[source_name] = Proved(by, emitted.assumptions, seconds)
        else:
            verdicts[source_name] = _unknown(name, stands, declarations)
    return Verification(verdicts, tuple(messages))


def _first_open(
    name: str, reached: frozenset[str], open_messages: Mapping[str, ToolMessage]
) -> ToolMessage | None:
    """The function's own message first, else that of something it leans on."""
    if name in open_messages:
        return open_messages[name]
    return next((open_messages[each] for each in sorted(reached & open_messages.keys())), None)


def _unknown(name: str, message: ToolMessage, declarations: _Declarations) -> Unknown:
    owner = declarations.at(message.line)
    if message.kind is MessageKind.UNDECIDED:
        reason = "the solver's budget is spent"
    else:
        reason = "Dafny could not prove it"
    if owner is not None and owner != name:
        reason += f" of `{owner}`, on which it leans"
    return Unknown(message.text, reason, message.span or NOWHERE)
