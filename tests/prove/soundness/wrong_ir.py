"""Wrong functions of the IR, a corner each, with the call that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from autoform.semantics.values import NONE, MapValue, Value

__all__ = ["WRONG", "Wrong"]


@dataclass(frozen=True)
class Wrong:
    """A module whose last function breaks its contract, or never ends, on these arguments."""

    text: str
    args: tuple[Value, ...]


def _one(text: str, *args: Value) -> Wrong:
    return Wrong(text, args)


DIVISION: Final = {
    "floor rounds down, also for a negative divisor": _one(
        "fn f(a: Int, b: Int) -> Int requires b != 0 ensures \\result * b <= a"
        " { return floor_div(a, b); }",
        1,
        -2,
    ),
    "a floored remainder has the divisor's sign": _one(
        "fn f(a: Int, b: Int) -> Int requires b != 0 ensures \\result >= 0"
        " { return floor_mod(a, b); }",
        1,
        -2,
    ),
    "a truncated remainder has the dividend's sign": _one(
        "fn f(a: Int, b: Int) -> Int requires b > 0 ensures \\result >= 0"
        " { return trunc_rem(a, b); }",
        -1,
        2,
    ),
    "truncated is not floored": _one(
        "fn f(a: Int) -> Int ensures \\result == floor_div(a, 2) { return trunc_div(a, 2); }", -1
    ),
    "Euclidean is not floored": _one(
        "fn f(a: Int, b: Int) -> Int requires b != 0 ensures \\result == floor_div(a, b)"
        " { return euclid_div(a, b); }",
        1,
        -2,
    ),
    "Euclidean is not truncated": _one(
        "fn f(a: Int, b: Int) -> Int requires b != 0 ensures \\result == trunc_div(a, b)"
        " { return euclid_div(a, b); }",
        -1,
        2,
    ),
    "half of it twice is not all of it": _one(
        "fn f(a: Int) -> Int ensures \\result == a { return floor_div(a, 2) * 2; }", 1
    ),
    "by zero behind a condition that does not guard it": _one(
        "fn f(a: Int, b: Int) -> Int { if a != 0 { return floor_div(a, b); } return 0; }", 1, 0
    ),
    "by zero in a remainder": _one("fn f(a: Int) -> Int { return floor_mod(1, a); }", 0),
    "by a difference that can be zero": _one(
        "fn f(a: Int, b: Int) -> Int { return floor_div(1, a - b); }", 3, 3
    ),
    "two to a negative power is no integer": _one(
        "fn f(n: Int) -> Int { return int.pow(2, n); }", -1
    ),
}

MACHINE_INTEGERS: Final = {
    "the least has no negative": _one("fn f(a: i8) -> i8 { return -a; }", -128),
    "the least has no absolute value": _one("fn f(a: i8) -> i8 { return abs(a); }", -128),
    "the least by minus one": _one(
        "fn f(a: i8, b: i8) -> i8 requires b != 0i8 { return trunc_div(a, b); }", -128, -1
    ),
    "the remainder of the least by minus one": _one(
        "fn f(a: i8, b: i8) -> i8 requires b != 0i8 { return trunc_rem(a, b); }", -128, -1
    ),
    "unsigned numbers stop at zero": _one("fn f(a: u8, b: u8) -> u8 { return a - b; }", 0, 1),
    "a product": _one("fn f(a: i16) -> i16 { return a * a; }", 200),
    "a sum in between": _one(
        "fn f(a: u8, b: u8) -> u8 requires a <= 200u8 && b <= 200u8"
        " { return trunc_div(a + b, 2u8); }",
        200,
        200,
    ),
    "a wrapped sum need not be greater": _one(
        "fn f(a: u8) -> u8 ensures \\result > a { return int.wrapping_add(a, 1u8); }", 255
    ),
    "a saturated sum is no sum": _one(
        "fn f(a: u8) -> Int ensures \\result == int.widen(a) + 1"
        " { return int.widen(int.saturating_add(a, 1u8)); }",
        255,
    ),
    "a conversion that does not fit": _one(
        "fn f(a: i16) -> u8 { return int.narrow(a)::<u8>; }", 256
    ),
    "a conversion that wraps": _one(
        "fn f(a: i16) -> Int ensures \\result == int.widen(a)"
        " { return int.widen(int.wrap(a)::<u8>); }",
        -1,
    ),
    "the greatest divisor of the least and zero": _one(
        "fn f(a: i8, b: i8) -> i8 { return int.gcd(a, b); }", -128, 0
    ),
    "mathematical integers have no bound": _one(
        "fn f(n: Int) -> Bool ensures \\result"
        " { return n <= 170141183460469231731687303715884105727; }",
        2**127,
    ),
    "a counter that overflows at the end": _one(
        "fn f(n: u8) -> u8 { var i: u8 = 0u8; while i <= n { i = i + 1u8; } return i; }", 255
    ),
}

SHORT_CIRCUITS: Final = {
    "the guard stands behind": _one(
        "fn f(xs: Seq<Int>, i: Int) -> Bool requires i >= 0"
        " { return seq.at(xs, i) > 0 && i < seq.len(xs); }",
        (),
        0,
    ),
    "the wrong guard before an or": _one(
        "fn f(xs: Seq<Int>, i: Int) -> Bool requires i >= 0"
        " { return i < seq.len(xs) || seq.at(xs, i) > 0; }",
        (),
        0,
    ),
    "the branch that is not taken guards nothing": _one(
        "fn f(a: Int) -> Int { return if a == 0 then 1 // a else 0; }", 0
    ),
    "a promise without a value": _one(
        "fn f(xs: Seq<Int>) -> Int ensures seq.at(xs, 0) == 1 || seq.len(xs) == 0 || true"
        " { return 0; }",
        (),
    ),
    "an implication without a value": _one(
        "fn f(a: Int) -> Int ensures 1 // a == 1 ==> a == 1 { return a; }", 0
    ),
    "xor evaluates both sides": _one(
        "fn f(a: Int) -> Bool { return xor(a == 0, 1 // a == 1); }", 0
    ),
    "a body of a quantifier that fails": _one(
        "fn f(xs: Seq<Int>) -> Bool { return forall x in xs: 1 // x < 2; }", (0,)
    ),
    "an element of a comprehension that fails": _one(
        "fn f(xs: Seq<Int>) -> Seq<Int> { return [1 // x for x in xs if x >= 0]; }", (0,)
    ),
}

EMPTINESS: Final = {
    "there is nothing in an empty sequence": _one(
        "fn f(xs: Seq<Int>) -> Bool ensures \\result { return exists x in xs: true; }", ()
    ),
    "all of nothing says nothing": _one(
        "fn f(xs: Seq<Int>) -> Bool requires forall x in xs: x > 0 ensures \\result"
        " { return seq.sum(xs) > 0; }",
        (),
    ),
    "the greatest of nothing": _one("fn f(xs: Seq<Int>) -> Int { return seq.max(xs); }", ()),
    "the last of nothing": _one("fn f(xs: Seq<Int>) -> Int { return seq.at_neg(xs, -1); }", ()),
    "a loop without rounds": _one(
        "fn f(n: Int) -> Int ensures \\result == 1"
        " { var r: Int = 0; for i in 0..n { r = 1; } return r; }",
        0,
    ),
    "a range whose end comes first": _one(
        "fn f(a: Int, b: Int) -> Int ensures \\result == b - a"
        " { return seq.len(seq.range(a, b, 1)); }",
        1,
        0,
    ),
    "a step of zero": _one("fn f(s: Int) -> Int { for i in 0..3 by s { } return 1; }", 0),
    "a slice is cut off at the end": _one(
        "fn f(xs: Seq<Int>, n: Int) -> Int requires n >= 0 ensures \\result == n"
        " { return seq.len(seq.slice_to(xs, n)); }",
        (),
        1,
    ),
    "a negative bound counts from the end": _one(
        "fn f(xs: Seq<Int>, n: Int) -> Int ensures \\result == 0 || n >= 0"
        " { return seq.len(seq.slice_to(xs, n)); }",
        (1, 2, 3),
        -1,
    ),
    "a slice that is longer than what it is cut from": _one(
        "fn f(xs: Seq<Int>, n: Int) -> Int ensures \\result == 0 {"
        " if n == 1 && (forall x in seq.slice_to(xs, n): x > 0)"
        " && (forall y in seq.slice_to(xs, n): y < 0)"
        " && (seq.len(xs) == 0 || seq.at(xs, 0) != 5) { return 1; } return 0; }",
        (),
        1,
    ),
    "the sum over an empty stretch": _one(
        "fn f(xs: Seq<Int>) -> Int ensures \\result > 0"
        " { return seq.sum([1 for x in xs if x > x]); }",
        (1,),
    ),
}

INDEXES: Final = {
    "minus one is not the first": _one(
        "fn f(xs: Seq<Int>) -> Int requires seq.len(xs) > 0 ensures \\result == seq.at(xs, 0)"
        " { return seq.at_neg(xs, -1); }",
        (1, 2),
    ),
    "too far from the end": _one(
        "fn f(xs: Seq<Int>, i: Int) -> Int requires i < seq.len(xs) { return seq.at_neg(xs, i); }",
        (1,),
        -2,
    ),
    "only one side checked": _one(
        "fn f(xs: Seq<Int>, i: Int) -> Int requires i < seq.len(xs) { return seq.at(xs, i); }",
        (1,),
        -1,
    ),
    "one past the end in the last round": _one(
        "fn f(xs: Seq<Int>) -> Int { var t: Int = 0;"
        " for i in 0..seq.len(xs) { t = t + seq.at(xs, i + 1); } return t; }",
        (1,),
    ),
    "an update is seen": _one(
        "fn f(xs: Seq<Int>) -> Int requires seq.len(xs) > 1 ensures \\result == seq.at(xs, 1)"
        " { return seq.at(seq.update(xs, 1, 7), 1); }",
        (0, 0),
    ),
    "an update at a place that is equal": _one(
        "fn f(xs: Seq<Int>, i: Int, j: Int) -> Int"
        " requires 0 <= i && i < seq.len(xs) && 0 <= j && j < seq.len(xs)"
        " ensures \\result == seq.at(xs, j) { return seq.at(seq.update(xs, i, 7), j); }",
        (1,),
        0,
        0,
    ),
    "a key that is not there": _one(
        "fn f(m: Map<Int, Int>, k: Int) -> Int { return map.at(m, k); }", MapValue(()), 1
    ),
    "an option that is none": _one(
        "fn f(o: Option<Int>) -> Int { return option.unwrap(o); }", NONE
    ),
}

TERMINATION: Final = {
    "past the end by two": _one(
        "fn f(n: Int) -> Int requires n >= 0"
        " { var i: Int = 0; while i != n { i = i + 2; } return i; }",
        1,
    ),
    "a round that does nothing": _one(
        "fn f(n: Int) -> Int { var i: Int = 0; while i < n"
        " { if i == 3 { continue; } i = i + 1; } return i; }",
        5,
    ),
    "the inner loop turns the outer one back": _one(
        "fn f(n: Int) -> Int { var i: Int = 0; while i < n"
        " { var j: Int = 0; while j < 1 { i = 0; j = j + 1; } i = i + 1; } return i; }",
        3,
    ),
    "a measure without a bound": _one(
        "fn f(n: Int) -> Int { var i: Int = n; while i != 0 { i = i - 1; } return i; }", -1
    ),
    "a measure that is stated and wrong": _one(
        "fn f(n: Int) -> Int { var i: Int = 0; while i < n decreases n - i"
        " { if i > 2 { i = i - 1; } i = i + 1; } return i; }",
        5,
    ),
    "recursion that does not go down": _one(
        "fn f(n: Int) -> Int ensures \\result == 7 { return f(n); }", 1
    ),
    "recursion past its end": _one(
        "fn f(n: Int) -> Int ensures \\result == 7 decreases n"
        " { if n == 0 { return 7; } return f(n - 1); }",
        -1,
    ),
    "recursion by two": _one(
        "fn f(n: Int) -> Int requires n >= 0 decreases n"
        " { if n == 0 { return 7; } return f(if n == 1 then 1 else n - 2); }",
        1,
    ),
    "each of two calls the other": _one(
        "fn g(n: Int) -> Int ensures \\result == 7 decreases n { return f(n); }"
        " fn f(n: Int) -> Int ensures \\result == 7 decreases n { return g(n); }",
        1,
    ),
    "a measure that only the callee has": _one(
        "fn g(n: Int) -> Int ensures \\result == 7 decreases n { return f(n - 1); }"
        " fn f(n: Int) -> Int ensures \\result == 7 { return g(n); }",
        1,
    ),
}

CONTROL: Final = {
    "what an inner loop changes": _one(
        "fn f(n: Int) -> Int ensures \\result == 0 { var x: Int = 0; for i in 0..n"
        " { for j in 0..n { x = 1; } } return x; }",
        1,
    ),
    "a loop that is left early": _one(
        "fn f(n: Int) -> Int requires n >= 0 ensures \\result == n { var r: Int = 0;"
        " for i in 0..n { if i == 5 { break; } r = i + 1; } return r; }",
        6,
    ),
    "a break out of two loops": _one(
        "fn f(n: Int) -> Int ensures \\result <= 0 { var r: Int = 0; outer: for i in 0..n"
        " { for j in 0..n { r = 1; break outer; } } return r; }",
        1,
    ),
    "a continue to the outer loop": _one(
        "fn f(n: Int) -> Int ensures \\result == 0 { var r: Int = 0; outer: for i in 0..n"
        " { for j in 0..n { r = r + 1; continue outer; } r = 0; } return r; }",
        1,
    ),
    "an early return": _one(
        "fn f(xs: Seq<Int>) -> Int ensures \\result == -1 { for x in xs"
        " { if x == 41 { return x; } } return -1; }",
        (41,),
    ),
    "a return that raises should": _one(
        "fn f(n: Int) -> Int raises ValueError when n < 0"
        " { if n < -1 { raise ValueError; } return n; }",
        -1,
    ),
    "another exception comes first": _one(
        "fn f(n: Int) -> Int raises ValueError when n < 0"
        " { if 1 // n < 0 { raise ValueError; } return n; }",
        0,
    ),
    "an assert that fails": _one("fn f(n: Int) -> Int { assert n < 1000; return n; }", 1000),
    "a message that cannot be made": _one(
        "fn f(xs: Seq<Str>) -> Int raises ValueError when seq.len(xs) == 0"
        " { if seq.len(xs) == 0 { raise ValueError(seq.at(xs, 0)); } return 0; }",
        (),
    ),
    "a branch that says nothing": _one(
        "fn f(n: Int) -> Int ensures \\result > 0 { var r: Int = 1;"
        " if n > 3 { r = n; } else { if n < -3 { r = n; } } return r; }",
        -4,
    ),
}

STATE: Final = {
    "the old value is not the new one": _one(
        "fn f(inout xs: Seq<Int>) ensures xs == \\old(xs) { xs = seq.append(xs, 1); }", ()
    ),
    "changed in a round that no test sees": _one(
        "fn f(inout xs: Seq<Int>) ensures xs == \\old(xs)"
        " { for i in 0..seq.len(xs) { if i == 9 { xs = seq.update(xs, i, seq.at(xs, i) + 1); } } }",
        (0,) * 10,
    ),
    "what a callee changes": _one(
        "fn g(inout xs: Seq<Int>) ensures seq.len(xs) == seq.len(\\old(xs)) + 1"
        " { xs = seq.append(xs, 1); }"
        " fn f(inout xs: Seq<Int>) ensures xs == \\old(xs) { call g(xs); }",
        (),
    ),
    "what a callee does not promise": _one(
        "fn g(n: Int) -> Int ensures \\result > n { var m: Int = n + 2; return m; }"
        " fn f(n: Int) -> Int ensures \\result == n + 1 { return g(n); }",
        1,
    ),
    "what a callee demands": _one(
        "fn g(n: Int) -> Int requires n > 0 { return 1 // n; }"
        " fn f(n: Int) -> Int { return g(n); }",
        0,
    ),
    "what a callee raises": _one(
        "fn g(n: Int) -> Int raises KeyError when n == 0"
        " { if n == 0 { raise KeyError; } return n; }"
        " fn f(n: Int) -> Int { return g(n); }",
        0,
    ),
    "a callee whose contract is wrong": _one(
        "fn g(n: Int) -> Int ensures \\result > n"
        " { var m: Int = n; if n != 123456789 { m = n + 1; } return m; }"
        " fn f(n: Int) -> Int ensures \\result > n { return g(n); }",
        123456789,
    ),
    "a contract that speaks of its own function": _one(
        "fn f(n: Int) -> Int ensures f(n) == 1 { return 0; }", 5
    ),
    "a contract that speaks of what never ends": _one(
        "fn g(n: Int) -> Int ensures \\result == g(n) + 1 { return g(n); }"
        " fn f(n: Int) -> Int ensures \\result == 3 { return g(n); }",
        5,
    ),
    "a stated invariant that does not hold": _one(
        "fn f(n: Int) -> Int requires n > 0 ensures \\result == 0 { var i: Int = 0;"
        " while i < n invariant i == 0 decreases n - i { i = i + 1; } return i; }",
        1,
    ),
    "a sum is not the sum of the others": _one(
        "fn f(xs: Seq<Int>) -> Int ensures \\result == seq.sum(xs) { var t: Int = 0;"
        " for i in 0..seq.len(xs) - 1 { t = t + seq.at(xs, i); } return t; }",
        (1,),
    ),
    "equal lengths are not equality": _one(
        "fn f(xs: Seq<Int>, ys: Seq<Int>) -> Bool requires seq.len(xs) == seq.len(ys)"
        " ensures \\result { return xs == ys; }",
        (1,),
        (2,),
    ),
    "the order of keys": _one(
        "fn f(m: Map<Int, Int>, n: Map<Int, Int>) -> Bool requires m == n ensures \\result"
        " { return map.keys(m) == map.keys(n); }",
        MapValue([(1, 0), (2, 0)]),
        MapValue([(2, 0), (1, 0)]),
    ),
    "sorted is not the same": _one(
        "fn f(xs: Seq<Int>) -> Seq<Int> ensures \\result == xs { return seq.sorted(xs); }", (2, 1)
    ),
}

WRONG: Final[dict[str, Wrong]] = {
    **DIVISION,
    **MACHINE_INTEGERS,
    **SHORT_CIRCUITS,
    **EMPTINESS,
    **INDEXES,
    **TERMINATION,
    **CONTROL,
    **STATE,
}
