"""Builtins that walk: `range`, `enumerate`, `zip`, `reversed`, `map`, `filter`."""

from __future__ import annotations

from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.elements import as_sequence, element_of, guess_iterable, sequence_arg
from autoform.frontends.python.iteration import range_args
from autoform.frontends.python.keys import key_function
from autoform.frontends.python.library.arguments import builtin, keywords
from autoform.frontends.python.subscripts import index_of
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.truth import truth
from autoform.frontends.python.types import (
    INT,
    RANGE,
    DictT,
    HostType,
    IterT,
    TupleT,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types

_INT: Final = ir_types.INT


@builtin("range")
def _range(ctx: Lowering, node: tree.Call) -> Val:
    start, stop, step = range_args(ctx, node)
    type_ = ir_types.SeqType(_INT)
    return Val(ir.Apply("seq.range", (start, stop, step), type_, span=ctx.span(node)), RANGE)


@builtin("enumerate")
def _enumerate(ctx: Lowering, node: tree.Call) -> Val:
    options = keywords(ctx, node, "start")
    if not 1 <= len(node.args) <= 2:
        raise ctx.refusal("unsupported-builtin", "this form of `enumerate`", node)
    seq = sequence_arg(ctx, node.args[0])
    start_node = options.get("start") or (node.args[1] if len(node.args) == 2 else None)
    start: ir.Expr = ir.IntLit(0, _INT)
    if start_node is not None:
        start = index_of(ctx, ctx.expr(start_node), start_node)
    element = element_of(ctx, seq, node.args[0])
    pair = TupleT((INT, element))
    type_ = ir_types.SeqType(to_ir(pair))
    found = ir.Apply("seq.enumerate", (seq.ir, start), type_, span=ctx.span(node))
    return Val(found, IterT(pair, _is_eager(seq)))


def _is_eager(seq: Val) -> bool:
    type_ = resolve(seq.type)
    return isinstance(type_, IterT) and type_.eager


@builtin("zip")
def _zip(ctx: Lowering, node: tree.Call) -> Val:
    if node.keywords or not 2 <= len(node.args) <= 3:
        raise ctx.refusal("unsupported-builtin", "this form of `zip`", node)
    if any(isinstance(arg, tree.Starred) for arg in node.args):
        raise ctx.refusal("star-arguments", "`*` in a call", node)
    vals = ctx.operands(node.args)
    seqs = []
    for val, arg in zip(vals, node.args, strict=True):
        guess_iterable(ctx, val)
        seqs.append(as_sequence(ctx, val, arg))
    if any(map(_is_eager, seqs)):
        raise ctx.refusal(
            "unsupported-builtin", "`zip` of elements that are computed as it goes", node
        )
    items = tuple(element_of(ctx, s, a) for s, a in zip(seqs, node.args, strict=True))
    row = TupleT(items)
    op = "seq.zip" if len(seqs) == 2 else "seq.zip3"
    args = tuple(seq.ir for seq in seqs)
    found = ir.Apply(op, args, ir_types.SeqType(to_ir(row)), span=ctx.span(node))
    return Val(found, IterT(row))


@builtin("reversed")
def _reversed(ctx: Lowering, node: tree.Call) -> Val:
    if node.keywords or len(node.args) != 1:
        raise ctx.refusal("unsupported-builtin", "this form of `reversed`", node)
    seq = sequence_arg(ctx, node.args[0])
    if isinstance(resolve(seq.type), IterT) and not isinstance(
        resolve(ctx.expr(node.args[0]).type), DictT
    ):
        raise ctx.refusal("type-mismatch", "`reversed` of an iterator", node)
    element = element_of(ctx, seq, node.args[0])
    found = ir.Apply("seq.reverse", (seq.ir,), to_ir(seq.type), span=ctx.span(node))
    return Val(found, IterT(element))


@builtin("map")
def _map(ctx: Lowering, node: tree.Call) -> Val:
    if node.keywords or not 2 <= len(node.args) <= 4:
        raise ctx.refusal("unsupported-builtin", "this form of `map`", node)
    seqs = [sequence_arg(ctx, arg) for arg in node.args[1:]]
    if any(map(_is_eager, seqs)) and len(seqs) > 1:
        raise ctx.refusal(
            "unsupported-builtin", "`map` of elements that are computed as it goes", node
        )
    elements = tuple(element_of(ctx, s, a) for s, a in zip(seqs, node.args[1:], strict=True))
    key = key_function(ctx, node.args[0], elements, node)
    binders = tuple(p for p in key.ir.params)  # type: ignore[union-attr] # a Lambda
    body = key.ir.body  # type: ignore[union-attr] # a Lambda
    if len(seqs) == 1:
        generator = ir.Generator(binders[0], seqs[0].ir)
    else:
        generator, body = _zipped(ctx, seqs, elements, binders, body)
    built = ir.Comprehension(ir.Collection.SEQ, body, (generator,), span=ctx.span(node))
    return Val(built, IterT(key.type, eager=not is_total(built)))


def _zipped(
    ctx: Lowering,
    seqs: list[Val],
    elements: tuple[HostType, ...],
    binders: tuple[ir.Binder, ...],
    body: ir.Expr,
) -> tuple[ir.Generator, ir.Expr]:
    """`map(f, xs, ys)` walks over the zip."""
    row = ir_types.TupleType(tuple(map(to_ir, elements)))
    op = "seq.zip" if len(seqs) == 2 else "seq.zip3"
    zipped = ir.Apply(op, tuple(s.ir for s in seqs), ir_types.SeqType(row))
    whole = ir.Binder(ctx.fresh("row"), row)
    for place, binder in reversed(list(enumerate(binders))):
        part = ir.TupleGet(ir.Var(whole.name, row), place)
        body = ir.Let(binder.name, part, body)
    return ir.Generator(whole, zipped), body


@builtin("filter")
def _filter(ctx: Lowering, node: tree.Call) -> Val:
    if node.keywords or len(node.args) != 2:
        raise ctx.refusal("unsupported-builtin", "this form of `filter`", node)
    seq = sequence_arg(ctx, node.args[1])
    element = element_of(ctx, seq, node.args[1])
    if isinstance(node.args[0], tree.NoneValue):
        binder = ir.Binder(ctx.fresh("x"), to_ir(element))
        test = truth(ctx, Val(ir.Var(binder.name, binder.type), element), node)
    else:
        key = key_function(ctx, node.args[0], (element,), node)
        binder = key.ir.params[0]  # type: ignore[union-attr] # a Lambda
        test = truth(ctx, Val(key.ir.body, key.type), node)  # type: ignore[union-attr] # a Lambda
    clauses = (ir.Generator(binder, seq.ir), ir.Filter(test))
    kept = ir.Var(binder.name, binder.type)
    built = ir.Comprehension(ir.Collection.SEQ, kept, clauses, span=ctx.span(node))
    return Val(built, IterT(element, eager=not is_total(built)))
