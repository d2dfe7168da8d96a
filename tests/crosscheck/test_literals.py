"""A value written as an expression evaluates to itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoform.crosscheck.inputs import LADDER, values
from autoform.crosscheck.literals import literal
from autoform.ir.decls import EnumDecl, Module, RecordDecl, Variant
from autoform.ir.exprs import Binder, type_of
from autoform.ir.types import (
    BOOL,
    CHAR,
    FLOAT,
    INT,
    MACHINE_INTS,
    STR,
    EnumType,
    MapType,
    OptionType,
    RecordType,
    ResultType,
    SeqType,
    SetType,
    TupleType,
    Type,
)
from autoform.semantics.interpreter import evaluate
from autoform.semantics.values import same

MODULE = Module(
    records=(RecordDecl("Point", (Binder("x", INT), Binder("label", STR))),),
    enums=(EnumDecl("Shape", (Variant("Dot"), Variant("Box", (INT, FLOAT)))),),
)
TYPES: list[Type] = [
    INT,
    MACHINE_INTS["i8"],
    BOOL,
    FLOAT,
    CHAR,
    STR,
    SeqType(OptionType(INT)),
    TupleType(()),
    TupleType((INT, SeqType(STR))),
    SetType(STR),
    MapType(STR, SeqType(BOOL)),
    ResultType(INT, STR),
    RecordType("Point"),
    EnumType("Shape"),
]


@given(st.data(), st.sampled_from(TYPES))
def test_literals_evaluate_to_the_value(data: st.DataObject, type_: Type) -> None:
    value = data.draw(values(type_, MODULE, LADDER[0]))
    written = literal(value, type_, MODULE)
    assert type_of(written) == type_
    assert same(evaluate(MODULE, written, {}), value)


def test_a_value_of_another_type_has_no_literal() -> None:
    with pytest.raises(ValueError, match="no value of type `Int`"):
        literal("a", INT, MODULE)
    with pytest.raises(ValueError, match="no value of type `Int`"):
        literal(value=True, type_=INT, module=MODULE)
