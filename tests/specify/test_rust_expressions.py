"""What is printed as Rust is read back as what it was."""

from __future__ import annotations

import pytest

from autoform.frontends import lift
from autoform.ir.decls import Function
from autoform.ir.exprs import Expr, ResultValue, Var
from autoform.ir.ops import apply
from autoform.ir.types import INT, STR, SeqType
from autoform.source import SourceFile
from autoform.specify.expressions import ONE, ZERO, every, item, length, span
from autoform.specify.hosts.rust import RustHost
from autoform.specify.hosts.unprintable import Unprintable

from .drafting import plain

SIGNATURES = {
    "ints": "(a: i32, b: i32, n: usize, k: u8, c: bool) -> i32 { a }",
    "lists": "(xs: &[i32], ys: &Vec<i32>, n: usize, x: i32) -> Vec<i32> { xs.to_vec() }",
    "texts": "(s: &str, t: String, words: &[String]) -> String { s.to_string() }",
    "options": "(xs: &[i32], a: Option<u64>) -> Option<i32> { xs.first().copied() }",
    "changes": "(xs: &mut Vec<i32>, n: &mut u64) -> usize { xs.len() }",
    "slices": "(xs: &mut [u8]) { xs[0] = 0; }",
    "pairs": "(m: &[Vec<u8>], a: u8) -> (u8, u8) { (a, a) }",
}
CLAUSES = [
    ("ints", "*result == a + b"),
    ("ints", "*result as i64 <= a as i64 + b as i64"),
    ("ints", "(*result as i64) < a as i64 * 2"),
    ("ints", "*result >= 0 && (c || a < b)"),
    ("ints", "c == (a == b)"),
    ("ints", "*result == a.min(b)"),
    ("ints", "*result == if a < b { a } else { -b }"),
    ("ints", "*result as i64 == (a as i64 - b as i64).abs()"),
    ("ints", "n as i128 - 1 <= *result as i128"),
    ("ints", "*result as i64 == a as i64 / b as i64 + a as i64 % b as i64"),
    ("ints", "*result == a.rem_euclid(10)"),
    ("ints", "(2..n).all(|index| n % index != 0)"),
    ("ints", "*result == k as i32 * 2 - 1"),
    ("ints", "[1, 2, 3].contains(result)"),
    ("ints", "!(0..a).any(|index| index * index == a)"),
    ("lists", "result.len() == xs.len()"),
    ("lists", "(0..xs.len()).all(|index| result[index] == xs[index] * 2)"),
    ("lists", "(1..xs.len()).all(|index| xs[index - 1] <= xs[index])"),
    ("lists", "xs.iter().all(|&item| result.contains(&item))"),
    ("lists", "*result == xs.iter().map(|&item| item * item).collect::<Vec<i32>>()"),
    (
        "lists",
        "*result == xs.iter().filter(|&&item| item > x).copied().collect::<Vec<i32>>()",
    ),
    ("lists", "*result == xs.iter().rev().copied().collect::<Vec<i32>>()"),
    ("lists", "xs.iter().map(|&x| x as i128).sum::<i128>() == 0"),
    ("lists", "n == xs.iter().filter(|&&item| item == x).count()"),
    ("lists", "*result == xs[..n] || *result == xs[n..] || *result == xs[1..n]"),
    ("lists", "xs.is_empty() || xs[xs.len() - 1] == x"),
    ("lists", "*result == *ys && !ys.contains(&x)"),
    ("lists", "x == *xs.iter().max().unwrap()"),
    ("texts", "result.chars().count() == s.chars().count()"),
    ("texts", "s.chars().all(|item| result.contains(item))"),
    ("texts", "*result == s.chars().rev().collect::<String>()"),
    ("texts", 's.starts_with("a\\"b") && t.contains(s) && words.contains(&t)'),
    ("texts", "words.iter().all(|item| item.contains('a'))"),
    ("options", "result.is_none() == xs.is_empty()"),
    ("options", "result.is_none() || result.unwrap() == xs[0]"),
    ("options", "*result == Some(xs[0]) && *result != None"),
    ("changes", "xs.len() == old(xs.clone()).len() + 1 && *n > old(*n)"),
    ("changes", "*xs == old(xs.clone())"),
    ("slices", "*xs == old(xs.to_vec())"),
    ("pairs", "result.0 <= result.1 && *result == (a, 1)"),
    ("pairs", "m.iter().all(|item| item.len() == m[0].len())"),
]


def read(name: str, text: str) -> tuple[RustHost, Function, Expr]:
    """The host, the function and the clause of a file with the clause in it."""
    source = SourceFile("sample.rs", f"#[ensures(|result| {text})]\nfn f{SIGNATURES[name]}\n")
    lifted = lift(source)
    assert not lifted.refused, lifted.diagnostics
    (function,) = lifted.module.functions
    (clause,) = function.contract.ensures
    return RustHost(source), function, clause.condition


@pytest.mark.parametrize(("name", "text"), CLAUSES, ids=[text for _, text in CLAUSES])
def test_round_trip(name: str, text: str) -> None:
    host, function, condition = read(name, text)
    printed = host.ensure(function, condition).expression
    assert printed == text
    assert plain(read(name, printed)[2]) == plain(condition)


def printed(name: str, condition: Expr) -> str:
    host, function, _ = read(name, "true")
    return host.ensure(function, condition).expression


def test_what_may_overflow_is_computed_in_a_wider_type() -> None:
    result, a, b = ResultValue(INT), Var("a", INT), Var("b", INT)
    total = apply("add", a, b)
    assert printed("ints", apply("eq", result, total)) == "*result == a + b"
    assert printed("ints", apply("le", result, total)) == "*result as i64 <= a as i64 + b as i64"
    halved = apply("eq", result, apply("floor_div", total, apply("add", ONE, ONE)))
    assert "as i64" in printed("ints", halved)


def test_a_length_less_one_is_not_computed() -> None:
    xs = Var("xs", SeqType(INT))
    i = Var("i", INT)
    before_last = span(ZERO, apply("sub", length(xs), ONE))
    rises = apply("le", item(xs, i), item(xs, apply("add", i, ONE)))
    assert printed("lists", every("i", before_last, rises)) == (
        "(1..xs.len()).all(|i| xs[i - 1] <= xs[i])"
    )


def test_no_two_places_hold_the_same_is_said_without_sets() -> None:
    xs = Var("xs", SeqType(INT))
    distinct = apply("eq", length(apply("seq.to_set", xs)), length(xs))
    assert printed("lists", distinct) == ("(0..xs.len()).all(|i| (0..i).all(|j| xs[j] != xs[i]))")


def test_what_rust_has_no_expression_for_is_not_printed() -> None:
    xs = Var("xs", SeqType(INT))
    with pytest.raises(Unprintable, match=r"seq\.sorted"):
        printed("lists", apply("eq", ResultValue(SeqType(INT)), apply("seq.sorted", xs)))
    with pytest.raises(Unprintable, match=r"py\.upper"):
        printed("texts", apply("eq", ResultValue(STR), apply("py.upper", Var("s", STR))))
