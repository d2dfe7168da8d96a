"""Operators on text and powers that mean what Rust's library does, as rustc printed it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoform.ir.decls import Module
from autoform.ir.exprs import Expr, FloatLit, IntLit, SeqLit, StrLit
from autoform.ir.ops import apply
from autoform.ir.types import INT, MACHINE_INTS
from autoform.semantics.interpreter import evaluate
from autoform.semantics.values import NONE, Some, Value

BYTE = MACHINE_INTS["u8"]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def value(expr: Expr) -> Value:
    return evaluate(Module(), expr, {})


@given(TEXTS)
def test_utf8_and_back(text: str) -> None:
    octets = value(apply("str.to_utf8", StrLit(text)))
    assert octets == tuple(text.encode())
    items = tuple(IntLit(octet, BYTE) for octet in text.encode())
    assert value(apply("str.from_utf8", SeqLit(BYTE, items))) == Some(text)


@pytest.mark.parametrize("octets", [(0xFF,), (0xC3,), (0xED, 0xA0, 0x80), (0xC0, 0x80)])
def test_what_is_no_utf8_is_none(octets: tuple[int, ...]) -> None:
    items = tuple(IntLit(octet, BYTE) for octet in octets)
    assert value(apply("str.from_utf8", SeqLit(BYTE, items))) == NONE


@pytest.mark.parametrize(
    ("text", "trimmed", "words"),
    [
        ("  a b ", "a b", ("a", "b")),
        ("\u3000a\xa0b\u2003", "a\xa0b", ("a", "b")),
        ("\x1ca\x1f", "\x1ca\x1f", ("\x1ca\x1f",)),  # white space for Python alone
        ("\u200ba", "\u200ba", ("\u200ba",)),
        ("", "", ()),
        ("\x85 \t\n", "", ()),
    ],
)
def test_white_space_is_that_of_unicode(text: str, trimmed: str, words: tuple[str, ...]) -> None:
    assert value(apply("str.trim", StrLit(text))) == trimmed
    assert value(apply("str.split_whitespace", StrLit(text))) == words
    ends = value(apply("str.trim_end", apply("str.trim_start", StrLit(text))))
    assert ends == trimmed


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        (2.5, 3, 15.625),
        (0.1, 5, 1.0000000000000006e-05),
        (1.1, 10, 2.593742460100002),
        (1.37, -7, 0.11039668432477463),
        (-2.0, -3, -0.125),
        (0.0, 0, 1.0),
        (0.0, -1, math.inf),
        (-0.0, -1, -math.inf),
        (math.nan, 0, 1.0),
        (1e300, 2, math.inf),
    ],
)
def test_integer_powers_are_rounded_at_each_step(
    base: float, exponent: int, expected: float
) -> None:
    found = value(apply("float.powi", FloatLit(repr(base)), IntLit(exponent, INT)))
    assert found == expected
