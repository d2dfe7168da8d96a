"""Names, literals, displays, subscripts, f-strings."""

from __future__ import annotations

from autoform.frontends.python import tree
from autoform.frontends.python.bindings import Binding
from autoform.frontends.python.coerce import unwrap
from autoform.frontends.python.context import Lowering, lowers
from autoform.frontends.python.types import (
    NONE,
    OptionalT,
    RecordT,
    resolve,
)
from autoform.frontends.python.values import (
    Val,
    bool_val,
    float_val,
    int_val,
    str_val,
)
from autoform.ir import exprs as ir
from autoform.source import Span


@lowers(tree.Name)
def _name(ctx: Lowering, node: tree.Name) -> Val:
    if ctx.contract is not None and node.id in ctx.contract.env:
        found = ctx.contract.env[node.id]
        return Val(found.ir, found.type)
    binding = ctx.scope.refs.get(node)
    if binding is None:
        return ctx.module.global_value(ctx, node)
    if binding.function is not None:
        raise ctx.refusal(
            "higher-order-value", f"the function `{node.id}` is used as a value", node
        )
    return read_variable(ctx, node)


def read_variable(ctx: Lowering, node: tree.Name) -> Val:
    """The value of a local variable, as narrow as it is known to be here."""
    if ctx.scope.imports and (local := ctx.module.local_import(ctx, node)):
        return ctx.module.imported_value(ctx, local, node)
    return variable_value(ctx, ctx.scope.refs[node].variable, ctx.span(node))


def variable_value(ctx: Lowering, variable: Binding, span: Span) -> Val:
    """The value of a variable at this point."""
    bound = ctx.bound.get(variable)
    if bound is not None:
        var, type_ = bound.ir, resolve(bound.type)
    else:
        type_ = resolve(ctx.cell(variable))
        var = ir.Var(ctx.name_of(variable), ctx.ir_type(variable, type_), span=span)
    narrow = ctx.facts.get(variable)
    if narrow is None or not isinstance(type_, OptionalT):
        return Val(var, type_)
    if resolve(narrow) is NONE:
        return Val(ir.TupleLit((), span=span), NONE)
    return Val(unwrap(var, type_.item), type_.item)


@lowers(tree.Int)
def _int(ctx: Lowering, node: tree.Int) -> Val:
    return int_val(node.value, ctx.span(node))


@lowers(tree.Float)
def _float(ctx: Lowering, node: tree.Float) -> Val:
    return float_val(node.value, ctx.span(node))


@lowers(tree.Str)
def _str(ctx: Lowering, node: tree.Str) -> Val:
    return str_val(node.value, ctx.span(node))


@lowers(tree.Bool)
def _bool(ctx: Lowering, node: tree.Bool) -> Val:
    return bool_val(node.value, ctx.span(node))


@lowers(tree.NoneValue)
def _none(ctx: Lowering, node: tree.NoneValue) -> Val:
    return Val(ir.TupleLit((), span=ctx.span(node)), NONE)


@lowers(tree.Dots)
def _ellipsis(ctx: Lowering, node: tree.Dots) -> Val:
    raise ctx.refusal("unsupported-syntax", "`...` as a value", node)


@lowers(tree.Starred)
def _starred(ctx: Lowering, node: tree.Starred) -> Val:
    raise ctx.refusal("star-arguments", "`*` is not supported here", node)


@lowers(tree.Slice)
def _slice(ctx: Lowering, node: tree.Slice) -> Val:
    raise ctx.refusal("unsupported-syntax", "a slice as a value", node)


@lowers(tree.Lambda)
def _lambda(ctx: Lowering, node: tree.Lambda) -> Val:
    raise ctx.refusal("higher-order-value", "a lambda is used as a value", node)


@lowers(tree.Attribute)
def _attribute(ctx: Lowering, node: tree.Attribute) -> Val:
    constant = ctx.module.attribute(ctx, node)
    if constant is not None:
        return constant
    val = ctx.known(node.value)
    if isinstance(val.type, RecordT):
        return ctx.module.field(ctx, val, node)
    raise ctx.refusal("unsupported-syntax", f"the attribute `{node.name}`", node)
