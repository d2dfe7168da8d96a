"""Types in Lean, and what can be asked of them.

Machine integers are `Int`: their ranges are hypotheses of theorems and checks of operations.
A text is a `List Char`, a one-item tuple is its item, a `Result` is an `Except`.
"""

from __future__ import annotations

from typing import assert_never

from autoform.backends.lean.names import GlobalNames, LocalNames, escaped
from autoform.backends.lean.terms import Term, app
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
    parts,
    substitute_type,
)

_PRODUCT = 35


def print_type(  # noqa: C901 - one line per type, in the order of the union
    type_: Type, names: GlobalNames, local: LocalNames
) -> Term:
    """The type as a Lean term."""

    def inner(part: Type) -> Term:
        return print_type(part, names, local)

    match type_:
        case IntType() | MachineIntType():
            return Term("Int")
        case BoolType():
            return Term("Bool")
        case FloatType():
            return Term("Float")
        case CharType():
            return Term("Char")
        case StrType():
            return app("List", Term("Char"))
        case SeqType(element):
            return app("List", inner(element))
        case SetType(element):
            return app("Py.Set", inner(element))
        case MapType(key, value):
            return app("Py.Map", inner(key), inner(value))
        case OptionType(item):
            return app("Option", inner(item))
        case ResultType(ok, err):
            return app("Except", inner(err), inner(ok))
        case TupleType(()):
            return Term("Unit")
        case TupleType((item,)):
            return inner(item)
        case TupleType(items):
            return Term(" × ".join(inner(item).at(_PRODUCT + 1) for item in items), _PRODUCT)
        case RecordType(name, args) | EnumType(name, args):
            return app(escaped(names.types[name]), *map(inner, args))
        case TypeVar(name):
            return Term(local.of_type(name))
        case FnType():
            raise AssertionError("the type of a function is never printed")
        case _:
            assert_never(type_)


def type_declarations(module: Module) -> tuple[RecordDecl | EnumDecl, ...]:
    """The records and enums of a module."""
    return (*module.records, *module.enums)


def is_discrete(type_: Type, module: Module, seen: frozenset[str] = frozenset()) -> bool:
    """Whether equality of values is equality in Lean, and decidable.

    Not of floats (NaN, two zeros), sets and maps (kept in some order), and what holds them.
    """
    match type_:
        case FloatType() | SetType() | MapType() | FnType() | ResultType():
            return False
        case RecordType(name) | EnumType(name) if name not in seen:
            seen |= {name}
            return all(is_discrete(part, module, seen) for part in payload(type_, module))
        case _:
            return all(is_discrete(part, module, seen) for part in parts(type_))


def has_float(type_: Type, module: Module, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a float may be inside."""
    match type_:
        case FloatType():
            return True
        case RecordType(name) | EnumType(name) if name not in seen:
            seen |= {name}
            return any(has_float(part, module, seen) for part in payload(type_, module))
        case _:
            return any(has_float(part, module, seen) for part in parts(type_))


def payload(type_: RecordType | EnumType, module: Module) -> tuple[Type, ...]:
    """The types of the fields of a record, or of all items of an enum."""
    if isinstance(type_, RecordType):
        record = next(each for each in module.records if each.name == type_.name)
        bindings = dict(zip(record.type_params, type_.args, strict=True))
        return tuple(substitute_type(each.type, bindings) for each in record.fields)
    enum = next(each for each in module.enums if each.name == type_.name)
    bindings = dict(zip(enum.type_params, type_.args, strict=True))
    return tuple(
        substitute_type(item, bindings) for variant in enum.variants for item in variant.items
    )
