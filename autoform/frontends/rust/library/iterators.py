"""What consumes an iterator: as an expression where that says the same, else as a loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from autoform.frontends.rust import tree
from autoform.frontends.rust.building import NeedsStatements
from autoform.frontends.rust.closures import inline
from autoform.frontends.rust.library.collections import map_of
from autoform.frontends.rust.library.options import choose
from autoform.frontends.rust.library.sequences import end_of, key_lambda, perform
from autoform.frontends.rust.library.tables import method
from autoform.frontends.rust.library.text import joined
from autoform.frontends.rust.lower_control import into, put
from autoform.frontends.rust.lower_exprs import float_literal, lower, ordering
from autoform.frontends.rust.lower_places import place_of
from autoform.frontends.rust.lowering import DISCARD, UNIT_VALUE, USIZE, Lower
from autoform.frontends.rust.names import Local
from autoform.frontends.rust.plan_loops import for_each_place, run_plan
from autoform.frontends.rust.plans import (
    ADAPTORS,
    Counter,
    Keep,
    Map,
    Plan,
    Sequence,
    Spread,
    Until,
    as_sequence,
    at_once,
    collected,
    comprehension,
    domain,
    identity,
    is_total,
    plan_of,
    require_order,
    set_order,
    work_of,
)
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import Con, strip
from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.build import conjunction, disjunction
from autoform.ir.ops import apply
from autoform.ir.types import (
    BOOL,
    FLOAT,
    INT,
    MachineIntType,
    OptionType,
    ResultType,
    SeqType,
    Type,
    walk_type,
)

ZERO = ir.IntLit(0, INT)
_LIBRARY_ADAPTORS = (
    "Iter.cloned", "Iter.copied", "Iter.peekable", "Iter.fuse", "Iter.map", "Iter.filter",
    "Iter.filter_map", "Iter.flat_map", "Iter.flatten", "Iter.enumerate", "Iter.rev", "Iter.zip",
    "Iter.skip", "Iter.take", "Iter.step_by", "Iter.chain", "Iter.take_while",
    "Iter.skip_while", "Str.chars", "Str.bytes", "Seq.iter", "Seq.into_iter", "Seq.windows",
    "Seq.chunks", "Seq.chunks_exact",
)  # fmt: skip


def _as_items(low: Lower, node: tree.MethodCall) -> ir.Expr:
    """An iterator that is kept as a value: the items that it will give."""
    return as_sequence(low, at_once(low, plan_of(low, node), node), node)


for _key in (*_LIBRARY_ADAPTORS, *(key for key in ADAPTORS if key not in _LIBRARY_ADAPTORS)):
    method(_key)(_as_items)


def _plan(low: Lower, node: tree.MethodCall) -> Plan:
    return plan_of(low, node.receiver)


def _commutes(low: Lower, plan: Plan, own: set[str]) -> bool:
    """Whether failures of the items cannot be told from those of what consumes them."""
    if any(isinstance(stage, Until) for stage in plan.stages):
        return False
    try:
        with low.block(pure=True):
            value = comprehension(low, plan)
    except NeedsStatements:
        return False
    # A condition that fails is false, whichever way it fails.
    return low.stating or low.may_raise(value) <= own


# Reductions.


@method("Iter.sum", "Iter.product")
def _sum(low: Lower, node: tree.MethodCall) -> ir.Expr:
    plan = _plan(low, node)
    type_ = low.type_of(node)
    if type_ == FLOAT:
        # Rust adds to -0.0.
        start = float_literal(-0.0 if node.name == "sum" else 1.0)
        op = "add" if node.name == "sum" else "mul"
        return _folded(low, plan, start, partial(apply, op), node)
    if not isinstance(type_, MachineIntType) and type_ != INT:
        raise Refusal("unsupported-method", f"`{node.name}` of these items", node)
    if plan.unordered and isinstance(type_, MachineIntType) and type_.signed:
        raise set_order(node)
    if _commutes(low, plan, {"OverflowError"}):
        items = collected(low, plan, node)
        return apply(f"seq.{node.name}", items, span=low.span(node))
    op = "add" if node.name == "sum" else "mul"
    start = ir.IntLit(0 if node.name == "sum" else 1, type_)
    return _folded(low, plan, start, partial(apply, op), node)


def _folded(
    low: Lower,
    plan: Plan,
    start: ir.Expr,
    combine: Callable[[ir.Expr, ir.Expr], ir.Expr],
    node: tree.Expr,
) -> ir.Expr:
    """`fold`: a loop with an accumulator, or inside an expression the operator."""
    if low.out.pure:
        return _fold_operator(low, plan, start, combine, node)
    name = low.fresh("total")
    type_ = ir.type_of(start)
    low.emit(stmts.VarDecl(name, type_, start, span=low.span(node)))
    total = ir.Var(name, type_)

    def body(item: ir.Expr) -> None:
        low.emit(stmts.Assign(name, combine(total, item), span=low.span(node)))

    run_plan(low, plan, body, node)
    low.frozen.add(name)
    return total


def _fold_operator(
    low: Lower,
    plan: Plan,
    start: ir.Expr,
    combine: Callable[[ir.Expr, ir.Expr], ir.Expr],
    node: tree.Expr,
) -> ir.Expr:
    items = as_sequence(low, at_once(low, plan, node), node)
    type_ = ir.type_of(items)
    assert isinstance(type_, SeqType)
    names = low.fresh("total"), low.fresh("item")
    low.frozen.update(names)
    total, item = ir.Var(names[0], ir.type_of(start)), ir.Var(names[1], type_.element)
    body = low.pure(lambda: combine(total, item))
    binders = ir.Binder(total.name, total.type), ir.Binder(item.name, item.type)
    return apply("seq.fold", items, start, ir.Lambda(binders, body), span=low.span(node))


@method("Iter.fold")
def _fold(low: Lower, node: tree.MethodCall) -> ir.Expr:
    start_node, function = node.args
    plan = _plan(low, node)
    start = lower(low, start_node)

    def combine(total: ir.Expr, item: ir.Expr) -> ir.Expr:
        return inline(low, function, [total, item], node)

    if low.out.pure:
        return _fold_operator(low, plan, start, combine, node)
    return _folded(low, plan, start, combine, node)


@method("Iter.reduce")
def _reduce(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return _reduced(low, node, lambda total, item: inline(low, node.args[0], [total, item], node))


@method("Iter.max_by", "Iter.min_by")
def _extreme_by(low: Lower, node: tree.MethodCall) -> ir.Expr:
    """The last of equal maxima, the first of equal minima."""

    def combine(total: ir.Expr, item: ir.Expr) -> ir.Expr:
        compared = inline(low, node.args[0], [total, item], node)
        greater = apply("eq", compared, ordering("Greater"))
        return ir.IfExpr(greater, *((total, item) if node.name == "max_by" else (item, total)))

    return _reduced(low, node, combine)


def _reduced(
    low: Lower, node: tree.MethodCall, combine: Callable[[ir.Expr, ir.Expr], ir.Expr]
) -> ir.Expr:
    items = low.keep(as_sequence(low, at_once(low, _plan(low, node), node), node), "items")
    type_ = ir.type_of(items)
    assert isinstance(type_, SeqType)
    rest = Plan(
        Sequence(apply("seq.slice_from", items, ir.IntLit(1, INT))), identity, type_.element
    )

    def some() -> ir.Expr:
        first = low.safe(apply("seq.at", items, ZERO))
        return apply("option.some", _folded(low, rest, first, combine, node))

    is_there = apply("gt", low.length(items), ZERO)
    return choose(low, is_there, some, lambda: ir.NoneLit(type_.element), node)


@method("Iter.count")
def _count(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return low.usize(low.length(collected(low, _plan(low, node), node)))


@method("Iter.min", "Iter.max")
def _extreme(low: Lower, node: tree.MethodCall) -> ir.Expr:
    plan = _plan(low, node)
    items = low.keep(collected(low, plan, node), "items")
    type_ = ir.type_of(items)
    assert isinstance(type_, SeqType)
    require_order(type_.element, node)
    _require_no_floats(type_.element, node)
    some = apply("option.some", low.safe(apply(f"seq.{node.name}", items)))
    return ir.IfExpr(apply("gt", low.length(items), ZERO), some, ir.NoneLit(type_.element))


def _require_no_floats(type_: Type, node: tree.Tree) -> None:
    if any(part == FLOAT for part in walk_type(type_)):
        raise Refusal("unsupported-operator", "floats have no total order", node)


@method("Iter.min_by_key", "Iter.max_by_key")
def _extreme_by_key(low: Lower, node: tree.MethodCall) -> ir.Expr:
    plan = at_once(low, _plan(low, node), node)
    items = low.keep(as_sequence(low, plan, node), "items")
    type_ = ir.type_of(items)
    assert isinstance(type_, SeqType)
    name = low.fresh("item")
    low.frozen.add(name)
    key = key_lambda(low, node.args[0], ir.Var(name, type_.element), node)
    op = "seq.min_by" if node.name == "min_by_key" else "seq.last_max_by"
    if low.may_raise(key.body):
        raise Refusal("evaluation-order", "a key function that may fail", node.args[0])
    some = apply("option.some", low.safe(apply(op, items, key)))
    return ir.IfExpr(apply("gt", low.length(items), ZERO), some, ir.NoneLit(type_.element))


# Searches.


@method("Iter.all", "Iter.any")
def _quantified(low: Lower, node: tree.MethodCall) -> ir.Expr:
    _require_temporary(node)
    plan = _plan(low, node)
    is_all = node.name == "all"
    work = work_of(low, node.args[0])
    if isinstance(plan.source, Counter) and plan.source.high is None:
        raise Refusal("unsupported-syntax", "an iterator without an end", node)
    if not any(isinstance(stage, Until | Spread) for stage in plan.stages):
        try:
            return low.pure(partial(_quantifier, low, plan, work, node, is_all=is_all))
        except NeedsStatements:
            if low.out.pure:
                raise
    if low.out.pure:
        raise NeedsStatements(node)
    name = low.fresh("holds")
    low.emit(stmts.VarDecl(name, BOOL, ir.BoolLit(is_all), span=low.span(node)))

    def body(item: ir.Expr) -> None:
        found = work(item)
        stop = apply("not", found) if is_all else found
        leave = (stmts.Assign(name, ir.BoolLit(not is_all)), stmts.Break())
        low.emit(stmts.If(stop, leave, span=low.span(node)))

    run_plan(low, plan, body, node)
    low.frozen.add(name)
    return ir.Var(name, BOOL)


def _quantifier(
    low: Lower, plan: Plan, work: Callable[[ir.Expr], ir.Expr], node: tree.Expr, *, is_all: bool
) -> ir.Expr:
    source, base = domain(low, plan)
    type_ = ir.type_of(source)
    assert isinstance(type_, SeqType)
    name = low.fresh(base)
    low.frozen.add(name)
    value = plan.view(ir.Var(name, type_.element))

    def body(at: int, value: ir.Expr) -> ir.Expr:
        if at == len(plan.stages):
            return work(value)
        stage = plan.stages[at]
        if isinstance(stage, Map):
            return body(at + 1, stage.work(value))
        kept = low.keep(stage.work(value) if not isinstance(stage, Keep) else value)
        if isinstance(stage, Keep):
            test, inner = stage.work(kept), kept
        else:
            test, inner = apply("option.is_some", kept), low.safe(apply("option.unwrap", kept))
        rest = low.pure(lambda: body(at + 1, inner))
        if is_all:
            return disjunction((apply("not", test), rest))
        return conjunction((test, rest))

    condition = low.pure(lambda: body(0, value))
    if plan.unordered and low.may_raise(condition):
        raise set_order(node)
    kind = ir.Quantifier.FORALL if is_all else ir.Quantifier.EXISTS
    return ir.Quant(kind, ir.Binder(name, type_.element), source, condition, span=low.span(node))


def _require_temporary(node: tree.MethodCall) -> None:
    """Refuse to search in an iterator that lives on: it would have moved."""
    receiver = node.receiver
    while isinstance(receiver, tree.Borrow | tree.MethodCall):
        if isinstance(receiver, tree.MethodCall) and receiver.name != "by_ref":
            return
        receiver = receiver.value if isinstance(receiver, tree.Borrow) else receiver.receiver
    found = strip(node.receiver.ty)
    if isinstance(receiver, tree.Path | tree.Field) and type(found) is Con and found.name == "Iter":
        local = receiver.target if isinstance(receiver, tree.Path) else None
        if isinstance(local, Local) and not local.own.mutable:
            return
        raise Refusal("unsupported-method", f"`{node.name}` of an iterator that lives on", node)


@method("Iter.find", "Iter.find_map", "Iter.position")
def _find(low: Lower, node: tree.MethodCall) -> ir.Expr:
    _require_temporary(node)
    plan = _plan(low, node)
    type_ = low.type_of(node)
    assert isinstance(type_, OptionType)
    if low.out.pure:
        return _first_of_all(low, plan, node, type_)
    name = low.fresh("found")
    low.emit(stmts.VarDecl(name, type_, ir.NoneLit(type_.item), span=low.span(node)))
    index: ir.Var | None = None
    if node.name == "position":
        index = ir.Var(low.fresh("position"), USIZE)
        low.emit(stmts.VarDecl(index.name, USIZE, ir.IntLit(0, USIZE)))

    def body(item: ir.Expr) -> None:
        item = low.keep(item) if node.name == "find" else item
        found = inline(low, node.args[0], [item], node)
        if node.name == "find_map":
            found = low.keep(found)
            leave = (stmts.Assign(name, found), stmts.Break())
            low.emit(stmts.If(apply("option.is_some", found), leave, span=low.span(node)))
            return
        value = index if index is not None else item
        leave = (stmts.Assign(name, apply("option.some", value)), stmts.Break())
        low.emit(stmts.If(found, leave, span=low.span(node)))
        if index is not None:
            one = ir.IntLit(1, USIZE)
            low.emit(stmts.Assign(index.name, low.safe(apply("add", index, one))))

    if any(isinstance(stage, Spread) for stage in plan.stages):
        plan = at_once(low, plan, node)
    run_plan(low, plan, body, node)
    low.frozen.add(name)
    return ir.Var(name, type_)


def _first_of_all(low: Lower, plan: Plan, node: tree.MethodCall, type_: OptionType) -> ir.Expr:
    if node.name != "find":
        raise NeedsStatements(node)
    kept = plan.then(Keep(work_of(low, node.args[0]), node), plan.item)
    items = low.keep(as_sequence(low, at_once(low, kept, node), node), "items")
    some = apply("option.some", low.safe(apply("seq.at", items, ZERO)))
    return ir.IfExpr(apply("gt", low.length(items), ZERO), some, ir.NoneLit(type_.item))


@method("Iter.last")
def _last(low: Lower, node: tree.MethodCall) -> ir.Expr:
    items = low.keep(as_sequence(low, _plan(low, node), node), "items")
    return end_of(low, items, last=True)


@method("Iter.next", "Iter.next_back", "Iter.nth", "Iter.peek")
def _next(low: Lower, node: tree.MethodCall) -> ir.Expr:
    """`it.next()`: of an iterator in a variable, the rest stays there."""
    receiver = node.receiver
    while isinstance(receiver, tree.Borrow):
        receiver = receiver.value
    is_place = isinstance(receiver, tree.Field) or (
        isinstance(receiver, tree.Path) and isinstance(receiver.target, Local)
    )
    found = strip(receiver.ty)
    if is_place and type(found) is Con and found.name == "Iter":
        if node.name == "peek":
            items = low.keep(low.read(place_of(low, receiver)), "items")
            return end_of(low, items, last=False)
        return perform(low, node, _advance)
    plan = at_once(low, _plan(low, node), node)
    items = low.keep(as_sequence(low, plan, node), "items")
    if node.name == "nth":
        return _nth(low, items, low.widen(lower(low, node.args[0])))
    return end_of(low, items, last=node.name == "next_back")


def _nth(low: Lower, items: ir.Expr, at: ir.Expr) -> ir.Expr:
    type_ = ir.type_of(items)
    assert isinstance(type_, SeqType)
    place = low.keep(at, "index")
    some = apply("option.some", low.safe(apply("seq.at", items, place)))
    inside = apply("lt", place, low.length(items))
    return ir.IfExpr(inside, some, ir.NoneLit(type_.element))


def _advance(
    low: Lower, before: ir.Expr, args: list[ir.Expr], node: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    one = ir.IntLit(1, INT)
    if node.name == "nth":
        at = low.keep(low.widen(args[0]), "index")
        rest = apply("seq.slice_from", before, apply("add", at, one))
        return rest, _nth(low, before, at)
    if node.name == "next_back":
        rest = apply("seq.slice_to", before, ir.IntLit(-1, INT))
        return rest, end_of(low, before, last=True)
    return apply("seq.slice_from", before, one), end_of(low, before, last=False)


# Collecting.


@method("Iter.collect")
def _collect(low: Lower, node: tree.MethodCall) -> ir.Expr:
    found = strip(node.ty)
    assert type(found) is Con
    plan = _plan(low, node)
    match found.name:
        case "Seq" | "VecDeque":
            return as_sequence(low, plan, node)
        case "Str":
            return joined(low, as_sequence(low, plan, node), node)
        case "HashSet" | "BTreeSet":
            return apply("seq.to_set", collected(low, plan, node), span=low.span(node))
        case "HashMap" | "BTreeMap":
            return map_of(low, plan, node)
        case "Option" | "Result":
            return _collect_successes(low, plan, node)
        case _:
            raise Refusal("unsupported-method", "`collect` into this type", node)


def _collect_successes(low: Lower, plan: Plan, node: tree.MethodCall) -> ir.Expr:
    """`collect::<Option<Vec<_>>>()`: up to the first failure, which is then the result."""
    type_ = low.type_of(node)
    inner = type_.item if isinstance(type_, OptionType) else None
    inner = type_.ok if isinstance(type_, ResultType) else inner
    if not isinstance(inner, SeqType):
        raise Refusal("unsupported-method", "`collect` into this type", node)
    if low.out.pure:
        raise NeedsStatements(node)
    result = low.fresh("collected")
    items = ir.Var(low.fresh("items"), inner)
    low.emit(stmts.VarDecl(items.name, inner, ir.SeqLit(inner.element, ())))
    failure = ir.Var(low.fresh("failed"), BOOL)
    low.emit(stmts.VarDecl(failure.name, BOOL, ir.FALSE))
    low.emit(stmts.VarDecl(result, type_, _wrapped(type_, items)))

    def body(item: ir.Expr) -> None:
        kept = low.keep(item)
        if isinstance(type_, OptionType):
            test = apply("option.is_none", kept)
            stop: ir.Expr = ir.NoneLit(inner)
            value = low.safe(apply("option.unwrap", kept))
        else:
            test = apply("not", apply("result.is_ok", kept))
            error = low.safe(apply("result.unwrap_err", kept))
            stop = ir.Apply("result.err", (error,), type_)
            value = low.safe(apply("result.unwrap", kept))
        leave = (
            stmts.Assign(result, stop),
            stmts.Assign(failure.name, ir.TRUE),
            stmts.Break(),
        )
        low.emit(stmts.If(test, leave))
        low.emit(stmts.Assign(items.name, apply("seq.append", items, value)))

    if any(isinstance(stage, Spread) for stage in plan.stages):
        plan = at_once(low, plan, node)
    run_plan(low, plan, body, node)
    done = (stmts.Assign(result, _wrapped(type_, items)),)
    low.emit(stmts.If(apply("not", failure), done))
    low.frozen.add(result)
    return ir.Var(result, type_)


def _wrapped(type_: Type, items: ir.Expr) -> ir.Expr:
    if isinstance(type_, OptionType):
        return apply("option.some", items)
    return ir.Apply("result.ok", (items,), type_)


@method("Iter.for_each")
def _for_each(low: Lower, node: tree.MethodCall) -> ir.Expr:
    if low.out.pure:
        raise NeedsStatements(node)
    if for_each_place(low, node):
        return UNIT_VALUE
    plan = _plan(low, node)
    function = node.args[0]

    def body(item: ir.Expr) -> None:
        put(low, inline(low, function, [item], node), DISCARD, node)

    if isinstance(function, tree.Closure):
        body = partial(_closure_body, low, function)
    run_plan(low, plan, body, node)
    return UNIT_VALUE


def _closure_body(low: Lower, closure: tree.Closure, item: ir.Expr) -> None:
    from autoform.frontends.rust.closures import bind_value, returns
    from autoform.frontends.rust.lowering import LoopFrame

    if returns(closure.body):
        raise Refusal("unsupported-syntax", "`return` inside a closure", closure)
    bind_value(low, closure.params[0][0], item)
    low.loops.append(LoopFrame(""))
    into(low, closure.body, DISCARD)
    low.loops.pop()


@method("Iter.eq", "Iter.ne")
def _eq(low: Lower, node: tree.MethodCall) -> ir.Expr:
    def side(each: tree.Expr) -> ir.Expr:
        return as_sequence(low, at_once(low, plan_of(low, each), each), each)

    left, right = low.in_order([partial(side, node.receiver), partial(side, node.args[0])])
    return apply(node.name, left, right, span=low.span(node))


@method("Iter.unzip")
def _unzip(low: Lower, node: tree.MethodCall) -> ir.Expr:
    items = low.keep(as_sequence(low, _plan(low, node), node), "items")
    type_ = ir.type_of(items)
    assert isinstance(type_, SeqType)
    halves: list[ir.Expr] = []
    for at in (0, 1):
        name = low.fresh("pair")
        low.frozen.add(name)
        half = ir.TupleGet(ir.Var(name, type_.element), at)
        clauses = (ir.Generator(ir.Binder(name, type_.element), items),)
        halves.append(ir.Comprehension(ir.Collection.SEQ, half, clauses))
    return ir.TupleLit(tuple(halves))


@method("Iter.partition")
def _partition(low: Lower, node: tree.MethodCall) -> ir.Expr:
    plan = at_once(low, _plan(low, node), node)
    items = low.keep(as_sequence(low, plan, node), "items")
    whole = replace(plan, source=Sequence(items))
    work = work_of(low, node.args[0])
    yes = whole.then(Keep(work, node), plan.item)
    no = whole.then(Keep(lambda item: apply("not", work(item)), node), plan.item)
    if not is_total(low, yes):
        raise Refusal("evaluation-order", "a condition that may fail", node.args[0])
    return ir.TupleLit((as_sequence(low, yes, node), as_sequence(low, no, node)))


@method("Range.contains")
def _range_contains(low: Lower, node: tree.MethodCall) -> ir.Expr:
    receiver = node.receiver
    if not isinstance(receiver, tree.Range) or receiver.low is None or receiver.high is None:
        raise Refusal("unsupported-method", "`contains` of this range", node)
    first, last, value = (
        low.keep(each)
        for each in low.in_order(
            [partial(lower, low, each) for each in (receiver.low, receiver.high, node.args[0])]
        )
    )
    upper = apply("le" if receiver.inclusive else "lt", value, last)
    return ir.And((apply("le", first, value), upper))
