"""Contracts of Rust functions: found, proved, written above the `fn`, and proved again."""

from __future__ import annotations

import autoform
from autoform.ir.exprs import ResultValue, Var
from autoform.ir.ops import apply
from autoform.ir.text import print_expr
from autoform.ir.types import INT
from autoform.source import SourceFile
from autoform.specify.demands import demands
from autoform.specify.hosts.edits import with_edits
from autoform.specify.hosts.rust import RustHost
from autoform.specify.results import Specification, Standing

from .drafting import plain

TEXT = """\
//! Samples.

/// The larger one.
#[must_use]
pub fn larger(a: i32, b: i32) -> i32 {
    if a > b { a } else { b }
}

mod inner {}

pub fn first(xs: &[i32]) -> i32 {
    xs[0]
}

fn mid(a: u32, b: u32) -> u32 {
    (a + b) / 2
}

fn push_twice(xs: &mut Vec<u8>, x: u8) {
    xs.push(x);
    xs.push(x);
}
"""


def specified(text: str) -> tuple[autoform.Lifted, dict[str, Specification]]:
    lifted = autoform.lift(SourceFile("sample.rs", text))
    settings = autoform.SpecifySettings(examples=30)
    return lifted, {each.name: each for each in autoform.specify(lifted, settings=settings)}


def test_contracts_are_found_proved_written_and_proved_again() -> None:
    lifted, found = specified(TEXT)
    assert {each.standing for each in found.values()} == {Standing.SPECIFIED}
    assert found["larger"].lines == ("#[ensures(|result| *result == a.max(b))]",)
    assert found["first"].lines == (
        "#[requires(!xs.is_empty())]",
        "#[ensures(|result| *result == xs[0])]",
    )
    assert found["mid"].lines == (
        "#[requires(a as i64 + b as i64 <= 4294967295)]",
        "#[ensures(|result| *result as i64 == (a as i64 + b as i64) / 2)]",
    )
    assert "#[ensures(|_| xs.len() == old(xs.clone()).len() + 2)]" in found["push_twice"].lines
    edits = {edit for each in found.values() for edit in (*each.edits, *each.imports)}
    text = with_edits(lifted.source.text, edits)
    assert (
        "/// The larger one.\n#[must_use]\n#[ensures(|result| *result == a.max(b))]\npub fn larger("
    ) in text
    again = autoform.lift(SourceFile("sample.rs", text))
    assert not again.refused
    verdicts = [result.verdict for result in autoform.prove(again)]
    assert all(isinstance(verdict, autoform.Proved) for verdict in verdicts)
    for name, each in found.items():
        contract = again.module.function(name).contract
        told = [plain(clause.condition) for clause in (*each.requires, *each.ensures)]
        read = [plain(clause.condition) for clause in (*contract.requires, *contract.ensures)]
        for condition in told:
            assert condition in read, (name, print_expr(condition))


def test_what_has_no_form_in_rust_is_left_out_and_said_so() -> None:
    _, found = specified(
        "fn f(xs: &[i32]) -> Vec<i32> {\n    let mut ys = xs.to_vec();\n    ys.sort();\n    ys\n}\n"
    )
    assert "seq.sorted" in found["f"].unsaid
    assert found["f"].standing is Standing.SPECIFIED


def written(text: str) -> str:
    source = SourceFile("sample.rs", text)
    (function,) = autoform.lift(source).module.functions
    host = RustHost(source)
    clause = host.ensure(function, apply("ge", ResultValue(INT), Var("a", INT)))
    return with_edits(text, [*host.edits(function, [clause]), *host.imports([clause])])


CLAUSE = "#[ensures(|result| *result >= a)]\n"


def test_attributes_and_comments_above_the_function_stay_above() -> None:
    head = "/// Doc.\n#[inline]\n// why\n"
    fn = "pub(crate) const fn f(a: u8) -> u8 {\n    a\n}\n"
    assert written(head + fn) == head + CLAUSE + fn


def test_an_attribute_on_the_line_of_the_function_stays_there() -> None:
    fn = "#[inline] fn f(a: u8) -> u8 { a }\n"
    assert written(fn) == CLAUSE + fn


def test_a_parameter_named_result_gives_way_to_another_name_for_the_result() -> None:
    source = SourceFile("sample.rs", "fn f(result: u8) -> u8 {\n    result\n}\n")
    (function,) = autoform.lift(source).module.functions
    condition = apply("eq", ResultValue(INT), Var("result", INT))
    line = RustHost(source).ensure(function, condition).lines
    assert line == ("#[ensures(|returned| *returned == result)]",)


def test_operations_ask_for_what_keeps_them_from_raising() -> None:
    source = SourceFile(
        "sample.py",
        "def f(xs: list[int], n: int) -> list[int]:\n    return [n // x for x in xs]\n",
    )
    (function,) = autoform.lift(source).module.functions
    (asked,) = demands(function)
    assert str(asked.kind) == "forall"  # type: ignore[union-attr] # a quantifier
