"""Annotations as host types."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.reader import read_expression
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.python.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    NUMERIC,
    STR,
    Cell,
    DictT,
    HostType,
    IterT,
    ListT,
    OptionalT,
    RecordT,
    SetT,
    TupleT,
    VarTupleT,
)

_PLAIN: Final[dict[str, HostType]] = {
    "int": INT,
    "float": FLOAT,
    "bool": BOOL,
    "str": STR,
    "None": NONE,
}
_LISTS: Final = frozenset(
    {"list", "List", "Sequence", "MutableSequence", "Iterable", "Collection", "Reversible"}
)
_SETS: Final = frozenset({"set", "Set", "MutableSet"})
_DICTS: Final = frozenset({"dict", "Dict", "Mapping", "MutableMapping"})
_TUPLES: Final = frozenset({"tuple", "Tuple"})
_MAX_ALIASES: Final = 8
_FROZEN: Final = frozenset({"frozenset", "FrozenSet", "AbstractSet"})


class Annotations:
    """Reads the annotations of one module.

    `resolve` maps a name, or a dotted name, to what it means: `typing.List` and a `List` that was
    imported from there are both `List`; `""` is what the module defines itself.
    """

    def __init__(
        self,
        resolve: Callable[[tree.Expr], str],
        alias: Callable[[str], tree.Expr | None],
        records: Container[str],
    ) -> None:
        """Read with these meanings of names; `alias` has the right side of `V = list[int]`."""
        self._resolve = resolve
        self._alias = alias
        self._records = records
        self._depth = 0

    def name(self, node: tree.Expr) -> str:
        """What a name means, without its module."""
        return self._resolve(node)

    def read(self, node: tree.Expr) -> HostType | None:
        """The type that an annotation names; `None` when the subset has no such type.

        Parts that it leaves open (`list`, `Any`) are unknown.
        """
        match node:
            case tree.NoneValue():
                return NONE
            case tree.Name() | tree.Attribute():
                return self._named(node)
            case tree.Str():
                return self._quoted(node)
            case tree.Binary(op="|", left=left, right=right):
                return self._union([left, right])
            case tree.Subscript(value=value, index=index):
                return self._generic(self._resolve(value), index)
            case _:
                return None

    def _named(self, node: tree.Name | tree.Attribute) -> HostType | None:
        name = self._resolve(node)
        if name in _PLAIN:
            return _PLAIN[name]
        if name in _LISTS:
            return ListT(Cell())
        if name in _SETS or name in _FROZEN:
            return SetT(Cell(), name in _FROZEN)
        if name in _DICTS:
            return DictT(Cell(), Cell())
        if name in _TUPLES:
            return Cell()
        if name in {"Any", "object"}:
            return Cell()
        if name in self._records:
            return RecordT(name)
        return self._aliased(node) if isinstance(node, tree.Name) else None

    def _aliased(self, node: tree.Name) -> HostType | None:
        target = self._alias(node.id)
        if target is None or self._depth > _MAX_ALIASES:
            return None
        self._depth += 1
        found = self.read(target)
        self._depth -= 1
        return found

    def _quoted(self, node: tree.Str) -> HostType | None:
        try:
            return self.read(read_expression(node.value))
        except Refusal:
            return None

    def _generic(self, name: str, index: tree.Expr) -> HostType | None:
        args: list[tree.Expr] = [index]
        if isinstance(index, tree.TupleExpr):
            args = list(index.items)
        if name == "Optional" and len(args) == 1:
            return self._union([args[0], tree.NoneValue(index.start, index.end)])
        if name == "Union":
            return self._union(args)
        if name in {"Final", "Annotated", "Required"}:
            return self.read(args[0])
        if name in _TUPLES:
            return self._tuple(args)
        types = [self.read(arg) for arg in args]
        if None in types:
            return None
        found = [type_ for type_ in types if type_ is not None]
        if name in _LISTS and len(found) == 1:
            return ListT(found[0])
        if (name in _SETS or name in _FROZEN) and len(found) == 1:
            return SetT(found[0], name in _FROZEN)
        if name in _DICTS and len(found) == 2:
            return DictT(*found)
        if name in {"Iterator", "Generator"}:
            return IterT(found[0])
        return None

    def _tuple(self, args: list[tree.Expr]) -> HostType | None:
        if len(args) == 2 and isinstance(args[1], tree.Dots):
            element = self.read(args[0])
            return None if element is None else VarTupleT(element)
        if len(args) == 1 and isinstance(args[0], tree.TupleExpr) and not args[0].items:
            return TupleT(())
        items = [self.read(arg) for arg in args]
        found = tuple(item for item in items if item is not None)
        return TupleT(found) if len(found) == len(items) else None

    def _union(self, nodes: list[tree.Expr]) -> HostType | None:
        types: list[HostType] = []
        for node in nodes:
            if isinstance(node, tree.Binary) and node.op == "|":
                inner = self._union([node.left, node.right])
            else:
                inner = self.read(node)
            if inner is None:
                return None
            types.append(inner)
        has_none = any(t is NONE or isinstance(t, OptionalT) for t in types)
        plain = [t.item if isinstance(t, OptionalT) else t for t in types if t is not NONE]
        if not plain:
            return NONE
        first = plain[0]
        if len(plain) > 1:
            if not all(t in {INT, FLOAT, NUMERIC} for t in plain):
                return None
            first = NUMERIC if INT in plain or NUMERIC in plain else FLOAT
        return OptionalT(first) if has_none else first
