"""Values: sameness, types, immutability, JSON."""

from __future__ import annotations

import copy
import json
import pickle
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoform.ir.decls import EnumDecl, Module, RecordDecl, Variant
from autoform.ir.exprs import Binder
from autoform.ir.types import (
    BOOL,
    CHAR,
    FLOAT,
    INT,
    MACHINE_INTS,
    STR,
    UNIT,
    EnumType,
    FnType,
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
from autoform.semantics.json_values import from_json, to_json
from autoform.semantics.values import (
    NONE,
    Err,
    MapValue,
    NoneValue,
    Ok,
    RecordValue,
    Some,
    Value,
    VariantValue,
    has_type,
    same,
)
from tests.semantics.strategies import values_of

NAN = float("nan")
OTHER_NAN = struct.unpack("<d", struct.pack("<Q", 0x7FF8000000000001))[0]
T = TypeVar("T")
MODULE = Module(
    records=(RecordDecl("Pair", (Binder("first", T), Binder("second", INT)), ("T",)),),
    enums=(
        EnumDecl("List", (Variant("Nil"), Variant("Cons", (T, EnumType("List", (T,))))), ("T",)),
    ),
)
PAIR, LIST = RecordType("Pair", (STR,)), EnumType("List", (INT,))
TYPES: st.SearchStrategy[Type] = st.recursive(
    st.sampled_from([INT, BOOL, FLOAT, CHAR, STR, UNIT, MACHINE_INTS["u8"], MACHINE_INTS["i128"]]),
    lambda inner: st.one_of(
        *(st.builds(kind, inner) for kind in (SeqType, SetType, OptionType)),
        st.builds(MapType, inner, inner),
        st.builds(ResultType, inner, inner),
        st.lists(inner, max_size=3).map(lambda items: TupleType(tuple(items))),
    ),
    max_leaves=4,
)
DIFFERENT: list[tuple[Value, Value]] = [
    (1, True),
    (0, 0.0),
    (0.0, -0.0),
    ("1", 1),
    ((), ""),
    ((1,), (1, 1)),
    (frozenset({0.0}), frozenset({-0.0})),
    (frozenset({1}), frozenset({True})),
    (MapValue({1: 0.0}), MapValue({1: -0.0})),
    (MapValue({1: 2}), MapValue({1: 3})),
    (NONE, ()),
    (Some(1), 1),
    (Some(1), Ok(1)),
    (Ok(1), Err(1)),
    (RecordValue("A", (1,)), RecordValue("B", (1,))),
    (VariantValue("E", "A"), VariantValue("E", "B")),
    (VariantValue("E", "A", (0.0,)), VariantValue("E", "A", (-0.0,))),
]


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_values_that_a_program_could_tell_apart_are_not_the_same(
    first: Value, second: Value
) -> None:
    assert not same(first, second)
    assert not same((Some(first),), (Some(second),))


def test_every_nan_is_the_same() -> None:
    assert same(NAN, OTHER_NAN)
    assert same((Some(NAN),), (Some(OTHER_NAN),))
    assert same(frozenset({NAN}), frozenset({OTHER_NAN}))


@given(st.data())
def test_a_copy_is_the_same_and_of_the_same_type(data: st.DataObject) -> None:
    type_ = data.draw(TYPES)
    value = data.draw(values_of(type_))
    assert has_type(value, type_, Module())
    assert same(value, copy.deepcopy(value))
    assert same(value, pickle.loads(pickle.dumps(value)))  # noqa: S301 - its own


def test_rows_that_are_one_object_are_compared_once() -> None:
    first: Value = 0
    second: Value = 0
    for _ in range(60):
        first, second = (first, first), (second, second)
    assert same(first, second)
    assert not same((first, 1), (second, 2))


def test_maps_in_another_order_are_the_same() -> None:
    assert same(MapValue({1: 2, 3: 4}), MapValue({3: 4, 1: 2}))
    assert hash(MapValue({1: 2, 3: 4})) == hash(MapValue({3: 4, 1: 2}))


def test_long_lists_of_variants_are_compared_without_recursion() -> None:
    def chain(length: int) -> Value:
        value: Value = VariantValue("List", "Nil")
        for n in range(length):
            value = VariantValue("List", "Cons", (n, value))
        return value

    assert same(chain(50_000), chain(50_000))
    assert has_type(chain(50_000), LIST, MODULE)


@pytest.mark.parametrize(
    ("value", "type_", "expected"),
    [
        (True, INT, False),
        (1, BOOL, False),
        (1, FLOAT, False),
        (255, MACHINE_INTS["u8"], True),
        (256, MACHINE_INTS["u8"], False),
        (True, MACHINE_INTS["u8"], False),
        ("\ud800", STR, False),
        ("\ud800", CHAR, False),
        ("é", CHAR, True),
        ("ab", CHAR, False),
        ((1, "a"), SeqType(INT), False),
        ((1, "a"), TupleType((INT, STR)), True),
        ((1,), TupleType((INT, STR)), False),
        (frozenset({"a"}), SetType(INT), False),
        (MapValue({1: "a"}), MapType(INT, STR), True),
        (MapValue({1: "a"}), MapType(INT, INT), False),
        (Some("a"), OptionType(INT), False),
        (NoneValue(), OptionType(INT), True),
        (Err(1), ResultType(STR, INT), True),
        (Ok(1), ResultType(STR, INT), False),
        (RecordValue("Pair", ("a", 1)), PAIR, True),
        (RecordValue("Pair", (1, 1)), PAIR, False),
        (RecordValue("Pair", ("a",)), PAIR, False),
        (VariantValue("List", "Cons", (1, VariantValue("List", "Nil"))), LIST, True),
        (VariantValue("List", "Cons", ("a", VariantValue("List", "Nil"))), LIST, False),
        (VariantValue("List", "Other"), LIST, False),
        (1, FnType((), INT), False),
        ("anything", T, True),
    ],
)
def test_has_type_is_exact(value: Value, type_: Type, *, expected: bool) -> None:
    assert has_type(value, type_, MODULE) is expected


def test_maps_cannot_be_changed() -> None:
    value = MapValue({1: 2})
    for change in (
        lambda: value.update({3: 4}),
        lambda: value.pop(1),
        value.clear,
        lambda: value.setdefault(5, 6),
        lambda: value.__setitem__(1, 3),
        lambda: value.__delitem__(1),
        lambda: value.__ior__({1: 3}),
    ):
        with pytest.raises(TypeError, match="cannot be changed"):
            change()  # type: ignore[no-untyped-call] # a lambda
    assert value == {1: 2}


@given(st.data())
def test_json_round_trip(data: st.DataObject) -> None:
    type_ = data.draw(TYPES)
    value = data.draw(values_of(type_))
    written = json.loads(json.dumps(to_json(value, type_), allow_nan=False))
    assert same(from_json(written, type_), value)


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        (RecordValue("Pair", ("a", 2**100)), PAIR),
        (VariantValue("List", "Cons", (1, VariantValue("List", "Nil"))), LIST),
    ],
)
def test_json_of_declared_types(value: Value, type_: Type) -> None:
    written = json.loads(json.dumps(to_json(value, type_, MODULE)))
    assert same(from_json(written, type_, MODULE), value)


def test_json_of_integers_that_python_does_not_print() -> None:
    written = json.loads(json.dumps(to_json(-(10**5000), INT)))
    assert from_json(written, INT) == -(10**5000)


@pytest.mark.parametrize(
    ("data", "type_"),
    [
        ("1.0", INT),
        (1.5, INT),
        (True, INT),
        (True, FLOAT),
        ("x", FLOAT),
        (None, INT),
        ([1], OptionType(INT)),
        ({"a": 1}, MapType(STR, INT)),
        ([1, 2], TupleType((INT,))),
        ({"first": "a"}, PAIR),
        ({"variant": "Cons", "items": []}, LIST),
        (300, MACHINE_INTS["u8"]),
        (1, T),
    ],
)
def test_what_is_not_json_of_the_type_is_refused(data: object, type_: Type) -> None:
    with pytest.raises(ValueError, match="not JSON of type"):
        from_json(data, type_, MODULE)
