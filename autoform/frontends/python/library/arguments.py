"""What the lowerings of library functions ask of arguments."""

from __future__ import annotations

from collections.abc import Callable

from autoform.frontends.python import tree
from autoform.frontends.python.arithmetic import as_number
from autoform.frontends.python.calls import BUILTINS, Library
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.subscripts import index_of
from autoform.frontends.python.types import (
    BOOL,
    INT,
    NUMBERS,
    Cell,
    HostType,
    resolve,
)
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir


def builtin(name: str) -> Callable[[Library], Library]:
    """Enter the lowering of a builtin function."""

    def enter(function: Library) -> Library:
        BUILTINS[name] = function
        return function

    return enter


def arguments(ctx: Lowering, node: tree.Call, least: int, most: int) -> list[Val]:
    """The positional arguments of a call that takes no others."""
    if node.keywords or not least <= len(node.args) <= most:
        raise ctx.refusal("unsupported-builtin", "this form of the call", node)
    return ctx.operands(node.args)


def keywords(ctx: Lowering, node: tree.Call, *names: str) -> dict[str, tree.Expr]:
    """The keyword arguments of a call that takes only these."""
    found: dict[str, tree.Expr] = {}
    for keyword in node.keywords:
        if keyword.name not in names:
            raise ctx.refusal("unsupported-builtin", f"the argument `{keyword.name}` here", node)
        found[keyword.name] = keyword.value
    return found


def number(ctx: Lowering, val: Val, node: tree.Tree) -> Val:
    """A number; a truth value counts as the integer that it is."""
    if ctx.info.guessing and isinstance(resolve(val.type), Cell):
        ctx.solver.flow(INT, resolve(val.type))  # type: ignore[arg-type] # a Cell
    type_ = ctx.known_type(val, node)
    if type_ not in NUMBERS and type_ is not BOOL:
        raise ctx.refusal("type-mismatch", f"{ctx.type_text(type_)} where a number is needed", node)
    return as_number(val)


def want(ctx: Lowering, val: Val, type_: HostType, node: tree.Tree) -> ir.Expr:
    """An argument that must be of this very type."""
    found = resolve(val.type)
    if isinstance(found, Cell) and ctx.info.guessing:
        ctx.solver.flow(type_, found)
        return val.ir
    if isinstance(found, Cell):
        raise ctx.unknown("this argument", node)
    if type_ is INT:
        return index_of(ctx, val, node)
    if found is not type_:
        expected = ctx.type_text(type_)
        raise ctx.refusal(
            "type-mismatch", f"{ctx.type_text(found)} where {expected} is expected", node
        )
    return val.ir


def positional(ctx: Lowering, node: tree.Call, least: int = 1, most: int = 1) -> list[Val]:
    """The arguments of a method that takes no keywords."""
    if node.keywords or not least <= len(node.args) <= most:
        raise ctx.refusal("unsupported-method", "this form of the call", node)
    return ctx.operands(node.args)
