"""Conditions in which what is decided is put in, and denials stand as far inside as they can.

    false == (exists k in seq.range(0, i, 1): seq.at(xs, k) == v)

becomes

    forall k in seq.range(0, i, 1): seq.at(xs, k) != v

A postcondition speaks of whatever is returned. Said of a literal that is returned, half of it is
decided, and only what is left can be compared with other candidates.
"""

from __future__ import annotations

from typing import Final

from autoform.ir.build import compare, conjunction, disjunction
from autoform.ir.exprs import (
    FALSE,
    TRUE,
    And,
    Apply,
    BoolLit,
    Expr,
    IfExpr,
    IntLit,
    NoneLit,
    Or,
    Quant,
    Quantifier,
    TupleGet,
    TupleLit,
)
from autoform.ir.node import Node
from autoform.ir.ops import apply

__all__ = ["denied", "settled"]

_OPPOSITE: Final = {"eq": "ne", "ne": "eq", "lt": "ge", "ge": "lt", "le": "gt", "gt": "le"}
_OTHER_KIND: Final = {
    Quantifier.FORALL: Quantifier.EXISTS,
    Quantifier.EXISTS: Quantifier.FORALL,
}


def settled(node: Node) -> Node:
    """The node, whose parts are settled, with what its parts decide."""
    match node:
        case And(items):
            return FALSE if FALSE in items else conjunction(items)
        case Or(items):
            return TRUE if TRUE in items else disjunction(items)
        case IfExpr(BoolLit(value), then, orelse):
            return then if value else orelse
        case TupleGet(TupleLit(items), index):
            return items[index]
        case Apply("not", (inner,)):
            return denied(inner)
        case Apply(op, (IntLit() as left, IntLit() as right)) if op in _OPPOSITE:
            return compare(op, left, right)
        case Apply("eq" | "ne" as op, (BoolLit(value), other) | (other, BoolLit(value))):
            return other if value == (op == "eq") else denied(other)
        case Apply("option.is_some" | "option.is_none" | "option.unwrap" as op, (inner,)):
            return _of_option(op, inner, node)
        case _:
            return node


def _of_option(op: str, inner: Expr, node: Node) -> Node:
    match inner:
        case NoneLit() if op != "option.unwrap":
            return FALSE if op == "option.is_some" else TRUE
        case Apply("option.some", (value,)):
            decided = TRUE if op == "option.is_some" else FALSE
            return value if op == "option.unwrap" else decided
        case _:
            return node


def denied(condition: Expr) -> Expr:
    """The opposite of a condition, without `not` where it can be said so."""
    match condition:
        case BoolLit(value):
            return FALSE if value else TRUE
        case Apply("not", (inner,)):
            return inner
        case Apply(op, (left, right)) if op in _OPPOSITE:
            return apply(_OPPOSITE[op], left, right)
        case Apply("implies", (premise, conclusion)):
            return conjunction((premise, denied(conclusion)))
        case And(items):
            return disjunction(map(denied, items))
        case Or(items):
            return conjunction(map(denied, items))
        case Quant(kind, binder, domain, body):
            return Quant(_OTHER_KIND[kind], binder, domain, denied(body))
        case _:
            return apply("not", condition)
