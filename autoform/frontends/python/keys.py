"""Functions given as arguments: `key=`, `map`, `filter`. They never outlive the call."""

from __future__ import annotations

from typing import cast

from autoform.frontends.python import tree
from autoform.frontends.python.bindings import Binding, Block
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.elements import type_of
from autoform.frontends.python.types import DictT, HostType, IterT, resolve, to_ir
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir


def key_function(
    ctx: Lowering, node: tree.Expr, params: tuple[HostType, ...], call: tree.Tree
) -> Val:
    """A lambda, a named function, or a builtin, as an IR lambda; the type is the result's."""
    function = node
    if not isinstance(function, tree.Lambda):
        function = _expanded(ctx, node, len(params), call)
    if len(function.params) != len(params) or any(p.default for p in function.params):
        raise ctx.refusal("type-mismatch", f"a function of {len(params)} arguments is needed", node)
    binders = []
    for param, type_ in zip(function.params, params, strict=True):
        binder = ir.Binder(ctx.fresh(param.name), to_ir(type_), span=ctx.span(param))
        binding = ctx.scope.refs.get(param)
        if binding is None:
            binding = Binding(param.name, Block())
        val = Val(ir.Var(binder.name, binder.type, span=binder.span), type_)
        ctx.bound[binding.variable] = val
        binders.append(binder)
    with ctx.only_values("a function given as an argument has an effect"):
        body = ctx.expr(function.body)
    if isinstance(resolve(body.type), IterT):
        raise ctx.refusal("unsupported-type", "an iterator is kept for later use", node)
    return Val(ir.Lambda(tuple(binders), body.ir, span=ctx.span(call)), body.type)


def _expanded(ctx: Lowering, node: tree.Expr, count: int, call: tree.Tree) -> tree.Lambda:
    """`len` as `lambda x: len(x)`, `itemgetter(1)` as `lambda x: x[1]`."""
    start, end = node.start, node.end
    params = tuple(tree.Param(start, end, f"x{i}", None, None) for i in range(count))
    args = []
    for param in params:
        name = tree.Name(start, end, param.name)
        binding = Binding(param.name, Block())
        ctx.scope.refs[param] = ctx.scope.refs[name] = binding
        args.append(name)
    if _is_itemgetter(ctx, node) and count == 1:
        node = cast("tree.Call", node)
        body: tree.Expr = tree.Subscript(start, end, args[0], node.args[0])
    elif isinstance(node, tree.Attribute) and _gets_own_keys(ctx, node, call):
        body = tree.Subscript(start, end, node.value, args[0])
    elif isinstance(node, tree.Name | tree.Attribute):
        body = tree.Call(start, end, node, tuple(args), ())
    else:
        raise ctx.refusal("higher-order-value", "a computed function is an argument", node)
    return tree.Lambda(start, end, params, body)


def _gets_own_keys(ctx: Lowering, node: tree.Attribute, call: tree.Tree) -> bool:
    """Whether `d.get` is asked for the keys of d, as in `max(d, key=d.get)`: none is missing."""
    if node.name != "get" or not isinstance(call, tree.Call) or not call.args:
        return False
    walked = call.args[0]
    match walked:
        case tree.Call(function=tree.Attribute(value=inner, name="keys"), args=(), keywords=()):
            walked = inner
        case _:
            pass
    if not (isinstance(walked, tree.Name) and isinstance(node.value, tree.Name)):
        return False
    first, second = ctx.scope.refs.get(walked), ctx.scope.refs.get(node.value)
    if first is None or second is None:
        return False
    return first.variable is second.variable and isinstance(type_of(ctx, walked), DictT)


def _is_itemgetter(ctx: Lowering, node: tree.Expr) -> bool:
    if not isinstance(node, tree.Call) or len(node.args) != 1 or node.keywords:
        return False
    name = None
    if isinstance(node.function, tree.Name):
        name = ctx.module.imported_function(node.function.id)
    elif isinstance(node.function, tree.Attribute):
        name = ctx.module.library_name(ctx, node.function)
    return name == "operator.itemgetter"
