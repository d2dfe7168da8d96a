"""`sorted`, and what sorting asks of elements."""

from __future__ import annotations

from autoform.frontends.python import tree
from autoform.frontends.python.conditions import condition
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.elements import (
    as_sequence,
    element_of,
    guess_iterable,
    without_listing,
)
from autoform.frontends.python.keys import key_function
from autoform.frontends.python.library.arguments import builtin, keywords
from autoform.frontends.python.library.reductions import _require_comparable
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    HostType,
    ListT,
    SetT,
    to_ir,
)
from autoform.frontends.python.values import Val, is_atom
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types


@builtin("sorted")
def _sorted(ctx: Lowering, node: tree.Call) -> Val:
    options = keywords(ctx, node, "key", "reverse")
    if len(node.args) != 1:
        raise ctx.refusal("unsupported-builtin", "this form of `sorted`", node)
    val = ctx.expr(without_listing(ctx, node.args[0]))
    guess_iterable(ctx, val)
    type_ = ctx.known_type(val, node.args[0])
    if isinstance(type_, SetT):
        if options.keys() - {"reverse"}:
            raise ctx.refusal("set-order", "equal keys keep the order of a set", node)
        _require_comparable(ctx, type_.element, node)
        plain = ir.Apply(
            "set.sorted", (val.ir,), ir_types.SeqType(to_ir(type_.element)), span=ctx.span(node)
        )
        seq = Val(plain, ListT(type_.element))
        if not options:
            return seq
    else:
        seq = as_sequence(ctx, val, node.args[0])
    element = element_of(ctx, seq, node.args[0])
    return Val(sorted_seq(ctx, seq, element, options, node), ListT(element))


def sorted_seq(
    ctx: Lowering, seq: Val, element: HostType, options: dict[str, tree.Expr], node: tree.Tree
) -> ir.Expr:
    """The elements sorted as `key=` and `reverse=` say."""
    span = ctx.span(node)
    type_ = ir_types.SeqType(to_ir(element))
    descending = _is_reversed(ctx, options.get("reverse"))
    if isinstance(descending, ir.Expr):
        return _either_way(ctx, seq, element, options, descending, node)
    if "key" in options and not isinstance(options["key"], tree.NoneValue):
        key = key_function(ctx, options["key"], (element,), node)
        _require_comparable(ctx, key.type, node)
        op = "seq.sort_by_desc" if descending else "seq.sort_by"
        return ir.Apply(op, (seq.ir, key.ir), type_, span=span)
    _require_comparable(ctx, element, node)
    op = "seq.sorted_desc" if descending else "seq.sorted"
    return ir.Apply(op, (seq.ir,), type_, span=span)


def _either_way(
    ctx: Lowering,
    seq: Val,
    element: HostType,
    options: dict[str, tree.Expr],
    descending: ir.Expr,
    node: tree.Tree,
) -> ir.Expr:
    """`sorted(xs, reverse=c)`, where c is only known when it runs."""
    if not is_total(descending):
        raise ctx.refusal("unsupported-builtin", "a `reverse=` that may fail", node)

    def sorted_as(items: ir.Expr, *, reverse: bool) -> ir.Expr:
        literal = tree.Bool(node.start, node.end, value=reverse)
        return sorted_seq(ctx, Val(items, seq.type), element, options | {"reverse": literal}, node)

    name = ctx.fresh("held")
    held = seq.ir if is_atom(seq.ir) else ir.Var(name, ir.type_of(seq.ir), span=seq.ir.span)
    down, up = sorted_as(held, reverse=True), sorted_as(held, reverse=False)
    chosen: ir.Expr = ir.IfExpr(descending, down, up, span=ctx.span(node))
    return chosen if held is seq.ir else ir.Let(name, seq.ir, chosen, span=ctx.span(node))


def _is_reversed(ctx: Lowering, node: tree.Expr | None) -> bool | ir.Expr:
    if node is None:
        return False
    if isinstance(node, tree.Bool):
        return node.value
    if isinstance(node, tree.Int):
        return node.value != 0
    return condition(ctx, node).ir
