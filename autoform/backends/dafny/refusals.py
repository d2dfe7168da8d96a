"""What is found before printing: floats that were not allowed, maps whose order is observed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Final

from autoform.backends.dafny.operators import UNPRINTED
from autoform.diagnostics import Diagnostic, diagnostic
from autoform.ir.decls import Assumption, EnumDecl, Function, Module, RecordDecl
from autoform.ir.exprs import (
    Apply,
    Collection,
    Comprehension,
    ConstRef,
    Expr,
    FloatLit,
    Generator,
    type_of,
)
from autoform.ir.features import carried_types
from autoform.ir.node import Node
from autoform.ir.stmts import ForEach
from autoform.ir.traversal import walk
from autoform.ir.types import EnumType, FloatType, MapType, RecordType, Type, walk_type
from autoform.source import NOWHERE

__all__ = [
    "float_refusal",
    "float_types",
    "holds_float",
    "nan_consts",
    "observes_order",
    "operator_refusal",
    "order_refusal",
]

_ORDERED_OPS: Final = frozenset({"map.keys", "map.values", "map.items"})


def float_types(module: Module) -> frozenset[str]:
    """The records and enums that hold floats, directly or in others."""
    declarations: tuple[RecordDecl | EnumDecl, ...] = (*module.records, *module.enums)
    found: frozenset[str] = frozenset()
    while True:
        more = frozenset(
            decl.name for decl in declarations if any(_has_float(n, found) for n in walk(decl))
        )
        if more == found:
            return found
        found = more


def _has_float(node: Node, holders: frozenset[str]) -> bool:
    return isinstance(node, FloatLit) or any(
        _is_float(part, holders) for type_ in carried_types(node) for part in walk_type(type_)
    )


def holds_float(*nodes: Node) -> bool:
    """Whether a float occurs in the nodes, records and enums not looked into."""
    return any(_has_float(node, frozenset()) for node in walk(*nodes))


def _is_float(type_: Type, holders: frozenset[str]) -> bool:
    match type_:
        case FloatType():
            return True
        case RecordType(name) | EnumType(name):
            return name in holders
        case _:
            return False


def nan_consts(module: Module) -> frozenset[str]:
    """The constants whose value holds NaN, directly or through others."""
    found: set[str] = set()
    for const in module.consts:  # a constant refers to earlier ones only
        if any(_is_nan(node, found) for node in walk(const)):
            found.add(const.name)
    return frozenset(found)


def _is_nan(node: Node, consts: AbstractSet[str]) -> bool:
    match node:
        case FloatLit():
            return math.isnan(node.value)
        case ConstRef(name):
            return name in consts
        case _:
            return False


def float_refusal(
    function: Function,
    holders: frozenset[str],
    not_numbers: frozenset[str],
    allow: Iterable[Assumption],
) -> Diagnostic | None:
    """Why a function with floats cannot be printed, or None.

    `holders` are the records and enums that hold floats, `not_numbers` the constants with NaN.
    """
    allowed = Assumption.FLOAT_AS_REAL in allow
    span = function.span
    for node in walk(function):
        span = node.span if node.span != NOWHERE else span
        if allowed and _is_nan(node, not_numbers):
            message = f"`{function.name}` uses NaN, which no real number stands for"
            return diagnostic("unsupported-by-backend", message, span)
        if not allowed and _has_float(node, holders):
            message = f"`{function.name}` computes with floats, and Dafny has only real numbers"
            return diagnostic("float-needs-allow", message, span)
    return None


def operator_refusal(function: Function) -> Diagnostic | None:
    """Why a function cannot be printed that needs an operator without a line, or None."""
    for node in walk(function):
        if isinstance(node, Apply) and node.op in UNPRINTED:
            message = f"`{function.name}` needs `{node.op}`, which has no definition in Dafny yet"
            span = node.span if node.span != NOWHERE else function.span
            return diagnostic("unsupported-by-backend", message, span)
    return None


def order_refusal(function: Function) -> Diagnostic:
    """An order or an equality that Dafny cannot compute was needed."""
    message = f"`{function.name}` compares values of a type that Dafny cannot compare"
    return diagnostic("unsupported-by-backend", message, function.span)


def observes_order(module: Module) -> bool:
    """Whether some function or constant can see the insertion order of a map."""
    return any(_observes(node) for node in walk(*module.functions, *module.consts))


def _observes(node: Node) -> bool:
    match node:
        case Apply(op):
            return op in _ORDERED_OPS
        case ForEach(source=source):
            return _is_map(source)
        case Comprehension(kind=kind, clauses=clauses) if kind is not Collection.SET:
            return any(isinstance(c, Generator) and _is_map(c.source) for c in clauses)
        case _:
            return False


def _is_map(expr: Expr) -> bool:
    return isinstance(type_of(expr), MapType)
