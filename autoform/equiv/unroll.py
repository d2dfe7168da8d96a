"""Loops over a few literal items, written out.

Before:

    for coin in [25, 10] { count = count + amount // coin; amount = amount % coin; }

After:

    var coin_1: Int = 25;  count = count + amount // coin_1;  amount = amount % coin_1;
    var coin_2: Int = 10;  count = count + amount // coin_2;  amount = amount % coin_2;

A loop that leaves early by `break` or `continue`, or has a loop in it, stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Binder, Expr, IntLit, SeqLit
from autoform.ir.stmts import Block, ForEach, ForRange, Stmt, VarDecl, While
from autoform.ir.traversal import declared_names, rename, walk
from autoform.ir.types import INT
from autoform.passes.blocks import Names, contains, expand, map_functions, own_jumps

__all__ = ["unrolled"]

_MOST_ROUNDS: Final = 8
_MOST_NODES: Final = 600


def unrolled(module: Module) -> Module:
    """The module with short loops written out. See the module's docstring."""
    return map_functions(module, _in_function)


def _in_function(function: Function) -> Function:
    names = Names.of(function)

    def statement(stmt: Stmt) -> Block:
        match stmt:
            case ForEach(binder, SeqLit(_, items), body) if _is_short(body, len(items)):
                return tuple(_rounds(binder, items, body, names))
            case ForRange(binder, IntLit(a), IntLit(b), IntLit(step), body) if (
                step and binder.type == INT and _is_short(body, len(range(a, b, step)))
            ):
                numbers = tuple(IntLit(n, INT) for n in range(a, b, step))
                return tuple(_rounds(binder, numbers, body, names))
            case _:
                return (stmt,)

    return replace(function, body=expand(function.body, statement))


def _is_short(body: Block, rounds: int) -> bool:
    if rounds > _MOST_ROUNDS or contains(body, While, ForEach, ForRange) or any(own_jumps(body)):
        return False
    return rounds * sum(1 for _ in walk(*body)) <= _MOST_NODES


def _rounds(binder: Binder, items: tuple[Expr, ...], body: Block, names: Names) -> Iterator[Stmt]:
    for item in items:
        fresh = {name: names.fresh(name) for name in (binder.name, *declared_names(*body))}
        yield VarDecl(fresh[binder.name], binder.type, item, span=item.span)
        for stmt in body:
            yield rename(stmt, fresh)
