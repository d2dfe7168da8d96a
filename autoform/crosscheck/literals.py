"""Values written as expressions of the IR, so that a back end can print them as its own."""

from __future__ import annotations

from autoform.ir.decls import Module
from autoform.ir.exprs import (
    BoolLit,
    CharLit,
    Expr,
    FloatLit,
    IntLit,
    MapLit,
    NoneLit,
    RecordLit,
    SeqLit,
    SetLit,
    StrLit,
    TupleLit,
    VariantLit,
)
from autoform.ir.ops import apply
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
    Err,
    MapValue,
    NoneValue,
    Ok,
    RecordValue,
    Some,
    Value,
    VariantValue,
    field_types,
)

__all__ = ["literal"]


def literal(value: Value, type_: Type, module: Module) -> Expr:
    """The expression whose value this is. Raises `ValueError` for a value of another type."""
    match type_, value:
        case (IntType() | MachineIntType(), int()) if not isinstance(value, bool):
            return IntLit(value, type_)
        case BoolType(), bool():
            return BoolLit(value)
        case FloatType(), float():
            return FloatLit(repr(value))
        case CharType(), str():
            return CharLit(value)
        case StrType(), str():
            return StrLit(value)
        case OptionType(item), NoneValue():
            return NoneLit(item)
        case OptionType(item), Some(inner):
            return apply("option.some", literal(inner, item, module))
        case ResultType(ok, _), Ok(inner):
            return apply("result.ok", literal(inner, ok, module), type_=type_)
        case ResultType(_, err), Err(inner):
            return apply("result.err", literal(inner, err, module), type_=type_)
        case RecordType(), RecordValue(_, fields):
            return RecordLit(type_, _row(fields, field_types(type_, module), module))
        case EnumType(), VariantValue(_, variant, items):
            types = field_types(type_, module, variant)
            return VariantLit(type_, variant, _row(items, types, module))
        case _:
            return _collection(value, type_, module)


def _collection(value: Value, type_: Type, module: Module) -> Expr:
    match type_, value:
        case SeqType(element), tuple():
            return SeqLit(element, tuple(literal(item, element, module) for item in value))
        case TupleType(types), tuple():
            return TupleLit(_row(value, types, module))
        case SetType(element), frozenset():
            ordered = sorted(value, key=repr)
            return SetLit(element, tuple(literal(item, element, module) for item in ordered))
        case MapType(key, item), MapValue():
            keys = tuple(literal(k, key, module) for k in value)
            return MapLit(key, item, keys, tuple(literal(v, item, module) for v in value.values()))
        case _:
            raise ValueError(f"{value!r} is no value of type `{format_type(type_)}`")


def _row(
    values: tuple[Value, ...], types: tuple[Type, ...] | None, module: Module
) -> tuple[Expr, ...]:
    pairs = zip(values, types or (), strict=True)
    return tuple(literal(value, type_, module) for value, type_ in pairs)
