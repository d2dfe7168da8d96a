"""Two modules made one, so that a proof can speak of functions of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Call, ConstRef, Expr
from autoform.ir.names import quoted
from autoform.ir.node import Node
from autoform.ir.restriction import restricted
from autoform.ir.stmts import CallStmt
from autoform.ir.traversal import fresh_name, map_children, walk

__all__ = ["CannotJoin", "calls_of", "joined", "renamed_calls", "standalone"]

_N = TypeVar("_N", bound=Node)


class CannotJoin(Exception):
    """The modules declare different things under one name."""


def standalone(module: Module, name: str) -> Module:
    """The function with what it calls; constants are written out where they are read."""
    kept = restricted(module, [name])
    values: dict[str, Expr] = {}

    def change(node: Node) -> Node:
        if isinstance(node, ConstRef):
            return values[node.name]
        return map_children(node, change)

    for const in module.consts:
        value = change(const.value)
        assert not isinstance(value, ConstRef)
        values[const.name] = value  # type: ignore[assignment] # a rewritten expression is one
    functions = tuple(map_children(function, change) for function in kept.functions)
    return replace(kept, functions=functions, consts=())


def joined(first: Module, second: Module) -> tuple[Module, Mapping[str, str]]:
    """One module with the functions of both, and what those of the second are called in it."""
    for mine, others in ((first.records, second.records), (first.enums, second.enums)):
        known = {each.name: each for each in mine}
        for other in others:
            if known.get(other.name, other) != other:
                raise CannotJoin(f"both files declare {quoted(other.name)}, differently")
    taken = {function.name for function in first.functions}
    names = {}
    for function in second.functions:
        names[function.name] = fresh_name(function.name, taken)
        taken.add(names[function.name])
    moved = tuple(
        replace(renamed_calls(function, names), name=names[function.name])
        for function in second.functions
    )
    records = {each.name: each for each in (*first.records, *second.records)}
    enums = {each.name: each for each in (*first.enums, *second.enums)}
    module = Module(
        (*first.functions, *moved), tuple(records.values()), tuple(enums.values()), path=first.path
    )
    return module, names


def renamed_calls(node: _N, names: Mapping[str, str]) -> _N:
    """The node with functions called by other names."""

    def change(part: Node) -> Node:
        part = map_children(part, change)
        if isinstance(part, Call | CallStmt) and part.function in names:
            return replace(part, function=names[part.function])
        return part

    return change(node)  # type: ignore[return-value] # only calls change, and stay calls


def calls_of(function: Function) -> list[str]:
    """The functions that it calls, in the order in which the calls stand."""
    return [node.function for node in walk(*function.body) if isinstance(node, Call | CallStmt)]
