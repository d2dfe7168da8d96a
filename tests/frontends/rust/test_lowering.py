"""The IR of single constructs, as text."""

from __future__ import annotations

import pytest

from autoform.semantics.interpreter import Returned, call
from tests.frontends.rust.lifting import lifted, text


def body(source: str) -> str:
    """The lines of the only function's body."""
    lines = text(source).strip().splitlines()
    start = next(at for at, line in enumerate(lines) if line.endswith("{")) + 1
    return "\n".join(line.removeprefix("    ") for line in lines[start:-1])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("fn f(x: i64) -> u8 { x as u8 }", "return int.wrap(x)::<u8>;"),
        ("fn f(x: u8) -> i64 { x as i64 }", "return int.narrow(x)::<i64>;"),
        ("fn f(x: f64) -> u8 { x as u8 }", "return float.to_machine(x)::<u8>;"),
        ("fn f(c: char) -> u8 { c as u8 }", "return int.wrap(char.code(c))::<u8>;"),
        ("fn f() -> u64 { (1 << 20) as u64 }",
         "return int.wrap(int.machine_shl(1i32, 20))::<u64>;"),
        ("fn f(x: u64) -> u64 { 2 * x }", "return 2u64 * x;"),
        ("fn f(v: &[u8], i: usize) -> u8 { v[i] }", "return seq.at(v, int.widen(i));"),
        ("fn f(v: &mut Vec<u8>) { v.push(1); }", "v = seq.append(v, 1u8);"),
        ("fn f(v: &[i32]) -> bool { v.iter().all(|x| *x > 0) }",
         "return forall item in v: item > 0i32;"),
        ("fn f(v: &[i32]) -> Vec<i32> { v.iter().filter(|x| **x > 0).map(|x| x + 1).collect() }",
         "return [item + 1i32 for item in v if item > 0i32];"),
        ("fn f(p: &mut (i32, u8)) { p.0 += 1; }", "p = (p.0 + 1i32, p.1);"),
        ("fn f(x: Option<i32>) -> Option<i32> { x.map(|y| y + 1) }",
         "return if option.is_some(x) then option.some(option.unwrap(x) + 1i32)"
         " else none::<Option<i32>>;"),
    ],
)  # fmt: skip
def test_expression_becomes(source: str, expected: str) -> None:
    assert body(source) == expected


def test_loops_keep_their_shape() -> None:
    found = body("fn f(n: u32) -> u32 { let mut t = 0; for i in 0..n { t += i; } t }")
    assert found == ("var t: u32 = 0u32;\nfor i in 0u32..n {\n    t = t + i;\n}\nreturn t;")


def test_what_overflows_at_the_end_of_an_inclusive_range_is_counted_unbounded() -> None:
    found = body("fn f(n: u8) -> u32 { let mut t = 0; for i in 0..=n { t += i as u32; } t }")
    assert "in 0..int.widen(n) + 1 {" in found


def test_mutable_references_are_places() -> None:
    found = body("fn f(g: &mut Vec<Vec<i32>>) { let r = &mut g[0]; r.push(1); }")
    assert found == "g = seq.update(g, 0, seq.append(seq.at(g, 0), 1i32));"


def test_inout_arguments_are_written_back() -> None:
    found = text(
        """
        fn f(v: &mut Vec<i32>) { g(&mut v[1..]); }
        fn g(v: &mut [i32]) { v[0] = 1; }
        """
    )
    assert "var part: Seq<i32> = seq.subslice(v, 1, seq.len(v));" in found
    assert "call g(part);" in found
    assert "v = seq.replace_slice(v, 1, seq.len(v), part);" in found


def test_methods_are_named_after_their_type() -> None:
    found = lifted("struct P { x: i32 }\nimpl P { fn get(&self) -> i32 { self.x } }")
    assert [function.name for function in found.module.functions] == ["P.get"]
    (param,) = found.module.functions[0].params
    assert (param.name, param.host) == ("self", "&self")


def test_contracts_of_every_dialect() -> None:
    found = text(
        """
        #[requires(a < 100, "small")]
        #[kani::ensures(|r: &u32| *r == old(a) + 1)]
        #[core::contracts::ensures(result > a)]
        #[prusti_contracts::requires((0..a).all(|i| i < 200))]
        fn f(a: u32) -> u32 { a + 1 }
        """
    )
    assert found.splitlines()[1:5] == [
        "    requires[decorator] a < 100u32",
        "    requires[decorator] forall index in seq.range(0, int.widen(a), 1):"
        " int.narrow(index)::<u32> < 200u32",
        r"    ensures[decorator] \result == \old(a) + 1u32",
        r"    ensures[decorator] \result > a",
    ]


def test_guards_and_leading_asserts_are_contracts() -> None:
    found = text(
        """
        fn f(a: &[i32; 3], n: i32) -> i32 {
            assert!(n > 0);
            if n > 9 { panic!("large"); }
            a[0]
        }
        """
    )
    assert "requires[type] seq.len(a) == 3" in found
    assert "requires[assert] n > 0i32" in found
    assert "raises[guard] Panic when n > 9i32" in found


@pytest.mark.parametrize(
    "body",
    [
        "*xs.first().unwrap()",
        'xs.iter().max().copied().expect("not empty")',
        "n.clamp(xs[0], xs[1])",
        "n.clamp(n, m)",
    ],
)
def test_what_panics_of_itself_is_neither_guard_nor_precondition(body: str) -> None:
    found = text(f"fn f(xs: &[i32], n: i32, m: i32) -> i32 {{ {body} }}")
    assert "raises" not in found
    assert "requires[assert]" not in found


def test_examples_of_tests_and_docs() -> None:
    found = lifted(
        """
        /// Doubles.
        ///
        /// ```
        /// assert_eq!(f(2), 4);
        /// ```
        fn f(x: i64) -> i64 { x * 2 }

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn doubles() {
                let x = -3;
                assert_eq!(f(x), -6);
                assert!(f(0) == 0);
            }
        }
        """
    )
    examples = found.examples["f"]
    assert [(e.kind, e.args, e.expected) for e in examples] == [
        ("test", (-3,), -6),
        ("test", (0,), 0),
        ("doctest", (2,), 4),
    ]


def test_a_bare_name_is_no_method() -> None:
    found = text(
        """
        struct S { x: i32 }
        impl S {
            fn size(&self) -> i32 { size(self.x) }
        }
        fn size(x: i32) -> i32 {
            fn inner(x: i32) -> i32 { other(x) }
            fn other(x: i32) -> i32 { x }
            inner(x)
        }
        """
    )
    assert "return size(self.x);" in found
    assert "return `size.other`(x);" in found


def test_names_that_a_function_uses_and_types_of_an_impl() -> None:
    found = text(
        """
        struct Zero;
        struct P { x: i32 }
        impl TryFrom<i32> for P {
            type Error = String;
            fn try_from(x: i32) -> Result<Self, Self::Error> { Ok(P { x }) }
        }
        fn f(x: f64) -> f64 {
            use std::f64::consts::PI;
            x * PI
        }
        """
    )
    assert "fn `P.try_from`(x: i32) -> Result<P, Str>" in found
    assert "return x * 3.141592653589793;" in found


def test_what_is_given_is_no_longer_than_memory() -> None:
    found = text("struct S { xs: Vec<u8> }\nfn f(a: &[i32], s: &str, t: &S, z: &[()]) {}")
    assert "requires[type] seq.len(a) <= 9223372036854775807" in found
    assert "requires[type] str.utf8_len(s) <= 9223372036854775807" in found
    assert "requires[type] seq.len(t.xs) <= 9223372036854775807" in found
    assert "requires[type] seq.len(z) <= 18446744073709551615" in found


def test_a_range_up_to_a_reference_is_a_range() -> None:
    found = text(
        """
        #[ensures(|n| (0..*n).all(|i| i < *n) && (0..*n + 1).all(|i| i <= *n))]
        fn f(xs: &[u8]) -> usize { xs.len() }
        """
    )
    assert "forall index in seq.range(0, int.widen(\\result), 1)" in found


def test_sums_in_contracts_may_fail_in_any_order() -> None:
    found = text(
        """
        #[requires(a.len() == b.len())]
        #[ensures(|s| *s == (0..a.len()).map(|k| a[k] as i64 * b[k] as i64).sum::<i64>())]
        fn dot(a: &[i16], b: &[i16]) -> i64 { 0 }
        """
    )
    assert "seq.sum([" in found


def test_negation_saturates() -> None:
    found = body("fn f(x: i32) -> i32 { x.saturating_neg() }")
    assert found == "return int.saturating_sub(0i32, x);"


@pytest.mark.parametrize(
    ("bounds", "lawful"),
    [("Ord + Copy", True), ("Copy", True), ("Eq", True), ("PartialOrd", False),
     ("PartialEq + Copy", False), ("Eq + PartialOrd", False), ("Into<i64>", False)],
)  # fmt: skip
def test_only_lawful_type_parameters_are_comparable(bounds: str, lawful: bool) -> None:  # noqa: FBT001 - a parameter of the test
    found = lifted(f"fn f<T: {bounds}>(a: T, b: T) -> T {{ a }}")
    assert found.comparable.get("f", frozenset()) == (frozenset({"T"} if lawful else ()))


@pytest.mark.parametrize(
    ("block", "results"),
    [
        ("if x > 1 { break 'a 5; } x", (0, 5)),
        ("if x > 1 { break 'a 5; } break 'a 6", (6, 5)),
        ("if x > 1 { break 'a 5; } return 9;", (9, 5)),
        ("for i in 0..x { if i == 1 { break 'a 5; } if i > 1 { break; } } 8", (8, 5)),
        ("'b: { if x > 1 { break 'a 5; } if x == 0 { break 'b; } return 7; } 3", (3, 5)),
    ],
)
def test_a_labelled_block_is_left_at_once(block: str, results: tuple[int, int]) -> None:
    found = lifted(f"fn f(x: i32) -> i32 {{ let r = 'a: {{ {block} }}; r }}")
    assert not found.diagnostics
    assert tuple(call(found.module, "f", (x,)) for x in (0, 2)) == tuple(map(Returned, results))
