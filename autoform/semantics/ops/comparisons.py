"""Equality and order of values, and the operators made of them.

Two NaNs inside collections are compared by identity in Python and unequal in Rust. Values here
have no identity, so that such a comparison is outside the subset. Plain floats compare as IEEE
says in both languages.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Sequence
from functools import cmp_to_key, partial
from typing import Any, Final, TypeAlias, cast

from autoform.ir.types import (
    BoolType,
    CharType,
    EnumType,
    FloatType,
    IntType,
    MachineIntType,
    RecordType,
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
from autoform.semantics.values import MapValue, NoneValue, Some, Value, dissect_constructed

Comparison: TypeAlias = Callable[[Tank, Value, Value], bool]
_EXACT: Final = (IntType, MachineIntType, BoolType, CharType)


# ── What Python's own `==`, `<` and `hash` may be trusted with ────────────────────────────────


def is_scalar(type_: Type) -> bool:
    """Whether values are compared in constant time, by Python's own operators."""
    return isinstance(type_, (*_EXACT, FloatType))


def equals_natively(type_: Type) -> bool:
    """Whether Python's `==` is the IR's, in time bounded by the length of the value."""
    match type_:
        case SeqType(element) | SetType(element):
            return isinstance(element, _EXACT)
        case TupleType(items):
            return all(isinstance(item, _EXACT) for item in items)
        case _:
            return is_scalar(type_) or isinstance(type_, StrType)


def orders_natively(type_: Type) -> bool:
    """Whether Python's `<` is the IR's; as above."""
    return equals_natively(type_) and not isinstance(type_, SetType)


def may_hold_nan(type_: Type) -> bool:
    """Whether a NaN may be somewhere in values of the type, as far as the type alone tells."""
    suspects = (FloatType, TypeVar, RecordType, EnumType)
    return any(isinstance(part, suspects) for part in walk_type(type_))


def pay_to_compare(tank: Tank, first: Value, second: Value) -> None:
    """Pay for one comparison of two values of a type that compares natively."""
    if isinstance(first, str):
        tank.pay_text(min(len(first), len(cast(str, second))))
    elif isinstance(first, tuple | frozenset):
        tank.pay_items(min(len(first), len(cast("tuple[Value, ...]", second))))


# ── Equality ──────────────────────────────────────────────────────────────────────────────────


def equality(type_: Type) -> Comparison:
    """The IR's `==` at a type."""
    if is_scalar(type_):
        return lambda _tank, a, b: a == b
    if equals_natively(type_):
        return _native_equal
    return equal


def element_equality(element: Type) -> Comparison:
    """The IR's `==` of elements of a collection, where comparing NaNs is outside the subset."""
    return equal_inside if isinstance(element, FloatType | TypeVar) else equality(element)


def _native_equal(tank: Tank, a: Value, b: Value) -> bool:
    pay_to_compare(tank, a, b)
    return a == b


def equal(tank: Tank, a: Value, b: Value) -> bool:
    """The IR's `==` of two values of one type, whatever it is."""
    if isinstance(a, float):
        return a == b
    return equal_inside(tank, a, b)


def equal_inside(tank: Tank, first: Value, second: Value) -> bool:
    """`==` of parts of collections. Does not recurse, so that long lists of enums compare."""
    pending = [(first, second)]
    while pending:
        a, b = pending.pop()
        if isinstance(a, float):
            if math.isnan(a) and math.isnan(cast(float, b)):
                raise outside("two NaNs are compared inside a collection")
            if a != b:
                return False
            continue
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
            pay_to_compare(tank, a, b)
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
            pay_to_compare(tank, a, b)
            return (a > b) - (a < b)  # type: ignore[operator] # numbers or text, by the scheme


def less_than(type_: Type) -> Comparison:
    """The IR's `<` at a type."""
    return _order_test(operator.lt)(Signature((type_, type_), type_))


def _order_test(test: Callable[[Any, Any], bool]) -> Callable[[Signature], Comparison]:
    """`test` is one of Python's four operators; on `order`'s answer and 0 it means the same."""

    def scalar(_tank: Tank, a: Value, b: Value) -> bool:
        return test(a, b)

    def native(tank: Tank, a: Value, b: Value) -> bool:
        pay_to_compare(tank, a, b)
        return test(a, b)

    def general(tank: Tank, a: Value, b: Value) -> bool:
        return test(a, b) if isinstance(a, float) else test(order(tank, a, b), 0)

    def choose(signature: Signature) -> Comparison:
        type_ = signature.args[0]
        if is_scalar(type_):
            return scalar
        return native if orders_natively(type_) else general

    return choose


def sort(
    tank: Tank, values: Iterable[Value], type_: Type, *, descending: bool = False
) -> list[Value]:
    """The values in order, stable in both directions; NaN is outside the subset."""
    listed = list(values)
    if not orders_natively(type_):
        return [listed[i] for i in places_in_order(tank, listed, type_, descending=descending)]
    _pay_to_sort(tank, listed, type_)
    return sorted(listed, reverse=descending)  # type: ignore[type-var] # ordered, by the scheme


def places_in_order(
    tank: Tank, keys: Sequence[Value], type_: Type, *, descending: bool = False
) -> list[int]:
    """The places of the keys in the order of the keys, stable; NaN is outside the subset."""
    _pay_to_sort(tank, keys, type_)
    comparable = cmp_to_key(partial(order, tank))
    rank = keys.__getitem__ if orders_natively(type_) else lambda i: comparable(keys[i])
    return sorted(range(len(keys)), key=rank, reverse=descending)  # type: ignore[arg-type] # the same


def _pay_to_sort(tank: Tank, keys: Sequence[Value], type_: Type) -> None:
    tank.pay_items(len(keys) * len(keys).bit_length())
    if isinstance(type_, FloatType) and any(map(math.isnan, cast("list[float]", keys))):
        raise outside("a NaN is sorted")


# ── Hashing ───────────────────────────────────────────────────────────────────────────────────


def key_guard(type_: Type) -> Callable[[Value], None]:
    """What must be called on a value of the type before it enters a set or becomes a key."""
    return refuse_nan if may_hold_nan(type_) else _accept


def _accept(_value: Value) -> None:
    pass


def refuse_nan(value: Value) -> None:
    """Raise `OutsideSubset` when a NaN is anywhere in the value."""
    pending = [value]
    while pending:
        part = pending.pop()
        match part:
            case float():
                if math.isnan(part):
                    raise outside("a NaN is in a set or a key")
            case tuple() | frozenset():
                pending.extend(part)
            case MapValue():
                pending.extend(part.values())
            case bool() | int() | str():
                pass
            case _:
                pending.extend(dissect_constructed(part)[1])


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
