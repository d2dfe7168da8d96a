"""The catalogue of operators: its rows, what fits them, and what is said of what does not."""

from __future__ import annotations

import pytest

from autoform.ir.exprs import Expr, Var
from autoform.ir.ops import OPS, Op, SignatureError, apply, check_application
from autoform.ir.ops.collections import COLLECTION_OPS
from autoform.ir.ops.numbers import NUMBER_OPS
from autoform.ir.ops.text import TEXT_OPS
from autoform.ir.types import (
    BOOL,
    INT,
    MACHINE_INTS,
    STR,
    OptionType,
    SeqType,
    Type,
    TypeVar,
)

I32, U32, ISIZE = (MACHINE_INTS[name] for name in ("i32", "u32", "isize"))


def test_names_are_unique() -> None:
    assert len(OPS) == len(NUMBER_OPS) + len(TEXT_OPS) + len(COLLECTION_OPS)


@pytest.mark.parametrize("op", OPS.values(), ids=lambda op: op.name)
def test_every_operator_says_what_it_means(op: Op) -> None:
    assert op.doc.endswith(".")
    assert len(set(op.raises)) == len(op.raises)


@pytest.mark.parametrize(
    ("name", "args", "result"),
    [
        ("add", (I32, I32), I32),
        ("eq", (STR, STR), BOOL),
        ("seq.at", (SeqType(STR), INT), STR),
        ("int.abs_diff", (I32, I32), U32),
        ("int.unsigned_abs", (ISIZE,), MACHINE_INTS["usize"]),
        ("int.checked_add", (I32, I32), OptionType(I32)),
    ],
)
def test_the_arguments_decide_the_result(name: str, args: tuple[Type, ...], result: Type) -> None:
    exprs: list[Expr] = [Var(f"a{n}", arg) for n, arg in enumerate(args)]
    assert apply(name, *exprs).type == result


@pytest.mark.parametrize(
    ("name", "args", "result", "message"),
    [
        ("add", (INT,), INT, "add takes 2 arguments, not 1"),
        ("add", (INT, BOOL), INT, "argument 2 of add: Bool where Int is expected"),
        ("add", (STR, STR), STR, "argument 1 of add: Str is not a number type"),
        ("add", (I32, I32), INT, "result of add: Int where i32 is expected"),
        ("seq.len", (STR,), INT, "argument 1 of seq.len: Str where Seq<T> is expected"),
        ("int.abs_diff", (I32, I32), I32, "result of int.abs_diff: i32 where u32 is expected"),
        ("int.wrap", (INT,), TypeVar("T"), "result of int.wrap: T is not an integer type"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_in_the_words_of_the_text_form(
    name: str, args: tuple[Type, ...], result: Type, message: str
) -> None:
    with pytest.raises(SignatureError) as caught:
        check_application(OPS[name], args, result)
    assert str(caught.value) == message


def test_a_conversion_needs_its_target() -> None:
    with pytest.raises(SignatureError, match="leaves Target open"):
        apply("int.wrap", Var("x", INT))
    assert apply("int.wrap", Var("x", INT), type_=I32).type == I32
