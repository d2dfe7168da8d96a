"""Many texts as one: who a message belongs to, and what Dafny says of each."""

from __future__ import annotations

from dataclasses import replace

from autoform.backends.emitted import Emitted
from autoform.source import Span
from autoform.verifiers.dafny import Budget, MessageKind, ToolMessage
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


SHARED = "lemma Positive(n: nat)\n  ensures n >= 0\n{\n}\n"
CALLING = RIGHT.replace("{\n", "{\n  Positive(3);\n")


def test_what_two_texts_declare_alike_is_verified_in_the_first() -> None:
    whole = together([text_of(CALLING + SHARED), text_of(f"{WRONG}\n{SHARED}")])
    first, second = whole.text.split("module Text1")
    assert "lemma Positive(n: nat)" in first
    assert "lemma {:verify false} Positive(n: nat)" in second
    assert "method M(n: int)" in second
    line = whole.text.splitlines().index("  ensures n >= 0") + 1
    found = whole.shared_out([ToolMessage(MessageKind.ERROR, "wrong", line, 3)])
    assert found is not None
    for text, (message,) in zip((CALLING + SHARED, f"{WRONG}\n{SHARED}"), found, strict=True):
        assert text.splitlines()[message.line - 1] == "  ensures n >= 0"


def test_what_leans_on_something_else_is_verified_by_itself() -> None:
    one, other = SHARED.replace("n >= 0", "Bound(n)"), "predicate Bound(n: int)\n{\n  n > %d\n}\n"
    whole = together([text_of(one + other % 0), text_of(one + other % 1), text_of(one + other % 1)])
    _, second, third = whole.text.split("module Text")[1:]
    assert ":verify" not in second
    assert third.count(":verify false") == 2


@needs_dafny
def test_a_shared_declaration_that_is_false_is_so_for_all_that_have_it() -> None:
    texts = [text_of(each) for each in (RIGHT + LEANING, WRONG.replace("{\n", "{\n  L();\n"))]
    texts[1] = replace(texts[1], text=texts[1].text + LEANING)
    assert "{:verify false}" in together(texts).text
    right, wrong = (each.verdicts["m"] for each in tool().verify_all(texts))
    assert isinstance(right, Proved)
    assert isinstance(wrong, Unknown)


@needs_dafny
def test_a_text_that_its_solver_does_not_outlive_costs_the_others_nothing() -> None:
    cubes = "lemma Cubes(x: int, y: int, z: int)\n  requires x > 1 && y > 1 && z > 1\n"
    hard = cubes + "  ensures x * x * x + y * y * y != z * z * z\n{\n}\n"
    texts = [text_of(each) for each in (RIGHT, hard + CALLING + SHARED, RIGHT)]
    budget = Budget(resources=2_000_000_000, cpu_seconds=40, solver_seconds=2)
    first, second, third = tool().verify_all(texts, budget=budget)
    assert isinstance(first.verdicts["m"], Proved)
    verdict = second.verdicts["m"]
    assert isinstance(verdict, Unknown)
    assert verdict.obligation == "the solver was ended by it"
    assert isinstance(third.verdicts["m"], Proved)
