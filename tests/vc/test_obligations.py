"""What is proved holds, and what does not hold is not proved: one function, one corner each."""

from __future__ import annotations

import pytest

from autoform.ir.text import parse_module
from autoform.prove.houdini import houdini
from autoform.vc.obligation import Kind
from autoform.vc.smt.sorts import NotEncodable


def open_kinds(text: str) -> set[Kind]:
    """The kinds of obligations that stay open for the last function of a module."""
    module = parse_module(text)
    function = module.functions[-1]
    outcome = houdini(module, function, {}, {})
    return {obligation.kind for obligation in outcome.open}


PROVED = {
    "index under a guard": """
        fn f(xs: Seq<Int>, i: Int) -> Int {
            if 0 <= i && i < seq.len(xs) { return seq.at(xs, i); }
            return 0;
        }""",
    "declared exception": """
        fn f(n: Int) -> Int raises ValueError when n < 0 ensures \\result == n
        { if n < 0 { raise ValueError("no"); } return n; }""",
    "old value of a changed parameter inside a sum": """
        fn f(inout xs: Seq<Int>) requires seq.len(xs) == 1
            ensures seq.at(xs, 0) == 1 + seq.sum([seq.at(\\old(xs), k) for k in seq.range(0, 1, 1)])
        { xs = seq.update(xs, 0, seq.at(xs, 0) + 1); }""",
    "floor division of negatives": (
        "fn f() -> Int ensures \\result == -3 { return floor_div(-5, 2); }"
    ),
    "remainder takes the divisor's sign": (
        "fn f() -> Int ensures \\result == -1 { return floor_mod(5, -3); }"
    ),
    "empty slice when the bounds cross": """
        fn f(xs: Seq<Int>) -> Seq<Int> ensures seq.len(\\result) == 0
        { return seq.slice(xs, 3, 1); }""",
    "quantifier over nothing": """
        fn f(xs: Seq<Int>) -> Bool ensures \\result
        { return forall k in seq.range(2, 1, 1): seq.at(xs, k) > 0; }""",
    "a callee's contract": """
        fn g(n: Int) -> Int requires n > 0 ensures \\result > n { return n + 1; }
        fn f() -> Int ensures \\result > 3 { return g(3); }""",
    "machine arithmetic that fits": """
        fn f(a: u8, b: u8) -> u8 requires a < 100u8 && b < 100u8 ensures \\result == a + b
        { return a + b; }""",
    "shifts by what is written out": """
        fn f(n: Int) { assert int.shl(n, 3) == 8 * n && int.shr(n, 1) == floor_div(n, 2); }""",
    "shifts of machine integers that lose nothing": """
        fn f(n: u8) requires n < 32u8 { assert int.machine_shl(n, 3) == n * 8u8; }""",
    "a shifted sign": """
        fn f(n: i8) requires n < 0i8 { assert int.machine_shr(n, 7) == -1i8; }""",
    "powers of doubled exponents": """
        fn f(x: Int, n: Int) requires n >= 0 {
            assert int.pow(x, 2 * n) == int.pow(x, n) * int.pow(x, n);
            assert int.pow(x, 2 * n + 1) == x * (int.pow(x, n) * int.pow(x, n));
        }""",
    "powers of squares": """
        fn f(x: Int, n: Int) requires n >= 0
        { assert int.pow(x * x, n) == int.pow(x, 2 * n); }""",
    "powers of halved exponents": """
        fn f(x: Int, n: Int) requires n >= 0 {
            if floor_mod(n, 2) == 0 { assert int.pow(x, n) == int.pow(x * x, floor_div(n, 2)); }
            else { assert int.pow(x, n) == x * int.pow(x * x, floor_div(n, 2)); }
        }""",
    "powers of halved exponents of what is no square": """
        fn f(x: Int, n: Int) requires n >= 0 && floor_mod(n, 2) == 0 {
            assert int.pow(x, n) == int.pow(x, floor_div(n, 2)) * int.pow(x, floor_div(n, 2));
        }""",
    "a sequence in order with the same elements is the sorted one": """
        fn f(xs: Seq<Int>, t: Seq<Int>) requires seq.is_sorted(t) && seq.is_permutation(t, xs)
        { assert t == seq.sorted(xs); }""",
    "the sorted sequence is one in order with the same elements": """
        fn f(xs: Seq<Int>, t: Seq<Int>) requires seq.is_sorted(t) && seq.is_permutation(t, xs)
        { assert seq.sorted(xs) == t; }""",
    "as many members as places where nothing stands twice": """
        fn f(xs: Seq<Int>) -> Bool
            ensures \\result == (forall p in seq.range(0, seq.len(xs), 1):
                forall q in seq.range(p + 1, seq.len(xs), 1): seq.at(xs, p) != seq.at(xs, q))
        { return set.len(seq.to_set(xs)) == seq.len(xs); }""",
    "fewer members than places where something stands twice": """
        fn f(xs: Seq<Int>, p: Int, q: Int)
            requires 0 <= p && p < q && q < seq.len(xs) && seq.at(xs, p) == seq.at(xs, q)
        { assert set.len(seq.to_set(xs)) < seq.len(xs); }""",
    "a member that was one makes no more of them": """
        fn f(xs: Seq<Int>, v: Int) requires set.contains(seq.to_set(xs), v) {
            assert set.len(seq.to_set(seq.append(xs, v))) == set.len(seq.to_set(xs));
        }""",
}

NOT_PROVED = {
    "index without a guard": (
        "fn f(xs: Seq<Int>) -> Int { return seq.at(xs, 0); }",
        Kind.INDEX,
    ),
    "wrong result": ("fn f() -> Int ensures \\result == 2 { return 1; }", Kind.POSTCONDITION),
    "returns where it must raise": (
        "fn f(n: Int) -> Int raises ValueError when n < 0 { return n; }",
        Kind.DECLARED_RAISE,
    ),
    "raises another exception than declared": (
        "fn f(n: Int) -> Int raises ValueError when n < 0"
        " { if n < 0 { raise KeyError; } return n; }",
        Kind.UNREACHABLE_RAISE,
    ),
    "a later raises clause that has no value where an earlier one holds": (
        "fn f(xs: Seq<Int>) -> Int raises IndexError when seq.len(xs) == 0"
        " raises ValueError when seq.at(xs, 0) < 0"
        " { if seq.len(xs) > 0 { if seq.at(xs, 0) < 0 { raise ValueError; } } return 5; }",
        Kind.DECLARED_RAISE,
    ),
    "old value is not the current one": (
        "fn f(inout xs: Seq<Int>) requires seq.len(xs) == 1"
        " ensures seq.at(xs, 0) == seq.sum([seq.at(\\old(xs), k) for k in seq.range(0, 1, 1)])"
        " { xs = seq.update(xs, 0, seq.at(xs, 0) + 1); }",
        Kind.POSTCONDITION,
    ),
    "overflow": ("fn f(a: u8, b: u8) -> u8 { return a + b; }", Kind.OVERFLOW),
    "a loop without end": (
        "fn f() -> Int ensures \\result == 1 { while true { } return 1; }",
        Kind.VARIANT_DECREASES,
    ),
    "recursion without end": (
        "fn f(n: Int) -> Int ensures \\result == 0 { return f(n); }",
        Kind.VARIANT_DECREASES,
    ),
    "a callee's precondition": (
        "fn g(n: Int) -> Int requires n > 0 { return n; } fn f(n: Int) -> Int { return g(n); }",
        Kind.PRECONDITION,
    ),
    "order of keys is no part of equality, and not known": (
        "fn f(m: Map<Int, Int>, n: Map<Int, Int>) -> Bool requires m == n ensures \\result"
        " { return map.keys(m) == map.keys(n); }",
        Kind.POSTCONDITION,
    ),
    "patterns of different widths": (
        "fn f(a: i8, b: i16) -> Bool requires int.widen(a) == int.widen(b) ensures \\result"
        " { return int.count_ones(a) == int.count_ones(b); }",
        Kind.POSTCONDITION,
    ),
    "a shift to the right is no division towards zero": (
        "fn f(n: Int) { assert int.shr(n, 1) == trunc_div(n, 2); }",
        Kind.ASSERTION,
    ),
    "bits shifted out are lost": (
        "fn f(n: u8) { assert int.widen(int.machine_shl(n, 1)) == 2 * int.widen(n); }",
        Kind.ASSERTION,
    ),
    "an odd exponent has one factor more": (
        "fn f(x: Int, n: Int) requires n >= 0"
        " { assert int.pow(x, n) == int.pow(x * x, floor_div(n, 2)); }",
        Kind.ASSERTION,
    ),
    "a sequence in order with other elements is not the sorted one": (
        "fn f(xs: Seq<Int>, t: Seq<Int>) requires seq.is_sorted(t) && seq.len(t) == seq.len(xs)"
        " { assert seq.sorted(xs) == t; }",
        Kind.ASSERTION,
    ),
    "a sequence with the same elements in another order is not the sorted one": (
        "fn f(xs: Seq<Int>, t: Seq<Int>) requires seq.is_permutation(t, xs)"
        " { assert t == seq.sorted(xs); }",
        Kind.ASSERTION,
    ),
    "as many members as places though something may stand twice": (
        "fn f(xs: Seq<Int>) { assert set.len(seq.to_set(xs)) == seq.len(xs); }",
        Kind.ASSERTION,
    ),
    "a member that was none makes one more of them": (
        "fn f(xs: Seq<Int>, v: Int)"
        " { assert set.len(seq.to_set(seq.append(xs, v))) == set.len(seq.to_set(xs)); }",
        Kind.ASSERTION,
    ),
    "an invariant kept by nothing": (
        "fn f(n: Int) -> Int requires n >= 0 ensures \\result == n"
        " { var i: Int = 0; while i < n decreases n - i { i = i + 2; } return i; }",
        Kind.POSTCONDITION,
    ),
}


@pytest.mark.parametrize("text", PROVED.values(), ids=PROVED.keys())
def test_proved(text: str) -> None:
    assert open_kinds(text) == set()


@pytest.mark.parametrize(("text", "kind"), NOT_PROVED.values(), ids=NOT_PROVED.keys())
def test_not_proved(text: str, kind: Kind) -> None:
    assert kind in open_kinds(text)


def test_floats_are_not_taken_for_reals_unasked() -> None:
    with pytest.raises(NotEncodable):
        open_kinds("fn f(a: Float) -> Float ensures \\result == a { return a + 0.0; }")
