"""Random values of a type."""

from __future__ import annotations

import random
from typing import assert_never

from autoform.ir.decls import Module
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
from autoform.semantics.values import (
    NONE,
    Err,
    MapValue,
    Ok,
    RecordValue,
    Some,
    Value,
    VariantValue,
)

FLOATS = (0.0, -0.0, 1.5, -2.25, float("nan"), float("inf"), 3.0)


def random_value(type_: Type, rng: random.Random, module: Module, depth: int = 3) -> Value:  # noqa: C901 - one case per type
    """A small value; collections are empty where `depth` is used up."""

    def part(inner: Type) -> Value:
        return random_value(inner, rng, module, depth - 1)

    def some() -> range:
        return range(rng.randint(0, 4) if depth > 0 else 0)

    match type_:
        case IntType() | TypeVar():
            return rng.randint(-3, 6)
        case MachineIntType():
            return rng.choice([type_.minimum, type_.maximum, 0, 1, 2, rng.randint(0, 9)])
        case BoolType():
            return rng.random() < 0.5
        case FloatType():
            return rng.choice(FLOATS)
        case CharType():
            return rng.choice("ab 1Z")
        case StrType():
            return "".join(rng.choice("ab 1Z") for _ in range(rng.randint(0, 4)))
        case SeqType(element):
            return tuple(part(element) for _ in some())
        case TupleType(items):
            return tuple(map(part, items))
        case SetType(element):
            return frozenset(part(element) for _ in some())
        case MapType(key, value):
            return MapValue([(part(key), part(value)) for _ in some()])
        case OptionType(item):
            return NONE if depth <= 0 or rng.random() < 0.4 else Some(part(item))
        case ResultType(ok, err):
            return Ok(part(ok)) if rng.random() < 0.5 else Err(part(err))
        case RecordType(name, args):
            record = next(each for each in module.records if each.name == name)
            known = dict(zip(record.type_params, args, strict=True))
            fields = tuple(part(substitute_type(slot.type, known)) for slot in record.fields)
            return RecordValue(name, fields)
        case EnumType(name, args):
            enum = next(each for each in module.enums if each.name == name)
            known = dict(zip(enum.type_params, args, strict=True))
            variants = sorted(enum.variants, key=lambda variant: len(variant.items))
            variant = variants[0] if depth <= 0 else rng.choice(variants)
            held = tuple(part(substitute_type(item, known)) for item in variant.items)
            return VariantValue(name, variant.name, held)
        case FnType():
            raise AssertionError("no function is a parameter")
        case _:
            assert_never(type_)
