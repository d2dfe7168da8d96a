"""The corners of each type: values at which programs break, tried before any random ones."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from autoform.crosscheck.inputs.size import Size
from autoform.ir.decls import EnumDecl, Module, RecordDecl
from autoform.ir.types import (
    INT,
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

__all__ = ["corners", "fields_of", "variants_of"]

INTEGERS: Final = (0, 1, -1, 2, 3, -2, 5, 7, 10, -10, 100, 2**31, -(2**31) - 1, 2**63, -(2**64))
WIDTHS: Final = tuple(
    (1 << bits) + off for width in (8, 16, 32, 64) for bits in (width - 1, width) for off in (-1, 0)
)
"""Where a cast to a narrower type begins to lose something."""
FLOATS: Final = (
    *(0.0, 1.0, -1.0, 0.5, -0.0, 2.0, -1.5, 3.0, 100.0, 0.1, 2.5, 1e-9, 1e16),
    *(float("inf"), float("-inf"), float("nan"), 5e-324, 1.7976931348623157e308),
)
TEXTS: Final = (
    *("", "a", "ab", "aa", "A", "0", " ", "aba", "Hello, World!", "-12", "a b  c", "\n"),
    *("ß", "é", "e\u0301", "\U0001f600", "İ", "٣", "²"),
)
CHARS: Final = ("a", "Z", "0", " ", "\n", "é", "ß", "\U0001f600", "\0", "\U0010ffff")
_FEW: Final = 5


def corners(type_: Type, module: Module, size: Size) -> tuple[Value, ...]:
    """The corner values of a type, simplest first, none larger than `size` allows."""
    return tuple(_corners(type_, module, size))


def _corners(type_: Type, module: Module, size: Size) -> Iterator[Value]:  # noqa: C901
    match type_:
        case IntType() | TypeVar():
            yield from (n for n in INTEGERS if abs(n) <= size.integer)
        case MachineIntType():
            yield from _machine_integers(type_)
        case BoolType():
            yield from (False, True)
        case FloatType():
            yield from FLOATS
        case CharType():
            yield from CHARS
        case StrType():
            yield from (text for text in TEXTS if len(text) <= max(size.length, 2))
        case SeqType(element):
            yield from _sequences(_inner(element, module, size))
        case TupleType(items):
            yield from _rows([_inner(item, module, size) for item in items])
        case SetType(element):
            found = _inner(element, module, size)
            yield from (frozenset(()), frozenset(found[:1]), frozenset(found[:_FEW]))
        case MapType(key, value):
            yield from _maps(_inner(key, module, size), _inner(value, module, size))
        case OptionType(item):
            yield NONE
            yield from (Some(value) for value in _inner(item, module, size))
        case ResultType(ok, err):
            yield from (Ok(value) for value in _inner(ok, module, size)[:_FEW])
            yield from (Err(value) for value in _inner(err, module, size)[:_FEW])
        case RecordType():
            rows = _rows([_inner(item, module, size) for item in fields_of(type_, module)])
            yield from (RecordValue(type_.name, row) for row in rows)
        case EnumType():
            for name, items in variants_of(type_, module):
                rows = _rows([_inner(item, module, size)[:_FEW] for item in items])
                yield from (VariantValue(type_.name, name, row) for row in rows)
        case FnType():
            return
        case _:
            assert_never(type_)


def _inner(type_: Type, module: Module, size: Size) -> tuple[Value, ...]:
    """The corners of a part. Recursive data ends where the depth does: it has no corner there."""
    return corners(type_, module, size.nested()) if size.depth > 0 else ()


def _machine_integers(type_: MachineIntType) -> Iterator[int]:
    low, high = type_.minimum, type_.maximum
    near = (0, 1, -1, 2, 3, 7, 10, low, high, low + 1, high - 1, high // 2, high // 2 + 1)
    yield from dict.fromkeys(n for n in (*near, *WIDTHS) if low <= n <= high)


def _sequences(items: Sequence[Value]) -> Iterator[Value]:
    """Empty, one element, duplicates, ascending and descending as far as the corners go."""
    yield ()
    if not items:
        return
    first, second = items[0], items[min(1, len(items) - 1)]
    yield (first,)
    yield (second,)
    yield (first, first)
    yield (first, second)
    yield (second, first, second)
    yield tuple(items[:4])
    yield tuple(reversed(items[:4]))


def _maps(keys: Sequence[Value], values: Sequence[Value]) -> Iterator[Value]:
    yield MapValue(())
    if keys and values:
        yield MapValue(((keys[0], values[0]),))
        pairs = zip(keys[:3], itertools.cycle(values), strict=False)
        yield MapValue(tuple(pairs))


def _rows(columns: Sequence[Sequence[Value]]) -> Iterator[tuple[Value, ...]]:
    """Each corner of each column once, the shorter columns repeated; nothing if one is empty."""
    if not all(columns):
        return
    for row in range(max(map(len, columns), default=1)):
        yield tuple(column[row % len(column)] for column in columns)


def fields_of(type_: RecordType, module: Module) -> tuple[Type, ...]:
    """The types of a record's fields, its own arguments put in."""
    declared = next(record for record in module.records if record.name == type_.name)
    bindings = _bindings(declared, type_.args)
    return tuple(substitute_type(field.type, bindings) for field in declared.fields)


def variants_of(type_: EnumType, module: Module) -> tuple[tuple[str, tuple[Type, ...]], ...]:
    """The variants of an enum with the types of their items."""
    declared = next(enum for enum in module.enums if enum.name == type_.name)
    bindings = _bindings(declared, type_.args)
    return tuple(
        (variant.name, tuple(substitute_type(item, bindings) for item in variant.items))
        for variant in declared.variants
    )


def _bindings(declared: RecordDecl | EnumDecl, args: tuple[Type, ...]) -> dict[str, Type]:
    arguments = args or (INT,) * len(declared.type_params)
    return dict(zip(declared.type_params, arguments, strict=True))
