"""From messages to verdicts: which function each obligation belongs to.

Dafny's verdict on a function leans on the contracts of those it calls, and on the prelude. So a
function is proved only when it, all it calls, and the prelude have no message.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autoform.backends.emitted import Emitted
from autoform.source import NOWHERE
from autoform.verifiers.dafny.declarations import Declarations, declarations
from autoform.verifiers.dafny.messages import MessageKind, ToolMessage
from autoform.verifiers.verdict import Proved, Unknown, Verdict

__all__ = ["Verification", "report"]


@dataclass(frozen=True, slots=True)
class Verification:
    """A verdict for each function of the module, by its name in the source; all messages.

    `failure` says why Dafny did not come to judge the file: it does not read it, or it broke down.
    The verdicts then say nothing of the functions. Running out of budget is no failure.
    """

    verdicts: Mapping[str, Verdict]
    messages: tuple[ToolMessage, ...]
    failure: str | None = None


def report(
    emitted: Emitted, messages: Sequence[ToolMessage], by: tuple[str, ...], seconds: float
) -> Verification:
    """The verdicts that the messages amount to."""
    declared = declarations(emitted.text)
    open_messages: dict[str, ToolMessage] = {}
    everywhere: ToolMessage | None = None
    for message in messages:
        if message.kind not in {MessageKind.ERROR, MessageKind.UNDECIDED}:
            continue
        owner = declared.at(message.line)
        if owner is None:
            everywhere = everywhere or message
        else:
            open_messages.setdefault(owner, message)
    verdicts: dict[str, Verdict] = {}
    for source_name, name in emitted.names.items():
        reached = declared.reached_from(name)
        stands = everywhere or _first_open(name, reached, open_messages)
        if stands is None:
            verdicts[source_name] = Proved(by, emitted.assumptions, seconds)
        else:
            verdicts[source_name] = _unknown(name, stands, declared)
    return Verification(verdicts, tuple(messages))


def _first_open(
    name: str, reached: frozenset[str], open_messages: Mapping[str, ToolMessage]
) -> ToolMessage | None:
    """The function's own message first, else that of something it leans on."""
    if name in open_messages:
        return open_messages[name]
    return next((open_messages[each] for each in sorted(reached & open_messages.keys())), None)


def _unknown(name: str, message: ToolMessage, declared: Declarations) -> Unknown:
    owner = declared.at(message.line)
    if message.kind is MessageKind.UNDECIDED:
        reason = "the solver's budget is spent"
    else:
        reason = "Dafny could not prove it"
    if owner is not None and owner != name:
        reason += f" of `{owner}`, on which it leans"
    return Unknown(message.text, reason, message.span or NOWHERE)
