"""Differences that only a few inputs show: those that the functions themselves name, and traps."""

import pytest

from autoform.equiv import EquivVerdict, equivalent
from autoform.equiv.matching import Side
from autoform.equiv.runs import Pair
from autoform.equiv.targeted import targeted_inputs
from autoform.frontends import Lifted, lift
from autoform.source import SourceFile

SOURCE = """\
LIMIT = 123_456_789_123


def no(n: int) -> int:
    return 0


def at_the_limit(n: int) -> int:
    return 1 if n == LIMIT else 0


def past_the_limit(n: int) -> int:
    return 1 if n == LIMIT + 1 else 0


def no_word(text: str) -> int:
    return 0


def word(text: str) -> int:
    return 1 if text == "rosebud" else 0


def long_word(text: str) -> int:
    return 1 if len(text) > 131 else 0


def lower(text: str) -> str:
    return text.lower()


def lower_by_letter(text: str) -> str:
    return "".join(letter.lower() for letter in text)


def smaller(a: float, b: float) -> float:
    return a if a < b else b


def smaller_or_equal(a: float, b: float) -> float:
    return a if a <= b else b


def number(text: str) -> int:
    return int(text)


def number_of_digits(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError
    return int(text)


def negative(n: int) -> int:
    if n < 0:
        raise ValueError
    return n


def positive(n: int) -> int:
    if n <= 0:
        raise ValueError
    return n - 1
"""


@pytest.fixture(scope="module")
def file() -> Lifted:
    return lift(SourceFile("a.py", SOURCE))


@pytest.mark.parametrize(
    ("f", "g"),
    [
        ("at_the_limit", "no"),
        ("past_the_limit", "no"),
        ("word", "no_word"),
        ("long_word", "no_word"),
        ("lower", "lower_by_letter"),
        ("smaller", "smaller_or_equal"),
    ],
)
def test_a_rare_difference_is_found(file: Lifted, f: str, g: str) -> None:
    assert equivalent(file, f, file, g, examples=20).verdict == EquivVerdict.DIFFERS


def test_a_domain_is_held_against_traps(file: Lifted) -> None:
    """On ASCII the two still differ, by spaces, signs and underscores."""
    found = equivalent(file, "number", file, "number_of_digits").domain
    assert found is not None
    assert found.requires == "text.isascii() and text.isdigit()"


def test_where_both_only_fail_is_no_domain(file: Lifted) -> None:
    assert equivalent(file, "negative", file, "positive", examples=60).domain is None


def test_the_inputs_are_the_same_each_time_and_no_more_than_asked(file: Lifted) -> None:
    module = file.module
    side, other = (Side(module, module.function(n)) for n in ("smaller", "smaller_or_equal"))
    found = targeted_inputs(side, other, 100)
    assert repr(found) == repr(targeted_inputs(side, other, 100))
    assert len(found) == 100
    pair = Pair(file, file, side, other)
    assert len(pair.targeted()) > len(found)
