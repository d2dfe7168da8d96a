"""Conditions in `Int` said of variables with widths, and functions shown without them."""

from __future__ import annotations

import pytest

from autoform.ir.exprs import Apply, Expr, IntLit, Var
from autoform.ir.ops import apply
from autoform.ir.text import parse_module, print_expr
from autoform.ir.types import BOOL, INT, MachineIntType, OptionType, SeqType, Type
from autoform.prove.restate import Misfit, restated
from autoform.prove.shown import shown

I32 = MachineIntType(32, signed=True)
I64 = MachineIntType(64, signed=True)
XS, PLACE, S = Var("xs", SeqType(INT)), Var("i", INT), Var("s", INT)
MODULE = parse_module("fn f(xs: Seq<i32>, i: i64, s: i64) -> i64 { return s; }")
TYPES: dict[str, Type] = {"xs": SeqType(I32), "i": I64, "s": I64, "found": OptionType(I64)}


def said(condition: Expr) -> str:
    return print_expr(restated(condition, MODULE, TYPES, I64))


def test_integers_that_stand_alone_are_widened() -> None:
    assert said(apply("lt", PLACE, apply("seq.len", XS))) == "int.widen(i) < seq.len(xs)"
    element = apply("seq.at", XS, PLACE)
    assert said(apply("le", element, S)) == ("int.widen(seq.at(xs, int.widen(i))) <= int.widen(s)")


def test_a_sum_of_machine_integers_does_not_overflow() -> None:
    total = apply("seq.sum", apply("seq.slice_to", XS, PLACE))
    assert said(apply("eq", S, total)) == (
        "int.widen(s) == seq.sum([int.widen(each_1) for each_1 in seq.slice_to(xs, int.widen(i))])"
    )


def test_what_stands_in_a_container_keeps_its_type() -> None:
    assert said(apply("seq.contains", XS, S)) == (
        "seq.contains(xs, int.narrow(int.widen(s))::<i32>)"
    )
    assert said(apply("seq.contains", XS, IntLit(3, INT))) == "seq.contains(xs, 3i32)"
    found = Var("found", OptionType(INT))
    assert said(apply("eq", found, apply("option.some", PLACE))) == "found == option.some(i)"


def test_what_has_no_form_is_a_misfit() -> None:
    with pytest.raises(Misfit):
        said(Apply("eq", (Var("nowhere", INT), PLACE), BOOL))


def test_a_function_is_shown_in_int_and_one_without_widths_as_it_is() -> None:
    module = parse_module(
        "fn f(xs: Seq<i32>) -> i64 { var s: i64 = 0i64; var i: i64 = 0i64;"
        " while i < int.narrow(seq.len(xs))::<i64> {"
        " s = s + int.narrow(seq.at(xs, int.widen(i)))::<i64>; i = i + 1i64; } return s; }"
    )
    seen = shown(module, module.function("f"))
    assert seen.sites is not None
    (site,) = seen.sites
    assert print_expr(site.loop.condition) == "i < seq.len(xs)"
    assert {type_ for name, type_ in site.visible.items() if name != "xs"} == {INT}
    plain = parse_module("fn g(n: Int) -> Int { return n; }")
    assert shown(plain, plain.function("g")).sites is None
