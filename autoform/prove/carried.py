r"""Conditions carried back over the statements that follow a loop: what must hold before them.

    while i < n {
        while j >= 0 && seq.at(xs, j) > key { … }
        xs = seq.update(xs, j + 1, key);
        i = i + 1;
    }

An invariant of the outer loop, `seq.is_permutation(xs, \old(xs))`, asks of the inner one

    seq.is_permutation(seq.update(xs, j + 1, key), \old(xs))

when it ends, and often that holds in all of its rounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from autoform.ir.exprs import Expr, IfExpr, Old, Var, type_of
from autoform.ir.node import Node
from autoform.ir.stmts import (
    Assert,
    Assign,
    Block,
    Break,
    Continue,
    If,
    Raise,
    Return,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.traversal import map_children, substitute

__all__ = ["carried", "ends_after", "values_after"]

Values = Mapping[str, Expr]
"""What variables hold after some statements, over what they held before."""


class _NoForm(Exception):
    """A statement whose effect is no expression."""


def carried(condition: Expr, values: Values) -> Expr | None:
    """The condition over what variables held before, `old` untouched; None if it has no form."""

    def change(node: Node) -> Node:
        if isinstance(node, Old):
            return node
        if isinstance(node, Var):
            return values.get(node.name, node)
        return map_children(node, change)

    try:
        substitute(condition, values)  # binders stay out of the way of what is put in
    except ValueError:
        return None
    return cast(Expr, change(condition))


def values_after(body: Block, loop: While) -> Values | None:
    """What variables hold when a round of `body` ends, over the end of a loop directly in it."""
    following = _following(body, loop)
    if following is None:
        return None
    try:
        return _through(following, {}, [])
    except _NoForm:
        return None


def ends_after(body: Block, loop: While) -> Iterable[tuple[Expr, Values]]:
    """What is returned after a loop directly in `body`, with what variables hold there."""
    following = _following(body, loop)
    if following is None:
        return ()
    ends: list[tuple[Expr, Values]] = []
    try:
        _through(following, {}, ends)
    except _NoForm:
        return ()
    return ends


def _following(body: Sequence[Stmt], loop: While) -> list[Stmt] | None:
    """The statements from the end of the loop to the end of the block."""
    for place, stmt in enumerate(body):
        if stmt is loop:
            return list(body[place + 1 :])
        if isinstance(stmt, If):
            for branch in (stmt.then, stmt.orelse):
                found = _following(branch, loop)
                if found is not None:
                    return [*found, *body[place + 1 :]]
    return None


def _through(
    stmts: Iterable[Stmt], values: dict[str, Expr], ends: list[tuple[Expr, Values]]
) -> dict[str, Expr] | None:
    """The values after the statements; None where they are left. Returns are noted in `ends`."""
    for stmt in stmts:
        match stmt:
            case VarDecl(name, _, value) | Assign(name, value) if value is not None:
                values = {**values, name: _put(value, values)}
            case If(condition, then, orelse):
                one = _through(then, values, ends)
                other = _through(orelse, values, ends)
                if one is None and other is None:
                    return None
                if one is None or other is None:
                    values = cast("dict[str, Expr]", other if one is None else one)
                else:
                    values = dict(_merged(_put(condition, values), one, other))
            case Return(value):
                ends.append((_put(value, values), values))
                return None
            case Break() | Continue() | Raise():
                return None
            case Assert():
                pass
            case _:
                raise _NoForm
    return values


def _put(expr: Expr, values: Values) -> Expr:
    try:
        return substitute(expr, values)
    except ValueError as error:
        raise _NoForm from error


def _merged(condition: Expr, one: Values, other: Values) -> Iterator[tuple[str, Expr]]:
    for name in one.keys() | other.keys():
        known = one.get(name) or other[name]
        here = Var(name, type_of(known))
        first, second = one.get(name, here), other.get(name, here)
        yield name, first if first == second else IfExpr(condition, first, second)
