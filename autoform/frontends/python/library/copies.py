"""`copy.copy`, `copy.deepcopy` and `dict.fromkeys`: new objects with the values of others."""

from __future__ import annotations

from autoform.frontends.python import tree
from autoform.frontends.python.calls import CLASS_METHODS, LIBRARY
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.elements import element_of, require_hashable, sequence_arg
from autoform.frontends.python.library.arguments import arguments, positional
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    NONE,
    DictT,
    HostType,
    IterT,
    ListT,
    SetT,
    is_mutable,
    parts,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir

__all__: list[str] = []


def _copy(ctx: Lowering, node: tree.Call) -> Val:
    (val,) = arguments(ctx, node, 1, 1)
    type_ = ctx.known_type(val, node)
    if isinstance(type_, ListT | SetT | DictT):
        return Val(ctx.copied(val.ir), type_)
    return _immutable(ctx, val, type_, node)


def _deepcopy(ctx: Lowering, node: tree.Call) -> Val:
    (val,) = arguments(ctx, node, 1, 1)
    type_ = ctx.known_type(val, node)
    return Val(_deep(ctx, val.ir, type_, node), type_)


def _deep(ctx: Lowering, value: ir.Expr, type_: HostType, node: tree.Call) -> ir.Expr:
    """A copy of lists of lists, each of them new."""
    type_ = resolve(type_)
    if not isinstance(type_, ListT | SetT | DictT):
        return _immutable(ctx, Val(value, type_), type_, node).ir
    if not any(map(is_mutable, parts(type_))):
        return ctx.copied(value)
    if not isinstance(type_, ListT):
        raise ctx.refusal("unsupported-module", f"a deep copy of {ctx.type_text(type_)}", node)
    binder = ir.Binder(ctx.fresh("item"), to_ir(type_.element))
    item = _deep(ctx, ir.Var(binder.name, binder.type), type_.element, node)
    generator = ir.Generator(binder, value)
    return ir.Comprehension(ir.Collection.SEQ, item, (generator,), span=ctx.span(node))


def _immutable(ctx: Lowering, val: Val, type_: HostType, node: tree.Call) -> Val:
    if is_mutable(type_) or isinstance(type_, IterT):
        raise ctx.refusal("unsupported-module", f"a copy of {ctx.type_text(type_)}", node)
    return val


def _fromkeys(ctx: Lowering, node: tree.Call) -> Val:
    """`dict.fromkeys(xs, v)`: one object v under every key, which must therefore not change."""
    positional(ctx, node, 1, 2)
    seq = sequence_arg(ctx, node.args[0])
    element = element_of(ctx, seq, node)
    require_hashable(ctx, element, node)
    value = ctx.expr(node.args[1]) if node.args[1:] else Val(ir.TupleLit(()), NONE)
    if is_mutable(value.type) or not is_total(value.ir):
        message = "a value of `dict.fromkeys` that may change or fail"
        raise ctx.refusal("unsupported-method", message, node)
    key_cell, value_cell = ctx.part(node), ctx.part(node, 1)
    ctx.flow(element, key_cell, node)
    ctx.flow(value.type, value_cell, node)
    binder = ir.Binder(ctx.fresh("key"), to_ir(element))
    key = ir.Var(binder.name, binder.type)
    built = ir.Comprehension(
        ir.Collection.MAP, value.ir, (ir.Generator(binder, seq.ir),), key, span=ctx.span(node)
    )
    return Val(built, DictT(key_cell, value_cell))


LIBRARY["copy.copy"] = _copy
LIBRARY["copy.deepcopy"] = _deepcopy
CLASS_METHODS["dict", "fromkeys"] = _fromkeys
