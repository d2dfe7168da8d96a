"""Builtin functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.arithmetic import as_number, binary
from autoform.frontends.python.calls import BUILTINS, Library
from autoform.frontends.python.coerce import as_seq, coerce, exact_float, to_float
from autoform.frontends.python.conditions import condition, is_ordered, length
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.expressions import (
    element_of,
    formatted,
    index_of,
    require_hashable,
    to_text,
)
from autoform.frontends.python.iteration import (
    as_sequence,
    guess_iterable,
    quantified,
    range_args,
    sequence_arg,
)
from autoform.frontends.python.keys import key_function
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    BOOL,
    FLOAT,
    INT,
    NUMBERS,
    NUMERIC,
    RANGE,
    STR,
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


def builtin(name: str) -> Callable[[Library], Library]:
    """Enter the lowering of a builtin function."""

    def enter(function: Library) -> Library:
        BUILTINS[name] = function
        return function

    return enter


def arguments(ctx: Lowering, node: tree.Call, least: int, most: int) -> list[Val]:
    """The positional arguments of a call that takes no others."""
    if node.keywords or not least <= len(node.args) <= most:
        ctx.refuse("unsupported-builtin", "this form of the call", node)
    return ctx.operands(node.args)


def keywords(ctx: Lowering, node: tree.Call, *names: str) -> dict[str, tree.Expr]:
    """The keyword arguments of a call that takes only these."""
    found: dict[str, tree.Expr] = {}
    for keyword in node.keywords:
        if keyword.name not in names:
            ctx.refuse("unsupported-builtin", f"the argument `{keyword.name}` here", node)
        found[keyword.name] = keyword.value
    return found


@builtin("len")
def _len(ctx: Lowering, node: tree.Call) -> Val:
    (val,) = arguments(ctx, node, 1, 1)
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
        ctx.refuse("type-mismatch", f"`len` of {ctx.type_text(type_)}", node)
    found = length(Val(val.ir, val.type))
    return Val(ir.Apply(found.op, (val.ir,), _INT, span=ctx.span(node)), INT)  # type: ignore[union-attr] # an Apply


@builtin("abs")
def _abs(ctx: Lowering, node: tree.Call) -> Val:
    (val,) = arguments(ctx, node, 1, 1)
    val = number(ctx, val, node)
    return Val(ir.Apply("abs", (val.ir,), to_ir(val.type), span=ctx.span(node)), val.type)


def number(ctx: Lowering, val: Val, node: tree.Tree) -> Val:
    """A number; a truth value counts as the integer that it is."""
    if ctx.info.guessing and isinstance(resolve(val.type), Cell):
        ctx.solver.flow(INT, resolve(val.type))  # type: ignore[arg-type] # a Cell
    type_ = ctx.known_type(val, node)
    if type_ not in NUMBERS and type_ is not BOOL:
        ctx.refuse("type-mismatch", f"{ctx.type_text(type_)} where a number is needed", node)
    return as_number(val)


# min, max, sum, sorted.


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
        ctx.refuse("unsupported-builtin", f"this form of `{which}`", node)
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
        from autoform.frontends.python.conditions import guess_same

        for val in vals[1:]:
            guess_same(ctx, vals[0], val)
    types = {ctx.known_type(v, a) for v, a in zip(vals, node.args, strict=True)}
    if types <= NUMBERS | {BOOL} and len(types) > 1:
        vals = [as_number(val) for val in vals]
    type_: HostType = vals[0].type
    for val in vals[1:]:
        type_ = ctx.join(type_, val.type, node)
    if not is_ordered(type_):
        ctx.refuse("unsupported-operator", f"`{which}` of {ctx.type_text(type_)}", node)
    if has_float(type_) and resolve(type_) not in NUMBERS:
        ctx.refuse("unsupported-operator", f"`{which}` of {ctx.type_text(type_)}", node)
    items = [coerce(ctx, v, type_, a) for v, a in zip(vals, node.args, strict=True)]
    result = items[0]
    for item in items[1:]:
        result = ir.Apply(f"{which}2", (result, item), to_ir(type_), span=ctx.span(node))
    return Val(result, type_)


def _extreme_of(ctx: Lowering, node: tree.Call, which: str, options: dict[str, tree.Expr]) -> Val:
    """`min(xs, key=…, default=…)`."""
    span = ctx.span(node)
    val = ctx.expr(node.args[0])
    guess_iterable(ctx, val)
    type_ = ctx.known_type(val, node.args[0])
    if isinstance(type_, SetT):
        if options:
            ctx.refuse("set-order", "which of equal keys comes first depends on the order", node)
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
    if not is_atom(seq.ir) or not is_total(default.ir):
        ctx.refuse("unsupported-builtin", "`default=` of a computed sequence", node)
    found = ir.Apply(op, args, to_ir(element), span=span)
    empty = ir.Apply("eq", (length(seq), ir.IntLit(0, _INT)), ir_types.BOOL, span=span)
    chosen = ir.IfExpr(
        empty,
        coerce(ctx, default, joined, node),
        coerce(ctx, Val(found, element), joined, node),
        span=span,
    )
    return Val(chosen, joined)


def _require_comparable(ctx: Lowering, type_: HostType, node: tree.Tree) -> None:
    found = resolve(type_)
    if isinstance(found, Cell) and ctx.info.guessing:
        ctx.solver.flow(INT, found)
        return
    if isinstance(found, Cell):
        ctx.unknown("these elements", node)
    if not is_ordered(type_) or (has_float(type_) and found not in NUMBERS):
        ctx.refuse("unsupported-operator", f"an order on {ctx.type_text(type_)}", node)


@builtin("sum")
def _sum(ctx: Lowering, node: tree.Call) -> Val:
    options = keywords(ctx, node, "start")
    if not 1 <= len(node.args) <= 2:
        ctx.refuse("unsupported-builtin", "this form of `sum`", node)
    span = ctx.span(node)
    val = ctx.expr(node.args[0])
    guess_iterable(ctx, val)
    type_ = ctx.known_type(val, node.args[0])
    start = options.get("start") or (node.args[1] if len(node.args) == 2 else None)
    if isinstance(type_, SetT):
        if resolve(type_.element) is not INT:
            ctx.refuse("set-order", "the sum depends on the order of a set", node)
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
        ctx.refuse("unsupported-builtin", "`sum` from this start", node)
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
        ctx.unknown("these elements", node)
    ctx.refuse("type-mismatch", f"`sum` of {ctx.type_text(found)}", node)


def _concatenated(ctx: Lowering, seq: Val, start: tree.Expr | None, node: tree.Tree) -> Val:
    """`sum(lists, [])`."""
    empty = isinstance(start, tree.ListExpr) and not start.items
    element = element_of(ctx, seq, node)
    found = resolve(element)
    if not empty or not isinstance(found, ListT):
        ctx.refuse("type-mismatch", "`sum` of sequences from this start", node)
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
        ctx.refuse("mixed-int-float", "the sum of what may be ints or floats", node)
    total = Val(ir.Apply("seq.sum", (seq.ir,), _FLOAT, span=span), NUMERIC)
    if start is None:
        return total
    ctx.refuse("unsupported-builtin", "`sum` of floats from a start", node)


@builtin("sorted")
def _sorted(ctx: Lowering, node: tree.Call) -> Val:
    options = keywords(ctx, node, "key", "reverse")
    if len(node.args) != 1:
        ctx.refuse("unsupported-builtin", "this form of `sorted`", node)
    val = ctx.expr(node.args[0])
    guess_iterable(ctx, val)
    type_ = ctx.known_type(val, node.args[0])
    if isinstance(type_, SetT):
        if options.keys() - {"reverse"}:
            ctx.refuse("set-order", "equal keys keep the order of a set", node)
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
    ctx.refuse("unsupported-builtin", "a computed `reverse=`", node)


# Iterators.


@builtin("range")
def _range(ctx: Lowering, node: tree.Call) -> Val:
    start, stop, step = range_args(ctx, node)
    type_ = ir_types.SeqType(_INT)
    return Val(ir.Apply("seq.range", (start, stop, step), type_, span=ctx.span(node)), RANGE)


@builtin("enumerate")
def _enumerate(ctx: Lowering, node: tree.Call) -> Val:
    options = keywords(ctx, node, "start")
    if not 1 <= len(node.args) <= 2:
        ctx.refuse("unsupported-builtin", "this form of `enumerate`", node)
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
        ctx.refuse("unsupported-builtin", "this form of `zip`", node)
    if any(isinstance(arg, tree.Starred) for arg in node.args):
        ctx.refuse("star-arguments", "`*` in a call", node)
    vals = ctx.operands(node.args)
    seqs = []
    for val, arg in zip(vals, node.args, strict=True):
        guess_iterable(ctx, val)
        seqs.append(as_sequence(ctx, val, arg))
    if any(map(_is_eager, seqs)):
        ctx.refuse("unsupported-builtin", "`zip` of elements that are computed as it goes", node)
    items = tuple(element_of(ctx, s, a) for s, a in zip(seqs, node.args, strict=True))
    row = TupleT(items)
    op = "seq.zip" if len(seqs) == 2 else "seq.zip3"
    args = tuple(seq.ir for seq in seqs)
    found = ir.Apply(op, args, ir_types.SeqType(to_ir(row)), span=ctx.span(node))
    return Val(found, IterT(row))


@builtin("reversed")
def _reversed(ctx: Lowering, node: tree.Call) -> Val:
    if node.keywords or len(node.args) != 1:
        ctx.refuse("unsupported-builtin", "this form of `reversed`", node)
    seq = sequence_arg(ctx, node.args[0])
    if isinstance(resolve(seq.type), IterT) and not isinstance(
        resolve(ctx.expr(node.args[0]).type), DictT
    ):
        ctx.refuse("type-mismatch", "`reversed` of an iterator", node)
    element = element_of(ctx, seq, node.args[0])
    found = ir.Apply("seq.reverse", (seq.ir,), to_ir(seq.type), span=ctx.span(node))
    return Val(found, IterT(element))


@builtin("map")
def _map(ctx: Lowering, node: tree.Call) -> Val:
    if node.keywords or not 2 <= len(node.args) <= 4:
        ctx.refuse("unsupported-builtin", "this form of `map`", node)
    seqs = [sequence_arg(ctx, arg) for arg in node.args[1:]]
    if any(map(_is_eager, seqs)) and len(seqs) > 1:
        ctx.refuse("unsupported-builtin", "`map` of elements that are computed as it goes", node)
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
        ctx.refuse("unsupported-builtin", "this form of `filter`", node)
    seq = sequence_arg(ctx, node.args[1])
    element = element_of(ctx, seq, node.args[1])
    from autoform.frontends.python.conditions import truth

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


@builtin("any")
def _any(ctx: Lowering, node: tree.Call) -> Val:
    return _quantifier(ctx, node, ir.Quantifier.EXISTS)


@builtin("all")
def _all(ctx: Lowering, node: tree.Call) -> Val:
    return _quantifier(ctx, node, ir.Quantifier.FORALL)


def _quantifier(ctx: Lowering, node: tree.Call, kind: ir.Quantifier) -> Val:
    from autoform.frontends.python.conditions import truth

    if node.keywords or len(node.args) != 1:
        ctx.refuse("unsupported-builtin", "this form of the call", node)
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
    from autoform.frontends.python.conditions import truth

    match built.clauses:
        case (ir.Generator(binder, source),):
            body = truth(ctx, Val(built.element, element), node)
            return ir.Quant(kind, binder, source, body, span=ctx.span(node))
        case _:
            if not is_total(built):
                ctx.refuse("unsupported-builtin", "this stops before all is computed", node)
            return None


# Conversions.


@builtin("int")
def _int(ctx: Lowering, node: tree.Call) -> Val:
    options = keywords(ctx, node, "base")
    if not node.args:
        return Val(ir.IntLit(0, _INT, span=ctx.span(node)), INT)
    base = options.get("base") or (node.args[1] if len(node.args) == 2 else None)
    nodes = [node.args[0], *([base] if base is not None else [])]
    val, *rest = ctx.operands(nodes)
    type_, span = ctx.known_type(val, node.args[0]), ctx.span(node)
    if rest:
        if type_ is not STR:
            ctx.refuse("type-mismatch", "`int` of a number with a base", node)
        args = (val.ir, index_of(ctx, rest[0], node))
        return Val(ir.Apply("py.str_to_int_base", args, _INT, span=span), INT)
    if type_ is INT or type_ is BOOL:
        return as_number(val)
    if type_ is FLOAT or type_ is NUMERIC:
        return Val(ir.Apply("float.trunc", (val.ir,), _INT, span=span), INT)
    if type_ is STR:
        return Val(ir.Apply("py.str_to_int", (val.ir,), _INT, span=span), INT)
    ctx.refuse("unsupported-builtin", f"`int` of {ctx.type_text(type_)}", node)


@builtin("float")
def _float(ctx: Lowering, node: tree.Call) -> Val:
    if not node.args and not node.keywords:
        return Val(ir.FloatLit("0.0", span=ctx.span(node)), FLOAT)
    if len(node.args) == 1 and isinstance(node.args[0], tree.Str):
        literal = _float_literal(node.args[0].value)
        if literal is not None:
            return Val(ir.FloatLit(literal, span=ctx.span(node)), FLOAT)
    (val,) = arguments(ctx, node, 1, 1)
    type_, span = ctx.known_type(val, node.args[0]), ctx.span(node)
    if type_ is FLOAT or type_ is NUMERIC:
        return Val(val.ir, FLOAT)
    if type_ is INT or type_ is BOOL:
        return Val(to_float(as_number(val).ir), FLOAT)
    if type_ is STR:
        return Val(ir.Apply("py.str_to_float", (val.ir,), _FLOAT, span=span), FLOAT)
    ctx.refuse("unsupported-builtin", f"`float` of {ctx.type_text(type_)}", node)


def _float_literal(text: str) -> str | None:
    try:
        return repr(float(text))
    except ValueError:
        return None


@builtin("str")
def _str(ctx: Lowering, node: tree.Call) -> Val:
    if not node.args and not node.keywords:
        return Val(ir.StrLit("", span=ctx.span(node)), STR)
    (val,) = arguments(ctx, node, 1, 1)
    if ctx.info.guessing and isinstance(resolve(val.type), Cell):
        ctx.solver.flow(INT, resolve(val.type))  # type: ignore[arg-type] # a Cell
    return Val(to_text(ctx, val, node), STR)


@builtin("bool")
def _bool(ctx: Lowering, node: tree.Call) -> Val:
    if not node.args and not node.keywords:
        return Val(ir.BoolLit(value=False, span=ctx.span(node)), BOOL)
    if len(node.args) != 1 or node.keywords:
        ctx.refuse("unsupported-builtin", "this form of `bool`", node)
    return Val(condition(ctx, node.args[0]).ir, BOOL)


@builtin("isinstance")
def _isinstance(ctx: Lowering, node: tree.Call) -> Val:
    return Val(condition(ctx, node).ir, BOOL)


@builtin("list")
def _list(ctx: Lowering, node: tree.Call) -> Val:
    if not node.args and not node.keywords:
        element = ctx.part(node)
        return Val(ir.SeqLit(to_ir(element), (), span=ctx.span(node)), ListT(element))
    seq = _collected(ctx, node, "list")
    return Val(ctx.copied(seq.ir), ListT(element_of(ctx, seq, node)))


@builtin("tuple")
def _tuple(ctx: Lowering, node: tree.Call) -> Val:
    if not node.args and not node.keywords:
        return Val(ir.TupleLit((), span=ctx.span(node)), TupleT(()))
    if len(node.args) == 1:
        with ctx.collecting():
            plain = resolve(ctx.expr(node.args[0]).type)
        if isinstance(plain, TupleT):
            return ctx.expr(node.args[0])
    seq = _collected(ctx, node, "tuple")
    return Val(ctx.copied(seq.ir), VarTupleT(element_of(ctx, seq, node)))


def _collected(ctx: Lowering, node: tree.Call, name: str) -> Val:
    if node.keywords or len(node.args) != 1:
        ctx.refuse("unsupported-builtin", f"this form of `{name}`", node)
    return sequence_arg(ctx, node.args[0])


@builtin("set")
def _set(ctx: Lowering, node: tree.Call) -> Val:
    return _set_of(ctx, node, frozen=False)


@builtin("frozenset")
def _frozenset(ctx: Lowering, node: tree.Call) -> Val:
    return _set_of(ctx, node, frozen=True)


def _set_of(ctx: Lowering, node: tree.Call, *, frozen: bool) -> Val:
    if not node.args and not node.keywords:
        element: HostType = ctx.part(node)
        found = ir.SetLit(to_ir(element), (), span=ctx.span(node))
        return Val(found, SetT(element, frozen))
    if node.keywords or len(node.args) != 1:
        ctx.refuse("unsupported-builtin", "this form of `set`", node)
    val = ctx.expr(node.args[0])
    guess_iterable(ctx, val)
    type_ = ctx.known_type(val, node.args[0])
    if isinstance(type_, SetT):
        return Val(ctx.copied(val.ir), SetT(type_.element, frozen))
    if isinstance(type_, DictT):
        keys = ir.Apply("map.key_set", (val.ir,), ir_types.SetType(to_ir(type_.key)))
        return Val(keys, SetT(type_.key, frozen))
    seq = as_sequence(ctx, val, node.args[0])
    element = element_of(ctx, seq, node.args[0])
    require_hashable(ctx, element, node)
    set_type = SetT(element, frozen)
    return Val(ir.Apply("seq.to_set", (seq.ir,), to_ir(set_type), span=ctx.span(node)), set_type)


@builtin("dict")
def _dict(ctx: Lowering, node: tree.Call) -> Val:
    if node.keywords:
        ctx.refuse("unsupported-builtin", "`dict` of keyword arguments", node)
    if not node.args:
        key, value = ctx.part(node), ctx.part(node, 1)
        lit = ir.MapLit(to_ir(key), to_ir(value), (), (), span=ctx.span(node))
        return Val(lit, DictT(key, value))
    (val,) = arguments(ctx, node, 1, 1)
    type_ = ctx.known_type(val, node.args[0])
    if isinstance(type_, DictT):
        return Val(ctx.copied(val.ir), type_)
    seq = as_sequence(ctx, val, node.args[0])
    pair = resolve(element_of(ctx, seq, node.args[0]))
    if not isinstance(pair, TupleT) or len(pair.items) != 2:
        ctx.refuse("unsupported-builtin", f"`dict` of {ctx.type_text(type_)}", node)
    require_hashable(ctx, pair.items[0], node)
    dict_type = DictT(*pair.items)
    found = ir.Apply("seq.to_map", (seq.ir,), to_ir(dict_type), span=ctx.span(node))
    return Val(found, dict_type)


# Numbers and text.


@builtin("ord")
def _ord(ctx: Lowering, node: tree.Call) -> Val:
    (val,) = arguments(ctx, node, 1, 1)
    text = want(ctx, val, STR, node)
    return Val(ir.Apply("py.ord", (text,), _INT, span=ctx.span(node)), INT)


def want(ctx: Lowering, val: Val, type_: HostType, node: tree.Tree) -> ir.Expr:
    """An argument that must be of this very type."""
    found = resolve(val.type)
    if isinstance(found, Cell) and ctx.info.guessing:
        ctx.solver.flow(type_, found)
        return val.ir
    if isinstance(found, Cell):
        ctx.unknown("this argument", node)
    if type_ is INT:
        return index_of(ctx, val, node)
    if found is not type_:
        expected = ctx.type_text(type_)
        ctx.refuse("type-mismatch", f"{ctx.type_text(found)} where {expected} is expected", node)
    return val.ir


@builtin("chr")
def _chr(ctx: Lowering, node: tree.Call) -> Val:
    (val,) = arguments(ctx, node, 1, 1)
    code = want(ctx, val, INT, node)
    return Val(ir.Apply("py.chr", (code,), ir_types.STR, span=ctx.span(node)), STR)


def _based(name: str) -> Library:
    def lower(ctx: Lowering, node: tree.Call) -> Val:
        (val,) = arguments(ctx, node, 1, 1)
        n = want(ctx, val, INT, node)
        return Val(ir.Apply(f"py.{name}", (n,), ir_types.STR, span=ctx.span(node)), STR)

    return lower


BUILTINS["bin"] = _based("bin")
BUILTINS["oct"] = _based("oct")
BUILTINS["hex"] = _based("hex")


@builtin("round")
def _round(ctx: Lowering, node: tree.Call) -> Val:
    options = keywords(ctx, node, "ndigits")
    digits_node = options.get("ndigits") or (node.args[1] if len(node.args) == 2 else None)
    if isinstance(digits_node, tree.NoneValue):
        digits_node = None
    nodes = [node.args[0], *([digits_node] if digits_node is not None else [])]
    val, *rest = ctx.operands(nodes)
    val, span = number(ctx, val, node), ctx.span(node)
    if not rest:
        if val.type is INT:
            return val
        return Val(ir.Apply("float.round_even", (val.ir,), _INT, span=span), INT)
    digits = index_of(ctx, rest[0], node)
    if val.type is INT:
        return Val(ir.Apply("py.round_int_digits", (val.ir, digits), _INT, span=span), INT)
    found = ir.Apply("py.round_digits", (val.ir, digits), _FLOAT, span=span)
    if val.type is NUMERIC:
        if not (isinstance(digits, ir.IntLit) and digits.value >= 0):
            ctx.refuse("mixed-int-float", "rounding what may be an int or a float", node)
        return Val(found, NUMERIC)
    return Val(found, FLOAT)


@builtin("pow")
def _pow(ctx: Lowering, node: tree.Call) -> Val:
    vals = arguments(ctx, node, 2, 3)
    if len(vals) == 2:
        return binary(ctx, "**", vals[0], vals[1], node)
    args = tuple(want(ctx, v, INT, a) for v, a in zip(vals, node.args, strict=True))
    return Val(ir.Apply("int.pow_mod", args, _INT, span=ctx.span(node)), INT)


@builtin("divmod")
def _divmod(ctx: Lowering, node: tree.Call) -> Val:
    left, right = arguments(ctx, node, 2, 2)
    left = left if is_atom(left.ir) else ctx.temp(left)
    right = right if is_atom(right.ir) else ctx.temp(right)
    quotient = binary(ctx, "//", Val(left.ir, left.type), Val(right.ir, right.type), node)
    rest = binary(ctx, "%", Val(left.ir, left.type), Val(right.ir, right.type), node)
    pair = ir.TupleLit((quotient.ir, rest.ir), span=ctx.span(node))
    return Val(pair, TupleT((quotient.type, rest.type)))


@builtin("format")
def _format(ctx: Lowering, node: tree.Call) -> Val:
    if len(node.args) != 2 or not isinstance(node.args[1], tree.Str) or node.keywords:
        ctx.refuse("string-format", "this form of `format`", node)
    part = tree.Formatted(node.start, node.end, node.args[0], "", node.args[1].value)
    return Val(formatted(ctx, ctx.expr(node.args[0]), part), STR)


__all__ = ["arguments", "builtin", "exact_float", "keywords", "number", "sorted_seq", "want"]
