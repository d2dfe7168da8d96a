"""IR values as the words in which they travel to Rust and back: see `codec.rs`."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, assert_never, cast

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
)

__all__ = ["ANY", "NoCounterpartError", "UnexpectedWordsError", "Words", "to_words"]

ANY: Final = MachineIntType(64, signed=True)
"""What stands for a type variable when the original is called."""


class NoCounterpartError(Exception):
    """A value of the IR that Rust has no value for, such as a text as a type variable's value."""


class UnexpectedWordsError(Exception):
    """Words that are not those of a value of the declared type."""


def to_words(value: Value, type_: Type, module: Module) -> Iterator[str]:  # noqa: C901 - per type
    """The words of a value. Raises `NoCounterpartError` when Rust has no such value."""
    match type_, value:
        case BoolType(), bool():
            yield "1" if value else "0"
        case (MachineIntType() | IntType() | TypeVar(), int()) if not isinstance(value, bool):
            kept = ANY if isinstance(type_, TypeVar) else type_
            if isinstance(kept, MachineIntType) and not kept.minimum <= value <= kept.maximum:
                raise _no_counterpart(value, type_)
            yield str(value)
        case FloatType(), float():
            yield str(struct.unpack("<Q", struct.pack("<d", value))[0])
        case CharType(), str():
            yield str(ord(value))
        case StrType(), str():
            try:
                yield "s" + value.encode().hex()
            except UnicodeEncodeError:
                raise _no_counterpart(value, type_) from None
        case (SeqType(element) | SetType(element), tuple() | frozenset()):
            yield str(len(value))
            items = sorted(value, key=repr) if isinstance(value, frozenset) else value
            for item in items:
                yield from to_words(item, element, module)
        case MapType(key, item), MapValue():
            yield str(len(value))
            for k, v in value.items():
                yield from to_words(k, key, module)
                yield from to_words(v, item, module)
        case TupleType(types), tuple():
            yield from _row(value, types, module)
        case OptionType(), NoneValue():
            yield "0"
        case (OptionType(item), Some(inner)) | (ResultType(item, _), Ok(inner)):
            yield "1"
            yield from to_words(inner, item, module)
        case ResultType(_, item), Err(inner):
            yield "0"
            yield from to_words(inner, item, module)
        case RecordType(), RecordValue(_, fields):
            yield from _row(fields, field_types(type_, module) or (), module)
        case EnumType(), VariantValue(_, variant, items):
            yield str(_variants(type_, module).index(variant))
            yield from _row(items, field_types(type_, module, variant) or (), module)
        case _:
            raise _no_counterpart(value, type_)


def _row(values: tuple[Value, ...], types: tuple[Type, ...], module: Module) -> Iterator[str]:
    for value, type_ in zip(values, types, strict=True):
        yield from to_words(value, type_, module)


def _variants(type_: EnumType, module: Module) -> list[str]:
    return [variant.name for variant in cast(EnumDecl, declaration(type_, module)).variants]


def _no_counterpart(value: Value, type_: Type) -> NoCounterpartError:
    return NoCounterpartError(f"Rust has no value for {value!r} of type `{format_type(type_)}`")


class Words:
    """Reads values off words, as the types say. Raises `UnexpectedWordsError`."""

    def __init__(self, words: list[str], module: Module) -> None:
        self._words = iter(words)
        self._module = module

    def end(self) -> None:
        """Demand that nothing is left."""
        if next(self._words, None) is not None:
            raise UnexpectedWordsError("the value is longer than its declared type allows")

    def read(self, type_: Type) -> Value:
        """The next value."""
        try:
            return self._read(type_)
        except (ValueError, IndexError, StopIteration) as error:
            text = format_type(type_)
            raise UnexpectedWordsError(f"a value that is not of type `{text}`") from error

    def _read(self, type_: Type) -> Value:
        match type_:
            case BoolType():
                return ("0", "1").index(next(self._words)) == 1
            case MachineIntType() | IntType() | TypeVar():
                return self._integer(type_)
            case FloatType():
                number: float = struct.unpack("<d", struct.pack("<Q", int(next(self._words))))[0]
                return number
            case CharType():
                return chr(int(next(self._words)))
            case StrType():
                return bytes.fromhex(next(self._words).removeprefix("s")).decode()
            case SeqType(element):
                return tuple(self._read(element) for _ in range(self._count()))
            case SetType(element):
                return frozenset(self._read(element) for _ in range(self._count()))
            case MapType(key, item):
                return MapValue([(self._read(key), self._read(item)) for _ in range(self._count())])
            case TupleType(items):
                return tuple([self._read(item) for item in items])
            case OptionType(item):
                return Some(self._read(item)) if self._flag() else NONE
            case ResultType(ok, err):
                return Ok(self._read(ok)) if self._flag() else Err(self._read(err))
            case RecordType(name):
                types = field_types(type_, self._module) or ()
                return RecordValue(name, tuple([self._read(item) for item in types]))
            case EnumType(name):
                variant = _variants(type_, self._module)[self._count()]
                types = field_types(type_, self._module, variant) or ()
                return VariantValue(name, variant, tuple([self._read(item) for item in types]))
            case FnType():
                raise ValueError
            case _:
                assert_never(type_)

    def _integer(self, type_: MachineIntType | IntType | TypeVar) -> int:
        number = int(next(self._words))
        if isinstance(type_, MachineIntType) and not type_.minimum <= number <= type_.maximum:
            raise ValueError
        return number

    def _count(self) -> int:
        return int(next(self._words))

    def _flag(self) -> bool:
        return ("0", "1").index(next(self._words)) == 1
