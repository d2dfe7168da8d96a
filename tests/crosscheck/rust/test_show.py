"""Values as Rust source to paste."""

import pytest

from autoform.crosscheck.rust.hosts import Host, host_of, parse_host, without_lifetimes
from autoform.crosscheck.rust.panics import exception_of
from autoform.crosscheck.rust.regions import Declared, read_text
from autoform.crosscheck.rust.runner import Crate
from autoform.ir.decls import Function, Module, Param
from autoform.ir.types import (
    CHAR,
    FLOAT,
    MACHINE_INTS,
    STR,
    MapType,
    OptionType,
    RecordType,
    SeqType,
    TupleType,
    Type,
)
from autoform.semantics.values import NONE, MapValue, RecordValue, Some, Value
from autoform.source import SourceFile

I64 = MACHINE_INTS["i64"]
SOURCE = SourceFile("a.rs", "struct P { x: i32, tag: &'static str }\nstruct W(char);\nfn f() {}\n")


@pytest.mark.parametrize(
    ("host", "type_", "value", "text"),
    [
        ("i64", I64, 3, "3_i64"),
        ("i64", I64, I64.minimum, "i64::MIN"),
        ("&i64", I64, -3, "&-3_i64"),
        ("&[i64]", SeqType(I64), (1, -2), "&[1, -2]"),
        ("&mut Vec<i64>", SeqType(I64), (1,), "&mut vec![1]"),
        ("[i64; 2]", SeqType(I64), (1, 2), "[1, 2]"),
        ("&[(i64, char)]", SeqType(TupleType((I64, CHAR))), ((1, "'"),), "&[(1, '\\'')]"),
        ("(i64,)", TupleType((I64,)), (1,), "(1,)"),
        ("&'a str", STR, 'a"\n\u200b', '"a\\"\\n\\u{200b}"'),
        ("String", STR, "é", '"é".to_string()'),
        ("Vec<&str>", SeqType(STR), ("a",), 'vec!["a"]'),
        ("Grid", SeqType(SeqType(CHAR)), (("a",),), "vec![vec!['a']]"),
        ("f64", FLOAT, float("-inf"), "f64::NEG_INFINITY"),
        ("f64", FLOAT, -0.0, "-0.0"),
        ("Option<i64>", OptionType(I64), NONE, "None"),
        ("Option<Box<i64>>", OptionType(I64), Some(2), "Some(Box::new(2))"),
        (
            "HashMap<i64, String>",
            MapType(I64, STR),
            MapValue({1: "a"}),
            'std::collections::HashMap::from([(1, "a".to_string())])',
        ),
        ("&P", RecordType("P"), RecordValue("P", (1, "t")), '&P { x: 1, tag: "t" }'),
        ("W", RecordType("W"), RecordValue("W", ("a",)), "W('a')"),
    ],
)
def test_show_call(host: str, type_: Type, value: Value, text: str) -> None:
    function = Function("f", (Param("a", type_, host=host),), I64, ())
    with Crate([(SOURCE, Module((function,)))]) as crate:
        assert crate.originals[0].show_call(function, (value,)) == f"f({text})"


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("&'a mut [u8]", Host("&mut", (Host("[]", (Host("u8"),)),))),
        (
            "std::collections::HashMap<K, Vec<V>>",
            Host("HashMap", (Host("K"), Host("Vec", (Host("V"),)))),
        ),
        ("impl Iterator<Item = u8>", Host("Iterator", (Host("u8"),))),
        ("[[u8; 2]; N]", Host("array", (Host("array", (Host("u8"),)),))),
        ("()", Host("()")),
        ("<", Host("")),
    ],
)
def test_host_types(text: str, host: Host) -> None:
    assert parse_host(text) == host


def test_gaps_in_host_types_are_filled() -> None:
    assert host_of("", SeqType(CHAR)) == Host("Vec", (Host("char"),))


def test_lifetimes_lose_their_names() -> None:
    assert without_lifetimes("&'a Foo<'b, &'static str>") == "&'_ Foo<'_, &'static str>"


def test_declarations_are_read() -> None:
    shapes = read_text(SOURCE).shapes
    assert shapes["P"] == Declared(("x", "tag"), ("i32", "&'static str"))
    assert shapes["W"] == Declared((), ("char",))


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("attempt to subtract with overflow", "OverflowError"),
        ("attempt to calculate the remainder with a divisor of zero", "ZeroDivisionError"),
        ("index out of bounds: the len is 0 but the index is 0", "IndexError"),
        ("range end index 3 out of range for slice of length 2", "IndexError"),
        ("assertion `left == right` failed\n  left: 1\n right: 2", "Panic"),
        ("called `Option::unwrap()` on a `None` value", "Panic"),
        ("anything else", "Panic"),
    ],
)
def test_panics_have_classes(message: str, name: str) -> None:
    assert exception_of(message) == name
