"""What a piece of IR uses: what a back end compares with what it can print.

A feature is the class of a node (`While`), an operator (`op:seq.at`), a type that a node carries
(`type:Float`, `type:i32`, `type:Seq`), or one of the few properties that no class shows: `inout`
parameters, `label` on a `break` or `continue`, `type_params`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Final, TypeAlias, get_args, get_type_hints

from autoform.ir import types
from autoform.ir.decls import EnumDecl, Function, Param, RecordDecl
from autoform.ir.exprs import Apply
from autoform.ir.node import Node
from autoform.ir.stmts import Break, Continue
from autoform.ir.traversal import walk
from autoform.ir.types import MachineIntType, Type, walk_type

_TYPES: Final = get_args(types.Type)
_TypeField: TypeAlias = tuple[str, bool]


class _TypeFields(dict[type[Node], tuple[_TypeField, ...]]):
    """For each class of node, its fields that hold types, and whether each holds a tuple."""

    def __missing__(self, cls: type[Node]) -> tuple[_TypeField, ...]:
        hints = get_type_hints(cls)
        found = []
        for each in fields(cls):
            alternatives = get_args(hints[each.name]) or (hints[each.name],)
            many = hints[each.name] == tuple[types.Type, ...]
            if many or all(part in _TYPES for part in alternatives):
                found.append((each.name, many))
        self[cls] = tuple(found)
        return self[cls]


_TYPE_FIELDS: Final = _TypeFields()


def features(*nodes: Node) -> frozenset[str]:
    """The features of the nodes and of all that is inside them."""
    found: set[str] = set()
    seen: set[Type] = set()
    for node in walk(*nodes):
        found.add(type(node).__name__)
        found.update(_properties(node))
        seen.update(carried_types(node))
    found.update(type_features(seen))
    return frozenset(found)


def _properties(node: Node) -> Iterator[str]:
    match node:
        case Apply(op):
            yield f"op:{op}"
        case Param(inout=True):
            yield "inout"
        case Break(label) | Continue(label) if label is not None:
            yield "label"
        case (
            Function(type_params=params)
            | RecordDecl(type_params=params)
            | EnumDecl(type_params=params)
        ) if params:
            yield "type_params"
        case _:
            pass


def carried_types(node: Node) -> Iterator[Type]:
    """The types that are fields of the node."""
    for name, many in _TYPE_FIELDS[type(node)]:
        if many:
            yield from getattr(node, name)
        else:
            yield getattr(node, name)


def type_features(carried: Iterable[Type]) -> Iterator[str]:
    """The features of types and of the types inside them."""
    for type_ in carried:
        for part in walk_type(type_):
            yield f"type:{type_name(part)}"


def type_name(type_: Type) -> str:
    """The outermost part of a type, as features name it: `Seq`, `i32`, `Record`."""
    if isinstance(type_, MachineIntType):
        return type_.name
    return type(type_).__name__.removesuffix("Type")
