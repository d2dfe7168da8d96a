"""What a body without loops returns, as one expression: the last word where no template has one.

if b == 0:
return 0                becomes      result == (0 if b == 0 else a // b)
return a // b
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from autoform.ir.exprs import Call, Expr, IfExpr, Let, ResultValue, type_of
from autoform.ir.stmts import Assign, Block, If, Raise, Return, VarDecl
from autoform.ir.traversal import substitute, walk
from autoform.ir.types import FLOAT, Type, walk_type
from autoform.specify.candidate import View
from autoform.specify.expressions import eq, size

LARGEST: Final = 45
"""Nodes of a definition that one still wants to read."""


def definition(view: View) -> Iterator[Expr]:
    """`result == e` where the body does no more than compute e."""
    if not isinstance(view.target, ResultValue) or any(p.inout for p in view.function.params):
        return
    value = _value(view.function.body, {})
    if value is None or size(value) > LARGEST or _has_float(type_of(value)):
        return
    own = view.function.name
    if any(
        isinstance(node, Let)
        or (isinstance(node, Call) and (node.function == own or "." in node.function))
        for node in walk(value)
    ):
        return
    yield eq(view.target, value)


def _has_float(type_: Type) -> bool:
    return any(part == FLOAT for part in walk_type(type_))


def _value(block: Block, known: Mapping[str, Expr]) -> Expr | None:
    """What the block returns, or None when it may not return, loops, or calls."""
    values = dict(known)
    for place, stmt in enumerate(block):
        match stmt:
            case VarDecl(name, _, value) | Assign(name, value):
                if value is None:
                    continue
                try:
                    values[name] = substitute(value, values)
                except ValueError:
                    return None
                if size(values[name]) > LARGEST:
                    return None
            case Return(value):
                try:
                    return substitute(value, values)
                except ValueError:
                    return None
            case If(condition, then, orelse):
                rest = block[place + 1 :]
                return _either(condition, (*then, *rest), (*orelse, *rest), values)
            case _:
                return None
    return None


def _either(condition: Expr, then: Block, orelse: Block, values: Mapping[str, Expr]) -> Expr | None:
    if then and isinstance(then[0], Raise):
        return _value(orelse, values)
    first, second = _value(then, values), _value(orelse, values)
    if first is None or second is None:
        return None
    try:
        return IfExpr(substitute(condition, values), first, second)
    except ValueError:
        return None
