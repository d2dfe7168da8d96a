"""Conditions carried back over the statements that follow a loop."""

from __future__ import annotations

from autoform.ir.decls import Function
from autoform.ir.stmts import While
from autoform.ir.text import parse_module, print_expr
from autoform.ir.traversal import walk
from autoform.prove.carried import carried, ends_after, values_after

SHIFT = """
    fn f(inout xs: Seq<Int>, key: Int) {
        var i: Int = 0;
        while i < seq.len(xs) invariant seq.is_permutation(xs, \\old(xs)) {
            var j: Int = i;
            while j > 0 { j = j - 1; }
            if j > key { xs = seq.update(xs, j, key); } else { i = i + 1; }
            i = i + 2;
        } }"""
SEARCH = """
    fn f(n: Int) -> Int {
        var low: Int = 0;
        while low < n { low = low + 1; }
        low = low - 1;
        if low < 0 { return 0; }
        return low * 2; }"""


def loops(function: Function) -> list[While]:
    return [node for node in walk(*function.body) if isinstance(node, While)]


def test_an_invariant_is_carried_over_the_rest_of_a_round() -> None:
    outer, inner = loops(parse_module(SHIFT).functions[0])
    values = values_after(outer.body, inner)
    assert values is not None
    assert print_expr(values["i"]) == "(if j > key then i else i + 1) + 2"
    before = carried(outer.invariants[0].condition, values)
    assert before is not None
    assert print_expr(before) == (
        "seq.is_permutation(if j > key then seq.update(xs, j, key) else xs, \\old(xs))"
    )


def test_the_ends_after_a_loop_say_what_is_returned() -> None:
    function = parse_module(SEARCH).functions[0]
    (loop,) = loops(function)
    assert [print_expr(value) for value, _ in ends_after(function.body, loop)] == [
        "0",
        "(low - 1) * 2",
    ]


def test_nothing_is_carried_over_another_loop() -> None:
    text = SEARCH.replace("low = low - 1;", "while low > 5 { low = low - 1; }")
    function = parse_module(text).functions[0]
    assert list(ends_after(function.body, loops(function)[0])) == []
