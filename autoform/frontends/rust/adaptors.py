"""What iterator methods make of a plan: adaptors in the order of the evaluation they keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from autoform.frontends.rust import tree
from autoform.frontends.rust.closures import inline
from autoform.frontends.rust.lower_exprs import lower, operands
from autoform.frontends.rust.lowering import Lower
from autoform.frontends.rust.plans import (
    ADAPTORS,
    ONE,
    ZERO,
    Counter,
    Keep,
    KeepSome,
    Map,
    Plan,
    Sequence,
    Spread,
    Until,
    Work,
    as_sequence,
    at_once,
    identity,
    is_total,
    plan_of,
    plus,
    set_plan,
    value_plan,
    work_of,
)
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import Con, Ty, prune, show, strip
from autoform.ir import exprs as ir
from autoform.ir.ops import apply
from autoform.ir.types import INT, MachineIntType, OptionType, SeqType, Type

# Adaptors.


def _receiver(low: Lower, node: tree.MethodCall) -> Plan:
    return plan_of(low, node.receiver)


def _same(low: Lower, node: tree.MethodCall) -> Plan:
    return _receiver(low, node)


def _out_type(low: Lower, node: tree.MethodCall) -> Type:
    found = strip(node.ty)
    assert type(found) is Con
    return low.type(found.args[0], node)


def _map(low: Lower, node: tree.MethodCall) -> Plan:
    plan = _receiver(low, node)
    return plan.then(Map(work_of(low, node.args[0]), node), _out_type(low, node))


def _filter(low: Lower, node: tree.MethodCall) -> Plan:
    plan = _receiver(low, node)
    return plan.then(Keep(work_of(low, node.args[0]), node), plan.item)


def _filter_map(low: Lower, node: tree.MethodCall) -> Plan:
    plan = _receiver(low, node)
    return plan.then(KeepSome(work_of(low, node.args[0]), node), _out_type(low, node))


def _flat_map(low: Lower, node: tree.MethodCall) -> Plan:
    plan = _receiver(low, node)
    function = node.args[0]
    found = prune(function.ty)
    assert type(found) is Con
    result = found.args[-1]

    def work(value: ir.Expr) -> ir.Expr:
        if isinstance(function, tree.Closure):
            return _inlined_sequence(low, function, value)
        return _items_of_value(low, inline(low, function, [value]), result, node)

    return plan.then(Spread(work, node), _out_type(low, node))


def _inlined_sequence(low: Lower, closure: tree.Closure, value: ir.Expr) -> ir.Expr:
    """The items that a closure's iterator gives, all of them at once if they cannot fail."""
    from autoform.frontends.rust.closures import bind_value

    ((pattern, _),) = closure.params
    bind_value(low, pattern, value)
    body = closure.body
    while isinstance(body, tree.Block) and not body.statements and body.tail is not None:
        body = body.tail
    return as_sequence(low, at_once(low, plan_of(low, body), body), body)


def _items_of_value(low: Lower, value: ir.Expr, ty: Ty, node: tree.Expr) -> ir.Expr:
    found = strip(ty)
    if type(found) is Con and found.name in {"Seq", "VecDeque", "Iter"}:
        return value
    if type(found) is Con and found.name == "Option":
        kept = low.keep(value)
        type_ = ir.type_of(kept)
        assert isinstance(type_, OptionType)
        inner = low.safe(apply("option.unwrap", kept))
        some = ir.SeqLit(type_.item, (inner,))
        return ir.IfExpr(apply("option.is_some", kept), some, ir.SeqLit(type_.item, ()))
    raise Refusal("unsupported-method", f"`{show(ty)}` is flattened", node)


def _flatten(low: Lower, node: tree.MethodCall) -> Plan:
    plan = _receiver(low, node)
    found = strip(node.receiver.ty)
    inner: Ty = found.args[0] if type(found) is Con and found.args else node.ty
    work = partial(_flattened, low, inner, node)
    return plan.then(Spread(work, node), _out_type(low, node))


def _flattened(low: Lower, ty: Ty, node: tree.Expr, value: ir.Expr) -> ir.Expr:
    return _items_of_value(low, value, ty, node)


def _enumerate(low: Lower, node: tree.MethodCall) -> Plan:
    plan = _receiver(low, node)
    item = _out_type(low, node)
    if not all(isinstance(stage, Map) for stage in plan.stages):
        plan = at_once(low, plan, node)
    stages = tuple(
        Map(partial(_second, stage.work), stage.node)
        for stage in plan.stages
        if isinstance(stage, Map)
    )
    if isinstance(plan.source, Sequence):
        value = plan.source.value
        kept = value if isinstance(value, ir.Var) else low.keep(value, "items")
        view = plan.view

        def indexed(index: ir.Expr) -> ir.Expr:
            element = low.safe(apply("seq.at", kept, low.widen(index)))
            return ir.TupleLit((_as_usize(low, index), view(element)))

        length = low.length(kept)
        counter = Counter(ZERO, length, ONE, (low.usize(ZERO), low.usize(length)))
        return Plan(counter, indexed, item, stages, plan.unordered, node)
    counter = plan.source
    if counter.step != ONE or counter.high is None:
        plan = at_once(low, plan, node)
        return _enumerate_plain(low, plan, node, item)
    first, view = counter.low, plan.view

    def offset(index: ir.Expr) -> ir.Expr:
        return ir.TupleLit((_as_usize(low, _minus(low.widen(index), first)), view(index)))

    return Plan(replace(counter, machine=None), offset, item, stages, node=node)


def _enumerate_plain(low: Lower, plan: Plan, node: tree.MethodCall, item: Type) -> Plan:
    assert isinstance(plan.source, Sequence)
    kept = low.keep(plan.source.value, "items")

    def indexed(index: ir.Expr) -> ir.Expr:
        element = low.safe(apply("seq.at", kept, low.widen(index)))
        return ir.TupleLit((_as_usize(low, index), element))

    return Plan(Counter(ZERO, low.length(kept), ONE), indexed, item, node=node)


def _second(work: Work, pair: ir.Expr) -> ir.Expr:
    from autoform.frontends.rust.places import TupleStep, get

    first, second = (get(pair, TupleStep(at), {}) for at in (0, 1))
    return ir.TupleLit((first, work(second)))


def _minus(value: ir.Expr, other: ir.Expr) -> ir.Expr:
    return value if other == ZERO else apply("sub", value, other)


def _as_usize(low: Lower, index: ir.Expr) -> ir.Expr:
    return low.usize(index) if ir.type_of(index) == INT else index


def _rev(low: Lower, node: tree.MethodCall) -> Plan:
    plan = _receiver(low, node)
    if any(isinstance(stage, Until | Spread) for stage in plan.stages):
        plan = at_once(low, plan, node)
    match plan.source:
        case Sequence(value=value):
            return replace(plan, source=Sequence(apply("seq.reverse", value)))
        case Counter(low=first, high=last, step=step):
            if last is None:
                raise Refusal("unsupported-syntax", "an iterator without an end, reversed", node)
            if step != ONE:
                plan = at_once(low, plan, node)
                assert isinstance(plan.source, Sequence)
                return replace(plan, source=Sequence(apply("seq.reverse", plan.source.value)))
            back = Counter(plus(last, -1), plus(first, -1), ir.IntLit(-1, INT))
            return replace(plan, source=back)


def _zip(low: Lower, node: tree.MethodCall) -> Plan:
    return zipped(low, node.receiver, node.args[0], node)


def zipped(low: Lower, left: tree.Expr, right: tree.Expr, node: tree.MethodCall) -> Plan:
    """Pairs up to the shorter; where one side counts without an end, the other's places."""
    plans: list[Plan] = []

    def plan(each: tree.Expr) -> ir.Expr:
        found = plan_of(low, each)
        endless = isinstance(found.source, Counter) and found.source.high is None
        if endless:
            if found.stages:
                raise Refusal("unsupported-syntax", "an iterator without an end", each)
        else:
            found = at_once(low, found, each)
        plans.append(found)
        return ir.TRUE if endless else as_sequence(low, found, each)

    values = low.in_order([partial(plan, left), partial(plan, right)])
    item = _out_type(low, node)
    endless = [
        at
        for at, each in enumerate(plans)
        if isinstance(each.source, Counter) and each.source.high is None
    ]
    if not endless:
        return Plan(Sequence(apply("seq.zip", *values)), identity, item, node=node)
    if len(endless) == 2:
        raise Refusal("unsupported-syntax", "two iterators without an end", node)
    return _zipped_with_count(low, plans, values, endless[0], item, node)


def _zipped_with_count(
    low: Lower, plans: list[Plan], values: list[ir.Expr], at: int, item: Type, node: tree.Expr
) -> Plan:
    counting = plans[at]
    assert isinstance(counting.source, Counter)
    if not isinstance(counting.source.low, ir.IntLit):
        raise Refusal("unsupported-syntax", "a range without an end", node)
    start, kept = counting.source.low, low.keep(values[1 - at], "items")

    def view(index: ir.Expr) -> ir.Expr:
        element = low.safe(apply("seq.at", kept, low.widen(index)))
        number = low.widen(index) if start == ZERO else apply("add", low.widen(index), start)
        pair = (_counted(number, counting.item), element)
        return ir.TupleLit(pair if at == 0 else pair[::-1])

    return Plan(Counter(ZERO, low.length(kept), ONE), view, item, node=node)


def _counted(number: ir.Expr, type_: Type) -> ir.Expr:
    """A number of an endless range: it overflows when it leaves its type."""
    if not isinstance(type_, MachineIntType):
        return number
    return apply("int.narrow", number, type_=type_)


def _skip(low: Lower, node: tree.MethodCall) -> Plan:
    plan, count = _with_count(low, node)
    if plan.stages and not is_total(low, plan):
        raise Refusal("evaluation-order", "`skip` evaluates what it skips", node)
    if not all(isinstance(stage, Map) for stage in plan.stages):
        plan = at_once(low, plan, node)
    match plan.source:
        case Sequence(value=value):
            return replace(plan, source=Sequence(apply("seq.slice_from", value, count)))
        case Counter(low=first, step=step):
            moved = count if step == ONE else apply("mul", count, step)
            start = moved if first == ZERO else apply("add", first, moved)
            return replace(plan, source=replace(plan.source, low=start, machine=None))


def _take(low: Lower, node: tree.MethodCall) -> Plan:
    plan, count = _with_count(low, node)
    if not all(isinstance(stage, Map) for stage in plan.stages):
        plan = at_once(low, plan, node)
    source = plan.source
    match source:
        case Sequence(value=value):
            return replace(plan, source=Sequence(apply("seq.slice_to", value, count)))
        case Counter(low=first, high=last, step=step):
            moved = count if step == ONE else apply("mul", count, step)
            end = moved if first == ZERO else apply("add", first, moved)
            if last is None:
                if not (isinstance(first, ir.IntLit) and isinstance(count, ir.IntLit)):
                    plan = replace(plan, view=partial(_counted_view, plan.item))
                return replace(plan, source=replace(source, high=end, machine=None))
            if step != ONE:
                plan = at_once(low, plan, node)
                assert isinstance(plan.source, Sequence)
                items = apply("seq.slice_to", plan.source.value, count)
                return replace(plan, source=Sequence(items))
            high = apply("min2", last, end)
            return replace(plan, source=replace(source, high=high, machine=None))


def _counted_view(type_: Type, value: ir.Expr) -> ir.Expr:
    return _counted(value, type_)


def _with_count(low: Lower, node: tree.MethodCall) -> tuple[Plan, ir.Expr]:
    """The receiver's plan and a count, evaluated in that order."""
    plan = _receiver(low, node)
    count = low.widen(lower(low, node.args[0]))
    if not low.is_stable(count):
        count = low.keep(count, "count")
    return plan, count


def _step_by(low: Lower, node: tree.MethodCall) -> Plan:
    plan, step = _with_count(low, node)
    if plan.stages and not is_total(low, plan):
        raise Refusal("evaluation-order", "`step_by` evaluates what it skips", node)
    if plan.stages:
        plan = at_once(low, plan, node)
    match plan.source:
        case Sequence(value=value):
            absent = ir.NoneLit(INT)
            return replace(
                plan, source=Sequence(apply("seq.slice_step", value, absent, absent, step))
            )
        case Counter(step=before):
            if before == ONE and plan.source.high is not None:
                return replace(plan, source=replace(plan.source, step=step, machine=None))
            if before == ir.IntLit(-1, INT):
                back = apply("neg", step)
                return replace(plan, source=replace(plan.source, step=back))
    raise Refusal("unsupported-method", "`step_by` of this iterator", node)


def _chain(low: Lower, node: tree.MethodCall) -> Plan:
    def side(each: tree.Expr) -> ir.Expr:
        return as_sequence(low, at_once(low, plan_of(low, each), each), each)

    values = low.in_order([partial(side, node.receiver), partial(side, node.args[0])])
    return Plan(Sequence(apply("seq.concat", *values)), identity, _out_type(low, node), node=node)


def _take_while(low: Lower, node: tree.MethodCall) -> Plan:
    plan = _receiver(low, node)
    return plan.then(Until(work_of(low, node.args[0]), node), plan.item)


def _chars(low: Lower, node: tree.MethodCall) -> Plan:
    value = lower(low, node.receiver)
    return Plan(Sequence(apply("str.to_chars", value)), identity, _out_type(low, node), node=node)


def _bytes(low: Lower, node: tree.MethodCall) -> Plan:
    value = lower(low, node.receiver)
    return Plan(Sequence(apply("str.to_utf8", value)), identity, _out_type(low, node), node=node)


def _pieces(op: str) -> Callable[[Lower, tree.MethodCall], Plan]:
    def plan(low: Lower, node: tree.MethodCall) -> Plan:
        value, count = operands(low, (node.receiver, node.args[0]))
        items = apply(op, value, low.widen(count))
        return Plan(Sequence(items), identity, _out_type(low, node), node=node)

    return plan


def _chunks_exact(low: Lower, node: tree.MethodCall) -> Plan:
    value, count = operands(low, (node.receiver, node.args[0]))
    kept, size = low.keep(value, "items"), low.keep(low.widen(count), "size")
    used = apply("mul", apply("floor_div", low.length(kept), size), size)
    low.keep(apply("seq.chunks", ir.SeqLit(_out_element(low, node), ()), size))
    items = apply("seq.chunks", apply("seq.slice_to", kept, low.safe(used)), size)
    return Plan(Sequence(items), identity, _out_type(low, node), node=node)


def _out_element(low: Lower, node: tree.MethodCall) -> Type:
    type_ = _out_type(low, node)
    assert isinstance(type_, SeqType)
    return type_.element


def _keys(low: Lower, node: tree.MethodCall) -> Plan:
    return _half(low, node, 0)


def _values(low: Lower, node: tree.MethodCall) -> Plan:
    return _half(low, node, 1)


def _half(low: Lower, node: tree.MethodCall, at: int) -> Plan:
    from autoform.frontends.rust.places import TupleStep, get

    plan = value_plan(low, node.receiver)
    view = plan.view
    return replace(
        plan, view=lambda value: get(view(value), TupleStep(at), {}), item=_out_type(low, node)
    )


def _set_operation(op: str) -> Callable[[Lower, tree.MethodCall], Plan]:
    def plan(low: Lower, node: tree.MethodCall) -> Plan:
        left, right = operands(low, (node.receiver, node.args[0]))
        found = strip(node.receiver.ty)
        ordered = type(found) is Con and found.name == "BTreeSet"
        return set_plan(low, apply(op, left, right), _out_type(low, node), node, ordered=ordered)

    return plan


def _char_indices(_: Lower, node: tree.MethodCall) -> Plan:
    raise Refusal("string-bytes", "`char_indices` counts bytes", node, "use `chars().enumerate()`")


ENTERED: Final[dict[str, Callable[[Lower, tree.MethodCall], Plan]]] = {
    **{
        f"{group}.{name}": _same
        for group in (
            "Seq",
            "VecDeque",
            "Option",
            "Iter",
            "HashMap",
            "BTreeMap",
            "HashSet",
            "BTreeSet",
        )
        for name in ("iter", "into_iter")
    },
    "Iter.cloned": _same,
    "Iter.copied": _same,
    "Iter.peekable": _same,
    "Iter.fuse": _same,
    "Iter.map": _map,
    "Iter.filter": _filter,
    "Iter.filter_map": _filter_map,
    "Iter.flat_map": _flat_map,
    "Iter.flatten": _flatten,
    "Iter.enumerate": _enumerate,
    "Iter.rev": _rev,
    "Iter.zip": _zip,
    "Iter.skip": _skip,
    "Iter.take": _take,
    "Iter.step_by": _step_by,
    "Iter.chain": _chain,
    "Iter.take_while": _take_while,
    "Str.chars": _chars,
    "Str.bytes": _bytes,
    "Str.char_indices": _char_indices,
    "Seq.windows": _pieces("seq.windows"),
    "Seq.chunks": _pieces("seq.chunks"),
    "Seq.chunks_exact": _chunks_exact,
    "HashMap.keys": _keys,
    "HashMap.into_keys": _keys,
    "HashMap.values": _values,
    "HashMap.into_values": _values,
    "BTreeMap.keys": _keys,
    "BTreeMap.into_keys": _keys,
    "BTreeMap.values": _values,
    "BTreeMap.into_values": _values,
    **{
        f"{group}.{name}": _set_operation(f"set.{name}")
        for group in ("HashSet", "BTreeSet")
        for name in ("union", "intersection", "difference", "symmetric_difference")
    },
}

ADAPTORS.update(ENTERED)
