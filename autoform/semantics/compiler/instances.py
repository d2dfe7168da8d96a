"""Generic functions at given types: which type each type parameter stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from autoform.ir.decls import Function
from autoform.ir.types import (
    BOOL,
    FLOAT,
    INT,
    STR,
    Type,
    TypeVar,
    parts,
)
from autoform.semantics.values import Value


def bindings_of_call(
    function: Function, args: Sequence[Type], result: Type | None
) -> dict[str, Type]:
    """What the type parameters are in a call with arguments of these types.

    Those that are a type variable of the caller which is not known itself are left out.
    """
    bindings: dict[str, Type] = {}
    if function.type_params:
        for param, arg in zip(function.params, args, strict=True):
            _match(param.type, arg, bindings)
        if result is not None:
            _match(function.result, result, bindings)
    return bindings


def _match(scheme: Type, actual: Type, bindings: dict[str, Type]) -> None:
    if isinstance(scheme, TypeVar):
        if not isinstance(actual, TypeVar):
            bindings.setdefault(scheme.name, actual)
        return
    for part, actual_part in zip(parts(scheme), parts(actual), strict=False):
        _match(part, actual_part, bindings)


def bindings_of_values(function: Function, args: Iterable[Value]) -> dict[str, Type]:
    """What the type parameters are likely to be in a call with these values.

    A number without a type is an `Int`. What the values leave open stays a type variable: then
    operators go by the values they meet.
    """
    bindings: dict[str, Type] = {}
    if function.type_params:
        for param, arg in zip(function.params, args, strict=True):
            _match_value(param.type, arg, bindings)
    return bindings


def _match_value(scheme: Type, value: Value, bindings: dict[str, Type]) -> None:
    match scheme, value:
        case (TypeVar(name), bool()):
            bindings.setdefault(name, BOOL)
        case (TypeVar(name), int()):
            bindings.setdefault(name, INT)
        case (TypeVar(name), float()):
            bindings.setdefault(name, FLOAT)
        case (TypeVar(name), str()):
            bindings.setdefault(name, STR)
        case (_, tuple() | frozenset()):
            schemes = parts(scheme)
            for place, item in enumerate(value):
                if schemes:
                    _match_value(schemes[min(place, len(schemes) - 1)], item, bindings)
        case _:
            pass
