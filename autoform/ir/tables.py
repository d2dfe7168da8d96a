"""What a module declares, by name, and the types that follow from it.

The functions here say which type an expression has by its parts alone, or `None` where they leave
it open or do not fit. The printer states the types that these cannot find; the parser finds the
others with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autoform.ir.decls import ConstDecl, EnumDecl, Function, Module, RecordDecl
from autoform.ir.ops import OPS, SignatureError, result_type
from autoform.ir.types import (
    EnumType,
    RecordType,
    Type,
    TypeVar,
    match_type,
    substitute_type,
    walk_type,
)


@dataclass(slots=True)
class Tables:
    """The declarations of a module. Of two with one name the first counts."""

    functions: dict[str, Function]
    records: dict[str, RecordDecl]
    enums: dict[str, EnumDecl]
    consts: dict[str, ConstDecl]

    @staticmethod
    def of(module: Module) -> Tables:
        """The tables of a module."""
        return Tables(
            {each.name: each for each in reversed(module.functions)},
            {each.name: each for each in reversed(module.records)},
            {each.name: each for each in reversed(module.enums)},
            {each.name: each for each in reversed(module.consts)},
        )


def application_type(op: str, args: Sequence[Type]) -> Type | None:
    """The type of an operator applied to arguments of these types."""
    if op not in OPS:
        return None
    try:
        return result_type(OPS[op], tuple(args))
    except SignatureError:
        return None


def call_type(tables: Tables, function: str, args: Sequence[Type]) -> Type | None:
    """The type of a call with arguments of these types."""
    callee = tables.functions.get(function)
    if callee is None:
        return None
    return instantiated((p.type for p in callee.params), args, callee.result)


def field_type(tables: Tables, record: Type, name: str) -> Type | None:
    """The type of a field of a record."""
    if not isinstance(record, RecordType) or record.name not in tables.records:
        return None
    declared = tables.records[record.name]
    bindings = dict(zip(declared.type_params, record.args, strict=False))
    for slot in declared.fields:
        if slot.name == name:
            return substitute_type(slot.type, bindings)
    return None


def payload_type(tables: Tables, enum: Type, variant: str, index: int) -> Type | None:
    """The type of an item that a variant of an enum holds."""
    if not isinstance(enum, EnumType) or enum.name not in tables.enums:
        return None
    declared = tables.enums[enum.name]
    bindings = dict(zip(declared.type_params, enum.args, strict=False))
    for each in declared.variants:
        if each.name == variant and index < len(each.items):
            return substitute_type(each.items[index], bindings)
    return None


def record_literal_type(tables: Tables, name: str, fields: Sequence[Type]) -> Type | None:
    """The type of a record literal with fields of these types."""
    declared = tables.records.get(name)
    if declared is None:
        return None
    whole = RecordType(name, tuple(map(TypeVar, declared.type_params)))
    return instantiated((slot.type for slot in declared.fields), fields, whole)


def variant_literal_type(
    tables: Tables, name: str, variant: str, args: Sequence[Type]
) -> Type | None:
    """The type of an enum value with a payload of these types."""
    declared = tables.enums.get(name)
    if declared is None:
        return None
    whole = EnumType(name, tuple(map(TypeVar, declared.type_params)))
    for each in declared.variants:
        if each.name == variant:
            return instantiated(each.items, args, whole)
    return None


def instantiated(schemes: Iterable[Type], actuals: Sequence[Type], result: Type) -> Type | None:
    """The result with its variables bound so that the schemes become the actual types."""
    wanted = tuple(schemes)
    bindings: dict[str, Type] = {}
    if len(wanted) != len(actuals) or not all(
        match_type(scheme, actual, bindings) for scheme, actual in zip(wanted, actuals, strict=True)
    ):
        return None
    if any(isinstance(t, TypeVar) and t.name not in bindings for t in walk_type(result)):
        return None
    return substitute_type(result, bindings)
