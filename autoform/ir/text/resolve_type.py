"""From the tree of a type to the type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from autoform.ir.tables import Tables
from autoform.ir.text.syntax import Syntax, Text, only_name, subtrees
from autoform.ir.traversal import MAX_DEPTH
from autoform.ir.types import (
    BOOL,
    CHAR,
    FLOAT,
    INT,
    MACHINE_INTS,
    STR,
    EnumType,
    FnType,
    MapType,
    OptionType,
    RecordType,
    ResultType,
    SeqType,
    SetType,
    TupleType,
    Type,
    TypeVar,
)

_PLAIN: Final[dict[str, Type]] = {
    "Int": INT,
    "Bool": BOOL,
    "Float": FLOAT,
    "Char": CHAR,
    "Str": STR,
    **MACHINE_INTS,
}
_CONSTRUCTED: Final[dict[str, tuple[int, Callable[..., Type]]]] = {
    "Seq": (1, SeqType),
    "Set": (1, SetType),
    "Option": (1, OptionType),
    "Map": (2, MapType),
    "Result": (2, ResultType),
}


@dataclass(frozen=True, slots=True)
class TypeReader:
    """Reads types where these declarations and type parameters can be named."""

    text: Text
    tables: Tables
    type_params: frozenset[str] = frozenset()

    def read(self, syntax: Syntax, level: int = 0) -> Type:
        """The type. Raises `IRSyntaxError` for an unknown name."""
        if level > MAX_DEPTH:
            raise self.text.error("this type nests too deeply", syntax)
        if syntax.data == "named_type":
            return self._named(syntax, level)
        if syntax.data == "function_type":
            params, *result = subtrees(syntax)
            items = [self.read(item, level + 1) for item in subtrees(params)]
            return FnType(tuple(items), self.read(result[0], level + 1))
        if syntax.data == "one_type":
            raise self.text.error("a tuple type of one item is written `(A,)`", syntax)
        return TupleType(tuple([self.read(item, level + 1) for item in subtrees(syntax)]))

    def _named(self, syntax: Syntax, level: int) -> Type:
        head, *rest = subtrees(syntax)
        name = only_name(head)
        args = tuple([self.read(arg, level + 1) for arg in rest])
        if name in _CONSTRUCTED:
            wanted, construct = _CONSTRUCTED[name]
            if len(args) != wanted:
                raise self.text.error(f"{name} takes {wanted} type arguments", syntax)
            return construct(*args)
        if name in self.tables.records:
            return RecordType(name, args)
        if name in self.tables.enums:
            return EnumType(name, args)
        if args or not (name in _PLAIN or name in self.type_params):
            raise self.text.error(f"unknown type {name}{' with arguments' if args else ''}", syntax)
        return _PLAIN[name] if name in _PLAIN else TypeVar(name)
