"""Small inputs: all of them, few enough, of the parameters' types."""

from __future__ import annotations

import pytest

from autoform.ir.text import parse_module
from autoform.prove.small import MOST, small_inputs
from autoform.semantics.values import has_type


@pytest.mark.parametrize(
    "params",
    [
        "xs: Seq<Int>",
        "xs: Seq<Int>, v: Int",
        "rows: Seq<Seq<Int>>",
        "t: Str, ws: Seq<Str>",
        "s: Set<Int>, m: Map<Str, Int>",
        "a: u8, b: Option<Int>, c: (Int, Bool)",
        "a: Int, b: Int, c: Int, d: Int, e: Int",
    ],
)
def test_inputs_are_few_and_typed(params: str) -> None:
    module = parse_module(f"fn f({params}) -> Int {{ return 0; }}")
    function = module.functions[0]
    inputs = list(small_inputs(function))
    assert 10 < len(inputs) <= MOST
    assert len(set(inputs)) == len(inputs)
    for given in inputs:
        assert all(
            has_type(value, param.type, module)
            for value, param in zip(given, function.params, strict=True)
        )


def test_repeated_elements_and_squares_are_among_them() -> None:
    module = parse_module("fn f(xs: Seq<Int>, rows: Seq<Seq<Int>>) -> Int { return 0; }")
    lists = {given[0] for given in small_inputs(module.functions[0])}
    assert (0, 0) in lists
    module = parse_module("fn f(rows: Seq<Seq<Int>>) -> Int { return 0; }")
    assert (((0, 1), (0, 0)),) in set(small_inputs(module.functions[0]))
