"""Every operator that can raise has conditions, well typed, that name just what it raises.

That the conditions are also true to the meaning is tested beside the interpreter.
"""

from __future__ import annotations

import itertools
import re
from typing import Final

import pytest

from autoform.ir.decls import Contract, EnumDecl, Function, Module, Param, Variant
from autoform.ir.definedness import APPROXIMATE, RULES, conditions
from autoform.ir.definedness.text import _FLOAT_SPEC, _INT_SPEC, _STR_SPEC
from autoform.ir.exprs import (
    FALSE,
    Apply,
    Binder,
    Expr,
    FloatLit,
    IntLit,
    IsVariant,
    Lambda,
    StrLit,
    Var,
    VariantGet,
)
from autoform.ir.ops import OPS, Op, apply
from autoform.ir.stmts import Clause, Origin
from autoform.ir.traversal import variables, walk
from autoform.ir.types import (
    FLOAT,
    INT,
    MACHINE_INTS,
    STR,
    UNIT,
    EnumType,
    FnType,
    SeqType,
    Type,
    substitute_type,
)
from autoform.ir.wellformed import violations
from autoform.source import Span

I32, U8 = MACHINE_INTS["i32"], MACHINE_INTS["u8"]
XS, INDEX = Var("xs", SeqType(INT)), Var("i", INT)
RAISING: Final = [op for op in OPS.values() if op.raises]


def sample(op: Op) -> Apply:
    """An application to variables, on the types for which most can go wrong."""
    bindings: dict[str, Type] = {"Number": I32, "Integer": I32, "Machine": I32, "Target": U8}
    bindings |= {"Ordered": INT, "T": STR, "U": INT, "V": INT, "K": INT}
    args: list[Expr] = []
    for position, scheme in enumerate(op.params):
        wanted = substitute_type(scheme, bindings)
        if isinstance(wanted, FnType):
            binders = tuple(Binder(f"p{n}", t) for n, t in enumerate(wanted.params))
            args.append(Lambda(binders, Var("key", wanted.result)))
        else:
            args.append(Var(f"a{position}", wanted))
    return Apply(op.name, tuple(args), substitute_type(op.result, bindings))


def test_rules_are_complete_and_not_more() -> None:
    assert RULES.keys() == {op.name for op in RAISING}
    assert RULES.keys() >= APPROXIMATE


@pytest.mark.parametrize("op", RAISING, ids=lambda op: op.name)
def test_conditions_name_what_the_operator_raises(op: Op) -> None:
    assert {exception for exception, _ in conditions(sample(op))} == set(op.raises)


@pytest.mark.parametrize("op", RAISING, ids=lambda op: op.name)
def test_conditions_are_wellformed(op: Op) -> None:
    application = sample(op)
    params = tuple(Param(name, type_) for name, type_ in variables(application).items())
    for _, condition in conditions(application):
        contract = Contract(requires=(Clause(condition, Origin.GUARD),))
        assert violations(Module((Function("f", params, UNIT, (), contract),))) == ()


@pytest.mark.parametrize("op", RAISING, ids=lambda op: op.name)
def test_conditions_are_total(op: Op) -> None:
    """What a condition applies is total, or defined by the conditions before it."""
    for _, condition in conditions(sample(op)):
        inside = [node for node in walk(condition) if isinstance(node, Apply)]
        assert all(
            exception == "OutsideSubset" for node in inside for exception, _ in conditions(node)
        )


def test_integers_in_z_overflow_nothing() -> None:
    assert conditions(apply("add", INDEX, INDEX)) == ()
    assert conditions(apply("mul", Var("x", FLOAT), Var("y", FLOAT))) == ()
    assert conditions(apply("seq.sum", XS)) == ()
    assert conditions(Apply("int.narrow", (Var("m", I32),), INT)) == ()


def test_literals_decide() -> None:
    assert conditions(apply("floor_div", INDEX, IntLit(2, INT))) == ()
    assert conditions(apply("trunc_div", Var("m", I32), IntLit(2, I32))) == ()
    assert conditions(apply("floor_div", INDEX, IntLit(0, INT))) == (("ZeroDivisionError", FALSE),)


def test_an_index_is_between_zero_and_the_length() -> None:
    ((exception, condition),) = conditions(apply("seq.at", XS, INDEX))
    low = apply("le", IntLit(0, INT), INDEX)
    assert exception == "IndexError"
    assert condition.items == (low, apply("lt", INDEX, apply("seq.len", XS)))  # type: ignore[union-attr] # an `And`


def test_binders_of_conditions_avoid_the_names_of_the_arguments() -> None:
    count = Var("count", SeqType(I32))
    ((_, condition),) = conditions(apply("seq.sum", count))
    assert {"count", "count_1"} <= variables(condition).keys()


def test_a_payload_needs_its_variant() -> None:
    shape = Var("s", EnumType("Shape"))
    get = VariantGet(shape, "Circle", 0, INT)
    assert conditions(get) == (("Panic", IsVariant(shape, "Circle")),)
    assert EnumDecl("Shape", (Variant("Circle", (INT,)),)).variants[0].items == (INT,)


def test_conditions_stand_where_the_application_stands() -> None:
    span = Span("f.py", 3, 4, 3, 9)
    ((_, condition),) = conditions(apply("seq.at", XS, INDEX, span=span))
    assert condition.span == span


def _specs() -> list[str]:
    pieces = [
        ("", "<", "*<", "=", "0=", "^"),
        ("", "+", " "),
        ("", "#"),
        ("", "0"),
        ("", "7"),
        ("", ",", "_"),
        ("", ".3"),
        ("", *"bcdeEfFgGnosxX%"),
    ]
    return ["".join(parts) for parts in itertools.product(*pieces)]


@pytest.mark.parametrize(
    ("pattern", "samples"),
    [(_INT_SPEC, (0, -1, 10**30)), (_FLOAT_SPEC, (0.0, 1e300, float("nan"))), (_STR_SPEC, ("é",))],
    ids=["int", "float", "str"],
)
def test_known_format_specifications_suit_every_value(
    pattern: re.Pattern[str], samples: tuple[object, ...]
) -> None:
    known = [spec for spec in _specs() if pattern.fullmatch(spec)]
    assert len(known) > 20
    for spec in known:
        for value in samples:
            format(value, spec)


def test_an_unknown_format_specification_is_not_defined() -> None:
    assert conditions(apply("py.format_int", INDEX, StrLit("c"))) == (("ValueError", FALSE),)
    assert conditions(apply("py.format_float", FloatLit("1.0"), StrLit(".2f"))) == ()
    assert conditions(apply("py.format_str", Var("s", STR), Var("t", STR))) != ()
