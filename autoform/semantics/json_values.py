"""Values as JSON and back, exactly.

The type says what a piece of JSON means, so that little is tagged: integers that some readers
would round are hexadecimal text, floats that JSON lacks are `"nan"`, `"inf"` and `"-inf"`, a map
is a list of pairs, `some(x)` is `{"some": x}` beside `null`.
"""

from __future__ import annotations

import json
import math
from typing import Any, Final, NoReturn, TypeAlias, cast

from autoform.ir.decls import Module, RecordDecl
from autoform.ir.types import (
    BoolType,
    CharType,
    EnumType,
    FloatType,
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
    format_type,
)
from autoform.semantics.values import (
    NONE,
    Err,
    MapValue,
    NoneValue,
    Ok,
    RecordValue,
    Some,
    Value,
    VariantValue,
    declaration,
    field_types,
    has_type,
)

Json: TypeAlias = Any
_EXACT: Final = 1 << 53
"""Integers from here on are text: readers that keep numbers as doubles would round them."""


def to_json(value: Value, type_: Type, module: Module | None = None) -> Json:
    """The value as JSON data. Records and enums need the module that declares them.

    >>> from autoform.ir.types import INT, OptionType
    >>> to_json(Some(2**64), OptionType(INT))
    {'some': '0x10000000000000000'}
    """
    module = module or Module()
    if not has_type(value, type_, module):
        raise ValueError(f"{value!r} is not of type {format_type(type_)}")
    return _encode(value, type_, module)


def from_json(data: Json, type_: Type, module: Module | None = None) -> Value:
    """The value that `to_json` wrote. Raises `ValueError` for any other data."""
    module = module or Module()
    try:
        value = _decode(data, type_, module)
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise ValueError(f"not JSON of type {format_type(type_)}") from error
    if not has_type(value, type_, module):
        raise ValueError(f"not JSON of type {format_type(type_)}")
    return value


def _encode(value: Value, type_: Type, module: Module) -> Json:
    match type_, value:
        case (BoolType() | StrType() | CharType(), _):
            return value
        case (IntType() | MachineIntType(), int()):
            return value if -_EXACT < value < _EXACT else hex(value)
        case (FloatType(), float()):
            return value if math.isfinite(value) else str(value)
        case (SeqType(element), tuple()):
            return [_encode(item, element, module) for item in value]
        case (SetType(element), frozenset()):
            return sorted((_encode(item, element, module) for item in value), key=json.dumps)
        case (TupleType(items), tuple()):
            return [_encode(v, t, module) for v, t in zip(value, items, strict=True)]
        case (MapType(key, item), MapValue()):
            return [[_encode(k, key, module), _encode(v, item, module)] for k, v in value.items()]
        case (OptionType(), NoneValue()):
            return None
        case (OptionType(item), Some(inner)):
            return {"some": _encode(inner, item, module)}
        case (ResultType(item, _), Ok(inner)):
            return {"ok": _encode(inner, item, module)}
        case (ResultType(_, item), Err(inner)):
            return {"err": _encode(inner, item, module)}
        case (RecordType(), RecordValue(fields=fields)):
            named = zip(_fields(type_, module), fields, strict=True)
            return {name: _encode(v, t, module) for (name, t), v in named}
        case (EnumType(), VariantValue(variant=variant, items=items)):
            typed = zip(items, _payload(type_, variant, module), strict=True)
            return {"variant": variant, "items": [_encode(v, t, module) for v, t in typed]}
        case _:
            return _refuse(type_)


def _decode(data: Json, type_: Type, module: Module) -> Value:
    match type_:
        case BoolType() | StrType() | CharType():
            return _plain(data)
        case IntType() | MachineIntType():
            return int(data, 16) if isinstance(data, str) else _plain(data)
        case FloatType():
            return _float(data)
        case SeqType(element):
            return tuple(_decode(item, element, module) for item in data)
        case SetType(element):
            return frozenset(_decode(item, element, module) for item in data)
        case TupleType(items):
            return tuple(_decode(v, t, module) for v, t in zip(data, items, strict=True))
        case MapType(key, item):
            return MapValue((_decode(k, key, module), _decode(v, item, module)) for k, v in data)
        case OptionType(item):
            return NONE if data is None else Some(_decode(data["some"], item, module))
        case ResultType(ok, err):
            if "ok" in data:
                return Ok(_decode(data["ok"], ok, module))
            return Err(_decode(data["err"], err, module))
        case RecordType(name):
            fields = (_decode(data[n], t, module) for n, t in _fields(type_, module))
            return RecordValue(name, tuple(fields))
        case EnumType(name):
            typed = zip(data["items"], _payload(type_, data["variant"], module), strict=True)
            decoded = tuple(_decode(v, t, module) for v, t in typed)
            return VariantValue(name, data["variant"], decoded)
        case _:
            return _refuse(type_)


def _plain(data: Json) -> bool | int | str:
    if not isinstance(data, bool | int | str):
        raise TypeError
    return data


def _float(data: Json) -> float:
    """A float; writers that print `1.0` as `1` are understood."""
    if data in ("nan", "inf", "-inf") or (isinstance(data, int | float) and data is not True):
        return float(data)
    raise TypeError


def _fields(type_: RecordType, module: Module) -> list[tuple[str, Type]]:
    names = [field.name for field in cast(RecordDecl, declaration(type_, module)).fields]
    return list(zip(names, field_types(type_, module) or (), strict=True))


def _payload(type_: EnumType, variant: str, module: Module) -> tuple[Type, ...]:
    return field_types(type_, module, variant) or ()


def _refuse(type_: Type) -> NoReturn:
    raise ValueError(f"{format_type(type_)} has no JSON form: its values are not of one known type")
