"""Equality and order of values, and the operators made of them.

Two NaNs inside collections are compared by identity in Python and unequal in Rust. Values here
have no identity, so that such a comparison is outside the subset. Plain floats compare as IEEE
says in both languages.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias, cast

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
    TypeVar,
    walk_type,
)
from autoform.semantics.failure import Tank, outside
from autoform.semantics.meaning import Function, Meaning, Signature, plain, typed
from autoform.semantics.values import MapValue, NoneValue, Ok, Some, Value, dissect_constructed

Comparison: TypeAlias = Callable[[Tank, Value, Value], bool]
_EXACT: Final = (IntType, MachineIntType, BoolType, CharType)
_ORDERED: Final = (*_EXACT, StrType, SeqType, TupleType)
_NATIVE: Final = (*_ORDERED, SetType, MapType, OptionType, ResultType)


# ── What Python's own `==` and `<` may be trusted with ────────────────────────────────────────


def is_scalar(type_: Type) -> bool:
    """Whether values are compared in constant time, by Python's own operators."""
    return isinstance(type_, (*_EXACT, FloatType))


def equals_natively(type_: Type) -> bool:
    """Whether Python's `==` is the IR's: no NaN, and nothing nested without a bound, is inside."""
    return isinstance(type_, FloatType) or all(isinstance(t, _NATIVE) for t in walk_type(type_))


def orders_natively(type_: Type) -> bool:
    """Whether Python's `<` is the IR's; as above."""
    return isinstance(type_, FloatType) or all(isinstance(t, _ORDERED) for t in walk_type(type_))


Size: TypeAlias = Callable[[Any], int]


def measure(type_: Type) -> Size | None:
    """How many elements comparing a value of a native type may go through; None for a few."""
    match type_:
        case StrType():
            return len
        case SeqType(element) | SetType(element):
            return _measure_all(measure(element), iter)
        case MapType(_, value):
            return _measure_all(measure(value), dict.values)
        case OptionType(item) | ResultType(item, _):
            return _measure_held(measure(item), Some if isinstance(type_, OptionType) else Ok)
        case TupleType(items):
            return _measure_tuple([measure(item) for item in items])
        case _:
            return None


def _measure_all(size: Size | None, items: Callable[[Any], Iterable[Any]]) -> Size:
    return len if size is None else lambda whole: len(whole) + sum(map(size, items(whole)))


def _measure_held(size: Size | None, holder: type[Some | Ok]) -> Size | None:
    if size is None:
        return None
    return lambda value: size(value.value) if isinstance(value, holder) else 0


def _measure_tuple(inside: list[Size | None]) -> Size | None:
    found = [(place, size) for place, size in enumerate(inside) if size is not None]
    return (lambda value: sum(size(value[place]) for place, size in found)) if found else None


def _native(test: Callable[[Any, Any], bool], type_: Type) -> Comparison:
    """Python's operator, paid for by the size of the first operand."""
    size = measure(type_)
    if size is None:
        return lambda _tank, a, b: test(a, b)

    def on_text(tank: Tank, a: str, b: str) -> bool:
        tank.pay_text(len(a))
        return test(a, b)

    def run(tank: Tank, a: Value, b: Value) -> bool:
        tank.pay_items(size(a))
        return test(a, b)

    return cast(Comparison, on_text) if isinstance(type_, StrType) else run


# ── Equality ──────────────────────────────────────────────────────────────────────────────────


def equality(type_: Type) -> Comparison:
    """The IR's `==` at a type."""
    return _native(operator.eq, type_) if equals_natively(type_) else _equal


def element_equality(element: Type) -> Comparison:
    """The IR's `==` of elements of a collection, where comparing NaNs is outside the subset."""
    return _equal_inside if isinstance(element, FloatType | TypeVar) else equality(element)


def _equal(tank: Tank, a: Value, b: Value) -> bool:
    if isinstance(a, float):
        return a == b
    return _equal_inside(tank, a, b)


def _equal_inside(tank: Tank, first: Value, second: Value) -> bool:
    """`==` of parts of collections. Does not recurse, so that long lists of enums compare."""
    pending = [(first, second)]
    while pending:
        a, b = pending.pop()
        if isinstance(a, float) and math.isnan(a) and math.isnan(cast(float, b)):
            raise outside("two NaNs are compared inside a collection")
        pairs = _pairs(tank, a, b)
        if pairs is None:
            return False
        pending.extend(reversed(pairs))
    return True


def _pairs(tank: Tank, a: Value, b: Value) -> list[tuple[Value, Value]] | None:
    """The parts that must be equal for the whole to be; None when the whole surely differs."""
    match a, b:
        case (tuple(), tuple()):
            tank.pay(min(len(a), len(b)))
            return list(zip(a, b, strict=True)) if len(a) == len(b) else None
        case (MapValue(), MapValue()):
            tank.pay(min(len(a), len(b)))
            return [(a[k], b[k]) for k in a] if a.keys() == b.keys() else None
        case (bool() | int() | float() | str() | frozenset(), _):
            tank.pay_items(len(a) if isinstance(a, str | frozenset) else 0)
            return [] if a == b else None
        case (_, bool() | int() | float() | str() | frozenset() | tuple() | MapValue()):
            return None
        case (tuple() | MapValue(), _):
            return None
        case _:
            tank.pay(1)
            (label, items), (other_label, others) = dissect_constructed(a), dissect_constructed(b)
            return list(zip(items, others, strict=True)) if label == other_label else None


# ── Order ─────────────────────────────────────────────────────────────────────────────────────


def order(tank: Tank, a: Value, b: Value) -> int:
    """-1, 0 or 1 as `a` is less than, equal to or greater than `b`, parts of collections.

    Recurses along the type only: what is ordered has no type that contains itself.
    """
    match a, b:
        case (tuple(), tuple()):
            tank.pay(min(len(a), len(b)))
            found = next((c for x, y in zip(a, b, strict=False) if (c := order(tank, x, y))), 0)
            return found or (len(a) > len(b)) - (len(a) < len(b))
        case (float(), float()) if math.isnan(a) or math.isnan(b):
            raise outside("a NaN is ordered inside a collection")
        case (NoneValue() | Some(), NoneValue() | Some()):
            if isinstance(a, Some) and isinstance(b, Some):
                return order(tank, a.value, b.value)
            return isinstance(a, Some) - isinstance(b, Some)
        case _:
            tank.pay_text(len(a) if isinstance(a, str) else 0)
            return (a > b) - (a < b)  # type: ignore[operator] # numbers or text, by the scheme


def less_than(type_: Type) -> Comparison:
    """The IR's `<` at a type."""
    return _order_test(operator.lt)(Signature((type_, type_), type_))


def _order_test(test: Callable[[Any, Any], bool]) -> Callable[[Signature], Comparison]:
    """`test` is one of Python's four operators; on `order`'s answer and 0 it means the same."""

    def general(tank: Tank, a: Value, b: Value) -> bool:
        return test(a, b) if isinstance(a, float) else test(order(tank, a, b), 0)

    def choose(signature: Signature) -> Comparison:
        type_ = signature.args[0]
        return _native(test, type_) if orders_natively(type_) else general

    return choose


# ── The rows ──────────────────────────────────────────────────────────────────────────────────


def _eq(signature: Signature) -> Function:
    return equality(signature.args[0])


def _ne(signature: Signature) -> Function:
    same = equality(signature.args[0])
    return lambda tank, a, b: not same(tank, a, b)


def _min2(signature: Signature) -> Function:
    less = less_than(signature.result)
    return lambda tank, a, b: b if less(tank, b, a) else a


def _max2(signature: Signature) -> Function:
    less = less_than(signature.result)
    return lambda tank, a, b: b if less(tank, a, b) else a


COMPARISONS: Final[dict[str, Meaning]] = {
    "eq": typed(_eq, sized=True),
    "ne": typed(_ne, sized=True),
    "lt": typed(_order_test(operator.lt), sized=True),
    "le": typed(_order_test(operator.le), sized=True),
    "gt": typed(_order_test(operator.gt), sized=True),
    "ge": typed(_order_test(operator.ge), sized=True),
    "min2": typed(_min2, sized=True),
    "max2": typed(_max2, sized=True),
    "not": plain(operator.not_),
    "xor": plain(operator.xor),
    "bool.and": plain(operator.and_),
    "bool.or": plain(operator.or_),
    "implies": plain(lambda a, b: not a or b),
    "bool.to_int": plain(int),
    "bool.to_str": plain(str),
}
"""Comparisons and booleans. `implies` is short-circuit only where the interpreter makes it so."""
