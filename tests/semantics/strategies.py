"""Values of IR types, many of them corners, for the tests of this folder."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from autoform.ir.types import (
    BoolType,
    CharType,
    FloatType,
    IntType,
    MachineIntType,
    MapType,
    OptionType,
    ResultType,
    SeqType,
    SetType,
    StrType,
    TupleType,
    Type,
)
from autoform.semantics.values import NONE, Err, MapValue, Ok, Some, Value

INTEGERS = st.one_of(
    st.integers(-5, 12),
    st.sampled_from([2**31, -(2**31), 2**63 - 1, -(2**63), 2**64, 10**30, -(10**30)]),
    st.integers(),
)
FLOATS = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 1e300, 5e-324, 1e16, float("inf")]),
    st.floats(),
)
TEXTS = st.text(st.sampled_from("aab AbBz09-_.,\tß\nİ\u0301٣²Ⅷ\x1c\u2028😀"), max_size=8)
CHARS = st.characters(exclude_categories=["Cs"])


def values_of(type_: Type, *, inside: bool = False) -> SearchStrategy[Value]:
    """Values of a type; no NaN inside collections, where comparing them is outside the subset."""

    def part(of: Type) -> SearchStrategy[Value]:
        return values_of(of, inside=True)

    match type_:
        case IntType():
            return INTEGERS
        case MachineIntType(minimum=low, maximum=high):
            ends = st.sampled_from([low, low + 1, high - 1, high, high // 2])
            return st.one_of(st.integers(max(low, -9), 9), ends, st.integers(low, high))
        case BoolType():
            return st.booleans()
        case FloatType():
            return FLOATS.filter(lambda x: x == x) if inside else FLOATS  # noqa: PLR0124 - not NaN
        case CharType():
            return CHARS
        case StrType():
            return TEXTS
        case SeqType(element):
            return st.lists(part(element), max_size=6).map(tuple)
        case SetType(element):
            return st.frozensets(part(element), max_size=5)
        case TupleType(items):
            return st.tuples(*map(part, items))
        case MapType(key, value):
            return st.dictionaries(part(key), part(value), max_size=5).map(MapValue)
        case OptionType(item):
            return st.one_of(st.just(NONE), part(item).map(Some))
        case ResultType(ok, err):
            return st.one_of(part(ok).map(Ok), part(err).map(Err))
        case _:
            raise NotImplementedError(type_)
