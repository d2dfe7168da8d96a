"""Functions that walk over sequences: `itertools`, `functools.reduce`, `heapq.nlargest`, `next`.

    combinations(xs, 2)      seq [(xs[i], xs[j]) for i in range(0, n) for j in range(i + 1, n)]
    reduce(f, xs, start)     seq.fold(xs, start, |a, x| f(a, x))

Each is written out with what the IR has. All of the elements are there before they are taken, so
a source whose elements are computed as it goes, and may fail, is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.arithmetic import binary
from autoform.frontends.python.calls import BUILTINS, LIBRARY, Library
from autoform.frontends.python.coerce import coerce
from autoform.frontends.python.comparisons import compare
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.elements import as_sequence, element_of, guess_iterable
from autoform.frontends.python.keys import key_function
from autoform.frontends.python.library.arguments import keywords
from autoform.frontends.python.library.ordering import sorted_seq
from autoform.frontends.python.subscripts import index_of
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    BOOL,
    INT,
    STR,
    HostType,
    IterT,
    ListT,
    Prim,
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
_BOOL: Final = ir_types.BOOL
_ZERO: Final = ir.IntLit(0, _INT)
_ONE: Final = ir.IntLit(1, _INT)
_MOST: Final = 4
"""How many items the combinations that are written out may have."""

_GROUP: Final = Prim("itertools._grouper", ir_types.UNIT)
"""The second item of what `groupby` gives: an iterator that only keys are told of."""


def sources(ctx: Lowering, nodes: tuple[tree.Expr, ...], node: tree.Call) -> list[Val]:
    """The arguments as sequences, evaluated in order and ready to be looked at again."""
    found: list[Val] = []
    for val, arg in zip(ctx.operands(nodes), nodes, strict=True):
        guess_iterable(ctx, val)
        seq = as_sequence(ctx, val, arg)
        type_ = resolve(seq.type)
        if isinstance(type_, IterT) and type_.eager:
            message = "elements that are computed as it goes, and may fail"
            raise ctx.refusal("unsupported-builtin", message, node, "make a list first: `list(…)`")
        found.append(seq)
    return found


def _let(
    ctx: Lowering, values: list[ir.Expr], build: Callable[[list[ir.Expr]], ir.Expr]
) -> ir.Expr:
    """Build with values that are evaluated once, in order."""
    held = [
        value if is_atom(value) else ir.Var(ctx.fresh("held"), ir.type_of(value), span=value.span)
        for value in values
    ]
    result = build(held)
    for value, name in zip(reversed(values), reversed(held), strict=True):
        if value is not name and isinstance(name, ir.Var):
            result = ir.Let(name.name, value, result, span=value.span)
    return result


def _range(start: ir.Expr, stop: ir.Expr) -> ir.Expr:
    return ir.Apply("seq.range", (start, stop, _ONE), ir_types.SeqType(_INT), span=stop.span)


def _at(seq: ir.Expr, place: ir.Expr, element: ir_types.Type) -> ir.Expr:
    return ir.Apply("seq.at", (seq, place), element, span=seq.span)


def _length(seq: ir.Expr) -> ir.Expr:
    return ir.Apply("seq.len", (seq,), _INT, span=seq.span)


def _listed(
    ctx: Lowering, element: ir.Expr, clauses: list[ir.Generator | ir.Filter], node: tree.Call
) -> ir.Expr:
    return ir.Comprehension(ir.Collection.SEQ, element, tuple(clauses), span=ctx.span(node))


def _is_plain(ctx: Lowering, node: tree.Call, least: int, most: int) -> None:
    if node.keywords or not least <= len(node.args) <= most:
        raise ctx.refusal("unsupported-module", "this form of the call", node)
    if any(isinstance(arg, tree.Starred) for arg in node.args):
        raise ctx.refusal("star-arguments", "`*` in a call", node)


# Concatenation.


def _chain(ctx: Lowering, node: tree.Call) -> Val:
    _is_plain(ctx, node, 1, 8)
    seqs = sources(ctx, node.args, node)
    element = ctx.part(node)
    for seq, arg in zip(seqs, node.args, strict=True):
        ctx.flow(element_of(ctx, seq, arg), element, arg)
    type_ = ir_types.SeqType(to_ir(element))
    if any(ir.type_of(seq.ir) != type_ for seq in seqs):
        raise ctx.refusal("type-mismatch", "sequences of different types are chained", node)
    result = seqs[0].ir
    for seq in seqs[1:]:
        result = ir.Apply("seq.concat", (result, seq.ir), type_, span=ctx.span(node))
    return Val(result, IterT(element))


def _from_iterable(ctx: Lowering, node: tree.Call) -> Val:
    _is_plain(ctx, node, 1, 1)
    (seq,) = sources(ctx, node.args, node)
    inner = ctx.known_type(Val(seq.ir, element_of(ctx, seq, node)), node)
    if not isinstance(inner, ListT | VarTupleT):
        raise ctx.refusal("unsupported-module", f"a chain of {ctx.type_text(inner)}", node)
    flat = ir.Apply("seq.flatten", (seq.ir,), to_ir(inner), span=ctx.span(node))
    return Val(flat, IterT(inner.element))


def _pairwise(ctx: Lowering, node: tree.Call) -> Val:
    _is_plain(ctx, node, 1, 1)
    (seq,) = sources(ctx, node.args, node)
    element = element_of(ctx, seq, node)
    pair = TupleT((element, element))
    row = ir_types.SeqType(to_ir(pair))

    def build(held: list[ir.Expr]) -> ir.Expr:
        rest = ir.Apply("seq.slice_from", (held[0], _ONE), ir.type_of(held[0]))
        return ir.Apply("seq.zip", (held[0], rest), row, span=ctx.span(node))

    return Val(_let(ctx, [seq.ir], build), IterT(pair))


# Choices.


def _product(ctx: Lowering, node: tree.Call) -> Val:
    options = keywords(ctx, node, "repeat")
    if not node.args or any(isinstance(arg, tree.Starred) for arg in node.args):
        raise ctx.refusal("unsupported-module", "this form of `product`", node)
    times = _literal(ctx, options["repeat"], node) if "repeat" in options else 1
    seqs = sources(ctx, node.args, node)
    elements = [element_of(ctx, s, a) for s, a in zip(seqs, node.args, strict=True)] * times
    if len(elements) > _MOST:
        raise ctx.refusal("unsupported-module", f"a product of {len(elements)} sequences", node)

    def build(held: list[ir.Expr]) -> ir.Expr:
        binders = [ir.Binder(ctx.fresh("x"), to_ir(element)) for element in elements]
        clauses: list[ir.Generator | ir.Filter] = [
            ir.Generator(b, s) for b, s in zip(binders, held * times, strict=True)
        ]
        return _listed(ctx, ir.TupleLit(tuple(map(_variable, binders))), clauses, node)

    return Val(_let(ctx, [s.ir for s in seqs], build), IterT(TupleT(tuple(elements))))


def _variable(binder: ir.Binder) -> ir.Expr:
    return ir.Var(binder.name, binder.type, span=binder.span)


def _literal(ctx: Lowering, node: tree.Expr, call: tree.Call) -> int:
    if not isinstance(node, tree.Int) or not 1 <= node.value <= _MOST:
        message = f"a number of items that is not a literal from 1 to {_MOST}"
        raise ctx.refusal("unsupported-module", message, call)
    return node.value


def _choices(
    clauses: Callable[[list[ir.Expr], ir.Expr, ir.Binder], list[ir.Generator | ir.Filter]],
) -> Library:
    """Tuples of items at places that `clauses` tell, given the places chosen before."""

    def lower(ctx: Lowering, node: tree.Call) -> Val:
        options = keywords(ctx, node, "r")
        nodes = (*node.args, *options.values())
        match nodes:
            case (items, number):
                count = _literal(ctx, number, node)
            case _:
                raise ctx.refusal("unsupported-module", "this form of the call", node)
        (seq,) = sources(ctx, (items,), node)
        element = element_of(ctx, seq, node)

        def build(held: list[ir.Expr]) -> ir.Expr:
            made: list[ir.Generator | ir.Filter] = []
            places: list[ir.Expr] = []
            for _ in range(count):
                binder = ir.Binder(ctx.fresh("i"), _INT)
                made.extend(clauses(places, _length(held[0]), binder))
                places.append(_variable(binder))
            items = tuple(_at(held[0], place, to_ir(element)) for place in places)
            return _listed(ctx, ir.TupleLit(items), made, node)

        return Val(_let(ctx, [seq.ir], build), IterT(TupleT((element,) * count)))

    return lower


def _combination(
    chosen: list[ir.Expr], count: ir.Expr, binder: ir.Binder
) -> list[ir.Generator | ir.Filter]:
    start = ir.Apply("add", (chosen[-1], _ONE), _INT) if chosen else _ZERO
    return [ir.Generator(binder, _range(start, count))]


def _with_replacement(
    chosen: list[ir.Expr], count: ir.Expr, binder: ir.Binder
) -> list[ir.Generator | ir.Filter]:
    return [ir.Generator(binder, _range(chosen[-1] if chosen else _ZERO, count))]


def _permutation(
    chosen: list[ir.Expr], count: ir.Expr, binder: ir.Binder
) -> list[ir.Generator | ir.Filter]:
    apart = [ir.Filter(ir.Apply("ne", (_variable(binder), other), _BOOL)) for other in chosen]
    return [ir.Generator(binder, _range(_ZERO, count)), *apart]


# Rows and columns.


def _zip_longest(ctx: Lowering, node: tree.Call) -> Val:
    options = keywords(ctx, node, "fillvalue")
    if "fillvalue" not in options:
        raise ctx.refusal("unsupported-module", "`zip_longest` without a `fillvalue`", node)
    match sources(ctx, node.args, node):
        case [_, _] as seqs:
            pass
        case _:
            raise ctx.refusal(
                "unsupported-module", "`zip_longest` of other than two sequences", node
            )
    fill = ctx.expr(options["fillvalue"])
    if not is_total(fill.ir):
        raise ctx.refusal("unsupported-module", "a `fillvalue` that may fail", node)
    items: list[HostType] = []
    for seq, arg in zip(seqs, node.args, strict=True):
        element = element_of(ctx, seq, arg)
        if ir.type_of(seq.ir) != ir_types.SeqType(to_ir(ctx.join(element, fill.type, arg))):
            raise ctx.refusal("type-mismatch", "a `fillvalue` of another type", node)
        items.append(element)

    def build(held: list[ir.Expr]) -> ir.Expr:
        binder = ir.Binder(ctx.fresh("i"), _INT)
        place = _variable(binder)
        cells = [
            ir.IfExpr(
                ir.Apply("lt", (place, _length(seq)), _BOOL),
                _at(seq, place, to_ir(element)),
                coerce(ctx, fill, element, node),
            )
            for seq, element in zip(held, items, strict=True)
        ]
        longest = ir.Apply("max2", (_length(held[0]), _length(held[1])), _INT)
        clauses: list[ir.Generator | ir.Filter] = [ir.Generator(binder, _range(_ZERO, longest))]
        return _listed(ctx, ir.TupleLit(tuple(cells)), clauses, node)

    return Val(_let(ctx, [s.ir for s in seqs], build), IterT(TupleT(tuple(items))))


_zip_rows: Final = BUILTINS["zip"]


def _zip(ctx: Lowering, node: tree.Call) -> Val:
    match node.args, node.keywords:
        case (tree.Starred(value=rows),), ():
            return _transposed(ctx, rows, node)
        case _:
            return _zip_rows(ctx, node)


def _transposed(ctx: Lowering, rows: tree.Expr, node: tree.Call) -> Val:
    """`zip(*rows)`: columns, as many as the shortest row is long."""
    (seq,) = sources(ctx, (rows,), node)
    row = ctx.known_type(Val(seq.ir, element_of(ctx, seq, rows)), rows)
    if row is STR:
        item: HostType = STR
    elif isinstance(row, ListT | VarTupleT):
        item = row.element
    elif isinstance(row, TupleT):
        return _transposed_tuples(ctx, seq, row, node)
    else:
        raise ctx.refusal(
            "unsupported-builtin", f"`zip` of rows that are {ctx.type_text(row)}", node
        )
    prefix = "str" if row is STR else "seq"

    def build(held: list[ir.Expr]) -> ir.Expr:
        lengths, column, place = (ir.Binder(ctx.fresh(n), t) for n, t in (
            ("row", to_ir(row)), ("row", to_ir(row)), ("j", _INT)
        ))  # fmt: skip
        length_of = ir.Apply(f"{prefix}.len", (_variable(lengths),), _INT)
        shortest = ir.Apply(
            "seq.min", (_listed(ctx, length_of, [ir.Generator(lengths, held[0])], node),), _INT
        )
        cell = ir.Apply(f"{prefix}.at", (_variable(column), _variable(place)), to_ir(item))
        cells = _listed(ctx, cell, [ir.Generator(column, held[0])], node)
        columns = _listed(ctx, cells, [ir.Generator(place, _range(_ZERO, shortest))], node)
        none = ir.SeqLit(ir.type_of(cells), ())
        return ir.IfExpr(_is_empty(held[0]), none, columns, span=ctx.span(node))

    return Val(_let(ctx, [seq.ir], build), IterT(VarTupleT(item)))


def _transposed_tuples(ctx: Lowering, seq: Val, row: TupleT, node: tree.Call) -> Val:
    """Rows of one length, whose columns may have different types: only one type is lifted."""
    items = row.items
    if not items or any(to_ir(item) != to_ir(items[0]) for item in items[1:]):
        raise ctx.refusal(
            "unsupported-builtin", "`zip` of rows whose items have different types", node
        )

    def build(held: list[ir.Expr]) -> ir.Expr:
        columns: list[ir.Expr] = []
        for place in range(len(items)):
            binder = ir.Binder(ctx.fresh("row"), to_ir(row))
            cell = ir.TupleGet(_variable(binder), place)
            columns.append(_listed(ctx, cell, [ir.Generator(binder, held[0])], node))
        element = ir.type_of(columns[0])
        found = ir.SeqLit(element, tuple(columns), span=ctx.span(node))
        return ir.IfExpr(_is_empty(held[0]), ir.SeqLit(element, ()), found)

    return Val(_let(ctx, [seq.ir], build), IterT(VarTupleT(items[0])))


def _is_empty(seq: ir.Expr) -> ir.Expr:
    return ir.Apply("eq", (_length(seq), _ZERO), _BOOL, span=seq.span)


# Folding.


def _reduce(ctx: Lowering, node: tree.Call) -> Val:
    _is_plain(ctx, node, 2, 3)
    (seq,) = sources(ctx, node.args[1:2], node)
    element = element_of(ctx, seq, node.args[1])
    match node.args:
        case (_, _, given):
            initial = ctx.expr(given)
            if not (is_total(seq.ir) or is_total(initial.ir)):
                seq = ctx.temp(seq)
            start, items, type_ = initial.ir, seq.ir, initial.type
        case _:
            held = seq if is_atom(seq.ir) else ctx.temp(seq)
            ctx.fail_where(_is_empty(held.ir), "TypeError", node)
            start = _at(held.ir, _ZERO, to_ir(element))
            items = ir.Apply("seq.slice_from", (held.ir, _ONE), ir.type_of(held.ir))
            type_ = element
    combine = key_function(ctx, node.args[0], (type_, element), node)
    if to_ir(combine.type) != to_ir(type_):
        message = f"`reduce` from {ctx.type_text(type_)} to {ctx.type_text(combine.type)}"
        raise ctx.refusal("type-mismatch", message, node)
    ctx.join(combine.type, type_, node)
    folded = ir.Apply("seq.fold", (items, start, combine.ir), to_ir(type_), span=ctx.span(node))
    return Val(folded, type_)


def _accumulate(ctx: Lowering, node: tree.Call) -> Val:
    """Running sums, of integers: sums of floats start from the first, not from zero."""
    _is_plain(ctx, node, 1, 1)
    (seq,) = sources(ctx, node.args, node)
    element = resolve(element_of(ctx, seq, node))
    if element is not INT:
        raise ctx.refusal("unsupported-module", f"`accumulate` of {ctx.type_text(element)}", node)

    def build(held: list[ir.Expr]) -> ir.Expr:
        binder = ir.Binder(ctx.fresh("i"), _INT)
        upto = ir.Apply("add", (_variable(binder), _ONE), _INT)
        prefix = ir.Apply("seq.slice_to", (held[0], upto), ir.type_of(held[0]))
        total = ir.Apply("seq.sum", (prefix,), _INT)
        places = ir.Generator(binder, _range(_ZERO, _length(held[0])))
        return _listed(ctx, total, [places], node)

    return Val(_let(ctx, [seq.ir], build), IterT(INT))


def _groupby(ctx: Lowering, node: tree.Call) -> Val:
    """The keys of the groups; the groups themselves are iterators that share one source."""
    _is_plain(ctx, node, 1, 1)
    (seq,) = sources(ctx, node.args, node)
    element = element_of(ctx, seq, node)
    if has_float(element):
        raise ctx.refusal(
            "unsupported-module", "`groupby` of floats: NaN differs from itself", node
        )
    pair = TupleT((element, _GROUP))

    def build(held: list[ir.Expr]) -> ir.Expr:
        binder = ir.Binder(ctx.fresh("i"), _INT)
        place = _variable(binder)
        here = _at(held[0], place, to_ir(element))
        before = _at(held[0], ir.Apply("sub", (place, _ONE), _INT), to_ir(element))
        is_first = ir.Apply("eq", (place, _ZERO), _BOOL)
        starts = ir.Or((is_first, ir.Apply("ne", (here, before), _BOOL)))
        key = ir.TupleLit((here, ir.TupleLit(())))
        places = ir.Generator(binder, _range(_ZERO, _length(held[0])))
        return _listed(ctx, key, [places, ir.Filter(starts)], node)

    return Val(_let(ctx, [seq.ir], build), IterT(pair))


def _extremes(*, largest: bool) -> Library:
    """`heapq.nlargest(n, xs, key)` is `sorted(xs, key=key, reverse=True)[:n]`, and [] below 0."""

    def lower(ctx: Lowering, node: tree.Call) -> Val:
        options = keywords(ctx, node, "key")
        match node.args:
            case (number, items):
                pass
            case (number, items, key):
                options["key"] = key
            case _:
                raise ctx.refusal("unsupported-module", "this form of the call", node)
        count = index_of(ctx, ctx.expr(number), node)
        (seq,) = sources(ctx, (items,), node)
        if not (is_total(count) or is_total(seq.ir)):
            raise ctx.refusal("unsupported-module", "arguments that may both fail", node)
        element = element_of(ctx, seq, items)
        if has_float(element):
            raise ctx.refusal("unsupported-module", "an order of floats, which may be NaN", node)
        if largest:
            options["reverse"] = tree.Bool(node.start, node.end, value=True)
        ordered = sorted_seq(ctx, seq, element, options, node)
        most = ir.Apply("max2", (count, _ZERO), _INT, span=count.span)
        type_ = ir.type_of(ordered)
        kept = ir.Apply("seq.slice_to", (ordered, most), type_, span=ctx.span(node))
        return Val(kept, ListT(element))

    return lower


def _next(ctx: Lowering, node: tree.Call) -> Val:
    """`next(… for x in xs if …)`: the first, of elements that cannot fail to be computed."""
    _is_plain(ctx, node, 1, 2)
    if not isinstance(node.args[0], tree.Comprehension):
        raise ctx.refusal(
            "unsupported-builtin", "`next` of what is not a generator expression", node
        )
    (seq,) = sources(ctx, node.args[:1], node)
    element = element_of(ctx, seq, node)
    held = seq if is_atom(seq.ir) else ctx.temp(seq, "found")
    span = ctx.span(node)
    first = Val(_at(held.ir, _ZERO, to_ir(element)), element)
    if len(node.args) == 1:
        ctx.fail_where(_is_empty(held.ir), "StopIteration", node)
        return first
    default = ctx.expr(node.args[1])
    if not is_total(default.ir):
        raise ctx.refusal("unsupported-builtin", "a default of `next` that may fail", node)
    type_ = ctx.join(element, default.type, node)
    chosen = ir.IfExpr(
        _is_empty(held.ir),
        coerce(ctx, default, type_, node),
        coerce(ctx, first, type_, node),
        span=span,
    )
    return Val(chosen, type_)


# Operators as functions.


def _operator(op: str) -> Library:
    def lower(ctx: Lowering, node: tree.Call) -> Val:
        _is_plain(ctx, node, 2, 2)
        left, right = ctx.operands(node.args)
        return binary(ctx, op, left, right, node)

    return lower


def _comparison(op: str) -> Library:
    def lower(ctx: Lowering, node: tree.Call) -> Val:
        _is_plain(ctx, node, 2, 2)
        left, right = ctx.operands(node.args)
        return Val(compare(ctx, op, left, right, node), BOOL)

    return lower


_OPERATORS: Final = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "truediv": "/",
    "floordiv": "//",
    "mod": "%",
    "pow": "**",
    "and_": "&",
    "or_": "|",
    "xor": "^",
    "lshift": "<<",
    "rshift": ">>",
    "concat": "+",
}
_COMPARISONS: Final = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}

BUILTINS.update({"zip": _zip, "next": _next})
LIBRARY.update(
    {
        "itertools.chain": _chain,
        "itertools.chain.from_iterable": _from_iterable,
        "itertools.pairwise": _pairwise,
        "itertools.product": _product,
        "itertools.combinations": _choices(_combination),
        "itertools.combinations_with_replacement": _choices(_with_replacement),
        "itertools.permutations": _choices(_permutation),
        "itertools.zip_longest": _zip_longest,
        "itertools.accumulate": _accumulate,
        "itertools.groupby": _groupby,
        "functools.reduce": _reduce,
        "heapq.nlargest": _extremes(largest=True),
        "heapq.nsmallest": _extremes(largest=False),
        **{f"operator.{name}": _operator(op) for name, op in _OPERATORS.items()},
        **{f"operator.{name}": _comparison(op) for name, op in _COMPARISONS.items()},
    }
)
