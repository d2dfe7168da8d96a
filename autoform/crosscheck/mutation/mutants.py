"""Every mutant of a function, one fault each, in the order of the program's text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, cast

from autoform.crosscheck.mutation.operators import OPERATORS
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr, Filter
from autoform.ir.node import Node
from autoform.ir.stmts import Break, Clause, ForEach, ForRange, If, Stmt, While
from autoform.ir.text import print_expr, print_function
from autoform.ir.traversal import children, map_children, rewrite
from autoform.ir.types import UNIT
from autoform.ir.wellformed import violations
from autoform.source import Span

_GONE: Final = Break("removed statement")
"""Stands in the place of a statement until its block is rid of it. No label has such a name."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A function with one fault: which, where, and the text of the place before and after."""

    function: Function
    operator: str
    span: Span
    before: str
    after: str


def mutants(module: Module, function: Function) -> Iterator[Mutant]:
    """The well-formed mutants of a function of the module. Contract and invariants stay."""
    seen = {function}
    for number, node in _places(function):
        for operator in OPERATORS:
            for new in operator.change(node):
                changed = _with(function, number, _GONE if new is None else new)
                if changed in seen or not _is_wellformed(module, changed):
                    continue
                seen.add(changed)
                after = "" if new is None else _text(new)
                yield Mutant(changed, operator.name, node.span, _text(node), after)


def _places(function: Function) -> Iterator[tuple[int, Node]]:
    """The nodes of the body, counted from the first statement on, without what is only stated."""
    count = -1

    def visit(node: Node, *, stated: bool) -> Iterator[tuple[int, Node]]:
        nonlocal count
        count += 1
        if not stated:
            yield count, node
        measures = set(map(id, node.decreases)) if isinstance(node, While) else set()
        for child in children(node):
            is_stated = stated or isinstance(child, Clause) or id(child) in measures
            yield from visit(child, stated=is_stated)

    for stmt in function.body:
        yield from visit(stmt, stated=False)


def _with(function: Function, number: int, new: Node) -> Function:
    """The function with another node in that place."""
    count = -1

    def change(node: Node) -> Node:
        nonlocal count
        count += 1
        if count == number:
            # What is inside is not counted again: the numbers behind are not looked for.
            return new
        return map_children(node, change)

    body = tuple(cast(Stmt, change(stmt)) for stmt in function.body)
    changed = replace(function, body=body)
    return _tidied(changed) if new is _GONE else changed


def _tidied(function: Function) -> Function:
    """The function without the statement that was marked as gone."""

    def tidy(block: tuple[Stmt, ...]) -> tuple[Stmt, ...]:
        return tuple(stmt for stmt in block if stmt is not _GONE)

    def change(node: Node) -> Node:
        match node:
            case If(_, then, orelse):
                return replace(node, then=tidy(then), orelse=tidy(orelse))
            case While() | ForRange() | ForEach():
                return replace(node, body=tidy(node.body))
            case _:
                return node

    changed = rewrite(function, change)
    return replace(changed, body=tidy(changed.body))


def _is_wellformed(module: Module, function: Function) -> bool:
    others = tuple(function if f.name == function.name else f for f in module.functions)
    found = violations(replace(module, functions=others))
    return all(violation.name != function.name for violation in found)


def _text(node: Node) -> str:
    """The text of a place; of a statement with others inside, its first line."""
    if isinstance(node, Filter):
        return f"if {print_expr(node.condition)}"
    if isinstance(node, Stmt):
        shown = print_function(Function("f", (), UNIT, (node,))).splitlines()
        return shown[1].strip().removesuffix("{").rstrip()
    return print_expr(cast(Expr, node))  # the operators know no other kinds of nodes
