"""Encoded operators against the interpreter: their value can be proved, and no other can."""

from __future__ import annotations

import pytest

from autoform.ir.text import parse_module
from autoform.prove.houdini import houdini
from autoform.semantics.interpreter import Returned, call

EXPRESSIONS = [
    *(
        f"{op}({a}, {b})"
        for op in ("floor_div", "floor_mod", "trunc_div", "trunc_rem")
        for a, b in ((7, 3), (-7, 3), (7, -3), (-7, -3))
    ),
    *(f"{op}({a}, -3)" for op in ("euclid_div", "euclid_mod") for a in (7, -7)),
    "int.pow(-2, 3)",
    "int.pow(2, 3)",
    "int.pow(3, 0)",
    "int.gcd(6, 4)",
    "int.gcd(0, -5)",
    "seq.len(seq.slice([1, 2, 3], -2, 9))",
    "seq.at(seq.slice([1, 2, 3], -2, 9), 0)",
    "seq.at(seq.update_neg([1, 2, 3], -1, 7), 2)",
    "seq.at(seq.insert([1, 2], -9, 7), 0)",
    "seq.at(seq.reverse([1, 2, 3]), 0)",
    "seq.sum([1, 2, 3])",
    "seq.sum(seq.slice_from([1, 2, 3], 1))",
    "seq.sum([x * x for x in seq.range(2, 5, 1)])",
    "seq.sum([x for x in seq.range(5, 2, 1)])",
    "seq.product([2, 3])",
    "seq.count([1, 2, 1], 1)",
    "seq.len(seq.concat([1], [2, 3]))",
    "seq.len(seq.repeat([0], -1))",
    'str.len(str.concat("ab", "c"))',
    '(if "ab" == "ab" then 1 else 0)',
    "(if [1, 2] == [2, 1] then 1 else 0)",
    "(if seq.contains([1, 2], 3) then 1 else 0)",
    "(if seq.is_permutation([1, 2], [2, 1]) then 1 else 0)",
    "map.get_or({1: 2, 1: 3}, 1, 0)",
    "map.len({1: 2, 1: 3})",
    "option.unwrap_or(map.get({1: 2}, 5), 9)",
    "int.isqrt(0)",
    "int.isqrt(24)",
    "int.isqrt(25)",
    "char.code(char.to_ascii_uppercase('b'))",
    "char.code(char.to_ascii_lowercase('Z'))",
    "char.code(char.to_ascii_lowercase('['))",
    'py.ord("a")',
    "str.len(char.to_str('x'))",
    "py.ord(py.chr(233))",
    'seq.len(str.to_chars("abc"))',
    'char.code(seq.at(str.to_chars("abc"), 1))',
    "str.len(str.from_chars(['a', 'b']))",
    "(if str.from_chars(['a', 'b']) == \"ab\" then 1 else 0)",
    '(if "b" <= "a" then 1 else 0)',
    '(if "a" < "b" then 1 else 0)',
    "(if \"a\" != char.to_str('a') then 1 else 0)",
    *(
        f"(if char.is_ascii{kind}('{c}') then 1 else 0)"
        for kind in ("", "_digit", "_lowercase", "_uppercase", "_alphabetic", "_alphanumeric")
        for c in "aZ5_é"
    ),
    "seq.len(seq.windows([1, 2, 3], 2))",
    "seq.len(seq.windows([1], 2))",
    "seq.at(seq.at(seq.windows([1, 2, 3], 2), 1), 0)",
    *(f"int.{op}({value}, {by})" for op in ("shl", "shr") for value in (5, -5) for by in (0, 1, 3)),
    *(f"int.widen(int.machine_shl({value}, 1))" for value in ("100u8", "200u8", "100i8", "-100i8")),
    *(f"int.widen(int.machine_shr({value}, 7))" for value in ("127u8", "200u8", "100i8", "-100i8")),
]


NOT_DECIDED = ["seq.max([1, 5, 2])", "seq.index([4, 5, 5], 5)", "int.shl(1, 200)"]
"""Their axioms wait for elements that the proof speaks of, or they are too large to write out."""


def is_proved(expression: str, value: int) -> bool:
    module = parse_module(f"fn f() -> Int ensures \\result == {value} {{ return {expression}; }}")
    outcome = houdini(module, module.functions[0], {}, {})
    return not outcome.open


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_value_is_the_interpreters_and_no_other(expression: str) -> None:
    module = parse_module(f"fn f() -> Int {{ return {expression}; }}")
    outcome = call(module, "f", ())
    assert isinstance(outcome, Returned)
    assert isinstance(outcome.value, int)
    assert is_proved(expression, outcome.value)
    assert not is_proved(expression, outcome.value + 1)


@pytest.mark.parametrize("expression", NOT_DECIDED)
def test_no_wrong_value_is_proved(expression: str) -> None:
    outcome = call(parse_module(f"fn f() -> Int {{ return {expression}; }}"), "f", ())
    assert isinstance(outcome, Returned)
    assert isinstance(outcome.value, int)
    assert not is_proved(expression, outcome.value + 1)
    assert not is_proved(expression, outcome.value - 1)
