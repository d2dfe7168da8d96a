"""Rust originals called with IR values: exact values in and out, panics seen, nothing hangs."""

from collections.abc import Iterator, Mapping
from shutil import which

import pytest

from autoform.crosscheck import Gave, Limits, NoClaim, Observation, Odd, Reason, Threw, agree
from autoform.crosscheck.observation import Input
from autoform.crosscheck.rust.runner import Crate, RustOriginal
from autoform.ir.decls import EnumDecl, Function, Language, Module, Param, RecordDecl, Variant
from autoform.ir.exprs import Binder
from autoform.ir.types import (
    BOOL,
    CHAR,
    FLOAT,
    MACHINE_INTS,
    STR,
    UNIT,
    EnumType,
    MapType,
    OptionType,
    RecordType,
    ResultType,
    SeqType,
    SetType,
    TupleType,
    Type,
    TypeVar,
)
from autoform.semantics.values import (
    NONE,
    Err,
    MapValue,
    Ok,
    RecordValue,
    Some,
    Value,
    VariantValue,
    same,
)
from autoform.source import SourceFile

pytestmark = pytest.mark.skipif(which("rustc") is None, reason="rustc is not installed")

I32, I64, U8, USIZE = (MACHINE_INTS[name] for name in ("i32", "i64", "u8", "usize"))
POINT, SHAPE, PAIR = RecordType("Point"), EnumType("Shape"), RecordType("Pair", (U8,))
ORDERING = EnumType("Ordering")
VIEW, SEEN = RecordType("View"), RecordValue("View", ("abc", 1))
SOURCE = """//! A file with its own `main`, tests, and things that rustc does not know.
#![deny(warnings)]
use no_such_crate::Thing;
use std::collections::{BTreeMap, HashMap, HashSet};

#[derive(Clone)]
struct Point { x: i32, label: String }
struct Pair<T: Copy>(T, T);
enum Shape { Dot, Circle(f64), Box { w: u8, h: u8 } }

#[requires(x < 100)]
#[kani::ensures(|result| *result > x)]
fn next(x: i32) -> i32 { x + 1 }
fn at(xs: &[i32], i: usize) -> i32 { xs[i] }
fn cut_text(text: &str, at: usize) -> String { text[at..].to_string() }
fn halve(x: u8, y: u8) -> u8 { x / y }
fn demand(x: u8) -> u8 { assert!(x > 3); assert_eq!(x % 2, 0, "odd"); x }
fn give_up(x: u8) -> u8 {
    if x == 0 { unreachable!("zero {}", x) } else { Some(x).filter(|x| *x > 9).unwrap() }
}
fn area(shape: &Shape) -> f64 {
    match shape {
        Shape::Dot => 0.0,
        Shape::Circle(r) => r * r,
        Shape::Box { w, h } => (w * h) as f64,
    }
}
fn moved(point: &mut Point, by: i32) -> i32 { point.x += by; point.label.push('!'); point.x }
fn swapped(pair: Pair<u8>) -> Pair<u8> { Pair(pair.1, pair.0) }
fn sort_in_place(xs: &mut [i32], more: &mut Vec<String>) { xs.sort(); more.push(String::new()); }
fn sum_of_three(xs: [i64; 3]) -> i64 { xs.iter().sum() }
fn longest<'a>(a: &'a str, b: &'a str) -> &'a str { if b.len() > a.len() { b } else { a } }
fn words(parts: Vec<&str>) -> String { println!("never an answer"); parts.join(" ") }
fn largest<T: PartialOrd + Copy>(xs: &[T]) -> Option<T> {
    let mut best = *xs.first()?;
    for &x in xs { if x > best { best = x } }
    Some(best)
}
fn spin(x: u8) -> u8 { let mut y = x; while y != 255 { y = (y + 2) % 100 } y }
fn deep(x: i64) -> i64 { if x == 0 { 0 } else { 1 + deep(x - 1) } }
fn hoard(x: usize) -> usize { let v = vec![1u8; x]; v.iter().map(|b| *b as usize).sum() }
fn mistyped(x: i32) -> u8 { x }
fn needs_thing(x: i32) -> i32 { Thing::new(x) }
fn calls_by_crate(x: i32) -> i32 { crate::next(crate::inner::twice(x)) }
mod inner { pub fn twice(x: i32) -> i32 { x * 2 } }
struct View<'a> { text: &'a str, from: usize }
fn viewed(view: View) -> String { view.text[view.from..].to_string() }
fn same_view<'a>(view: &View<'a>) -> View<'a> { View { text: view.text, from: view.from } }
impl<'a> From<&'a str> for Point {
    fn from(text: &'a str) -> Self { Point { x: text.len() as i32, label: text.to_string() } }
}
impl std::ops::Neg for Point {
    type Output = Point;
    fn neg(self) -> Point { Point { x: -self.x, ..self } }
}
impl Point { fn reach(&self, other: &Point) -> i32 { (self.x - other.x).abs() } }
fn main() { panic!("never run") }
#[cfg(test)]
mod tests { use super::*; #[test] fn never() { assert_eq!(next(1), 3) } }
"""
IDENTITIES: Mapping[str, tuple[str, Type, Value]] = {
    **{f"id_{t.name}_low": (t.name, t, t.minimum) for t in MACHINE_INTS.values()},
    **{f"id_{t.name}_high": (t.name, t, t.maximum) for t in MACHINE_INTS.values()},
    "id_bool": ("bool", BOOL, True),
    "id_char": ("char", CHAR, "\U0010ffff"),
    "id_text": ("String", STR, 'é"\\|\n\0\U0001f600'),
    "id_zero": ("f64", FLOAT, -0.0),
    "id_tiny": ("f64", FLOAT, 5e-324),
    "id_nan": ("f64", FLOAT, float("nan")),
    "id_tuple": ("(u8, (char,), ())", TupleType((U8, TupleType((CHAR,)), UNIT)), (7, ("x",), ())),
    "id_nested": ("Vec<Vec<Option<i32>>>", SeqType(SeqType(OptionType(I32))), ((Some(1), NONE),)),
    "id_some_none": ("Option<Option<u8>>", OptionType(OptionType(U8)), Some(NONE)),
    "id_ok": ("Result<u8, String>", ResultType(U8, STR), Ok(3)),
    "id_err": ("Result<u8, String>", ResultType(U8, STR), Err("no")),
    "id_map": ("HashMap<String, u8>", MapType(STR, U8), MapValue({"b": 1, "a": 2})),
    "id_tree": ("BTreeMap<u8, u8>", MapType(U8, U8), MapValue({9: 1, 2: 2})),
    "id_set": ("HashSet<(u8, bool)>", SetType(TupleType((U8, BOOL))), frozenset({(1, True)})),
    **{
        f"id_{name}": ("std::cmp::Ordering", ORDERING, VariantValue("Ordering", name))
        for name in ("Less", "Equal", "Greater")
    },
    "id_boxed": ("Box<[Box<u8>]>", SeqType(U8), (1, 2)),
    "id_point": ("Point", POINT, RecordValue("Point", (-3, "p"))),
    "id_shape": ("Shape", SHAPE, VariantValue("Shape", "Box", (3, 4))),
    "id_dot": ("Shape", SHAPE, VariantValue("Shape", "Dot")),
}


def _function(name: str, result: Type, *params: Param, host_result: str = "") -> Function:
    return Function(name, params, result, (), language=Language.RUST, host_result=host_result)


def _p(type_: Type, host: str, name: str = "a") -> Param:
    return Param(name, type_, inout=host.startswith("&mut"), host=host)


T = TypeVar("T")
FUNCTIONS = (
    _function("next", I32, _p(I32, "i32")),
    _function("at", I32, _p(SeqType(I32), "&[i32]"), _p(USIZE, "usize", "i")),
    _function("cut_text", STR, _p(STR, "&str"), _p(USIZE, "usize", "i")),
    _function("halve", U8, _p(U8, "u8"), _p(U8, "u8", "b")),
    _function("demand", U8, _p(U8, "u8")),
    _function("give_up", U8, _p(U8, "u8")),
    _function("area", FLOAT, _p(SHAPE, "&Shape")),
    _function("moved", I32, _p(POINT, "&mut Point"), _p(I32, "i32", "by")),
    _function("swapped", PAIR, _p(PAIR, "Pair<u8>")),
    _function(
        "sort_in_place",
        UNIT,
        _p(SeqType(I32), "&mut [i32]"),
        _p(SeqType(STR), "&mut Vec<String>", "more"),
    ),
    _function("sum_of_three", I64, _p(SeqType(I64), "[i64; 3]")),
    _function("longest", STR, _p(STR, "&'a str"), _p(STR, "&'a str", "b"), host_result="&'a str"),
    _function("words", STR, _p(SeqType(STR), "Vec<&str>")),
    Function("largest", (_p(SeqType(T), "&[T]"),), OptionType(T), (), type_params=("T",)),
    _function("spin", U8, _p(U8, "u8")),
    _function("deep", I64, _p(I64, "i64")),
    _function("hoard", USIZE, _p(USIZE, "usize")),
    _function("mistyped", U8, _p(I32, "i32")),
    _function("needs_thing", I32, _p(I32, "i32")),
    _function("calls_by_crate", I32, _p(I32, "i32")),
    _function("viewed", STR, _p(VIEW, "View")),
    _function("same_view", VIEW, _p(VIEW, "&View<'a>")),
    _function("Point::from", POINT, _p(STR, "&'a str")),
    _function("Point::neg", POINT, _p(POINT, "Point")),
    _function("Point::reach", I32, _p(POINT, "&self"), _p(POINT, "&Point", "other")),
    *(_function(n, t, _p(t, host), host_result=host) for n, (host, t, _) in IDENTITIES.items()),
)
MODULE = Module(
    FUNCTIONS,
    (
        RecordDecl("Point", (Binder("x", I32), Binder("label", STR))),
        RecordDecl("View", (Binder("text", STR), Binder("from", USIZE))),
        RecordDecl("Pair", (Binder("0", T), Binder("1", T)), ("T",)),
    ),
    (
        EnumDecl("Shape", (Variant("Dot"), Variant("Circle", (FLOAT,)), Variant("Box", (U8, U8)))),
        EnumDecl("Ordering", (Variant("Less"), Variant("Equal"), Variant("Greater"))),
    ),
)
BROKEN = Module((_function("f", I32, _p(I32, "i32")),))


@pytest.fixture(scope="module")
def crate() -> Iterator[Crate]:
    identities = "\n".join(
        f"fn {n}(a: {host}) -> {host} {{ a }}" for n, (host, _, _) in IDENTITIES.items()
    )
    files = [
        (SourceFile("broken.rs", "fn f(x: i32) -> i32 { x + }\n"), BROKEN),
        (SourceFile("a.rs", SOURCE + identities), MODULE),
        (SourceFile("b.rs", "fn f(x: i32) -> i32 { x - 1 }"), BROKEN),
    ]
    with Crate(files, Limits(seconds=0.3)) as made:
        made.load()
        yield made


@pytest.fixture
def original(crate: Crate) -> RustOriginal:
    return crate.originals[1]


def observe(original: RustOriginal, name: str, *given: Input) -> list[Observation]:
    return original.observe(MODULE.function(name), given)


@pytest.mark.parametrize("name", IDENTITIES)
def test_values_come_back_as_they_went(original: RustOriginal, name: str) -> None:
    value = IDENTITIES[name][2]
    (seen,) = observe(original, name, (value,))
    assert isinstance(seen, Gave)
    assert same(seen.value, value)


P = RecordValue("Point", (3, "p"))


@pytest.mark.parametrize(
    ("name", "given", "seen"),
    [
        ("next", (1,), Gave(2)),
        ("next", (2**31 - 1,), Threw("OverflowError", None)),
        ("at", ((5, 6), 1), Gave(6)),
        ("at", ((5, 6), 2), Threw("IndexError", None)),
        ("cut_text", ("aé", 1), Gave("é")),
        ("cut_text", ("aé", 2), Threw("Panic", None)),
        ("cut_text", ("aé", 9), Threw("Panic", None)),
        ("halve", (7, 0), Threw("ZeroDivisionError", None)),
        ("demand", (4,), Gave(4)),
        ("demand", (3,), Threw("Panic", None)),
        ("demand", (5,), Threw("Panic", None)),
        ("give_up", (0,), Threw("Panic", None)),
        ("give_up", (1,), Threw("Panic", None)),
        ("area", (VariantValue("Shape", "Box", (3, 4)),), Gave(12.0)),
        ("area", (VariantValue("Shape", "Box", (30, 40)),), Threw("OverflowError", None)),
        ("moved", (P, 4), Gave(7, (RecordValue("Point", (7, "p!")),))),
        ("swapped", (RecordValue("Pair", (1, 2)),), Gave(RecordValue("Pair", (2, 1)))),
        ("sort_in_place", ((3, 1, 2), ("x",)), Gave((), ((1, 2, 3), ("x", "")))),
        ("sum_of_three", ((1, 2, 3),), Gave(6)),
        ("sum_of_three", ((1, 2),), NoClaim(Reason.NO_COUNTERPART)),
        ("longest", ("ab", "abc"), Gave("abc")),
        ("words", (("a", "b"),), Gave("a b")),
        ("largest", ((1, 3, 2),), Gave(Some(3))),
        ("largest", (("a",),), NoClaim(Reason.NO_COUNTERPART)),
        ("hoard", (2**40,), NoClaim(Reason.MEMORY)),
        ("hoard", (2**63,), NoClaim(Reason.MEMORY)),
        ("calls_by_crate", (4,), Gave(9)),
        ("viewed", (SEEN,), Gave("bc")),
        ("same_view", (SEEN,), Gave(SEEN)),
        ("Point::from", ("ab",), Gave(RecordValue("Point", (2, "ab")))),
        ("Point::neg", (P,), Gave(RecordValue("Point", (-3, "p")))),
        ("Point::reach", (P, RecordValue("Point", (5, ""))), Gave(2)),
    ],
)
def test_what_calls_do(original: RustOriginal, name: str, given: Input, seen: Observation) -> None:
    assert observe(original, name, given) == [seen]


def test_only_the_call_that_hangs_or_dies_is_lost(original: RustOriginal) -> None:
    assert observe(original, "spin", (255,), (0,), (255,)) == [
        Gave(255),
        NoClaim(Reason.TIME),
        Gave(255),
    ]
    assert observe(original, "deep", (5,), (10**8,), (6,)) == [
        Gave(5),
        NoClaim(Reason.RECURSION),
        Gave(6),
    ]


def test_what_rustc_refuses_is_set_aside_with_its_reason(crate: Crate) -> None:
    _, original, other = crate.originals
    assert original.refused is None
    assert original.failed.keys() == {"mistyped", "needs_thing"}
    assert "mismatched types" in original.failed["mistyped"]
    assert original.observe(MODULE.function("mistyped"), [(1,)]) == [NoClaim(Reason.NOT_RUN)]
    assert other.observe(BROKEN.function("f"), [(1,)]) == [Gave(0)]


def test_a_file_that_does_not_parse_does_not_stop_the_others(crate: Crate) -> None:
    broken = crate.originals[0]
    assert broken.refused is not None or "f" in broken.failed
    assert broken.observe(BROKEN.function("f"), [(1,)]) == [NoClaim(Reason.NOT_RUN)]


def test_a_translation_of_other_types_is_seen() -> None:
    module = Module((_function("f", U8, _p(I32, "u8")), _function("g", U8, _p(U8, "u8"))))
    source = SourceFile("a.rs", "fn f(a: u8) -> u8 { a }\nfn g(a: u8) -> u32 { 1000 }")
    with Crate([(source, module)]) as crate:
        (original,) = crate.originals
        for name, given in (("f", 300), ("g", 1)):
            (seen,) = original.observe(module.function(name), [(given,)])
            assert isinstance(seen, Odd)


def test_a_missing_rustc_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with Crate([(SourceFile("b.rs", "fn f(x: i32) -> i32 { x }"), BROKEN)]) as crate:
        (original,) = crate.originals
        original.load()
        assert original.missing == "rustc"
        assert "rustc" in (original.refused or "")
        assert original.observe(BROKEN.function("f"), [(1,)]) == [NoClaim(Reason.NOT_RUN)]


@pytest.mark.parametrize(
    ("name", "same"),
    [("Panic", True), ("AssertionError", True), ("TypeError", True), ("IndexError", False)],
)
def test_a_panic_may_be_any_that_has_no_words_of_its_own(name: str, same: bool) -> None:  # noqa: FBT001 - a table
    assert agree(Threw("Panic", None), Threw(name, ())) is same
