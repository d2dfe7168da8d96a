"""Subscripts and slices."""

from __future__ import annotations

from typing import cast

from autoform.frontends.python import tree
from autoform.frontends.python.coerce import as_seq, coerce, unwrap
from autoform.frontends.python.context import Lowering, lowers
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    NUMERIC,
    RANGE,
    STR,
    Cell,
    DictT,
    ListT,
    OptionalT,
    TupleT,
    VarTupleT,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import (
    Val,
)
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types
from autoform.source import Span


@lowers(tree.Subscript)
def _subscript(ctx: Lowering, node: tree.Subscript) -> Val:
    if isinstance(node.index, tree.Slice):
        return _sliced(ctx, node, node.index)
    special = ctx.module.special_subscript(ctx, node)
    if special is not None:
        return special
    container, index = ctx.operands((node.value, node.index))
    return subscript(ctx, container, index, node)


def subscript(ctx: Lowering, container: Val, index: Val, node: tree.Subscript) -> Val:
    """`container[index]`, both already evaluated."""
    _guess_container(ctx, container, index)
    type_ = ctx.known_type(container, node.value)
    if isinstance(type_, OptionalT):
        if not is_total(index.ir):
            raise ctx.refusal("type-mismatch", f"{ctx.type_text(type_)} is subscripted", node)
        container = Val(unwrap(container.ir, type_.item), type_.item)
        type_ = ctx.known_type(container, node.value)
    span = ctx.span(node)
    if isinstance(type_, DictT):
        ctx.join(type_.key, index.type, node.index)
        key = coerce(ctx, index, type_.key, node.index)
        return Val(
            ir.Apply("map.at", (container.ir, key), to_ir(type_.value), span=span), type_.value
        )
    if isinstance(type_, TupleT):
        return _tuple_item(ctx, container, type_, index, node, span)
    place = index_of(ctx, index, node.index)
    sign = "" if is_non_negative(ctx, node.index) else "_neg"
    if type_ is STR:
        return Val(ir.Apply(f"str.at{sign}", (container.ir, place), ir_types.STR, span=span), STR)
    if isinstance(type_, ListT | VarTupleT) or type_ is RANGE:
        element = INT if type_ is RANGE else type_.element  # type: ignore[union-attr] # not a Prim
        found = ir.Apply(f"seq.at{sign}", (container.ir, place), to_ir(element), span=span)
        return Val(found, element)
    raise ctx.refusal("unsupported-type", f"{ctx.type_text(type_)} is subscripted", node)


def _guess_container(ctx: Lowering, container: Val, index: Val) -> None:
    """Where nothing else says what is subscripted, take it for a list."""
    found = resolve(container.type)
    if ctx.info.guessing and isinstance(found, Cell):
        if resolve(index.type) is STR:
            ctx.solver.flow(DictT(STR, Cell()), found)
        else:
            ctx.solver.flow(ListT(Cell()), found)


def index_of(ctx: Lowering, index: Val, node: tree.Tree) -> ir.Expr:
    """An index into a sequence: an integer."""
    type_ = resolve(index.type)
    if isinstance(type_, Cell) and ctx.info.guessing:
        ctx.solver.flow(INT, type_)
        type_ = INT
    if type_ is BOOL:
        return ir.Apply("bool.to_int", (index.ir,), ir_types.INT, span=index.ir.span)
    if isinstance(type_, Cell):
        raise ctx.unknown("this index", node)
    if isinstance(type_, OptionalT) and resolve(type_.item) is INT:
        return unwrap(index.ir, INT)
    if type_ is not INT:
        code = "mixed-int-float" if type_ in {FLOAT, NUMERIC} else "type-mismatch"
        raise ctx.refusal(code, f"an index of type {ctx.type_text(type_)}", node)
    return index.ir


def is_non_negative(ctx: Lowering, node: tree.Expr) -> bool:
    """Whether an index is plainly never negative, so that it does not count from the end."""
    match node:
        case tree.Int(value=value):
            return value >= 0
        case tree.Name():
            binding = ctx.scope.refs.get(node)
            return binding is not None and binding.variable in ctx.non_negative
        case tree.Binary(op="+" | "*" | "//", left=left, right=right):
            return is_non_negative(ctx, left) and is_non_negative(ctx, right)
        case tree.Binary(op="%", right=right):
            return isinstance(right, tree.Int) and right.value > 0
        case tree.Call(function=tree.Name(id="len")):
            return ctx.module.is_builtin(ctx, node.function)
        case _:
            return False


def _tuple_item(
    ctx: Lowering, container: Val, type_: TupleT, index: Val, node: tree.Subscript, span: Span
) -> Val:
    count = len(type_.items)
    if isinstance(index.ir, ir.IntLit):
        place = index.ir.value
        if not -count <= place < count:
            raise ctx.refusal("type-mismatch", f"{ctx.type_text(type_)} has no item {place}", node)
        place %= count
        if isinstance(container.ir, ir.TupleLit) and all(map(is_total, container.ir.items)):
            return Val(container.ir.items[place], type_.items[place])
        return Val(ir.TupleGet(container.ir, place, span=span), type_.items[place])
    seq = as_seq(ctx, container, node)
    seq_type = resolve(seq.type)
    seq_type = cast("VarTupleT", seq_type)
    at = index_of(ctx, index, node.index)
    sign = "" if is_non_negative(ctx, node.index) else "_neg"
    element = seq_type.element
    return Val(ir.Apply(f"seq.at{sign}", (seq.ir, at), to_ir(element), span=span), element)


def _sliced(ctx: Lowering, node: tree.Subscript, index: tree.Slice) -> Val:
    bounds = [b for b in (index.lower, index.upper, index.step) if b is not None]
    container, *vals = ctx.operands((node.value, *bounds))
    type_ = ctx.known_type(container, node.value)
    if isinstance(type_, TupleT):
        fixed = _fixed_slice(ctx, container, type_, vals, index, node)
        if fixed is not None:
            return fixed
        container = as_seq(ctx, container, node)
        type_ = resolve(container.type)
    if not (type_ is STR or isinstance(type_, ListT | VarTupleT)):
        raise ctx.refusal("unsupported-type", f"a slice of {ctx.type_text(type_)}", node)
    given = iter(vals)
    lower, upper, step = (
        None if bound is None else _bound(ctx, next(given), bound)
        for bound in (index.lower, index.upper, index.step)
    )
    found = slice_of(container, lower, upper, step, ctx.span(node))
    if found is container.ir and isinstance(type_, ListT):
        found = ctx.copied(found)
    return Val(found, type_)


def _bound(ctx: Lowering, val: Val, node: tree.Expr) -> ir.Expr | None:
    """A bound of a slice; a plain `None` is no bound."""
    type_ = resolve(val.type)
    if type_ is NONE:
        return None
    if isinstance(type_, OptionalT):
        raise ctx.refusal("unsupported-syntax", "a bound that may be None", node)
    return index_of(ctx, val, node)


def slice_of(
    container: Val, lower: ir.Expr | None, upper: ir.Expr | None, step: ir.Expr | None, span: Span
) -> ir.Expr:
    """`container[lower:upper:step]` of a text or sequence."""
    type_ = to_ir(container.type)
    kind = "str" if type_ == ir_types.STR else "seq"
    if isinstance(step, ir.IntLit) and step.value == 1:
        step = None
    if step is not None:
        if isinstance(step, ir.IntLit) and step.value == -1 and lower is None and upper is None:
            return ir.Apply(f"{kind}.reverse", (container.ir,), type_, span=span)
        args = (container.ir, _option(lower), _option(upper), step)
        return ir.Apply(f"{kind}.slice_step", args, type_, span=span)
    if lower is None:
        if upper is None:
            return container.ir
        return ir.Apply(f"{kind}.slice_to", (container.ir, upper), type_, span=span)
    if upper is None:
        return ir.Apply(f"{kind}.slice_from", (container.ir, lower), type_, span=span)
    return ir.Apply(f"{kind}.slice", (container.ir, lower, upper), type_, span=span)


def _option(bound: ir.Expr | None) -> ir.Expr:
    if bound is None:
        return ir.NoneLit(ir_types.INT)
    return ir.Apply("option.some", (bound,), ir_types.OptionType(ir_types.INT), span=bound.span)


def _fixed_slice(
    ctx: Lowering,
    container: Val,
    type_: TupleT,
    vals: list[Val],
    index: tree.Slice,
    node: tree.Tree,
) -> Val | None:
    """A slice of a tuple by constants is a tuple of fixed length."""
    if not all(isinstance(val.ir, ir.IntLit) for val in vals):
        return None
    given = iter(val.ir.value for val in vals if isinstance(val.ir, ir.IntLit))
    lower, upper, step = (
        None if bound is None else next(given) for bound in (index.lower, index.upper, index.step)
    )
    if step == 0:
        return None
    if not isinstance(container.ir, ir.Var | ir.TupleLit):
        container = ctx.temp(container)
    places = range(len(type_.items))[lower:upper:step]
    if isinstance(container.ir, ir.TupleLit):
        if not all(map(is_total, container.ir.items)):
            return None
        items = tuple(container.ir.items[i] for i in places)
    else:
        items = tuple(ir.TupleGet(container.ir, i) for i in places)
    found = ir.TupleLit(items, span=ctx.span(node))
    return Val(found, TupleT(tuple(type_.items[i] for i in places)))
