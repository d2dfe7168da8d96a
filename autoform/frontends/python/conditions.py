"""Truth, comparisons, and what a condition shows about the types of variables."""

from __future__ import annotations

from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.coerce import coerce
from autoform.frontends.python.context import Facts, Lowering, lowers
from autoform.frontends.python.instances import instance_test
from autoform.frontends.python.membership import relation
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.truth import Condition, evaluated, negate, truth, variable_of
from autoform.frontends.python.types import (
    BOOL,
    NONE,
    HostType,
    OptionalT,
    resolve,
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
            found = Condition(truth(ctx, val, node))
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
    for operand in node.operands:
        with ctx.assuming(known), ctx.collecting() as needed:
            found = condition(ctx, operand)
        if needed and items:
            items = [_branching(ctx, items, needed, found.ir, is_and=is_and)]
        else:
            ctx.out.extend(needed)
            items.append(found.ir)
        known = {**known, **(found.when_true if is_and else found.when_false)}
    joined = _flat(items, is_and=is_and, span=ctx.span(node))
    return Condition(joined, known) if is_and else Condition(joined, {}, known)


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
    with ctx.collecting() as tried:
        first = ctx.known(node.operands[0])
    ctx.out.extend(tried)
    if first.type is BOOL and _all_bool(ctx, node):
        ctx.out[len(ctx.out) - len(tried) :] = []
        return Val(condition(ctx, node).ir, BOOL)
    is_and, vals = node.op == "and", [first]
    for operand in node.operands[1:]:
        with ctx.only_values("an operand that may be skipped has an effect"):
            vals.append(ctx.known(operand))
    type_ = vals[0].type
    for val, operand in zip(vals[1:], node.operands[1:], strict=True):
        type_ = ctx.join(type_, val.type, operand)
    result = coerce(ctx, vals[-1], type_, node)
    for val in reversed(vals[:-1]):
        result = _choose(ctx, val, type_, result, node, is_and=is_and)
    return Val(result, type_)


def _choose(
    ctx: Lowering, val: Val, type_: HostType, rest: ir.Expr, node: tree.Tree, *, is_and: bool
) -> ir.Expr:
    span = ctx.span(node)
    name = None if is_atom(val.ir) else ctx.fresh("v")
    held = val if name is None else Val(ir.Var(name, to_ir(val.type), span=span), val.type)
    kept = coerce(ctx, held, type_, node)
    test = truth(ctx, held, node)
    chosen = (
        ir.IfExpr(test, rest, kept, span=span) if is_and else ir.IfExpr(test, kept, rest, span=span)
    )
    return chosen if name is None else ir.Let(name, val.ir, chosen, span=span)


def _all_bool(ctx: Lowering, node: tree.BoolOp) -> bool:
    """Whether every operand is a truth value, so that the value is the condition."""
    return all(_is_bool(ctx, operand, node.op == "and") for operand in node.operands[1:])


def _is_bool(ctx: Lowering, node: tree.Expr, is_and: bool) -> bool:
    if isinstance(node, tree.Compare | tree.Bool):
        return True
    if isinstance(node, tree.Unary):
        return node.op == "not"
    if isinstance(node, tree.BoolOp):
        return all(_is_bool(ctx, operand, is_and) for operand in node.operands)
    with ctx.collecting():
        return resolve(ctx.expr(node).type) is BOOL


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
