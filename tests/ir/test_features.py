"""Features name all that a back end may lack."""

from __future__ import annotations

import pytest

from autoform.ir.features import carried_types, features
from autoform.ir.text import parse_module
from autoform.ir.types import INT, STR, MapType, SeqType


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fn f() {}", {"Module", "Function", "Contract", "type:Tuple"}),
        (
            "fn f(x: u8) -> Float { return 1.0; }",
            {"Param", "Return", "FloatLit", "type:u8", "type:Float"},
        ),
        ("fn f(inout x: Int) {}", {"inout", "type:Int"}),
        (
            "fn f<T>(x: Seq<Option<T>>) {}",
            {"type_params", "type:Seq", "type:Option", "type:TypeVar"},
        ),
        ("fn f() { a: while true { break a; } }", {"While", "Break", "label", "BoolLit"}),
        ("fn f(x: Str) -> Int { return str.len(x); }", {"Apply", "op:str.len", "type:Str"}),
        ("fn f() requires true {}", {"Clause"}),
        ("record R { x: Map<Int, Char> }", {"RecordDecl", "Binder", "type:Map", "type:Char"}),
        ("enum E { A(Set<Int>) }", {"EnumDecl", "Variant", "type:Set"}),
        ("const C: Result<Int, Str> = result.ok(1)::<Result<Int, Str>>;", {"type:Result"}),
        ("enum E { A } fn f(e: E) {}", {"type:Enum"}),
        ("record R {} fn f(r: R) {}", {"type:Record"}),
        (
            "fn f(x: Seq<Int>) { x = seq.sort_by(x, |y: Int| y); }",
            {"Lambda", "Binder", "op:seq.sort_by"},
        ),
    ],
)
def test_features(text: str, expected: set[str]) -> None:
    found = features(parse_module(text))
    assert expected <= found


def test_features_are_not_more_than_what_is_used() -> None:
    function = parse_module("fn f(x: Int) -> Int { return x; }").functions[0]
    assert features(function) == {"Function", "Param", "Contract", "Return", "Var", "type:Int"}


def test_features_of_an_expression() -> None:
    (function,) = parse_module("fn f(x: Int) -> Bool { return x + 1 > 2; }").functions
    assert features(*function.body) >= {"Return", "op:gt", "op:add", "IntLit", "type:Bool"}


def test_carried_types_are_found_whatever_the_field_is_called() -> None:
    text = 'fn f() -> Map<Str, Seq<Int>> { return {"a": [1]}; }'
    (function,) = parse_module(text).functions
    assert list(carried_types(function)) == [MapType(STR, SeqType(INT))]
    assert features(function) >= {"type:Map", "type:Str", "type:Seq", "type:Int"}
