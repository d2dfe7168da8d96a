"""Many texts as one: who a message belongs to, and what Dafny says of each."""

from __future__ import annotations

from dataclasses import replace

from autoform.backends.emitted import Emitted
from autoform.source import Span
from autoform.verifiers.dafny import MessageKind, ToolMessage
from autoform.verifiers.dafny.together import together
from autoform.verifiers.verdict import Proved, Unknown
from tests.backends.dafny.real import needs_dafny, tool

RIGHT = "method M(n: int) returns (r: int)\n  ensures r > n\n{\n  r := n + 1;\n}\n"
WRONG = RIGHT.replace("n + 1", "n - 1")
UNREADABLE = RIGHT.replace("n + 1", "q + 1")
# A lemma that is false: whoever could lean on it would prove anything.
LEANING = "lemma L()\n  ensures false\n{\n}\n"


def text_of(text: str) -> Emitted:
    return Emitted(text, ((1, Span("a.py", 7, 0, 7, 1)),), {"m": "M"})


def test_a_message_is_placed_in_the_text_that_it_is_about() -> None:
    whole = together([text_of(RIGHT), text_of(WRONG)])
    line = whole.text.splitlines().index("  r := n - 1;") + 1
    message = ToolMessage(MessageKind.ERROR, "wrong", line, 3)
    assert whole.shared_out([message]) == [
        [],
        [replace(message, line=4, span=Span("a.py", 7, 0, 7, 1))],
    ]
    assert whole.shared_out([replace(message, line=0)]) is None


@needs_dafny
def test_each_text_is_judged_as_if_it_were_alone() -> None:
    texts = [text_of(each) for each in (RIGHT, WRONG, RIGHT, LEANING + WRONG, WRONG, RIGHT)]
    found = [each.verdicts["m"] for each in tool().verify_all(texts)]
    proved = [isinstance(each, Proved) for each in found]
    assert proved == [True, False, True, False, False, True]
    assert isinstance(found[1], Unknown)
    alone = tool().verify(texts[1]).verdicts["m"]
    assert isinstance(alone, Unknown)
    assert (found[1].obligation, found[1].span) == (alone.obligation, alone.span)


@needs_dafny
def test_a_text_that_cannot_be_read_costs_the_others_nothing() -> None:
    texts = [text_of(each) for each in (RIGHT, UNREADABLE, RIGHT)]
    first, second, third = tool().verify_all(texts)
    assert isinstance(first.verdicts["m"], Proved)
    assert second.failure is not None
    assert not isinstance(second.verdicts["m"], Proved)
    assert isinstance(third.verdicts["m"], Proved)
