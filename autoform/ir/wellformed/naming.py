"""The checks on names and types, and the exception by which they leave a declaration."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from autoform.ir.decls import EnumDecl, RecordDecl
from autoform.ir.node import Node
from autoform.ir.tables import Tables
from autoform.ir.traversal import MAX_DEPTH
from autoform.ir.types import (
    EnumType,
    FnType,
    RecordType,
    Type,
    TypeVar,
    format_type,
    parts,
)


class Violated(Exception):
    """Leaves the check of a declaration at its first violation."""

    def __init__(self, node: Node, message: str) -> None:
        super().__init__(message)
        self.node = node
        self.message = message


@dataclass(slots=True)
class TypeScope:
    """Knows which types may be named inside one declaration, and remembers those it has seen."""

    tables: Tables
    type_params: tuple[str, ...] = ()
    _seen: dict[int, Type] = field(default_factory=dict)

    def check(self, type_: Type, node: Node) -> None:
        """Raise `Violated` unless the type is shallow, declared, complete and not a function's.

        Must come before anything that recurses into the type, hashing included: this does not,
        and knows the types it has seen by identity.
        """
        if id(type_) in self._seen:
            return
        require_shallow(type_, node)
        if message := self._fault(type_):
            raise Violated(node, message)
        self._seen[id(type_)] = type_

    def _fault(self, type_: Type) -> str:
        for part in _all_parts(type_):
            match part:
                case FnType():
                    return f"{format_type(part)} is the type of a function, not of a value"
                case TypeVar(name) if name not in self.type_params:
                    return f"{name} is no type parameter of this declaration"
                case RecordType(name, args):
                    if message := _arity_fault(name, args, self.tables.records, "record"):
                        return message
                case EnumType(name, args):
                    if message := _arity_fault(name, args, self.tables.enums, "enum"):
                        return message
                case _:
                    pass
        return ""


def require_shallow(type_: Type, node: Node) -> None:
    """Raise `Violated` when the type nests beyond the bound. Does not recurse."""
    levels, level = 0, [type_]
    while level:
        levels += 1
        if levels > MAX_DEPTH:
            raise Violated(node, f"a type nests more than {MAX_DEPTH} deep")
        level = [inner for part in level for inner in parts(part)]


def _all_parts(type_: Type) -> Iterable[Type]:
    stack = [type_]
    while stack:
        part = stack.pop()
        yield part
        stack.extend(parts(part))


def _arity_fault(
    name: str,
    args: tuple[Type, ...],
    declared: dict[str, RecordDecl] | dict[str, EnumDecl],
    kind: str,
) -> str:
    declaration = declared.get(name)
    if declaration is None:
        return f"no {kind} {name} is declared"
    wanted = len(declaration.type_params)
    return "" if len(args) == wanted else f"{name} takes {wanted} type arguments, not {len(args)}"


def require_identifier(name: str, node: Node, *, dotted: bool = False) -> None:
    """Raise `Violated` unless the name is an identifier, or identifiers joined by dots."""
    pieces = name.split(".") if dotted else (name,)
    if not all(piece.isidentifier() for piece in pieces):
        raise Violated(node, f"{name!r} is not a name")


def require_unique(names: Iterable[str], what: str, node: Node) -> None:
    """Raise `Violated` when a name comes twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Violated(node, f"{what} {name} is declared twice")
        seen.add(name)
