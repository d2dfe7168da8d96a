"""Numbers as texts and kinds of characters, as the prover knows them and as Python has them."""

from __future__ import annotations

import pytest

from autoform.vc.smt.operators.numerals import KINDS
from autoform.verifiers.verdict import Proved
from tests.prove.samples import found

RIGHT = {
    "a number read back": (
        "@ensure(lambda n, result: result == n)\ndef f(n: int) -> int:\n    return int(str(n))\n"
    ),
    "the digits of a number": (
        "@ensure(lambda n, result: result == sum(int(c) for c in str(abs(n))))\n"
        "def f(n: int) -> int:\n"
        "    total = 0\n    for c in str(abs(n)):\n        total += int(c)\n    return total\n"
    ),
    "the first digit": (
        "@require(lambda n: n > 0)\n@ensure(lambda n, result: 1 <= result <= 9)\n"
        "def f(n: int) -> int:\n    return int(str(n)[0])\n"
    ),
    "a sign": (
        "@require(lambda n: n < 0)\n@ensure(lambda n, result: result == '-')\n"
        "def f(n: int) -> str:\n    return str(n)[0]\n"
    ),
    "one digit": (
        "@require(lambda n: 0 <= n < 10)\n@ensure(lambda n, result: result == 1)\n"
        "def f(n: int) -> int:\n    return len(str(n))\n"
    ),
    "decimals are digits": (
        "@ensure(lambda s, result: result >= 0)\n"
        "def f(s: str) -> int:\n    total = 0\n    for c in s:\n"
        "        if c.isdecimal():\n            total += int(c)\n    return total\n"
    ),
    "a text of letters has no blank": (
        "@require(lambda s: s.isalpha())\n@ensure(lambda s, result: not result)\n"
        "def f(s: str) -> bool:\n    return ' ' in s\n"
    ),
}
WRONG = {
    "a sign is no digit": "def f(n: int) -> int:\n    return sum(int(c) for c in str(n))\n",
    "not all digits are decimals": (
        "def f(s: str) -> int:\n    return sum(int(c) for c in s if c.isdigit())\n"
    ),
    "a text of many digits may be too long": (
        "@require(lambda s: s.isdecimal())\ndef f(s: str) -> int:\n    return int(s)\n"
    ),
    "zero begins with zero": (
        "@require(lambda n: n >= 0)\n@ensure(lambda n, result: result != '0')\n"
        "def f(n: int) -> str:\n    return str(n)[0]\n"
    ),
    "no text is all letters when it is empty": (
        "@ensure(lambda s, result: result or any(not c.isalpha() for c in s))\n"
        "def f(s: str) -> bool:\n    return s.isalpha()\n"
    ),
    "one digit beyond Unicode's": (
        "@require(lambda c: len(c) == 1 and c.isdecimal())\n"
        "@ensure(lambda c, result: result == ord(c) - 48)\n"
        "def f(c: str) -> int:\n    return int(c)\n"
    ),
    "letters beyond ASCII": (
        "@require(lambda c: len(c) == 1 and c.isalpha())\n"
        "@ensure(lambda c, result: result < 128)\n"
        "def f(c: str) -> int:\n    return ord(c)\n"
    ),
    "upper case is not asked of each character": (
        "@require(lambda s: s.isupper())\n@ensure(lambda s, result: not result)\n"
        "def f(s: str) -> bool:\n    return ' ' in s\n"
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_kinds_of_ascii_characters_are_pythons(name: str) -> None:
    for code in range(128):
        known = any(ord(ends[0]) <= code <= ord(ends[-1]) for ends in KINDS[name])
        assert known == getattr(chr(code), name)(), (name, code)


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_so_is_proved(name: str) -> None:
    result = found(RIGHT[name])["f"]
    assert isinstance(result.verdict, Proved), result.verdict


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_so_is_not(name: str) -> None:
    result = found(WRONG[name])["f"]
    assert not isinstance(result.verdict, Proved)
