"""Operators with Python's meaning answer what the Python expression answers.

Each row is an operator, its types and the expression over `a`, `b`, `c`, `d`. Values of the IR
are given to Python as its own collections, and its answer is read back.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any, Final, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autoform.ir.ops import OUTSIDE
from autoform.ir.types import (
    BOOL,
    FLOAT,
    INT,
    STR,
    MapType,
    OptionType,
    SeqType,
    SetType,
    TupleType,
    Type,
)
from autoform.semantics.failure import EvaluationFailed, Tank
from autoform.semantics.meaning import Signature
from autoform.semantics.ops import MEANINGS
from autoform.semantics.values import NONE, MapValue, Some, Value, same
from tests.semantics.strategies import TEXTS, values_of

INTS, STRS, FLTS, BOOLS = SeqType(INT), SeqType(STR), SeqType(FLOAT), SeqType(BOOL)
NESTED, PAIRS = SeqType(INTS), SeqType(TupleType((INT, STR)))
IS, SS, MAP, OPT = SetType(INT), SetType(STR), MapType(STR, INT), OptionType(INT)
ORDERED: Final[tuple[Type, ...]] = (
    *(INT, BOOL, FLOAT, STR, INTS, NESTED, FLTS),
    TupleType((STR, FLOAT)),
)
METHODS: Final[dict[str, Type]] = {
    **dict.fromkeys(("strip", "lstrip", "rstrip", "lower", "upper", "swapcase"), STR),
    **dict.fromkeys(("capitalize", "title", "casefold"), STR),
    **dict.fromkeys(("isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isspace"), BOOL),
    **dict.fromkeys(("isupper", "islower", "isascii", "istitle", "isidentifier"), BOOL),
}
SMALL: Final = st.integers(-9, 9)
HUGE: Final = st.one_of(SMALL, st.sampled_from([10**30, -(10**30)]))
DIGITS: Final = st.one_of(
    TEXTS, st.text("0123456789abcXx_-+ .", max_size=6), st.integers().map(str)
)
SPECS: Final = st.one_of(
    st.from_regex(
        r"[*<>^=]{0,2}[-+ ]?#?0?[0-9]{0,2}[,_]?(\.[0-9])?[bdoxXneEfFgGcs%]?", fullmatch=True
    ),
    st.text("<>^=+- #0123456789,._bcdeEfFgGnosxX%", max_size=5),
)


@dataclass(frozen=True)
class Row:
    """An operator at some types, as a Python expression."""

    op: str
    types: tuple[Type, ...]
    result: Type
    python: str
    given: tuple[SearchStrategy[Any] | None, ...] = ()

    def strategies(self) -> SearchStrategy[tuple[Value, ...]]:
        chosen = [*self.given, *[None] * len(self.types)]
        pairs = zip(self.types, chosen, strict=False)
        return st.tuples(*(values_of(type_) if own is None else own for type_, own in pairs))


def row(op: str, types: Sequence[Type], result: Type, python: str, *given: Any) -> Row:
    return Row(op, tuple(types), result, python, given)


NUMBERS = [
    row("eq", (NESTED, NESTED), BOOL, "a == b"),
    row("ne", (FLOAT, FLOAT), BOOL, "a != b"),
    row("eq", (MAP, MAP), BOOL, "a == b"),
    row("eq", (FLTS, FLTS), BOOL, "a == b"),
    *(
        row(op, (type_, type_), BOOL, f"a {sign} b")
        for op, sign in {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}.items()
        for type_ in ORDERED
    ),
    *(row("min2", (t, t), t, "min(a, b)") for t in (INT, FLOAT, STR, INTS, FLTS)),
    *(row("max2", (t, t), t, "max(a, b)") for t in (INT, FLOAT, STR, INTS, FLTS)),
    row("xor", (BOOL, BOOL), BOOL, "a ^ b"),
    row("bool.and", (BOOL, BOOL), BOOL, "a & b"),
    row("bool.or", (BOOL, BOOL), BOOL, "a | b"),
    row("bool.to_int", (BOOL,), INT, "int(a)"),
    row("bool.to_str", (BOOL,), STR, "str(a)"),
    *(row("neg", (t,), t, "-a") for t in (INT, FLOAT)),
    *(row("abs", (t,), t, "abs(a)") for t in (INT, FLOAT)),
    *(row("add", (t, t), t, "a + b") for t in (INT, FLOAT)),
    *(row("sub", (t, t), t, "a - b") for t in (INT, FLOAT)),
    *(row("mul", (t, t), t, "a * b") for t in (INT, FLOAT)),
    row("floor_div", (INT, INT), INT, "a // b"),
    row("floor_mod", (INT, INT), INT, "a % b"),
    row("trunc_div", (INT, INT), INT, "math.trunc(Fraction(a, b))"),
    row("trunc_rem", (INT, INT), INT, "a - b * math.trunc(Fraction(a, b))"),
    row("euclid_mod", (INT, INT), INT, "a % abs(b)"),
    row("euclid_div", (INT, INT), INT, "(a - a % abs(b)) // b"),
    row("int.pow", (INT, INT), INT, "a ** b", None, st.integers(-2, 70)),
    row("int.bit_and", (INT, INT), INT, "a & b"),
    row("int.bit_or", (INT, INT), INT, "a | b"),
    row("int.bit_xor", (INT, INT), INT, "a ^ b"),
    row("int.bit_not", (INT,), INT, "~a"),
    row("int.shl", (INT, INT), INT, "a << b", None, st.integers(-2, 100)),
    row(
        "int.shr", (INT, INT), INT, "a >> b", None, st.one_of(st.integers(-2, 100), st.just(2**70))
    ),
    row("int.bit_length", (INT,), INT, "a.bit_length()"),
    row("int.bit_count", (INT,), INT, "a.bit_count()"),
    row("int.gcd", (INT, INT), INT, "math.gcd(a, b)"),
    row("int.lcm", (INT, INT), INT, "math.lcm(a, b)"),
    row("int.isqrt", (INT,), INT, "math.isqrt(a)"),
    row("int.factorial", (INT,), INT, "math.factorial(a)", st.integers(-2, 30)),
    row("int.comb", (INT, INT), INT, "math.comb(a, b)", st.integers(-2, 40), st.integers(-2, 40)),
    row("int.perm", (INT, INT), INT, "math.perm(a, b)", st.integers(-2, 40), st.integers(-2, 40)),
    row("int.pow_mod", (INT, INT, INT), INT, "pow(a, b, c)", None, st.integers(0, 99)),
    row("int.true_div", (INT, INT), FLOAT, "a / b"),
    row("int.to_float", (INT,), FLOAT, "float(a)", st.one_of(st.integers(), st.just(10**400))),
    row("int.compare_float", (INT, FLOAT), INT, "2 if b != b else (a > b) - (a < b)"),
    row("py.float_div", (FLOAT, FLOAT), FLOAT, "a / b"),
    row("py.float_floor_div", (FLOAT, FLOAT), FLOAT, "a // b"),
    row("py.float_mod", (FLOAT, FLOAT), FLOAT, "a % b"),
    row("py.float_pow", (FLOAT, FLOAT), FLOAT, "a ** b"),
    row("float.trunc", (FLOAT,), INT, "int(a)"),
    row("float.floor", (FLOAT,), INT, "math.floor(a)"),
    row("float.ceil", (FLOAT,), INT, "math.ceil(a)"),
    row("float.round_even", (FLOAT,), INT, "round(a)"),
    row("py.round_digits", (FLOAT, INT), FLOAT, "round(a, b)", None, st.integers(-330, 330)),
    row("py.round_int_digits", (INT, INT), INT, "round(a, b)", None, st.integers(-40, 40)),
    row("float.is_integer", (FLOAT,), BOOL, "a.is_integer()"),
    row("float.is_nan", (FLOAT,), BOOL, "math.isnan(a)"),
    row("float.is_finite", (FLOAT,), BOOL, "math.isfinite(a)"),
    row("float.is_infinite", (FLOAT,), BOOL, "math.isinf(a)"),
    *(
        row(op, (FLOAT,), FLOAT, f"math.{op.partition('.')[2]}(a)")
        for op in (
            *("py.sqrt", "py.exp", "py.log", "py.log2", "py.log10", "float.sin", "float.cos"),
            *("float.tan", "float.asin", "float.acos", "float.atan", "float.sinh", "float.cosh"),
            *("float.tanh", "float.degrees", "float.radians"),
        )
    ),
    row("py.log_base", (FLOAT, FLOAT), FLOAT, "math.log(a, b)"),
    row("py.math_pow", (FLOAT, FLOAT), FLOAT, "math.pow(a, b)"),
    row("py.fmod", (FLOAT, FLOAT), FLOAT, "math.fmod(a, b)"),
    row("py.hypot", (FLOAT, FLOAT), FLOAT, "math.hypot(a, b)"),
    row("float.atan2", (FLOAT, FLOAT), FLOAT, "math.atan2(a, b)"),
    row("py.isclose", (FLOAT,) * 4, BOOL, "math.isclose(a, b, rel_tol=c, abs_tol=d)"),
    row("py.float_to_str", (FLOAT,), STR, "str(a)"),
    row("py.str_to_float", (STR,), FLOAT, "float(a)", DIGITS),
]

TEXT = [
    row("str.len", (STR,), INT, "len(a)"),
    row("str.at_neg", (STR, INT), STR, "a[b]"),
    row("str.slice", (STR, INT, INT), STR, "a[b:c]", None, HUGE, HUGE),
    row("str.slice_from", (STR, INT), STR, "a[b:]"),
    row("str.slice_to", (STR, INT), STR, "a[:b]"),
    row("str.slice_step", (STR, OPT, OPT, INT), STR, "a[b:c:d]", None, None, None, SMALL),
    row("str.reverse", (STR,), STR, "a[::-1]"),
    row("str.concat", (STR, STR), STR, "a + b"),
    row("str.repeat", (STR, INT), STR, "a * b", None, SMALL),
    row("str.contains", (STR, STR), BOOL, "b in a"),
    row("str.find", (STR, STR), INT, "a.find(b)"),
    row("str.find_from", (STR, STR, INT), INT, "a.find(b, c)"),
    row("str.rfind", (STR, STR), INT, "a.rfind(b)"),
    row("str.index", (STR, STR), INT, "a.index(b)"),
    row("str.rindex", (STR, STR), INT, "a.rindex(b)"),
    row("str.count", (STR, STR), INT, "a.count(b)"),
    row("str.starts_with", (STR, STR), BOOL, "a.startswith(b)"),
    row("str.ends_with", (STR, STR), BOOL, "a.endswith(b)"),
    row("str.replace", (STR, STR, STR), STR, "a.replace(b, c)"),
    row("str.replace_n", (STR, STR, STR, INT), STR, "a.replace(b, c, d)", None, None, None, SMALL),
    row("str.chars", (STR,), STRS, "list(a)"),
    row("str.join", (STR, STRS), STR, "a.join(b)"),
    row("str.split", (STR, STR), STRS, "a.split(b)"),
    row("str.split_n", (STR, STR, INT), STRS, "a.split(b, c)", None, None, SMALL),
    row("str.utf8_len", (STR,), INT, "len(a.encode())"),
    row("py.split_whitespace", (STR,), STRS, "a.split()"),
    row("py.split_lines", (STR,), STRS, "a.splitlines()"),
    *(row(f"py.{name}", (STR,), result, f"a.{name}()") for name, result in METHODS.items()),
    row("py.strip_chars", (STR, STR), STR, "a.strip(b)"),
    row("py.lstrip_chars", (STR, STR), STR, "a.lstrip(b)"),
    row("py.rstrip_chars", (STR, STR), STR, "a.rstrip(b)"),
    row("py.remove_prefix", (STR, STR), STR, "a.removeprefix(b)"),
    row("py.remove_suffix", (STR, STR), STR, "a.removesuffix(b)"),
    row("py.zfill", (STR, INT), STR, "a.zfill(b)", None, st.integers(-5, 20)),
    row("py.ljust", (STR, INT, STR), STR, "a.ljust(b, c)", None, st.integers(-5, 20)),
    row("py.rjust", (STR, INT, STR), STR, "a.rjust(b, c)", None, st.integers(-5, 20)),
    row("py.center", (STR, INT, STR), STR, "a.center(b, c)", None, st.integers(-5, 20)),
    row("py.ord", (STR,), INT, "ord(a)"),
    row("py.chr", (INT,), STR, "chr(a)", st.integers(-5, 0x110005)),
    row("int.to_str", (INT,), STR, "str(a)"),
    row("py.str_to_int", (STR,), INT, "int(a)", DIGITS),
    row("py.str_to_int_base", (STR, INT), INT, "int(a, b)", DIGITS, st.integers(-2, 38)),
    row("py.bin", (INT,), STR, "bin(a)"),
    row("py.oct", (INT,), STR, "oct(a)"),
    row("py.hex", (INT,), STR, "hex(a)"),
    row("py.format_int", (INT, STR), STR, "format(a, b)", None, SPECS),
    row("py.format_float", (FLOAT, STR), STR, "format(a, b)", None, SPECS),
    row("py.format_str", (STR, STR), STR, "format(a, b)", None, SPECS),
]

SEQUENCES = [
    row("seq.len", (INTS,), INT, "len(a)"),
    row("seq.at_neg", (INTS, INT), INT, "a[b]"),
    row("seq.update_neg", (INTS, INT, INT), INTS, "(a.__setitem__(b, c), a)[1]"),
    row("seq.slice", (INTS, INT, INT), INTS, "a[b:c]", None, HUGE, HUGE),
    row("seq.slice_from", (INTS, INT), INTS, "a[b:]"),
    row("seq.slice_to", (INTS, INT), INTS, "a[:b]"),
    row("seq.slice_step", (INTS, OPT, OPT, INT), INTS, "a[b:c:d]", None, None, None, SMALL),
    row("seq.replace_slice", (INTS, INT, INT, INTS), INTS, "(a.__setitem__(slice(b, c), d), a)[1]"),
    row("seq.concat", (INTS, INTS), INTS, "a + b"),
    row("seq.repeat", (INTS, INT), INTS, "a * b", None, SMALL),
    row("seq.append", (INTS, INT), INTS, "(a.append(b), a)[1]"),
    row("seq.insert", (INTS, INT, INT), INTS, "(a.insert(b, c), a)[1]", None, SMALL),
    row("seq.pop_last", (INTS,), TupleType((INTS, INT)), "(lambda x: (a, x))(a.pop())"),
    row(
        "seq.pop_at",
        (INTS, INT),
        TupleType((INTS, INT)),
        "(lambda x: (a, x))(a.pop(b))",
        None,
        SMALL,
    ),
    row("seq.delete_at", (INTS, INT), INTS, "(a.__delitem__(b), a)[1]", None, SMALL),
    row("seq.delete_slice", (INTS, INT, INT), INTS, "(a.__delitem__(slice(b, c)), a)[1]"),
    row("seq.remove", (INTS, INT), INTS, "(a.remove(b), a)[1]"),
    row("seq.contains", (INTS, INT), BOOL, "b in a"),
    row("seq.contains", (FLTS, FLOAT), BOOL, "b in a", None, values_of(FLOAT, inside=True)),
    row("seq.contains", (NESTED, INTS), BOOL, "b in a"),
    row("seq.index", (STRS, STR), INT, "a.index(b)"),
    row("seq.index", (NESTED, INTS), INT, "a.index(b)"),
    row("seq.count", (INTS, INT), INT, "a.count(b)"),
    row("seq.count", (NESTED, INTS), INT, "a.count(b)"),
    row("seq.reverse", (INTS,), INTS, "a[::-1]"),
    *(row("seq.sorted", (t,), t, "sorted(a)") for t in (INTS, FLTS, STRS, NESTED, PAIRS)),
    *(row("seq.sorted_desc", (t,), t, "sorted(a, reverse=True)") for t in (INTS, FLTS, PAIRS)),
    row("seq.sum", (INTS,), INT, "sum(a)"),
    row("seq.sum", (FLTS,), FLOAT, "reduce(lambda x, y: x + y, a, 0.0)"),
    row("seq.product", (INTS,), INT, "math.prod(a)"),
    row("seq.product", (FLTS,), FLOAT, "math.prod(a, start=1.0)"),
    *(row("seq.min", (SeqType(t),), t, "min(a)") for t in (INT, FLOAT, STR, INTS)),
    *(row("seq.max", (SeqType(t),), t, "max(a)") for t in (INT, FLOAT, STR, INTS)),
    row("seq.enumerate", (STRS, INT), SeqType(TupleType((INT, STR))), "list(enumerate(a, b))"),
    row("seq.zip", (INTS, STRS), PAIRS, "list(zip(a, b))"),
    row("seq.zip3", (INTS, STRS, INTS), SeqType(TupleType((INT, STR, INT))), "list(zip(a, b, c))"),
    row("seq.range", (INT,) * 3, INTS, "list(range(a, b, c))", SMALL, SMALL, SMALL),
    row("seq.flatten", (NESTED,), INTS, "[x for xs in a for x in xs]"),
    row("seq.is_permutation", (INTS, INTS), BOOL, "Counter(a) == Counter(b)"),
    row("seq.is_sorted", (INTS,), BOOL, "a == sorted(a)"),
    row("seq.distinct", (INTS,), BOOL, "len(set(a)) == len(a)"),
    row("seq.to_set", (STRS,), SS, "set(a)"),
    row("seq.to_map", (SeqType(TupleType((STR, INT))),), MAP, "dict(a)"),
    row("seq.fsum", (FLTS,), FLOAT, "math.fsum(a)"),
]

COLLECTIONS = [
    row("set.len", (IS,), INT, "len(a)"),
    row("set.contains", (IS, INT), BOOL, "b in a"),
    row("set.add", (IS, INT), IS, "(a.add(b), a)[1]"),
    row("set.discard", (IS, INT), IS, "(a.discard(b), a)[1]"),
    row("set.remove", (IS, INT), IS, "(a.remove(b), a)[1]"),
    row("set.union", (IS, IS), IS, "a | b"),
    row("set.intersection", (IS, IS), IS, "a & b"),
    row("set.difference", (IS, IS), IS, "a - b"),
    row("set.symmetric_difference", (IS, IS), IS, "a ^ b"),
    row("set.is_subset", (IS, IS), BOOL, "a <= b"),
    row("set.is_proper_subset", (IS, IS), BOOL, "a < b"),
    row("set.is_disjoint", (IS, IS), BOOL, "a.isdisjoint(b)"),
    row("set.min", (SS,), STR, "min(a)"),
    row("set.max", (SS,), STR, "max(a)"),
    row("set.sum", (IS,), INT, "sum(a)"),
    row("set.sorted", (SS,), STRS, "sorted(a)"),
    row("map.len", (MAP,), INT, "len(a)"),
    row("map.contains", (MAP, STR), BOOL, "b in a"),
    row("map.at", (MAP, STR), INT, "a[b]"),
    row("map.get", (MAP, STR), OPT, "a.get(b)"),
    row("map.get_or", (MAP, STR, INT), INT, "a.get(b, c)"),
    row("map.insert", (MAP, STR, INT), MAP, "(a.__setitem__(b, c), a)[1]"),
    row("map.remove", (MAP, STR), MAP, "(a.__delitem__(b), a)[1]"),
    row("map.discard", (MAP, STR), MAP, "(a.pop(b, None), a)[1]"),
    row("map.keys", (MAP,), STRS, "list(a.keys())"),
    row("map.values", (MAP,), INTS, "list(a.values())"),
    row("map.items", (MAP,), SeqType(TupleType((STR, INT))), "list(a.items())"),
    row("map.key_set", (MAP,), SS, "set(a)"),
    row("map.merge", (MAP, MAP), MAP, "{**a, **b}"),
]

ROWS = [*NUMBERS, *TEXT, *SEQUENCES, *COLLECTIONS]
MAY_BE_OUTSIDE = {"int.pow", "py.float_pow", "py.chr", "py.format_int", "py.format_float"}


def to_python(value: Value) -> Any:
    """The IR value as Python's own."""
    match value:
        case tuple():
            return [to_python(item) for item in value]
        case frozenset():
            return set(map(to_python, value))
        case MapValue():
            return {to_python(k): to_python(v) for k, v in value.items()}
        case Some(inner):
            return to_python(inner)
        case _:
            return None if value is NONE else value


def from_python(value: Any, type_: Type) -> Value:
    """Python's value as one of the type; what is not of the type fails the test."""
    match type_:
        case SeqType(element):
            assert type(value) is list
            return tuple(from_python(item, element) for item in value)
        case TupleType(items):
            assert len(value) == len(items)
            return tuple(from_python(v, t) for v, t in zip(value, items, strict=True))
        case SetType(element):
            assert type(value) is set
            return frozenset(from_python(item, element) for item in value)
        case MapType(key, item):
            return MapValue((from_python(k, key), from_python(v, item)) for k, v in value.items())
        case OptionType(item):
            return NONE if value is None else Some(from_python(value, item))
        case _:
            hosts: dict[Type, type] = {INT: int, BOOL: bool, FLOAT: float, STR: str}
            assert type(value) is hosts[type_], value
            return cast(Value, value)


def tuples_as_tuples(value: Any, type_: Type) -> Any:
    """Python orders lists among lists only; pairs stay tuples."""
    if isinstance(type_, TupleType):
        return tuple(tuples_as_tuples(v, t) for v, t in zip(value, type_.items, strict=True))
    if isinstance(type_, SeqType):
        return [tuples_as_tuples(item, type_.element) for item in value]
    return to_python(value)


def python_answer(case: Row, args: Sequence[Value]) -> tuple[Any, str | None]:
    """The value of the expression, or the name of what it raises."""
    pairs = zip(args, case.types, strict=True)
    names = dict(zip("abcd", (tuples_as_tuples(v, t) for v, t in pairs), strict=False))
    scope = {"math": math, "Counter": Counter, "reduce": reduce, "Fraction": Fraction, **names}
    try:
        return eval(case.python, scope), None  # noqa: S307 - the rows above
    except Exception as error:  # noqa: BLE001 - whatever the expression raises is the answer
        return None, type(error).__name__


def ir_answer(case: Row, args: Sequence[Value]) -> tuple[Value | None, str | None]:
    """The value of the operator, or the name of what it raises."""
    try:
        types = Signature(case.types, case.result)
        return MEANINGS[case.op].run(types, Tank(10**6), *args), None
    except EvaluationFailed as failure:
        return None, failure.exception


@pytest.mark.parametrize("case", ROWS, ids=lambda case: f"{case.op}-{case.result}")
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_operator_answers_as_the_expression_does(case: Row, data: st.DataObject) -> None:
    args = data.draw(case.strategies())
    expected, raised = python_answer(case, args)
    found, failure = ir_answer(case, args)
    if failure == OUTSIDE:
        assert case.op in MAY_BE_OUTSIDE
        return
    assert failure == raised, (args, found, expected)
    if raised is None:
        assert found is not None
        assert same(found, from_python(expected, case.result)), (args, found, expected)
    if isinstance(found, MapValue):
        assert list(found) == list(expected)
