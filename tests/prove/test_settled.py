"""What is decided is put in, and denials move inward."""

from __future__ import annotations

import pytest

from autoform.ir.stmts import Return
from autoform.ir.text import parse_module, print_expr
from autoform.prove.normal import normal

SETTLED = {
    "false == (exists k in seq.range(0, i, 1): seq.at(xs, k) == v)": (
        "forall k in seq.range(0, i, 1): seq.at(xs, k) != v"
    ),
    "true == (i < v)": "i < v",
    "(-1 == -1) && i < v": "i < v",
    "1 < 0 || i < v": "i < v",
    "option.is_some(none::<Option<Int>>) || i < v": "i < v",
    "option.is_some(option.some(i)) && i < v": "i < v",
    "option.unwrap(option.some(i)) < v": "i < v",
    "!(i < v && !(v == 0))": "i >= v || v == 0",
    "(i, v).1 == 3": "v == 3",
}


@pytest.mark.parametrize("written", SETTLED)
def test_what_is_decided_is_put_in(written: str) -> None:
    text = f"fn f(xs: Seq<Int>, i: Int, v: Int) -> Bool {{ return {written}; }}"
    (returned,) = parse_module(text).functions[0].body
    assert isinstance(returned, Return)
    assert print_expr(normal(returned.value)) == SETTLED[written]
