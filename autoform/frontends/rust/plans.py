"""Iterators as plans: a source, and what is done to each item when it is asked for.

Rust's iterators are lazy, so `xs.iter().map(f).filter(p)` calls `f` and `p` item by item. A plan
keeps that order: it becomes a comprehension, whose clauses are evaluated in the same way, or a
loop. What would evaluate more, fewer or in another order than Rust is done only where nothing in
it can fail.

    xs.iter().enumerate().map(|(i, x)| x * i)    source  0..xs.len(), item (i, xs[i])
                                                  step    |(i, x)| x * i
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from autoform.frontends.rust import tree
from autoform.frontends.rust.building import NeedsStatements
from autoform.frontends.rust.closures import inline
from autoform.frontends.rust.lower_exprs import lower, operands
from autoform.frontends.rust.lowering import Lower
from autoform.frontends.rust.names import Builtin
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import Con, Ty, prune, show, strip
from autoform.ir import exprs as ir
from autoform.ir.ops import apply
from autoform.ir.types import INT, MachineIntType, OptionType, SeqType, Type, is_ordered

Work = Callable[[ir.Expr], ir.Expr]
ZERO: Final = ir.IntLit(0, INT)
ONE: Final = ir.IntLit(1, INT)


@dataclass(frozen=True, slots=True)
class Sequence:
    """The items of a sequence, from the first to the last."""

    value: ir.Expr


@dataclass(frozen=True, slots=True)
class Counter:
    """`low`, `low + step`, … below `high`, or above it when `step` is negative; all `Int`.

    `machine` are the bounds in the machine type, where the range is plain `a..b` of one. Without
    a `high` it goes on for ever.
    """

    low: ir.Expr
    high: ir.Expr | None
    step: ir.Expr
    machine: tuple[ir.Expr, ir.Expr] | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """Each item becomes what the function gives for it."""

    work: Work
    node: tree.Expr


@dataclass(frozen=True, slots=True)
class Keep:
    """Only items for which the condition holds go on."""

    work: Work
    node: tree.Expr


@dataclass(frozen=True, slots=True)
class KeepSome:
    """`filter_map`: what the function gives goes on where it is `Some`."""

    work: Work
    node: tree.Expr


@dataclass(frozen=True, slots=True)
class Spread:
    """`flat_map`: each item is replaced by the items of a sequence."""

    work: Work
    node: tree.Expr


@dataclass(frozen=True, slots=True)
class Until:
    """`take_while`: the first item for which the condition fails ends it all."""

    work: Work
    node: tree.Expr


Stage = Map | Keep | KeepSome | Spread | Until


@dataclass(frozen=True, slots=True)
class Plan:
    """A source, how an element of it is seen as an item, and the stages in order."""

    source: Sequence | Counter
    view: Work
    item: Type
    stages: tuple[Stage, ...] = ()
    unordered: bool = field(default=False)
    node: tree.Expr | None = None

    def then(self, stage: Stage, item: Type) -> Plan:
        """The plan with one stage more."""
        return replace(self, stages=(*self.stages, stage), item=item)

    @property
    def is_plain(self) -> bool:
        """Whether it is just a sequence."""
        return isinstance(self.source, Sequence) and not self.stages and self.view is identity


def identity(value: ir.Expr) -> ir.Expr:
    """The element as it is."""
    return value


def plan_of(low: Lower, node: tree.Expr) -> Plan:
    """The plan of an expression that is iterated over. Raises `Refusal`."""
    match node:
        case tree.Range():
            return _range_plan(low, node)
        case tree.Borrow(value=value):
            return plan_of(low, value)
        case tree.MethodCall(target=Builtin(key=key)) if key in ADAPTORS:
            return ADAPTORS[key](low, node)
        case _:
            return _value_plan(low, node)


def _range_plan(low: Lower, node: tree.Range) -> Plan:
    type_ = _item_type(low, node)
    if node.low is None:
        raise Refusal("unsupported-syntax", "a range without a start is not iterated", node)
    if not isinstance(type_, MachineIntType) and type_ != INT:
        return _char_range(low, node)
    nodes = [node.low] if node.high is None else [node.low, node.high]
    bounds = [_steady(low, value) for value in operands(low, nodes)]
    view = partial(_narrowed, low, type_)
    first = low.widen(bounds[0])
    if node.high is None:
        return Plan(Counter(first, None, ONE), view, type_, node=node)
    last = low.widen(bounds[1])
    machine: tuple[ir.Expr, ir.Expr] | None = (bounds[0], bounds[1])
    if node.inclusive:
        machine = _inclusive(bounds[0], bounds[1])
        last = _plus(last, 1)
    return Plan(Counter(first, last, ONE, machine), view, type_, node=node)


def _steady(low: Lower, value: ir.Expr) -> ir.Expr:
    """A bound that is asked for once, before the loop, and may be written down more than once."""
    inner = value
    while isinstance(inner, ir.Apply) and id(inner) in low.harmless:
        inner = inner.args[0]
    simple = isinstance(inner, ir.Var | ir.IntLit) or (
        isinstance(inner, ir.Apply) and inner.op == "seq.len" and isinstance(inner.args[0], ir.Var)
    )
    return value if simple else low.keep(value, "bound")


def _inclusive(first: ir.Expr, last: ir.Expr) -> tuple[ir.Expr, ir.Expr] | None:
    """The bounds of `a..=b` as those of `a..b + 1`, where that surely fits."""
    if isinstance(last, ir.IntLit) and isinstance(last.type, MachineIntType):
        if last.value < last.type.maximum:
            return first, ir.IntLit(last.value + 1, last.type, span=last.span)
    return None


def _plus(value: ir.Expr, number: int) -> ir.Expr:
    if isinstance(value, ir.IntLit):
        return ir.IntLit(value.value + number, INT)
    if number < 0:
        return apply("sub", value, ir.IntLit(-number, INT))
    return apply("add", value, ir.IntLit(number, INT))


def _narrowed(low: Lower, type_: Type, value: ir.Expr) -> ir.Expr:
    if type_ == INT or not isinstance(type_, MachineIntType):
        return value
    return value if ir.type_of(value) == type_ else low.narrow(value, type_)


def _char_range(low: Lower, node: tree.Range) -> Plan:
    """`'a'..='z'`, inside ASCII, where no code is missing."""
    match node.low, node.high:
        case tree.CharLiteral(value=first), tree.CharLiteral(value=last) if (
            max(first, last) < "\x80"
        ):
            bounds = ir.IntLit(ord(first), INT), ir.IntLit(ord(last) + node.inclusive, INT)

            def view(value: ir.Expr) -> ir.Expr:
                return low.safe(apply("char.from_code", low.widen(value)))

            return Plan(Counter(*bounds, ONE), view, _item_type(low, node), node=node)
        case _:
            raise Refusal("unsupported-syntax", "this range is not iterated", node)


def _item_type(low: Lower, node: tree.Expr) -> Type:
    found = strip(node.ty)
    assert type(found) is Con
    return low.type(found.args[0], node)


def _value_plan(low: Lower, node: tree.Expr) -> Plan:
    found = strip(node.ty)
    if type(found) is not Con:
        raise Refusal("unknown-type", "what is iterated over is not known", node)
    match found.name:
        case "Seq" | "VecDeque" | "Iter":
            value = lower(low, node)
            item = low.type(found.args[0], node)
            return Plan(Sequence(value), identity, item, node=node)
        case "Range":
            bounds = lower(low, node)
            if not isinstance(bounds, ir.TupleLit):
                raise Refusal("unsupported-syntax", "this range in a variable", node)
            first, last = bounds.items
            type_ = low.type(found.args[0], node)
            counter = Counter(low.widen(first), low.widen(last), ONE, (first, last))
            return Plan(counter, partial(_narrowed, low, type_), type_, node=node)
        case "Option":
            value = low.keep(lower(low, node))
            item = low.type(found.args[0], node)
            inner = low.safe(apply("option.unwrap", value))
            test = apply("option.is_some", value)
            items = ir.IfExpr(test, ir.SeqLit(item, (inner,)), ir.SeqLit(item, ()))
            return Plan(Sequence(items), identity, item, node=node)
        case "BTreeMap" | "HashMap":
            return _map_plan(low, node, found)
        case "BTreeSet" | "HashSet":
            return _set_plan(low, node, found)
        case _:
            raise Refusal("unsupported-type", f"`{show(found)}` is not iterated", node)


def _map_plan(low: Lower, node: tree.Expr, found: Con) -> Plan:
    value = low.keep(lower(low, node), "map")
    if found.name == "HashMap":
        item = low.type(Con("tuple", found.args), node)
        items = apply("map.items", value)
        return Plan(Sequence(items), identity, item, unordered=True, node=node)
    return sorted_items(low, value, node, found)


def sorted_items(low: Lower, value: ir.Expr, node: tree.Expr, found: Con) -> Plan:
    """The pairs of a `BTreeMap`, by key."""
    key_type = low.type(found.args[0], node)
    require_order(key_type, node)
    keys = apply("seq.sorted", apply("map.keys", value))

    def view(key: ir.Expr) -> ir.Expr:
        return ir.TupleLit((key, low.safe(apply("map.at", value, key))))

    item = low.type(Con("tuple", found.args), node)
    return Plan(Sequence(keys), view, item, node=node)


def require_order(type_: Type, node: tree.Tree) -> None:
    """Refuse what the IR does not order as Rust does."""
    if not is_ordered(type_):
        raise Refusal("unsupported-operator", "the order of a struct or enum", node)


def _set_plan(low: Lower, node: tree.Expr, found: Con) -> Plan:
    item = low.type(found.args[0], node)
    value = lower(low, node)
    return set_plan(low, value, item, node, ordered=found.name == "BTreeSet")


def set_plan(low: Lower, value: ir.Expr, item: Type, node: tree.Expr, *, ordered: bool) -> Plan:
    """The elements of a set: ascending, or in no order."""
    del low
    if is_ordered(item):
        items = apply("set.sorted", value)
        return Plan(Sequence(items), identity, item, unordered=not ordered, node=node)
    raise set_order(node)


def set_order(node: tree.Tree) -> Refusal:
    """What is said of results that the order of a hash table decides."""
    message = "the order of a hash table could show"
    hint = "sort the items, or use `BTreeMap` or `BTreeSet`"
    return Refusal("set-order", message, node, hint)


# Turning plans into one another.


def is_total(low: Lower, plan: Plan) -> bool:
    """Whether no stage can fail or do anything else but compute."""
    if any(isinstance(stage, Until) for stage in plan.stages):
        return False
    try:
        with low.block(pure=True):
            value = comprehension(low, plan)
    except NeedsStatements:
        return False
    return not low.may_raise(value)


def as_sequence(low: Lower, plan: Plan, node: tree.Expr) -> ir.Expr:
    """All the items at once. What fails, fails as when they are asked for one by one."""
    if plan.unordered:
        raise set_order(node)
    return collected(low, plan, node)


def collected(low: Lower, plan: Plan, node: tree.Expr) -> ir.Expr:
    """All the items, whatever their order, as a sequence: a comprehension, else a loop."""
    if plan.is_plain:
        assert isinstance(plan.source, Sequence)
        return plan.source.value
    if isinstance(plan.source, Counter) and plan.source.high is None:
        raise Refusal("unsupported-syntax", "an iterator without an end is collected", node)
    if not any(isinstance(stage, Until) for stage in plan.stages):
        try:
            return low.pure(partial(comprehension, low, plan))
        except NeedsStatements:
            if low.out.pure:
                raise
    from autoform.frontends.rust.plan_loops import collect_in_loop

    return collect_in_loop(low, plan, node)


def domain(low: Lower, plan: Plan) -> tuple[ir.Expr, str]:
    """What a comprehension goes over, and how its variable is called."""
    match plan.source:
        case Sequence(value=value):
            return value, "item"
        case Counter(low=first, high=last, step=step):
            if last is None:
                raise NeedsStatements(plan.node)
            del low
            return apply("seq.range", first, last, step), "index"


def comprehension(low: Lower, plan: Plan, element: Work | None = None) -> ir.Expr:
    """The items as a comprehension; `element` is applied to each as a last stage."""
    source, base = domain(low, plan)
    type_ = ir.type_of(source)
    assert isinstance(type_, SeqType)
    name = low.fresh(base)
    low.frozen.add(name)
    clauses: list[ir.Generator | ir.Filter] = [ir.Generator(ir.Binder(name, type_.element), source)]
    value = plan.view(ir.Var(name, type_.element))
    for stage in plan.stages:
        value = _clause(low, stage, value, clauses)
    if element is not None:
        value = _isolated(low, element, value)
    return ir.Comprehension(ir.Collection.SEQ, value, tuple(clauses))


def _isolated(low: Lower, work: Work, value: ir.Expr) -> ir.Expr:
    return low.pure(partial(work, value))


def _clause(
    low: Lower, stage: Stage, value: ir.Expr, clauses: list[ir.Generator | ir.Filter]
) -> ir.Expr:
    """Add what a stage needs to the clauses; the value that goes on."""
    match stage:
        case Map(work=work):
            return _isolated(low, work, value)
        case Keep(work=work):
            value = _named(low, value, clauses)
            clauses.append(ir.Filter(_isolated(low, work, value)))
            return value
        case KeepSome(work=work):
            found = _named(low, _isolated(low, work, value), clauses)
            clauses.append(ir.Filter(apply("option.is_some", found)))
            return low.safe(apply("option.unwrap", found))
        case Spread(work=work):
            inner = _isolated(low, work, value)
            type_ = ir.type_of(inner)
            assert isinstance(type_, SeqType)
            return _generated(low, inner, type_.element, clauses)
        case Until():
            raise NeedsStatements(stage.node)


def _named(low: Lower, value: ir.Expr, clauses: list[ir.Generator | ir.Filter]) -> ir.Expr:
    """A value that is used twice, as the only item of a generator."""
    if low.is_stable(value):
        return value
    type_ = ir.type_of(value)
    return _generated(low, ir.SeqLit(type_, (value,)), type_, clauses)


def _generated(
    low: Lower, source: ir.Expr, type_: Type, clauses: list[ir.Generator | ir.Filter]
) -> ir.Expr:
    name = low.fresh("item")
    low.frozen.add(name)
    clauses.append(ir.Generator(ir.Binder(name, type_), source))
    return ir.Var(name, type_)


def at_once(low: Lower, plan: Plan, node: tree.Expr) -> Plan:
    """The same items from a plain sequence, where that cannot be told from asking one by one."""
    if plan.is_plain:
        return plan
    if not is_total(low, plan):
        message = "how many of these are evaluated would show"
        raise Refusal("evaluation-order", message, node)
    return replace(plan, source=Sequence(as_sequence(low, plan, node)), view=identity, stages=())


# Adaptors.


def _receiver(low: Lower, node: tree.MethodCall) -> Plan:
    return plan_of(low, node.receiver)


def _same(low: Lower, node: tree.MethodCall) -> Plan:
    return _receiver(low, node)


def work_of(low: Lower, function: tree.Expr) -> Work:
    """What a closure does to an item."""
    return lambda value: inline(low, function, [value])


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
            back = Counter(_plus(last, -1), _plus(first, -1), ir.IntLit(-1, INT))
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
        pair = (_counted(low, number, counting.item), element)
        return ir.TupleLit(pair if at == 0 else pair[::-1])

    return Plan(Counter(ZERO, low.length(kept), ONE), view, item, node=node)


def _counted(low: Lower, number: ir.Expr, type_: Type) -> ir.Expr:
    """A number of an endless range: it overflows when it leaves its type."""
    del low
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
    match plan.source:
        case Sequence(value=value):
            return replace(plan, source=Sequence(apply("seq.slice_to", value, count)))
        case Counter(low=first, high=last, step=step):
            moved = count if step == ONE else apply("mul", count, step)
            end = moved if first == ZERO else apply("add", first, moved)
            if last is None:
                if not (isinstance(first, ir.IntLit) and isinstance(count, ir.IntLit)):
                    plan = replace(plan, view=partial(_counted_view, low, plan.item))
                return replace(plan, source=replace(plan.source, high=end, machine=None))
            if step != ONE:
                plan = at_once(low, plan, node)
                assert isinstance(plan.source, Sequence)
                items = apply("seq.slice_to", plan.source.value, count)
                return replace(plan, source=Sequence(items))
            return replace(
                plan, source=replace(plan.source, high=apply("min2", last, end), machine=None)
            )


def _counted_view(low: Lower, type_: Type, value: ir.Expr) -> ir.Expr:
    return _counted(low, value, type_)


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

    plan = _value_plan(low, node.receiver)
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


def _char_indices(low: Lower, node: tree.MethodCall) -> Plan:
    raise Refusal("string-bytes", "`char_indices` counts bytes", node, "use `chars().enumerate()`")


def _repeat_n(low: Lower, node: tree.MethodCall) -> Plan:
    value, count = operands(low, (node.receiver, node.args[0]))
    item = _out_type(low, node)
    repeated = apply("seq.repeat", ir.SeqLit(item, (value,)), low.widen(count))
    return Plan(Sequence(repeated), identity, item, node=node)


ADAPTORS: Final[dict[str, Callable[[Lower, tree.MethodCall], Plan]]] = {
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
"""The methods that give an iterator, by key."""
