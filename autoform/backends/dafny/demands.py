"""What an expression asks of its variables, as conditions, where that is simple to say.

100 // x + xs[i]    asks    x != 0, 0 <= i && i < seq.len(xs)
"""

from __future__ import annotations

from collections.abc import Iterable

from autoform.ir.definedness import conditions
from autoform.ir.exprs import Apply, Expr, FieldGet, TupleGet, TupleLit
from autoform.passes.purity import may_raise

__all__ = ["sufficient"]


def sufficient(expr: Expr) -> tuple[Expr, ...] | None:
    """Conditions, each defined where those before it hold, under which the expression is.

    None where parts are reached only sometimes, or bind names: that would take more than a list.
    """
    if not may_raise(expr):
        return ()
    match expr:
        case Apply(op, args) if op != "implies":
            own = tuple(condition for _, condition in conditions(expr))
            return _together(args, own)
        case TupleLit(items):
            return _together(items, ())
        case TupleGet(value) | FieldGet(value):
            return sufficient(value)
        case _:
            return None


def _together(parts: Iterable[Expr], own: tuple[Expr, ...]) -> tuple[Expr, ...] | None:
    found: list[Expr] = []
    for part in parts:
        below = sufficient(part)
        if below is None:
            return None
        found += below
    return tuple(dict.fromkeys((*found, *own)))
