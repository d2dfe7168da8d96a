"""Builtins that make one value of many: `len`, `min`, `max`, `sum`, `any`, `all`."""

from __future__ import annotations

from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.arithmetic import as_number, binary
from autoform.frontends.python.coerce import as_seq, coerce
from autoform.frontends.python.comparisons import guess_same, is_ordered
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.elements import (
    as_sequence,
    element_of,
    guess_iterable,
    type_of,
    without_listing,
)
from autoform.frontends.python.iteration import quantified
from autoform.frontends.python.keys import key_function
from autoform.frontends.python.library.arguments import arguments, builtin, keywords
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.truth import length, truth
from autoform.frontends.python.types import (
    BOOL,
    FLOAT,
    INT,
    NUMBERS,
    NUMERIC,
    Cell,
    DictT,
    HostType,
    IterT,
    ListT,
    OptionalT,
    SetT,
    TupleT,
    VarTupleT,
    has_float,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val, is_atom
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types

_INT: Final = ir_types.INT
_FLOAT: Final = ir_types.FLOAT


@builtin("len")
def _len(ctx: Lowering, node: tree.Call) -> Val:
    (val,) = arguments(ctx, _counted(ctx, node), 1, 1)
    guess_iterable(ctx, val)
    type_ = ctx.known_type(val, node.args[0])
    if isinstance(type_, TupleT) and is_total(val.ir):
        return Val(ir.IntLit(len(type_.items), _INT, span=ctx.span(node)), INT)
    if isinstance(type_, TupleT):
        val = as_seq(ctx, val, node)
    elif isinstance(type_, OptionalT):
        val = Val(ir.Apply("option.unwrap", (val.ir,), to_ir(type_.item)), type_.item)
        type_ = resolve(type_.item)
    if isinstance(type_, IterT) or type_ in NUMBERS or type_ is BOOL:
        raise ctx.refusal("type-mismatch", f"`len` of {ctx.type_text(type_)}", node)
    found = length(Val(val.ir, val.type))
    return Val(ir.Apply(found.op, (val.ir,), _INT, span=ctx.span(node)), INT)  # type: ignore[union-attr] # an Apply


def _counted(ctx: Lowering, node: tree.Call) -> tree.Call:
    """`len(list(s))` as `len(s)`, and `len(d.items())` as `len(d)`."""
    match node.args:
        case (tree.Call(args=(), keywords=()) as inner,):
            function = inner.function
            if (
                isinstance(function, tree.Attribute)
                and function.name in _VIEWS
                and isinstance(type_of(ctx, function.value), DictT)
            ):
                return tree.Call(node.start, node.end, node.function, (function.value,), ())
        case (arg,):
            plain = without_listing(ctx, arg)
            return tree.Call(node.start, node.end, node.function, (plain,), node.keywords)
        case _:
            pass
    return node


_VIEWS: Final = frozenset({"keys", "values", "items"})


@builtin("min")
def _min(ctx: Lowering, node: tree.Call) -> Val:
    return _extreme(ctx, node, "min")


@builtin("max")
def _max(ctx: Lowering, node: tree.Call) -> Val:
    return _extreme(ctx, node, "max")


def _extreme(ctx: Lowering, node: tree.Call, which: str) -> Val:
    options = keywords(ctx, node, "key", "default")
    if len(node.args) == 1:
        return _extreme_of(ctx, node, which, options)
    if "default" in options or len(node.args) < 1:
        raise ctx.refusal("unsupported-builtin", f"this form of `{which}`", node)
    vals = ctx.operands(node.args)
    if "key" not in options:
        return _extreme_of_values(ctx, node, which, vals)
    element = ctx.part(node)
    for val, arg in zip(vals, node.args, strict=True):
        ctx.flow(val.type, element, arg)
    items = tuple(coerce(ctx, v, element, a) for v, a in zip(vals, node.args, strict=True))
    seq = ir.SeqLit(to_ir(element), items, span=ctx.span(node))
    key = key_function(ctx, options["key"], (element,), node)
    found = ir.Apply(f"seq.{which}_by", (seq, key.ir), to_ir(element), span=ctx.span(node))
    return Val(found, element)


def _extreme_of_values(ctx: Lowering, node: tree.Call, which: str, vals: list[Val]) -> Val:
    """`min(a, b, c)`: numbers of two kinds are compared exactly and kept as they are."""
    if ctx.info.guessing:
        for val in vals[1:]:
            guess_same(ctx, vals[0], val)
    types = {ctx.known_type(v, a) for v, a in zip(vals, node.args, strict=True)}
    if types <= NUMBERS | {BOOL} and len(types) > 1:
        vals = [as_number(val) for val in vals]
    type_: HostType = vals[0].type
    for val in vals[1:]:
        type_ = ctx.join(type_, val.type, node)
    if not is_ordered(type_):
        raise ctx.refusal("unsupported-operator", f"`{which}` of {ctx.type_text(type_)}", node)
    if has_float(type_) and resolve(type_) not in NUMBERS:
        raise ctx.refusal("unsupported-operator", f"`{which}` of {ctx.type_text(type_)}", node)
    items = [coerce(ctx, v, type_, a) for v, a in zip(vals, node.args, strict=True)]
    result = items[0]
    for item in items[1:]:
        result = ir.Apply(f"{which}2", (result, item), to_ir(type_), span=ctx.span(node))
    return Val(result, type_)


def _extreme_of(ctx: Lowering, node: tree.Call, which: str, options: dict[str, tree.Expr]) -> Val:
    """`min(xs, key=…, default=…)`."""
    span = ctx.span(node)
    val = ctx.expr(without_listing(ctx, node.args[0]))
    guess_iterable(ctx, val)
    type_ = ctx.known_type(val, node.args[0])
    if isinstance(type_, SetT):
        if options:
            raise ctx.refusal(
                "set-order", "which of equal keys comes first depends on the order", node
            )
        _require_comparable(ctx, type_.element, node)
        found = ir.Apply(f"set.{which}", (val.ir,), to_ir(type_.element), span=span)
        return Val(found, type_.element)
    seq = as_sequence(ctx, val, node.args[0])
    element = element_of(ctx, seq, node.args[0])
    if "key" in options:
        key = key_function(ctx, options["key"], (element,), node)
        _require_comparable(ctx, key.type, node)
        args: tuple[ir.Expr, ...] = (seq.ir, key.ir)
        op = f"seq.{which}_by"
    else:
        _require_comparable(ctx, element, node)
        args, op = (seq.ir,), f"seq.{which}"
    if "default" not in options:
        return Val(ir.Apply(op, args, to_ir(element), span=span), element)
    default = ctx.expr(options["default"])
    joined = ctx.join(element, default.type, node)
    if not is_total(default.ir):
        raise ctx.refusal("unsupported-builtin", "a `default=` that may fail", node)
    name = ctx.fresh("held")
    held = seq.ir if is_atom(seq.ir) else ir.Var(name, ir.type_of(seq.ir), span=span)
    found = ir.Apply(op, (held, *args[1:]), to_ir(element), span=span)
    size = length(Val(held, seq.type))
    empty = ir.Apply("eq", (size, ir.IntLit(0, _INT)), ir_types.BOOL, span=span)
    chosen: ir.Expr = ir.IfExpr(
        empty,
        coerce(ctx, default, joined, node),
        coerce(ctx, Val(found, element), joined, node),
        span=span,
    )
    return Val(chosen if held is seq.ir else ir.Let(name, seq.ir, chosen, span=span), joined)


def _require_comparable(ctx: Lowering, type_: HostType, node: tree.Tree) -> None:
    found = resolve(type_)
    if isinstance(found, Cell) and ctx.info.guessing:
        ctx.solver.flow(INT, found)
        return
    if isinstance(found, Cell):
        raise ctx.unknown("these elements", node)
    if not is_ordered(type_) or (has_float(type_) and found not in NUMBERS):
        raise ctx.refusal("unsupported-operator", f"an order on {ctx.type_text(type_)}", node)


@builtin("sum")
def _sum(ctx: Lowering, node: tree.Call) -> Val:
    options = keywords(ctx, node, "start")
    if not 1 <= len(node.args) <= 2:
        raise ctx.refusal("unsupported-builtin", "this form of `sum`", node)
    span = ctx.span(node)
    val = ctx.expr(without_listing(ctx, node.args[0]))
    guess_iterable(ctx, val)
    type_ = ctx.known_type(val, node.args[0])
    start = options.get("start") or (node.args[1] if len(node.args) == 2 else None)
    if isinstance(type_, SetT):
        if resolve(type_.element) is not INT:
            raise ctx.refusal("set-order", "the sum depends on the order of a set", node)
        total = Val(ir.Apply("set.sum", (val.ir,), _INT, span=span), INT)
    else:
        seq = as_sequence(ctx, val, node.args[0])
        element = _summed(ctx, seq, element_of(ctx, seq, node.args[0]), node)
        if element is None:
            return _concatenated(ctx, seq, start, node)
        seq, kind = element
        if kind is FLOAT or kind is NUMERIC:
            return _float_sum(ctx, seq, kind, start, node)
        total = Val(ir.Apply("seq.sum", (seq.ir,), _INT, span=span), INT)
    if start is None:
        return total
    first = ctx.expr(start)
    if not (is_total(first.ir) and resolve(first.type) is INT):
        raise ctx.refusal("unsupported-builtin", "`sum` from this start", node)
    return binary(ctx, "+", first, total, node)


def _summed(
    ctx: Lowering, seq: Val, element: HostType, node: tree.Tree
) -> tuple[Val, HostType] | None:
    """The numbers to add; `None` for sequences to concatenate."""
    found = resolve(element)
    if isinstance(found, Cell) and ctx.info.guessing:
        ctx.solver.flow(INT, found)
        found = INT
    if found is BOOL:
        name = ctx.fresh("b")
        var = ir.Var(name, ir_types.BOOL)
        one = ir.Apply("bool.to_int", (var,), _INT)
        if isinstance(seq.ir, ir.Comprehension):
            changed = ir.Comprehension(
                seq.ir.kind,
                ir.Apply("bool.to_int", (seq.ir.element,), _INT),
                seq.ir.clauses,
                span=seq.ir.span,
            )
        else:
            generator = ir.Generator(ir.Binder(name, ir_types.BOOL), seq.ir)
            changed = ir.Comprehension(ir.Collection.SEQ, one, (generator,), span=seq.ir.span)
        return Val(changed, ListT(INT)), INT
    if found in NUMBERS:
        return seq, found
    if isinstance(found, ListT | VarTupleT):
        return None
    if isinstance(found, Cell):
        raise ctx.unknown("these elements", node)
    raise ctx.refusal("type-mismatch", f"`sum` of {ctx.type_text(found)}", node)


def _concatenated(ctx: Lowering, seq: Val, start: tree.Expr | None, node: tree.Tree) -> Val:
    """`sum(lists, [])`."""
    empty = isinstance(start, tree.ListExpr) and not start.items
    element = element_of(ctx, seq, node)
    found = resolve(element)
    if not empty or not isinstance(found, ListT):
        raise ctx.refusal("type-mismatch", "`sum` of sequences from this start", node)
    flat = ir.Apply("seq.flatten", (seq.ir,), to_ir(found), span=ctx.span(node))
    return Val(flat, found)


def _float_sum(
    ctx: Lowering, seq: Val, kind: HostType, start: tree.Expr | None, node: tree.Tree
) -> Val:
    """A sum that starts from the integer 0: an `int` when there is nothing to add.

    Python 3.12 compensates rounding errors in `sum` of floats, earlier versions add plainly;
    what is lifted is the plain sum.
    """
    span = ctx.span(node)
    if kind is NUMERIC:
        raise ctx.refusal("mixed-int-float", "the sum of what may be ints or floats", node)
    total = Val(ir.Apply("seq.sum", (seq.ir,), _FLOAT, span=span), NUMERIC)
    if start is None:
        return total
    raise ctx.refusal("unsupported-builtin", "`sum` of floats from a start", node)


@builtin("any")
def _any(ctx: Lowering, node: tree.Call) -> Val:
    return _quantifier(ctx, node, ir.Quantifier.EXISTS)


@builtin("all")
def _all(ctx: Lowering, node: tree.Call) -> Val:
    return _quantifier(ctx, node, ir.Quantifier.FORALL)


def _quantifier(ctx: Lowering, node: tree.Call, kind: ir.Quantifier) -> Val:
    if node.keywords or len(node.args) != 1:
        raise ctx.refusal("unsupported-builtin", "this form of the call", node)
    arg = node.args[0]
    if isinstance(arg, tree.Comprehension) and arg.kind == "generator":
        return Val(quantified(ctx, arg, kind), BOOL)
    val = ctx.expr(arg)
    guess_iterable(ctx, val)
    if not isinstance(ctx.known_type(val, arg), SetT):
        val = as_sequence(ctx, val, arg)
    element = element_of(ctx, val, arg)
    if isinstance(val.ir, ir.Comprehension) and isinstance(resolve(val.type), IterT):
        found = _lazy(ctx, val.ir, element, kind, node)
        if found is not None:
            return Val(found, BOOL)
    binder = ir.Binder(ctx.fresh("x"), to_ir(element))
    body = truth(ctx, Val(ir.Var(binder.name, binder.type), element), node)
    return Val(ir.Quant(kind, binder, val.ir, body, span=ctx.span(node)), BOOL)


def _lazy(
    ctx: Lowering,
    built: ir.Comprehension,
    element: HostType,
    kind: ir.Quantifier,
    node: tree.Tree,
) -> ir.Expr | None:
    """`any(map(f, xs))` stops at the first witness, so that `f` runs inside the quantifier."""
    match built.clauses:
        case (ir.Generator(binder, source),):
            body = truth(ctx, Val(built.element, element), node)
            return ir.Quant(kind, binder, source, body, span=ctx.span(node))
        case _:
            if not is_total(built):
                raise ctx.refusal("unsupported-builtin", "this stops before all is computed", node)
            return None
