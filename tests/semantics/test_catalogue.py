"""The tables of operators: complete, and what rows, conditions and inlined texts say they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autoform.ir.decls import Module
from autoform.ir.definedness import APPROXIMATE, conditions
from autoform.ir.exprs import Apply, Expr, StrLit, Var
from autoform.ir.ops import OPS, OUTSIDE, Op, SignatureError, check_application
from autoform.ir.types import (
    BOOL,
    CHAR,
    FLOAT,
    INT,
    MACHINE_INTS,
    STR,
    FnType,
    MachineIntType,
    OptionType,
    SeqType,
    TupleType,
    Type,
    substitute_type,
    walk_type,
)
from autoform.semantics.compiler.templates import template, text_comparison
from autoform.semantics.failure import EvaluationFailed, FuelExhausted, Tank
from autoform.semantics.interpreter import evaluate
from autoform.semantics.meaning import Signature
from autoform.semantics.ops import MEANINGS
from autoform.semantics.values import Value, has_type, same
from tests.semantics.strategies import values_of

MACHINE = [MACHINE_INTS[name] for name in ("i8", "u8", "i64", "u128")]
STANDS_FOR: dict[str, list[Type]] = {
    "Number": [INT, FLOAT, *MACHINE],
    "Integer": [INT, *MACHINE],
    "Machine": [*MACHINE],
    "Target": [INT, *MACHINE],
    "Ordered": [
        INT,
        FLOAT,
        STR,
        BOOL,
        CHAR,
        SeqType(INT),
        OptionType(INT),
        TupleType((STR, FLOAT)),
    ],
    "T": [INT, STR, FLOAT, SeqType(STR), TupleType((INT, FLOAT)), OptionType(STR)],
    "U": [STR],
    "V": [BOOL],
    "K": [STR, FLOAT],
}
"""The types that the variables of schemes are tried at."""


def signatures(op: Op) -> Iterator[Signature]:
    """The operator's scheme, each variable at each of its types, the others at their first."""
    types = (*op.params, op.result)
    names = {part.name for type_ in types for part in walk_type(type_) if hasattr(part, "name")}
    names &= STANDS_FOR.keys() | {"Unsigned"}
    first = {name: STANDS_FOR[name][0] for name in names - {"Unsigned"}}
    seen = set()
    for name in sorted(first) or [""]:
        for type_ in STANDS_FOR.get(name, [INT]):
            bindings = first | {name: type_}
            machine = bindings.get("Machine")
            if isinstance(machine, MachineIntType):
                bindings["Unsigned"] = MACHINE_INTS[f"u{machine.bits}"]
                if op.name in {"int.abs_diff", "int.unsigned_abs"}:
                    bindings["Target"] = bindings["Unsigned"]
            found = Signature(
                tuple(substitute_type(param, bindings) for param in op.params),
                substitute_type(op.result, bindings),
            )
            if found not in seen and fits(op, found):
                seen.add(found)
                yield found


def fits(op: Op, signature: Signature) -> bool:
    try:
        check_application(op, signature.args, signature.result)
    except SignatureError:
        return False
    return True


FIRST_ORDER = {
    op: list(signatures(op))
    for op in OPS.values()
    if not any(isinstance(param, FnType) for param in op.params)
}
SIZES = {"int.factorial", "int.comb", "int.perm", "seq.range"}
"""Operators whose every argument says how large the result is."""
SMALL = st.integers(-6, 6)


def arguments(op: Op, signature: Signature) -> st.SearchStrategy[tuple[Value, ...]]:
    """Arguments of the types; counts and exponents stay small."""
    first = 0 if op.name in SIZES else 1
    return st.tuples(
        *(
            SMALL if param == INT and place >= first else values_of(type_)
            for place, (type_, param) in enumerate(zip(signature.args, op.params, strict=True))
        )
    )


def application(op: Op, signature: Signature) -> Apply:
    args = tuple(Var(f"a{n}", type_) for n, type_ in enumerate(signature.args))
    return Apply(op.name, args, signature.result)


@dataclass(frozen=True)
class Raises:
    """What an operator raises."""

    exception: str


def answer(op: Op, signature: Signature, args: tuple[Value, ...]) -> Value | Raises:
    """The value or the exception."""
    try:
        return MEANINGS[op.name].run(signature, Tank(10**6), *args)
    except EvaluationFailed as failure:
        return Raises(failure.exception)


def compiled_answer(expr: Expr, args: tuple[Value, ...]) -> Value | Raises:
    try:
        return evaluate(Module(), expr, {f"a{n}": arg for n, arg in enumerate(args)}, fuel=10**6)
    except EvaluationFailed as failure:
        return Raises(failure.exception)


def test_tables_have_exactly_the_operators_of_the_catalogue() -> None:
    assert MEANINGS.keys() == OPS.keys()


def test_every_operator_is_tried_at_some_types() -> None:
    assert [op.name for op, tried in FIRST_ORDER.items() if not tried] == []


@pytest.mark.parametrize("op", FIRST_ORDER, ids=lambda op: op.name)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_operator_is_what_its_row_and_its_conditions_say(op: Op, data: st.DataObject) -> None:
    signature = data.draw(st.sampled_from(FIRST_ORDER[op]))
    args = data.draw(arguments(op, signature))
    found = answer(op, signature, args)
    raised = found.exception if isinstance(found, Raises) else None
    applied = application(op, signature)
    assert raised in {None, OUTSIDE, *op.raises}
    again = compiled_answer(applied, args)
    if isinstance(found, Raises) or isinstance(again, Raises):
        assert again == found, args
    else:
        assert has_type(found, signature.result, Module()), (args, found)
        assert same(again, found), (args, found, again)
    if raised == OUTSIDE and OUTSIDE not in op.raises:
        return
    first_false = next(
        (
            exception
            for exception, holds in conditions(applied)
            if compiled_answer(holds, args) is not True
        ),
        None,
    )
    if op.name in APPROXIMATE:
        assert raised is None or first_false is not None, args
    else:
        assert raised == first_false, args


@pytest.mark.parametrize("op", ["eq", "ne", "lt", "le", "gt", "ge"])
@settings(max_examples=30, deadline=None)
@given(text=values_of(STR))
def test_comparison_with_literal_text_is_the_operator(op: str, text: str) -> None:
    signature = Signature((STR, STR), BOOL)
    assert text_comparison(op, signature) is not None
    applied = Apply(op, (Var("a0", STR), StrLit("a")), BOOL)
    assert compiled_answer(applied, (text,)) == answer(OPS[op], signature, (text, "a"))


def test_texts_stand_in_for_the_operators_that_programs_use_most() -> None:
    texts = {
        op.name for op, tried in FIRST_ORDER.items() if any(template(op.name, s) for s in tried)
    }
    assert {"add", "floor_div", "seq.at", "eq", "str.len", "map.at", "int.wrapping_add"} <= texts


NAN = float("nan")


@pytest.mark.parametrize(
    ("op", "types", "result", "args"),
    [
        ("eq", (SeqType(FLOAT),) * 2, BOOL, ((NAN,), (NAN,))),
        ("lt", (SeqType(FLOAT),) * 2, BOOL, ((NAN,), (1.0,))),
        ("seq.contains", (SeqType(FLOAT), FLOAT), BOOL, ((NAN,), NAN)),
        ("seq.index", (SeqType(FLOAT), FLOAT), INT, ((NAN,), NAN)),
        ("seq.sorted", (SeqType(FLOAT),), SeqType(FLOAT), ((1.0, NAN),)),
        ("seq.distinct", (SeqType(FLOAT),), BOOL, ((1.0, NAN),)),
        ("seq.to_set", (SeqType(FLOAT),), SeqType(FLOAT), ((1.0, NAN),)),
    ],
)
def test_nans_compared_inside_collections_are_outside_the_subset(
    op: str, types: tuple[Type, ...], result: Type, args: tuple[Value, ...]
) -> None:
    assert answer(OPS[op], Signature(types, result), args) == Raises(OUTSIDE)


def test_plain_nans_compare_as_ieee_says() -> None:
    assert answer(OPS["eq"], Signature((FLOAT, FLOAT), BOOL), (NAN, NAN)) is False
    assert answer(OPS["ne"], Signature((FLOAT, FLOAT), BOOL), (NAN, NAN)) is True
    least = answer(OPS["seq.min"], Signature((SeqType(FLOAT),), FLOAT), ((NAN, 1.0),))
    assert isinstance(least, float)
    assert same(least, NAN)


def test_sums_of_floats_are_rounded_at_each_step() -> None:
    signature = Signature((SeqType(FLOAT),), FLOAT)
    assert answer(OPS["seq.sum"], signature, ((0.1,) * 10,)) == 0.9999999999999999
    assert answer(OPS["seq.fsum"], signature, ((0.1,) * 10,)) == 1.0


def test_work_is_paid_for_before_it_is_done() -> None:
    signature = Signature((SeqType(INT), INT), SeqType(INT))
    with pytest.raises(FuelExhausted):
        MEANINGS["seq.repeat"].run(signature, Tank(10**6), (1,), 10**12)
