"""Constructors that fold what is known: for code that makes expressions, not for lifting them.

A front end keeps what the programmer wrote and builds nodes as they are.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from typing import Final

from autoform.ir.exprs import FALSE, TRUE, And, BoolLit, Expr, IntLit, Or, type_of
from autoform.ir.ops import apply
from autoform.ir.types import INT, IntType, MachineIntType

_FOLDED: Final[dict[str, Callable[[int, int], bool]]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}


def integer(value: int, type_: IntType | MachineIntType = INT) -> IntLit:
    """The literal of a value."""
    return IntLit(value, type_)


def compare(op: str, left: Expr, right: Expr) -> Expr:
    """`left op right` for `eq`, `ne`, `lt`, `le`, `gt`, `ge`; folded between integer literals."""
    if isinstance(left, IntLit) and isinstance(right, IntLit):
        return TRUE if _FOLDED[op](left.value, right.value) else FALSE
    return apply(op, left, right)


def conjunction(items: Iterable[Expr]) -> Expr:
    """All of the conditions, in order: `true` ones dropped, nested ones flattened."""
    kept: list[Expr] = []
    for item in items:
        if item == FALSE:
            kept.append(item)
            break
        kept.extend(item.items if isinstance(item, And) else () if item == TRUE else (item,))
    if len(kept) > 1:
        return And(tuple(kept))
    return kept[0] if kept else TRUE


def disjunction(items: Iterable[Expr]) -> Expr:
    """One of the conditions, in order: `false` ones dropped, nested ones flattened."""
    kept: list[Expr] = []
    for item in items:
        if item == TRUE:
            kept.append(item)
            break
        kept.extend(item.items if isinstance(item, Or) else () if item == FALSE else (item,))
    if len(kept) > 1:
        return Or(tuple(kept))
    return kept[0] if kept else FALSE


def negation(condition: Expr) -> Expr:
    """The opposite of a condition."""
    if isinstance(condition, BoolLit):
        return FALSE if condition.value else TRUE
    return apply("not", condition)


def widened(value: Expr) -> Expr:
    """The integer as an `Int`."""
    if isinstance(value, IntLit):
        return IntLit(value.value, INT, span=value.span)
    return value if isinstance(type_of(value), IntType) else apply("int.widen", value)


def in_range(value: Expr, type_: MachineIntType) -> Expr:
    """Whether an `Int` is a value of the machine type."""
    return conjunction(
        (
            compare("le", integer(type_.minimum), value),
            compare("le", value, integer(type_.maximum)),
        )
    )
