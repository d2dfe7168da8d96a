"""The values that IR programs compute with.

Integers of every type are `int`, `Char` and `Str` are `str`, sequences and tuples are `tuple`,
sets are `frozenset`; the classes of this module are the rest. All are immutable and hashable.
"""

from __future__ import annotations

import math
import struct
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Never, TypeAlias, assert_never

from autoform.ir.decls import EnumDecl, Module, RecordDecl
from autoform.ir.types import (
    BoolType,
    CharType,
    EnumType,
    FloatType,
    FnType,
    IntType,
    MachineIntType,
    MapType,
    OptionType,
    RecordType,
    ResultType,
    SeqType,
    SetType,
    StrType,
    TupleType,
    Type,
    TypeVar,
    substitute_type,
)


@dataclass(frozen=True, slots=True)
class NoneValue:
    """`none`. There is one, `NONE`; a copy or a pickle of it is itself."""

    def __reduce__(self) -> str:
        return "NONE"

    def __repr__(self) -> str:
        return "NONE"


@dataclass(frozen=True, slots=True)
class Some:
    """`some(value)`."""

    value: Value


@dataclass(frozen=True, slots=True)
class Ok:
    """`ok(value)`."""

    value: Value


@dataclass(frozen=True, slots=True)
class Err:
    """`err(value)`."""

    value: Value


@dataclass(frozen=True, slots=True)
class RecordValue:
    """A record of that name, its fields in declared order."""

    name: str
    fields: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class VariantValue:
    """A variant of the enum of that name, with its payload."""

    name: str
    variant: str
    items: tuple[Value, ...] = ()


class MapValue(dict["Value", "Value"]):
    """A map: a dictionary that cannot be changed. Equality ignores the order of the keys.

    >>> MapValue({1: "a"})[1]
    'a'
    """

    __slots__ = ()

    def __init__(self, items: Mapping[Any, Value] | Iterable[tuple[Value, Value]] = ()) -> None:
        super().__init__(items)

    def __hash__(self) -> int:  # type: ignore[override] # dict has none, because it changes
        return hash(frozenset(self.items()))

    def __repr__(self) -> str:
        return f"MapValue({super().__repr__()})"

    def __reduce__(self) -> tuple[type[MapValue], tuple[tuple[tuple[Value, Value], ...]]]:
        return MapValue, (tuple(self.items()),)

    def _refuse(self, *_args: object, **_kwargs: object) -> Never:
        raise TypeError("a MapValue cannot be changed")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def copy(self) -> MapValue:
        return self


Constructed: TypeAlias = NoneValue | Some | Ok | Err | RecordValue | VariantValue
Value: TypeAlias = (
    bool | int | float | str | tuple["Value", ...] | frozenset["Value"] | MapValue | Constructed
)

NONE: Final = NoneValue()
UNIT_VALUE: Final = ()
"""The value of type `()`, what a procedure returns."""


# ── Sameness ──────────────────────────────────────────────────────────────────────────────────


_FLAT: Final = frozenset({bool, int, str})
"""Types whose values are the same when they are equal."""


def same(first: Value, second: Value) -> bool:
    """Whether two values are exactly the same: nothing a program does can tell them apart.

    Floats are compared by their bits, except that any NaN is the same as any NaN; `1`, `1.0` and
    `True` all differ. Maps are the same whatever the order of their keys, as for `==`.

    Rows that are one object, as in `[[0] * n] * n`, are looked at once.
    """
    pending = [(first, second)]
    met: set[tuple[int, int]] = set()
    while pending:
        a, b = pending.pop()
        if type(a) in _FLAT and type(a) is type(b):
            if a != b:
                return False
            continue
        (label, parts), (other_label, other_parts) = _dissect(a), _dissect(b)
        if label != other_label:
            return False
        if parts and (pair := (id(a), id(b))) not in met:
            met.add(pair)
            pending.extend(zip(parts, other_parts, strict=True))
    return True


def _dissect(value: Value) -> tuple[Hashable, tuple[Value, ...]]:
    """What must be equal in the same values, and which parts must be the same in turn."""
    match value:
        case bool() | int() | str():
            return (type(value), value), ()
        case float():
            return (float, "nan" if math.isnan(value) else struct.pack("<d", value)), ()
        case tuple():
            return (tuple, len(value)), value
        case frozenset():
            return (frozenset, _multiset(map(_key, value))), ()
        case MapValue():
            return (MapValue, _multiset((_key(k), _key(v)) for k, v in value.items())), ()
        case _:
            return dissect_constructed(value)


def dissect_constructed(value: Constructed) -> tuple[Hashable, tuple[Value, ...]]:
    """What built an option, a result, a record or a variant, and what of."""
    match value:
        case NoneValue():
            return (NoneValue,), ()
        case Some() | Ok() | Err():
            return (type(value),), (value.value,)
        case RecordValue(name, fields):
            return (RecordValue, name), fields
        case VariantValue(name, variant, items):
            return (VariantValue, name, variant), items
        case _:
            assert_never(value)


def _key(value: Value) -> Hashable:
    label, parts = _dissect(value)
    return label, tuple(map(_key, parts))


def _multiset(keys: Iterable[Hashable]) -> Hashable:
    return frozenset(Counter(keys).items())


# ── Types of values ───────────────────────────────────────────────────────────────────────────


def has_type(value: Value, type_: Type, module: Module) -> bool:
    """Whether the value belongs to the type. A type variable holds every value."""
    pending = [(value, type_)]
    while pending:
        parts = _typed_parts(*pending.pop(), module)
        if parts is None:
            return False
        pending.extend(parts)
    return True


def declaration(type_: RecordType | EnumType, module: Module) -> RecordDecl | EnumDecl:
    """The declaration of a record or enum type. Raises `KeyError` when the module has none."""
    for declared in module.records if isinstance(type_, RecordType) else module.enums:
        if declared.name == type_.name:
            return declared
    raise KeyError(type_.name)


def field_types(
    type_: RecordType | EnumType, module: Module, variant: str | None = None
) -> tuple[Type, ...] | None:
    """The types of a record's fields or of a variant's payload; None for an unknown variant."""
    declared = declaration(type_, module)
    bindings = dict(zip(declared.type_params, type_.args, strict=True))
    if isinstance(declared, RecordDecl):
        return tuple(substitute_type(field.type, bindings) for field in declared.fields)
    for each in declared.variants:
        if each.name == variant:
            return tuple(substitute_type(item, bindings) for item in each.items)
    return None


_Parts: TypeAlias = Iterable[tuple[Value, Type]] | None


def _typed_parts(value: Value, type_: Type, module: Module) -> _Parts:  # noqa: C901 - per type
    """The parts of the value with their types, or None when it is not of the type."""
    match type_, value:
        case (BoolType(), bool()) | (FloatType(), float()) | (TypeVar(), _):
            return ()
        case (IntType() | MachineIntType(), bool()):
            return None
        case (IntType(), int()):
            return ()
        case (MachineIntType(), int()):
            return () if type_.minimum <= value <= type_.maximum else None
        case (StrType(), str()) if not _has_surrogates(value):
            return ()
        case (CharType(), str()) if len(value) == 1 and not _has_surrogates(value):
            return ()
        case (SeqType(element), tuple()):
            return ((item, element) for item in value)
        case (SetType(element), frozenset()):
            return ((item, element) for item in value)
        case (TupleType(items), tuple()) if len(items) == len(value):
            return zip(value, items, strict=True)
        case (MapType(key, item), MapValue()):
            return [*((k, key) for k in value), *((v, item) for v in value.values())]
        case (OptionType(), NoneValue()):
            return ()
        case (OptionType(item), Some(inner)) | (ResultType(item, _), Ok(inner)):
            return ((inner, item),)
        case (ResultType(_, item), Err(inner)):
            return ((inner, item),)
        case (RecordType(), RecordValue(name, fields)) if name == type_.name:
            return _pair_up(fields, field_types(type_, module))
        case (EnumType(), VariantValue(name, variant, items)) if name == type_.name:
            return _pair_up(items, field_types(type_, module, variant))
        case (FnType(), _):
            return None
        case _:
            return None


def _pair_up(values: tuple[Value, ...], types: tuple[Type, ...] | None) -> _Parts:
    if types is None or len(types) != len(values):
        return None
    return zip(values, types, strict=True)


def _has_surrogates(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text)
