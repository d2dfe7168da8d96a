"""What is not lifted: the code and the line, and nothing ever raised."""

from __future__ import annotations

import pytest

from tests.frontends.rust.lifting import finding, lifted

REFUSED = [
    ("fn f(x: f32) -> f32 { x }", "unsupported-type", 1),
    ("fn f(x: &dyn Fn(i32) -> i32) -> i32 { 1 }", "unsupported-type", 1),
    ("fn f(g: impl Fn(i32) -> i32) -> i32 { g(1) }", "higher-order-value", 1),
    ("fn f<F: Fn(i32) -> i32>(g: F) -> i32 { g(1) }", "higher-order-value", 1),
    ("fn f(x: *const i32) -> i32 { 1 }", "unsafe-code", 1),
    ("fn f(xs: &[i32]) -> i32 {\n    unsafe { *xs.get_unchecked(0) }\n}", "unsafe-code", 2),
    ("unsafe fn f() {}", "unsafe-code", 1),
    ("async fn f() {}", "async-code", 1),
    ("fn f(x: std::rc::Rc<i32>) -> i32 { *x }", "interior-mutability", 1),
    ("fn f() {\n    println!(\"x\");\n}", "input-output", 2),
    ("fn f(x: i32) -> i32 { double!(x) }", "unsupported-macro", 1),
    ("fn f(s: &str) -> &str { &s[1..] }", "string-bytes", 1),
    ("fn f(s: &str) -> usize { s.char_indices().count() }", "string-bytes", 1),
    ("use std::collections::HashMap;\nfn f(m: &HashMap<i32, i32>) -> Vec<i32> {\n"
     "    m.keys().copied().collect()\n}", "set-order", 3),
    ("use std::collections::HashSet;\nfn f(m: &HashSet<i32>) -> i32 {\n    let mut t = 1;\n"
     "    for x in m { t = t * 2 - x; }\n    t\n}", "set-order", 4),
    ("fn f(xs: &[i32], n: usize) -> Vec<i32> {\n"
     "    xs.iter().map(|x| 10 / x).skip(n).collect()\n}", "evaluation-order", 2),
    ("fn f(xs: &[i32]) -> usize {\n"
     "    xs.iter().skip_while(|x| 10 / *x > 1).count()\n}", "evaluation-order", 2),
    ("fn f(a: &mut i32, b: &mut i32, c: bool) {\n    let r = if c { a } else { b };\n"
     "    *r = 1;\n}", "mutable-borrow", 2),
    ("fn f(xs: &mut Vec<i32>) -> &mut i32 { &mut xs[0] }", "mutable-borrow", 1),
    ("fn f<T: std::ops::Add<Output = T>>(a: T, b: T) -> T { a + b }", "unsupported-operator", 1),
    ("fn f(xs: &mut Vec<f64>) { xs.sort_by(|a, b| a.partial_cmp(b).unwrap()); }",
     "unsupported-method", 1),
    ("fn f() -> i32 { g() }", "unknown-name", 1),
    ("fn f(x: i32) -> String { format!(\"{:?}\", Some(x)) }", "string-format", 1),
    ("static mut N: i32 = 0;\nfn f() -> i32 { N }", "global-state", 2),
    ("trait T {\n    fn f(&self) -> i32 { 1 }\n}", "trait-method", 2),
    ("mod m {\n    fn f() {}\n}", "unsupported-module", 2),
    ("fn f( { }", "syntax-error", 1),
    ("struct S { x: i32 }", "empty-file", 1),
    ("#[requires(x ==> y)]\nfn f(x: bool, y: bool) {}", "contract-syntax", 1),
    ("use std::cmp::Ordering;\n#[derive(PartialEq)]\nenum E { A, B }\n"
     "fn f(a: E, b: E) -> bool { a < b }", "unsupported-operator", 4),
]  # fmt: skip


@pytest.mark.parametrize(("source", "code", "line"), REFUSED)
def test_construct_is_refused_where_it_stands(source: str, code: str, line: int) -> None:
    assert finding(source) == (code, line)


def test_callers_of_refused_functions_are_refused() -> None:
    found = lifted("fn f() -> i32 { g() }\nfn g() -> i32 { println!(); 1 }\nfn h() -> i32 { 2 }")
    assert [function.name for function in found.module.functions] == ["h"]
    assert {name: d[0].code for name, d in found.refused.items()} == {
        "f": "calls-refused-function",
        "g": "input-output",
    }


def test_a_closure_passed_to_a_function_of_the_file_is_refused_by_name() -> None:
    found = lifted("fn g(h: impl Fn(i32) -> i32) -> i32 { h(1) }\nfn f() -> i32 { g(|x| x + 1) }")
    codes = {name: d[0].code for name, d in found.refused.items()}
    assert codes == {"f": "higher-order-value", "g": "higher-order-value"}


@pytest.mark.parametrize(
    ("item", "lifts"),
    [
        ("(*v, *k)", False),
        ("(*k / 2, *v)", False),
        ("(*k, *v / 2)", True),
        ("(*k, *k)", True),
    ],
)
def test_a_map_made_of_a_hash_table_keeps_its_keys(item: str, lifts: bool) -> None:  # noqa: FBT001 - a table
    head = "use std::collections::HashMap;\nfn f(m: &HashMap<u8, u8>) -> HashMap<u8, u8> {"
    made = f"m.iter().map(|(k, v)| {item})"
    for body in (f"{made}.collect()", f"let mut o = HashMap::new(); o.extend({made}); o"):
        codes = [found.code for found in lifted(f"{head} {body} }}").diagnostics]
        assert codes == ([] if lifts else ["set-order"])


def test_select_limits_the_reasons() -> None:
    from autoform.frontends import lift
    from autoform.source import SourceFile

    source = SourceFile("f.rs", "fn f(x: f32) {}\nfn g(x: f32) {}")
    assert lift(source, select=frozenset({"g"})).refused.keys() == {"g"}


DEEP = 5_000


@pytest.mark.parametrize(
    "source",
    [
        "fn f() -> i32 { " + "(" * DEEP + "1" + ")" * DEEP + " }",
        "fn f() -> i32 { " + "{" * DEEP + "1" + "}" * DEEP + " }",
        "fn f() -> i32 { " + "1 + " * DEEP + "1 }",
        "fn f(x: i32) -> i32 { x" + ".abs()" * DEEP + " }",
        "fn f(x: " + "Vec<" * DEEP + "i32" + ">" * DEEP + ") {}",
        "fn f(x: i32) { let " + "(" * DEEP + "a" + ")" * DEEP + " = x; }",
        "fn f() { vec![" + "(" * DEEP + "1" + ")" * DEEP + "]; }",
        "fn f(x: i32) -> i32 { " + "if x == 1 { 1 } else " * DEEP + "{ 2 } }",
    ],
    ids=["parentheses", "blocks", "sum", "methods", "type", "pattern", "macro", "else-if"],
)
def test_deep_nesting_is_refused_not_raised(source: str) -> None:
    assert finding(source) == ("too-deeply-nested", 1)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "\x00 ))) fn ( struct { impl <",
        "use " + "a::{" * DEEP + "b" + "}" * DEEP + "; fn f() {}",
        "#[a(" * DEEP + ")]" * DEEP + " fn f() {}",
        "".join(f"const A{n}: i32 = A{n + 1};" for n in range(200)) + " fn f() -> i32 { A0 }",
        "type A = B; type B = A; fn f(x: A) {}",
        "fn f() { f(f(f( }",
        "impl",
        "fn",
    ],
)
def test_whatever_the_file_holds_something_is_returned(source: str) -> None:
    found = lifted(source)
    assert all(d.code != "internal-error" for d in found.diagnostics)
