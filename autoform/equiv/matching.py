"""Which types of two functions stand for each other, and how a value of one is one of the other.

Int, i64, u8, …            the same number, where the other type has it
Char and Str               a character and the text of it
Seq<Char> and Str          characters in a row
T and any type             a type variable stands for it
Seq, Option, tuples, …     part by part
records and enums          by their fields and variants, in order
Result<T, E> and T         of a result only: an `err` is an exception
"""

from __future__ import annotations

from dataclasses import dataclass

from autoform.ir.decls import EnumDecl, Function, Module
from autoform.ir.types import (
    CharType,
    EnumType,
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
    parts,
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

__all__ = ["Mismatch", "NoCounterpart", "Side", "convert", "demand_match", "err_is_exception"]


class Mismatch(Exception):
    """The two functions cannot be called with the same arguments; the message says why."""


class NoCounterpart(Exception):
    """A value that the other type does not have."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two functions, in its module."""

    module: Module
    function: Function


def demand_match(first: Side, second: Side) -> None:
    """Raise `Mismatch` unless parameters match by position, and so do the results."""
    f, g = first.function, second.function
    if len(f.params) != len(g.params):
        raise Mismatch(
            f"`{f.name}` takes {len(f.params)} arguments and `{g.name}` takes {len(g.params)}"
        )
    for number, (a, b) in enumerate(zip(f.params, g.params, strict=True), 1):
        if not _matches(a.type, first.module, b.type, second.module):
            raise Mismatch(f"argument {number}: {_beside(a.type, b.type)}")
        if a.inout != b.inout:
            changing = f.name if a.inout else g.name
            raise Mismatch(f"argument {number}: only `{changing}` changes it")
    fits = _matches(f.result, first.module, g.result, second.module)
    if not fits and not any(map(err_is_exception, (f.result, g.result), (g.result, f.result))):
        raise Mismatch(f"the result: {_beside(f.result, g.result)}")


def _beside(a: Type, b: Type) -> str:
    return f"`{format_type(a)}` is not to be compared with `{format_type(b)}`"


def err_is_exception(type_: Type, other: Type) -> bool:
    """Whether a `Result` stands beside a plain type: its `err` is the other's exception."""
    return isinstance(type_, ResultType) and not isinstance(other, ResultType)


def _matches(a: Type, of: Module, b: Type, other: Module) -> bool:
    match a, b:
        case (IntType() | MachineIntType(), IntType() | MachineIntType()):
            return True
        case (TypeVar(), _) | (_, TypeVar()):
            return True
        case (CharType(), StrType()) | (StrType(), CharType()):
            return True
        case (SeqType(CharType()), StrType()) | (StrType(), SeqType(CharType())):
            return True
        case ResultType(ok), plain if err_is_exception(a, plain):
            return _matches(ok, of, plain, other)
        case plain, ResultType(ok) if err_is_exception(b, plain):
            return _matches(plain, of, ok, other)
        case RecordType(), RecordType():
            return _rows_match([field_types(a, of)], of, [field_types(b, other)], other, a, b)
        case EnumType(), EnumType():
            rows = [field_types(a, of, v) for v in _variants(a, of)]
            others = [field_types(b, other, v) for v in _variants(b, other)]
            return _rows_match(rows, of, others, other, a, b)
        case _:
            inner, found = parts(a), parts(b)
            same_head = type(a) is type(b) and len(inner) == len(found)
            pairs = zip(inner, found, strict=False)
            return same_head and all(_matches(x, of, y, other) for x, y in pairs)


def _rows_match(
    rows: list[tuple[Type, ...] | None],
    of: Module,
    others: list[tuple[Type, ...] | None],
    other: Module,
    a: Type,
    b: Type,
) -> bool:
    if [len(row or ()) for row in rows] != [len(row or ()) for row in others]:
        return False
    pairs = [
        p for r, o in zip(rows, others, strict=True) for p in zip(r or (), o or (), strict=True)
    ]
    # Inside a recursive type its own name stands for the other's.
    return all((x, y) == (a, b) or _matches(x, of, y, other) for x, y in pairs)


def _variants(type_: EnumType, module: Module) -> list[str]:
    declared = declaration(type_, module)
    assert isinstance(declared, EnumDecl)
    return [variant.name for variant in declared.variants]


def convert(value: Value, a: Type, of: Module, b: Type, other: Module) -> Value:
    """The value of type `b` that stands for a value of the matching type `a`.

    Raises `NoCounterpart` when `b` has none.
    """
    match b, value:
        case (StrType(), tuple()):
            return "".join(str(item) for item in value)
        case (SeqType(CharType()), str()):
            return tuple(value)
        case (CharType(), str()) if len(value) != 1:
            raise NoCounterpart
        case (MachineIntType(), int()) if not has_type(value, b, other):
            raise NoCounterpart
        case _:
            pass
    return _convert_parts(value, a, of, b, other)


def _convert_parts(value: Value, a: Type, of: Module, b: Type, other: Module) -> Value:
    def each(inner: Value, place: int) -> Value:
        return convert(inner, _part(a, place), of, _part(b, place), other)

    match value:
        case tuple():
            is_row = isinstance(b, TupleType)
            return tuple([each(item, place if is_row else 0) for place, item in enumerate(value)])
        case frozenset():
            return frozenset(each(item, 0) for item in value)
        case MapValue():
            return MapValue([(each(k, 0), each(v, 1)) for k, v in value.items()])
        case NoneValue():
            return NONE
        case Some(inner):
            return Some(each(inner, 0))
        case Ok(inner):
            return Ok(each(inner, 0))
        case Err(inner):
            return Err(each(inner, 1))
        case RecordValue() if isinstance(a, RecordType) and isinstance(b, RecordType):
            types, others = field_types(a, of) or (), field_types(b, other) or ()
            rows = zip(value.fields, types, others, strict=True)
            return RecordValue(b.name, tuple([convert(v, x, of, y, other) for v, x, y in rows]))
        case VariantValue() if isinstance(a, EnumType) and isinstance(b, EnumType):
            name = _variants(b, other)[_variants(a, of).index(value.variant)]
            types = field_types(a, of, value.variant) or ()
            others = field_types(b, other, name) or ()
            items = zip(value.items, types, others, strict=True)
            return VariantValue(
                b.name, name, tuple([convert(v, x, of, y, other) for v, x, y in items])
            )
        case _:
            return value


def _part(type_: Type, place: int) -> Type:
    match type_:
        case SeqType() | SetType() | OptionType() | TupleType() | MapType() | ResultType():
            return parts(type_)[place]
        case _:
            return type_
