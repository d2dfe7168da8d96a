"""Truth, comparisons, and what a condition shows about the types of variables."""

from __future__ import annotations

from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.coerce import coerce, unwrap
from autoform.frontends.python.context import Facts, Lowering, lowers
from autoform.frontends.python.instances import instance_test
from autoform.frontends.python.membership import relation
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.truth import Condition, evaluated, negate, truth, variable_of
from autoform.frontends.python.types import (
    BOOL,
    NONE,
    OptionalT,
    to_ir,
)
from autoform.frontends.python.values import Val, is_atom
from autoform.ir import exprs as ir
from autoform.ir import stmts as ir_stmts
from autoform.ir import types as ir_types
from autoform.source import Span

_BOOL: Final = ir_types.BOOL


def condition(ctx: Lowering, node: tree.Expr) -> Condition:
    """Lower an expression for its truth."""
    match node:
        case tree.Unary(op="not", operand=operand):
            inner = condition(ctx, operand)
            return Condition(negate(inner.ir, ctx.span(node)), inner.when_false, inner.when_true)
        case tree.BoolOp():
            return _bool_op(ctx, node)
        case tree.Compare(left=left, ops=(op,), rights=(tree.NoneValue(),)) if op in _NONE_TESTS:
            return _none_test(ctx, node, left, is_none=_NONE_TESTS[op])
        case tree.Call(function=tree.Name(id="isinstance")) if ctx.module.is_builtin(
            ctx, node.function
        ):
            return instance_test(ctx, node)
        case _:
            val = ctx.known(node)
            found = Condition(truth(ctx, val, node), is_bool=val.type is BOOL)
            variable = variable_of(ctx, node)
            if variable is not None and isinstance(val.type, OptionalT):
                found.when_true[variable] = val.type.item
            return found


_NONE_TESTS: Final = {"is": True, "==": True, "is not": False, "!=": False}


def _bool_op(ctx: Lowering, node: tree.BoolOp) -> Condition:
    """Each operand is lowered knowing that the ones before did not decide."""
    is_and = node.op == "and"
    known: Facts = {}
    items: list[ir.Expr] = []
    is_bool = True
    for operand in node.operands:
        with ctx.assuming(known), ctx.collecting() as needed:
            found = condition(ctx, operand)
        is_bool = is_bool and found.is_bool
        if needed and items:
            items = [_branching(ctx, items, needed, found.ir, is_and=is_and)]
        else:
            ctx.out.extend(needed)
            items.append(found.ir)
        known = {**known, **(found.when_true if is_and else found.when_false)}
    joined = _flat(items, is_and=is_and, span=ctx.span(node))
    when_true, when_false = (known, {}) if is_and else ({}, known)
    return Condition(joined, when_true, when_false, is_bool)


def _flat(items: list[ir.Expr], *, is_and: bool, span: Span) -> ir.Expr:
    kind = ir.And if is_and else ir.Or
    flat: list[ir.Expr] = []
    for item in items:
        if isinstance(item, ir.And if is_and else ir.Or):
            flat.extend(item.items)
        elif isinstance(item, ir.BoolLit) and item.value is is_and:
            continue
        else:
            flat.append(item)
        if isinstance(item, ir.BoolLit) and item.value is not is_and:
            break
    if not flat:
        return ir.BoolLit(is_and, span=span)
    return flat[0] if len(flat) == 1 else kind(tuple(flat), span=span)


def _branching(
    ctx: Lowering, items: list[ir.Expr], needed: list[ir_stmts.Stmt], last: ir.Expr, *, is_and: bool
) -> ir.Expr:
    """An operand that needs statements: they run only if it is reached."""
    span = last.span
    before = _flat(items, is_and=is_and, span=span)
    ctx.has_flags = True
    name = ctx.fresh("c")
    ctx.emit(ir_stmts.VarDecl(name, _BOOL, before, span=span))
    found = ir.Var(name, _BOOL, span=span)
    test = found if is_and else negate(found, span)
    body = (*needed, ir_stmts.Assign(name, last, span=span))
    ctx.emit(ir_stmts.If(test, body, span=span))
    return found


@lowers(tree.BoolOp)
def _bool_value(ctx: Lowering, node: tree.BoolOp) -> Val:
    """`a or b` as a value: one of the operands, not its truth."""
    with ctx.collecting() as needed:
        found = condition(ctx, node)
    if found.is_bool:
        ctx.out.extend(needed)
        return Val(found.ir, BOOL)
    return _last_of(ctx, node, node.operands)


def _last_of(ctx: Lowering, node: tree.BoolOp, operands: tuple[tree.Expr, ...]) -> Val:
    """The value of the first operand that decides, or of the last one."""
    is_and = node.op == "and"
    first, *rest = operands
    val = ctx.known(first)
    if not rest:
        return val
    with ctx.collecting():
        shown = condition(ctx, first)
    with (
        ctx.assuming(shown.when_true if is_and else shown.when_false),
        ctx.only_values("an operand that may be skipped has an effect"),
    ):
        other = _last_of(ctx, node, tuple(rest))
    span = ctx.span(node)
    name = None if is_atom(val.ir) else ctx.fresh("v")
    held = val if name is None else Val(ir.Var(name, to_ir(val.type), span=span), val.type)
    kept = held
    if isinstance(val.type, OptionalT) and not is_and:
        # What counts as true is not None.
        kept = Val(unwrap(held.ir, val.type.item), val.type.item)
    type_ = ctx.join(kept.type, other.type, node)
    one, two = coerce(ctx, kept, type_, node), coerce(ctx, other, type_, node)
    test = truth(ctx, Val(held.ir, held.type), node)
    chosen = ir.IfExpr(test, two if is_and else one, one if is_and else two, span=span)
    return Val(chosen if name is None else ir.Let(name, val.ir, chosen, span=span), type_)


@lowers(tree.Conditional)
def _conditional(ctx: Lowering, node: tree.Conditional) -> Val:
    test = condition(ctx, node.condition)
    if isinstance(test.ir, ir.BoolLit):
        return ctx.expr(node.then if test.ir.value else node.orelse)
    with ctx.assuming(test.when_true), ctx.collecting() as then_needs:
        then = ctx.expr(node.then)
    with ctx.assuming(test.when_false), ctx.collecting() as else_needs:
        orelse = ctx.expr(node.orelse)
    type_ = ctx.join(then.type, orelse.type, node)
    span = ctx.span(node)
    one = coerce(ctx, then, type_, node.then)
    other = coerce(ctx, orelse, type_, node.orelse)
    if not (then_needs or else_needs):
        return Val(ir.IfExpr(test.ir, one, other, span=span), type_)
    name = ctx.fresh("t")
    ctx.emit(ir_stmts.VarDecl(name, to_ir(type_), span=span))
    then_body = (*then_needs, ir_stmts.Assign(name, one, span=span))
    else_body = (*else_needs, ir_stmts.Assign(name, other, span=span))
    ctx.emit(ir_stmts.If(test.ir, then_body, else_body, span=span))
    return Val(ir.Var(name, to_ir(type_), span=span), type_)


def _none_test(
    ctx: Lowering, node: tree.Compare, operand: tree.Expr, *, is_none: bool
) -> Condition:
    val, span = ctx.known(operand), ctx.span(node)
    if val.type is NONE:
        return Condition(evaluated(ctx, val, ir.BoolLit(is_none, span=span)))
    if not isinstance(val.type, OptionalT):
        return Condition(evaluated(ctx, val, ir.BoolLit(not is_none, span=span)))
    op = "option.is_none" if is_none else "option.is_some"
    found = Condition(ir.Apply(op, (val.ir,), _BOOL, span=span))
    variable = variable_of(ctx, operand)
    if variable is not None:
        present: Facts = {variable: val.type.item}
        absent: Facts = {variable: NONE}
        found.when_true, found.when_false = (absent, present) if is_none else (present, absent)
    return found


@lowers(tree.Compare)
def _compare(ctx: Lowering, node: tree.Compare) -> Val:
    if len(node.ops) == 1:
        right_node = node.rights[0]
        if node.ops[0] in _NONE_TESTS and isinstance(right_node, tree.NoneValue):
            return Val(condition(ctx, node).ir, BOOL)
        left, right = ctx.operands((node.left, right_node))
        return Val(relation(ctx, node.ops[0], left, right, node), BOOL)
    return Val(_chain(ctx, node), BOOL)


def _chain(ctx: Lowering, node: tree.Compare) -> ir.Expr:
    """`a < b < c`: `b` is evaluated once, and `c` only if `a < b`."""
    with ctx.only_values("a chain of comparisons has an effect"):
        vals = [ctx.expr(operand) for operand in (node.left, *node.rights)]
    return _links(ctx, node, vals, 0)


def _links(ctx: Lowering, node: tree.Compare, vals: list[Val], place: int) -> ir.Expr:
    """The comparisons from `place` on; operands that are used twice or too early are held."""
    left, right, *rest = vals
    held: list[tuple[str, ir.Expr]] = []

    def hold(val: Val) -> Val:
        if is_atom(val.ir):
            return val
        name = ctx.fresh("m")
        held.append((name, val.ir))
        return Val(ir.Var(name, to_ir(val.type), span=val.ir.span), val.type)

    if rest and not is_atom(right.ir):
        left = left if is_total(right.ir) else hold(left)
        right = hold(right)
    result = relation(ctx, node.ops[place], left, right, node)
    span = ctx.span(node)
    if rest:
        following = _links(ctx, node, [right, *rest], place + 1)
        result = _flat([result, following], is_and=True, span=span)
    for name, value in reversed(held):
        result = ir.Let(name, value, result, span=span)
    return result
