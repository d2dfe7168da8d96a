"""The truth of values, and negation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.bindings import Binding
from autoform.frontends.python.coerce import unwrap
from autoform.frontends.python.context import Facts, Lowering
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    NUMERIC,
    STR,
    DictT,
    IterT,
    OptionalT,
    RecordT,
    SetT,
    TupleT,
    resolve,
)
from autoform.frontends.python.values import ZERO, Val, is_atom
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types
from autoform.source import Span


def negate(expr: ir.Expr, span: Span) -> ir.Expr:
    """The negation, without stacking `not`."""
    match expr:
        case ir.Apply("not", (inner,)):
            return inner
        case ir.Apply("eq" | "ne" as op, args):
            return ir.Apply("ne" if op == "eq" else "eq", args, _BOOL, span=span)
        case ir.BoolLit(value):
            return ir.BoolLit(not value, span=span)
        case ir.Apply("option.is_none" | "option.is_some" as op, args):
            other = "option.is_some" if op == "option.is_none" else "option.is_none"
            return ir.Apply(other, args, _BOOL, span=span)
        case _:
            return ir.Apply("not", (expr,), _BOOL, span=span)


_BOOL: Final = ir_types.BOOL


@dataclass(slots=True, eq=False)
class Condition:
    """A condition, and what holds of variables when it is true and when it is false.

    `is_bool` says that the expression's value is its truth.
    """

    ir: ir.Expr
    when_true: Facts = field(default_factory=dict)
    when_false: Facts = field(default_factory=dict)
    is_bool: bool = True


def variable_of(ctx: Lowering, node: tree.Expr) -> Binding | None:
    """The variable whose value an expression plainly is."""
    if isinstance(node, tree.Walrus):
        node = node.target
    binding = ctx.scope.refs.get(node)
    return None if binding is None or binding.function else binding.variable


def truth(ctx: Lowering, val: Val, node: tree.Tree) -> ir.Expr:
    """`bool(value)`."""
    type_, span = ctx.known_type(val, node), val.ir.span
    match type_:
        case _ if type_ is BOOL:
            return val.ir
        case _ if type_ is INT:
            return ir.Apply("ne", (val.ir, ZERO), _BOOL, span=span)
        case _ if type_ is FLOAT or type_ is NUMERIC:
            return ir.Apply("ne", (val.ir, ir.FloatLit("0.0")), _BOOL, span=span)
        case _ if type_ is NONE:
            return evaluated(ctx, val, ir.FALSE)
        case TupleT(items):
            return evaluated(ctx, val, ir.TRUE if items else ir.FALSE)
        case OptionalT(item):
            held = val if is_atom(val.ir) else ctx.temp(val)
            some = ir.Apply("option.is_some", (held.ir,), _BOOL, span=span)
            inner = truth(ctx, Val(unwrap(held.ir, item), item), node)
            return some if inner == ir.TRUE else ir.And((some, inner), span=span)
        case IterT():
            raise ctx.refusal("unsupported-type", "the truth of an iterator", node)
        case RecordT():
            return evaluated(ctx, val, ir.TRUE)
        case _:
            return ir.Apply("ne", (length(val), ZERO), _BOOL, span=span)


def evaluated(ctx: Lowering, val: Val, answer: ir.Expr) -> ir.Expr:
    """A value that does not matter is evaluated all the same if it can fail."""
    return answer if is_total(val.ir) else ir.Let(ctx.fresh("unused"), val.ir, answer)


def length(val: Val) -> ir.Expr:
    """`len(value)` of a text or collection."""
    match resolve(val.type):
        case SetT():
            op = "set.len"
        case DictT():
            op = "map.len"
        case found:
            op = "str.len" if found is STR else "seq.len"
    return ir.Apply(op, (val.ir,), ir_types.INT, span=val.ir.span)
