"""Docstrings: phrases that are found, and readings that runs contradict."""

from __future__ import annotations

import pytest

from autoform.frontends import lift
from autoform.source import SourceFile
from autoform.specify.hosts.python import PythonHost
from autoform.specify.phrases import phrases, readings

LIST = "(xs: list[int]) -> "


@pytest.mark.parametrize(
    ("text", "rule", "kind"),
    [
        ("Return the sum of all even numbers in the list.", "fold", "even"),
        ("Find the largest element of xs.", "extremum", ""),
        ("Counts the number of negative integers.", "number", "negative"),
        ("Returns the list sorted in descending order", "order", ""),
        ("Check whether s is a palindrome", "truth", ""),
        ("the greatest common divisor of a and b", "pair", ""),
    ],
)
def test_a_phrase_is_found(text: str, rule: str, kind: str) -> None:
    assert (rule, kind) in {(phrase.rule, phrase.kind) for phrase in phrases(text)}


def test_doctests_and_other_words_say_nothing() -> None:
    assert phrases(">>> sum of numbers\nHello world, this says little.") == []


@pytest.mark.parametrize(
    ("signature", "doc", "clause"),
    [
        (LIST + "int", "Sum of the squares of the odd numbers.", "x * x for x in xs if x % 2 == 1"),
        (LIST + "int", "The smallest element.", "result == min(xs)"),
        (LIST + "list[int]", "Only the even numbers.", "[x for x in xs if x % 2 == 0]"),
        ("(s: str) -> bool", "Whether s is a palindrome.", "result == (s == s[::-1])"),
        ("(a: int, b: int) -> int", "The gcd of a and b.", "result == math.gcd(a, b)"),
    ],
)
def test_a_reading(signature: str, doc: str, clause: str) -> None:
    value = "False" if "bool" in signature else "[]" if "> list" in signature else "0"
    source = SourceFile("sample.py", f'def f{signature}:\n    """{doc}"""\n    return {value}\n')
    lifted = lift(source)
    (function,) = lifted.module.functions
    host = PythonHost(source)
    found = [host.ensure(function, each.condition).expression for each in readings(function)]
    assert any(clause in text for text in found), found
