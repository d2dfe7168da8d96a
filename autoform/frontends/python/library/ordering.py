"""`sorted`, and what sorting asks of elements."""

from __future__ import annotations

from autoform.frontends.python import tree
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.elements import as_sequence, element_of, guess_iterable
from autoform.frontends.python.keys import key_function
from autoform.frontends.python.library.arguments import builtin, keywords
from autoform.frontends.python.library.reductions import _require_comparable
from autoform.frontends.python.types import (
    HostType,
    ListT,
    SetT,
    to_ir,
)
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types


@builtin("sorted")
def _sorted(ctx: Lowering, node: tree.Call) -> Val:
    options = keywords(ctx, node, "key", "reverse")
    if len(node.args) != 1:
        raise ctx.refusal("unsupported-builtin", "this form of `sorted`", node)
    val = ctx.expr(node.args[0])
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
    if "key" in options and not isinstance(options["key"], tree.NoneValue):
        key = key_function(ctx, options["key"], (element,), node)
        _require_comparable(ctx, key.type, node)
        op = "seq.sort_by_desc" if descending else "seq.sort_by"
        return ir.Apply(op, (seq.ir, key.ir), type_, span=span)
    _require_comparable(ctx, element, node)
    op = "seq.sorted_desc" if descending else "seq.sorted"
    return ir.Apply(op, (seq.ir,), type_, span=span)


def _is_reversed(ctx: Lowering, node: tree.Expr | None) -> bool:
    if node is None:
        return False
    if isinstance(node, tree.Bool):
        return node.value
    if isinstance(node, tree.Int):
        return node.value != 0
    raise ctx.refusal("unsupported-builtin", "a computed `reverse=`", node)
