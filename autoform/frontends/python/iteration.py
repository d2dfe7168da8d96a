"""What can be walked over, and comprehensions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from autoform.frontends.python import tree
from autoform.frontends.python.coerce import coerce
from autoform.frontends.python.conditions import condition
from autoform.frontends.python.context import Lowering, lowers
from autoform.frontends.python.elements import (
    as_source,
    element_of,
    guess_iterable,
    require_hashable,
)
from autoform.frontends.python.subscripts import index_of, is_non_negative
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.truth import negate
from autoform.frontends.python.types import (
    DictT,
    HostType,
    IterT,
    ListT,
    SetT,
    TupleT,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types

# Targets.


def bind_target(ctx: Lowering, target: tree.Expr, val: Val) -> None:
    """Let the names of a comprehension's target mean parts of the element."""
    if isinstance(target, tree.Name):
        ctx.bound[ctx.scope.refs[target].variable] = val
        return
    target = cast("tree.TupleExpr | tree.ListExpr", target)
    type_ = ctx.known_type(val, target)
    if not isinstance(type_, TupleT):
        shown = ctx.type_text(type_)
        raise ctx.refusal("unsupported-syntax", f"{shown} is unpacked in a comprehension", target)
    if len(type_.items) != len(target.items):
        raise ctx.refusal("type-mismatch", f"{ctx.type_text(type_)} is unpacked", target)
    for place, item in enumerate(target.items):
        part = ir.TupleGet(val.ir, place, span=ctx.span(item))
        bind_target(ctx, item, Val(part, type_.items[place]))


def name_hint(target: tree.Expr) -> str:
    """What to call the variable that holds a whole element."""
    return target.id if isinstance(target, tree.Name) else "item"


@contextmanager
def bound_element(
    ctx: Lowering, target: tree.Expr, element: HostType, source: tree.Expr
) -> Iterator[ir.Binder]:
    """A binder for the elements of a source, with the target's names bound to it."""
    binder = ir.Binder(ctx.fresh(name_hint(target)), to_ir(element), span=ctx.span(target))
    bind_target(ctx, target, Val(ir.Var(binder.name, binder.type, span=binder.span), element))
    counted = counter_name(ctx, target, source)
    if counted is not None:
        ctx.non_negative.add(ctx.scope.refs[counted].variable)
    yield binder


def counter_name(ctx: Lowering, target: tree.Expr, source: tree.Expr) -> tree.Name | None:
    """The name that only takes values >= 0: of a `range` upwards from there, of `enumerate`."""
    if not isinstance(source, tree.Call) or not isinstance(source.function, tree.Name):
        return None
    if not ctx.module.is_builtin(ctx, source.function) or source.keywords:
        return None
    args = source.args
    if source.function.id == "range" and isinstance(target, tree.Name):
        if len(args) == 1:
            return target
        step = args[2] if len(args) == 3 else None
        upwards = step is None or (isinstance(step, tree.Int) and step.value > 0)
        downwards = isinstance(step, tree.Unary) and len(args) == 3
        if upwards and args and is_non_negative(ctx, args[0]):
            return target
        if downwards and _stops_at_zero(ctx, args):
            return target
    if source.function.id == "enumerate" and isinstance(target, tree.TupleExpr) and len(args) == 1:
        first = target.items[0]
        return first if isinstance(first, tree.Name) else None
    return None


def _stops_at_zero(ctx: Lowering, args: tuple[tree.Expr, ...]) -> bool:
    """`range(a, b, -1)` with b >= -1 stays at or above 0."""
    stop = args[1]
    minus_one = isinstance(stop, tree.Unary) and isinstance(stop.operand, tree.Int)
    if minus_one and isinstance(stop, tree.Unary) and isinstance(stop.operand, tree.Int):
        return stop.op == "-" and stop.operand.value == 1
    return is_non_negative(ctx, stop)


# Comprehensions.


@lowers(tree.Comprehension)
def _comprehension(ctx: Lowering, node: tree.Comprehension) -> Val:
    clauses: list[ir.Generator | ir.Filter] = []
    facts_before = ctx.facts
    ordered = node.kind != "set"
    sets = _clauses(ctx, node, clauses, ordered=ordered)
    with ctx.only_values("an effect inside a comprehension"):
        key = None if node.key is None else ctx.expr(node.key)
        element = ctx.expr(node.element)
    ctx.facts = facts_before
    span = ctx.span(node)
    if isinstance(resolve(element.type), IterT):
        raise ctx.refusal("unsupported-type", "an iterator is kept for later use", node.element)
    if key is not None:
        require_hashable(ctx, key.type, node)
        built = ir.Comprehension(ir.Collection.MAP, element.ir, tuple(clauses), key.ir, span=span)
        key_cell, value_cell = ctx.part(node), ctx.part(node, 1)
        ctx.flow(key.type, key_cell, node)
        ctx.flow(element.type, value_cell, node)
        return Val(built, DictT(key_cell, value_cell))
    cell = ctx.part(node)
    ctx.flow(element.type, cell, node)
    value = coerce(ctx, element, cell, node)
    if node.kind == "set":
        require_hashable(ctx, cell, node)
        built = ir.Comprehension(ir.Collection.SET, value, tuple(clauses), span=span)
        if sets and not is_total(built):
            raise ctx.refusal("set-order", "which element fails first depends on the order", node)
        return Val(built, SetT(cell))
    built = ir.Comprehension(ir.Collection.SEQ, value, tuple(clauses), span=span)
    if node.kind == "list":
        return Val(built, ListT(cell))
    return Val(built, IterT(cell, eager=not is_total(built)))


def _clauses(
    ctx: Lowering,
    node: tree.Comprehension,
    clauses: list[ir.Generator | ir.Filter],
    *,
    ordered: bool,
) -> bool:
    """Lower the clauses; returns whether a set is among the sources."""
    message = "an effect inside a comprehension"
    sets = False
    for place, clause in enumerate(node.clauses):
        if isinstance(clause, tree.IfClause):
            with ctx.only_values(message):
                test = condition(ctx, clause.condition)
            ctx.facts = {**ctx.facts, **test.when_true}
            if test.ir != ir.TRUE:
                clauses.append(ir.Filter(test.ir, span=ctx.span(clause)))
            continue
        if place:
            with ctx.only_values(message):
                val = ctx.expr(clause.source)
        else:
            val = ctx.expr(clause.source)
        guess_iterable(ctx, val)
        is_set = isinstance(ctx.known_type(val, clause.source), SetT)
        sets = sets or is_set
        if not (is_set and not ordered):
            val = as_source(ctx, val, clause.source)
        element = element_of(ctx, val, clause.source)
        with bound_element(ctx, clause.target, element, clause.source) as binder:
            clauses.append(ir.Generator(binder, val.ir, span=ctx.span(clause)))
    return sets


def quantified(ctx: Lowering, node: tree.Comprehension, kind: ir.Quantifier) -> ir.Expr:
    """`all(body for … if …)` as nested quantifiers: they stop where Python stops."""
    facts_before = ctx.facts
    found = _quantified(ctx, node, kind, 0)
    ctx.facts = facts_before
    return found


def _quantified(
    ctx: Lowering, node: tree.Comprehension, kind: ir.Quantifier, place: int
) -> ir.Expr:
    if place == len(node.clauses):
        with ctx.only_values("an effect inside a generator expression"):
            return condition(ctx, node.element).ir
    clause = node.clauses[place]
    span = ctx.span(clause)
    if isinstance(clause, tree.IfClause):
        with ctx.only_values("an effect inside a generator expression"):
            test = condition(ctx, clause.condition)
        ctx.facts = {**ctx.facts, **test.when_true}
        rest = _quantified(ctx, node, kind, place + 1)
        if kind is ir.Quantifier.FORALL:
            return ir.Or((negate(test.ir, span), rest), span=span)
        return ir.And((test.ir, rest), span=span)
    with ctx.only_values("an effect inside a generator expression"):
        val = ctx.expr(clause.source)
    guess_iterable(ctx, val)
    is_set = isinstance(ctx.known_type(val, clause.source), SetT)
    if not is_set:
        val = as_source(ctx, val, clause.source)
    element = element_of(ctx, val, clause.source)
    with bound_element(ctx, clause.target, element, clause.source) as binder:
        body = _quantified(ctx, node, kind, place + 1)
    if is_set and not is_total(body):
        raise ctx.refusal("set-order", "which element fails first depends on the order", clause)
    return ir.Quant(kind, binder, val.ir, body, span=span)


def range_args(ctx: Lowering, node: tree.Call) -> tuple[ir.Expr, ir.Expr, ir.Expr]:
    """Start, stop and step of a call of `range`."""
    if node.keywords or not 1 <= len(node.args) <= 3:
        raise ctx.refusal("type-mismatch", "`range` takes one to three arguments", node)
    vals = ctx.operands(node.args)
    bounds = [index_of(ctx, val, arg) for val, arg in zip(vals, node.args, strict=True)]
    zero, one = ir.IntLit(0, ir_types.INT), ir.IntLit(1, ir_types.INT)
    match bounds:
        case [stop]:
            return zero, stop, one
        case [start, stop]:
            return start, stop, one
        case _:
            start, stop, step = bounds
            return start, stop, step
