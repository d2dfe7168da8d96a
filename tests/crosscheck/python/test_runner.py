"""Originals called with IR values: exact types in, exact types out, and nothing hangs."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from autoform.crosscheck.observation import Gave, NoClaim, Observation, Odd, Reason, Threw
from autoform.crosscheck.python.runner import Limits, PythonOriginal
from autoform.ir.decls import EnumDecl, Function, Module, Param, RecordDecl, Variant
from autoform.ir.exprs import Binder
from autoform.ir.types import (
    BOOL,
    FLOAT,
    INT,
    STR,
    UNIT,
    EnumType,
    MapType,
    OptionType,
    RecordType,
    SeqType,
    SetType,
    TupleType,
    Type,
    TypeVar,
)
from autoform.semantics.values import NONE, MapValue, RecordValue, Some, Value, VariantValue
from autoform.source import SourceFile

CLASSES = """
from collections import deque, Counter
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


@dataclass(frozen=True)
class Point:
    x: int
    label: str


class Pair(NamedTuple):
    first: int
    second: float


class Color(Enum):
    RED = 1
    BLUE = 2

"""
MODULE = Module(
    records=(
        RecordDecl("Point", (Binder("x", INT), Binder("label", STR))),
        RecordDecl("Pair", (Binder("first", INT), Binder("second", FLOAT))),
    ),
    enums=(EnumDecl("Color", (Variant("RED"), Variant("BLUE"))),),
)
POINT, PAIR, COLOR = RecordType("Point"), RecordType("Pair"), EnumType("Color")


@contextmanager
def original(
    body: str,
    params: tuple[Param, ...] = (Param("x", INT),),
    result: Type = INT,
    host: str = "",
    limits: Limits | None = None,
) -> Iterator[tuple[PythonOriginal, Function]]:
    names = ", ".join(param.name for param in params)
    source = SourceFile("a.py", f"{CLASSES}\ndef f({names}):\n    {body}\n")
    function = Function("f", params, result, (), type_params=("T",), host_result=host)
    module = Module((function,), MODULE.records, MODULE.enums)
    with PythonOriginal(source, module, limits) as runner:
        yield runner, function


def observe(value: Value, type_: Type, host: str, body: str = "return x") -> Observation:
    with original(body, (Param("x", type_, host=host),), type_, host) as (runner, function):
        (seen,) = runner.observe(function, [(value,)])
        return seen


@pytest.mark.parametrize(
    ("value", "type_", "host", "python_type"),
    [
        (2**70, INT, "int", "int"),
        (True, BOOL, "bool", "bool"),
        (-0.0, FLOAT, "float", "float"),
        ("é\0", STR, "str", "str"),
        ((1, 2), SeqType(INT), "list[int]", "list"),
        ((1, 2), SeqType(INT), "tuple[int, ...]", "tuple"),
        ((1, 2), SeqType(INT), "deque[int]", "deque"),
        ((1, 2), SeqType(INT), "Sequence[int]", "list"),
        ((1, "a"), TupleType((INT, STR)), "tuple[int, str]", "tuple"),
        (((1,), (2,)), SeqType(SeqType(INT)), "list[tuple[int, ...]]", "list"),
        (frozenset({1}), SetType(INT), "set[int]", "set"),
        (frozenset({1}), SetType(INT), "frozenset[int]", "frozenset"),
        (MapValue({1: ("a",)}), MapType(INT, SeqType(STR)), "dict[int, list[str]]", "dict"),
        (NONE, OptionType(INT), "int | None", "NoneType"),
        (Some(3), OptionType(INT), "int | None", "int"),
        (RecordValue("Point", (1, "p")), POINT, "Point", "Point"),
        (RecordValue("Pair", (1, 2.5)), PAIR, "Pair", "Pair"),
        (VariantValue("Color", "BLUE", ()), COLOR, "Color", "Color"),
        (2.0, FLOAT, "int | float", "int"),
        (3.0, FLOAT, "int | float", "float"),
        (-0.0, FLOAT, "int | float", "float"),
        (7, TypeVar("T"), "", "int"),
        ("t", TypeVar("T"), "", "str"),
    ],
)
def test_arguments_have_exactly_their_types_and_come_back(
    value: Value, type_: Type, host: str, python_type: str
) -> None:
    seen = observe(value, type_, host)
    assert isinstance(seen, Gave)
    assert repr(seen.value) == repr(value)
    with original("return type(x).__name__", (Param("x", type_, host=host),), STR, "str") as (
        runner,
        function,
    ):
        assert runner.observe(function, [(value,)]) == [Gave(python_type)]


@pytest.mark.parametrize(
    ("body", "result", "host", "told"),
    [
        ("return True", INT, "int", "`True` where the declared type is `Int`"),
        ("return 1", BOOL, "bool", "`1` where the declared type is `Bool`"),
        ("return 1", FLOAT, "float", "`1` where the declared type is `Float`"),
        ("return 2**60 + 0.0", INT, "int", "`1.152921504606847e+18` where"),
        ("return [1]", SeqType(INT), "tuple[int, ...]", "`[1]` where the declared type is"),
        ("return (1,)", SeqType(INT), "list[int]", "`(1,)` where the declared type is"),
        ("return (1, 2, 3)", TupleType((INT, INT)), "", "`(1, 2, 3)` where"),
        ("return {1}", SetType(INT), "frozenset[int]", "`{1}` where"),
        ("return x", UNIT, "None", "`0` where the declared type is `()`"),
        ("return 1j", INT, "int", "`<complex object>` where"),
        ("return iter([])", SeqType(INT), "list[int]", "`<list_iterator object>` where"),
    ],
)
def test_results_of_other_types_are_told(body: str, result: Type, host: str, told: str) -> None:
    with original(body, result=result, host=host) as (runner, function):
        (seen,) = runner.observe(function, [(0,)])
    assert isinstance(seen, Odd)
    assert seen.text.startswith(told)


def test_mutation_is_seen_whether_declared_or_not() -> None:
    for inout, expected in (
        (True, Gave((), ((1, 9),))),
        (False, Odd("argument `x`, declared unchanged, became `[1, 9]`")),
    ):
        params = (Param("x", SeqType(INT), inout=inout, host="list[int]"),)
        with original("x.append(9)", params, UNIT) as (runner, function):
            assert runner.observe(function, [((1,),)]) == [expected]


def test_mutation_before_an_exception_is_seen() -> None:
    params = (Param("x", SeqType(INT), inout=True),)
    with original("x.pop()\n    return x[0]", params) as (runner, function):
        assert runner.observe(function, [((1,),), ((),)]) == [
            Threw("IndexError", ((),)),
            Threw("IndexError", ((),)),
        ]


def test_what_runs_away_is_ended_and_the_next_call_is_answered() -> None:
    body = "return x if x < 5 else sum(range(10 ** 12)) if x == 5 else f(x + 1)"
    limits = Limits(seconds=0.1)
    with original(body, limits=limits) as (runner, function):
        assert runner.observe(function, [(1,), (5,), (2,), (6,), (3,)]) == [
            Gave(1),
            NoClaim(Reason.TIME),
            Gave(2),
            NoClaim(Reason.RECURSION),
            Gave(3),
        ]


def test_memory_is_limited() -> None:
    limits = Limits(memory_bytes=128 * 1024 * 1024)
    with original("return len([0] * x)", limits=limits) as (runner, function):
        assert runner.observe(function, [(10,), (10**9,), (11,)]) == [
            Gave(10),
            NoClaim(Reason.MEMORY),
            Gave(11),
        ]


def test_what_python_cannot_hold_is_not_called() -> None:
    nested = OptionType(OptionType(INT))
    assert observe(Some(NONE), nested, "") == NoClaim(Reason.NO_COUNTERPART)


def test_calls_are_shown_as_source() -> None:
    params = (Param("x", SeqType(FLOAT), host="tuple[float, ...]"), Param("p", POINT))
    with original("return 0", params) as (runner, function):
        shown = runner.show_call(function, ((1.5, float("inf")), RecordValue("Point", (1, "q"))))
    assert shown == "f((1.5, float(\"inf\")), Point(1, 'q'))"


def test_thousands_of_calls_go_through_one_process() -> None:
    with original("return x + 1") as (runner, function):
        seen = runner.observe(function, [(n,) for n in range(5_000)])
    assert seen == [Gave(n + 1) for n in range(5_000)]
