"""Random values of any type that a module may declare, for runs that must be repeatable."""

from __future__ import annotations

from random import Random

from autoform.ir.decls import EnumDecl, Module
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
)
from autoform.semantics.values import (
    NONE,
    Err,
    MapValue,
    Ok,
    RecordValue,
    Some,
    Value,
    VariantValue,
    declaration,
    field_types,
)

_FLOATS = (0.0, -0.0, 1.0, -1.5, 2.5, 1e300, float("inf"), float("nan"))
_DEEP = 3


def random_value(rng: Random, type_: Type, module: Module, depth: int = 0) -> Value:  # noqa: C901
    """A small value, with corners among its parts."""

    def part(of: Type) -> Value:
        return random_value(rng, of, module, depth + 1)

    def some() -> range:
        return range(rng.randint(0, 4 if depth < _DEEP else 1))

    match type_:
        case IntType() | TypeVar():
            return rng.choice([0, 1, 2, 3, 5, -1, -3, rng.randint(-20, 20)])
        case MachineIntType(minimum=low, maximum=high):
            return rng.choice([low, high, 0, 1, 2, 5, high // 2])
        case BoolType():
            return rng.random() < 0.5
        case FloatType():
            return rng.choice(_FLOATS)
        case CharType():
            return rng.choice("aZ0 é😀")
        case StrType():
            return "".join(rng.choice("ab A1 é") for _ in some())
        case SeqType(element):
            return tuple(part(element) for _ in some())
        case SetType(element):
            return frozenset(part(element) for _ in some())
        case TupleType(items):
            return tuple(map(part, items))
        case MapType(key, value):
            return MapValue((part(key), part(value)) for _ in some())
        case OptionType(item):
            return NONE if rng.random() < 0.5 else Some(part(item))
        case ResultType(ok, err):
            return Ok(part(ok)) if rng.random() < 0.5 else Err(part(err))
        case RecordType(name):
            return RecordValue(name, tuple(map(part, field_types(type_, module) or ())))
        case EnumType():
            return _random_variant(rng, type_, module, depth)
        case FnType():
            raise ValueError(type_)


def _random_variant(rng: Random, type_: EnumType, module: Module, depth: int) -> Value:
    declared = declaration(type_, module)
    variants = declared.variants if isinstance(declared, EnumDecl) else ()
    plain = [variant for variant in variants if not variant.items]
    chosen = rng.choice(plain if depth >= _DEEP and plain else variants)
    types = field_types(type_, module, chosen.name) or ()
    items = (random_value(rng, item, module, depth + 1) for item in types)
    return VariantValue(type_.name, chosen.name, tuple(items))
