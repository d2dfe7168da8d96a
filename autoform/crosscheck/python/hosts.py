"""Python's own types of parameters and results: what tells a list from a tuple.

A `Seq<Int>` may be a `list[int]` or a `tuple[int, ...]` in the source. The text of the annotation,
kept on parameters and results as their host type, says which; where it says nothing, a sequence
is a list, as in most Python.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Final

__all__ = ["INT_OR_FLOAT", "UNKNOWN", "Host", "parse_host"]


@dataclass(frozen=True, slots=True)
class Host:
    """`name[args]`; `name` is empty where nothing is known."""

    name: str
    args: tuple[Host, ...] = ()

    def arg(self, position: int) -> Host:
        """The argument at a position, unknown when there is none."""
        return self.args[position] if position < len(self.args) else UNKNOWN


UNKNOWN: Final = Host("")

INT_OR_FLOAT: Final = "int | float"
"""The front end's type of a value that may be an `int` here and a `float` there, with one double
to stand for both: the Python value is that double, or an integer of at most 53 bits equal to it,
and no integer stands for `-0.0`."""

_WRAPPERS: Final = frozenset({"Annotated", "Final", "ClassVar", "Required"})


def parse_host(text: str) -> Host:
    """Read an annotation; whatever is not understood is unknown.

    >>> parse_host("typing.List[tuple[int, ...]] | None").name
    'list'
    """
    try:
        expression = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return UNKNOWN
    return _host(expression)


def _host(node: ast.expr) -> Host:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return Host(_canonical(name))
        case ast.Constant(value=str(text)):
            return parse_host(text)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _union((_host(left), _host(right)))
        case ast.Subscript(value=head, slice=index):
            items = index.elts if isinstance(index, ast.Tuple) else [index]
            return _generic(_host(head).name, tuple(map(_host, items)))
        case ast.Constant(value=None):
            return Host("None")
        case _:
            return UNKNOWN


def _generic(name: str, args: tuple[Host, ...]) -> Host:
    if name in _WRAPPERS and args:
        return args[0]
    if name in ("Optional", "Union"):
        return _union(args)
    return Host(name, args)


def _union(alternatives: tuple[Host, ...]) -> Host:
    """Of `X | None` the X: that `None` is possible is known from the IR type."""
    present = [host for host in alternatives if host.name != "None"]
    if {host.name for host in present} <= {"int", "float", INT_OR_FLOAT} and len(present) > 1:
        return Host(INT_OR_FLOAT)
    return present[0] if present else UNKNOWN


def _canonical(name: str) -> str:
    return {
        "List": "list",
        "Tuple": "tuple",
        "Set": "set",
        "FrozenSet": "frozenset",
        "Dict": "dict",
        "Deque": "deque",
    }.get(name, name)
