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
from autoform.frontends.rust.types import Con, show, strip
from autoform.ir import exprs as ir
from autoform.ir.ops import apply
from autoform.ir.types import INT, MachineIntType, SeqType, Type, is_ordered

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


ADAPTORS: Final[dict[str, Callable[[Lower, tree.MethodCall], Plan]]] = {}
"""The methods that give an iterator, by key; `adaptors` enters its own."""


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
            return value_plan(low, node)


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
        last = plus(last, 1)
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
    if not (isinstance(last, ir.IntLit) and isinstance(last.type, MachineIntType)):
        return None
    if last.value == last.type.maximum:
        return None
    return first, ir.IntLit(last.value + 1, last.type, span=last.span)


def plus(value: ir.Expr, number: int) -> ir.Expr:
    """A sum with a number, folded where it can be."""
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


def value_plan(low: Lower, node: tree.Expr) -> Plan:
    """The plan of a collection. Raises `Refusal`."""
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


def work_of(low: Lower, function: tree.Expr) -> Work:
    """What a closure does to an item."""
    return lambda value: inline(low, function, [value])
