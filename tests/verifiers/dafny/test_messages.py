"""What Dafny prints becomes messages, none of them mistaken for a success."""

from __future__ import annotations

from autoform.backends.emitted import Emitted
from autoform.source import Span
from autoform.verifiers.dafny.messages import MessageKind, parse_messages, parse_summary
from autoform.verifiers.dafny.report import report
from autoform.verifiers.verdict import Proved, Unknown

OUTPUT = """\
a.dfy(5,11): Warning: /!\\ No terms found to trigger on.
a.dfy(11,59): Error: result of operation might violate newtype constraint for 'i32'
Execution trace:
    (0,0): anon0
a.dfy(14,2): Error BP5003: A postcondition might not hold on this return path.
a.dfy(12,10): Related location: This is the postcondition that might not hold.
a.dfy(16,4): Error BP5005: This loop invariant might not be maintained by the loop.
a.dfy(16,4): Related message: loop invariant violation
a.dfy(18,4): Out of resource on BP5005: This loop invariant might not be maintained by the loop.
a.dfy(20,6): Verification out of resource (Impl$$_module.__default.f)

Dafny program verifier finished with 4 verified, 2 errors
"""
TEXT = """\
method f(x: int) returns (r: int)
{
  r := g(x);
}

function g(x: int): int
{
  x
}

function h(x: int): int
{
  x
}
"""


def test_messages_are_classified() -> None:
    found = [(m.kind, m.line) for m in parse_messages(OUTPUT)]
    assert found == [
        (MessageKind.WARNING, 5),
        (MessageKind.ERROR, 11),
        (MessageKind.ERROR, 14),
        (MessageKind.RELATED, 12),
        (MessageKind.ERROR, 16),
        (MessageKind.RELATED, 16),
        (MessageKind.UNDECIDED, 18),
        (MessageKind.UNDECIDED, 20),
    ]


def test_the_summary_is_read() -> None:
    summary = parse_summary(OUTPUT)
    assert summary is not None
    assert (summary.verified, summary.errors) == (4, 2)
    assert parse_summary("1 parse errors detected in a.dfy") is None


def test_a_function_that_leans_on_an_open_one_is_not_proved() -> None:
    span = Span("a.py", 7, 0, 7, 9)
    emitted = Emitted(TEXT, ((6, span),), {"f": "f", "g": "g", "h": "h"})
    messages = tuple(parse_messages("a.dfy(8,2): Error: assertion violation"))
    verdicts = report(emitted, messages, ("Dafny",), 1.0).verdicts
    assert isinstance(verdicts["g"], Unknown)
    assert verdicts["g"].reason == "Dafny could not prove it"
    assert isinstance(verdicts["f"], Unknown)
    assert verdicts["f"].reason == "Dafny could not prove it of `g`, on which it leans"
    assert verdicts["h"] == Proved(("Dafny",))


def test_a_message_about_the_file_proves_nothing() -> None:
    emitted = Emitted(TEXT, (), {"h": "h"})
    messages = tuple(parse_messages("a.dfy(0,0): Error: out of memory"))
    assert isinstance(report(emitted, messages, ("Dafny",), 1.0).verdicts["h"], Unknown)
