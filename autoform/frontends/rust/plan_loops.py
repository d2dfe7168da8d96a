"""Plans as loops: `for`, and consumers that an expression cannot say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from autoform.frontends.rust import tree
from autoform.frontends.rust.building import NeedsStatements
from autoform.frontends.rust.closures import bind_value
from autoform.frontends.rust.lower_control import block_into
from autoform.frontends.rust.lower_exprs import lower
from autoform.frontends.rust.lower_loops import in_loop
from autoform.frontends.rust.lower_patterns import bind
from autoform.frontends.rust.lower_places import place_of
from autoform.frontends.rust.lowering import DISCARD, Lower
from autoform.frontends.rust.names import Builtin
from autoform.frontends.rust.places import IndexStep, Place
from autoform.frontends.rust.plans import (
    ONE,
    ZERO,
    Counter,
    Keep,
    KeepSome,
    Map,
    Plan,
    Sequence,
    Spread,
    Stage,
    Until,
    as_sequence,
    at_once,
    plan_of,
    set_order,
)
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import Con, Ty, prune
from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.ops import apply
from autoform.ir.types import INT, MachineIntType, SeqType, Type

Body: TypeAlias = Callable[[ir.Expr], None]


def run_plan(
    low: Lower, plan: Plan, body: Body, node: tree.Expr, *, label: str | None = None
) -> None:
    """A loop that asks for the items one by one. Raises `Refusal` for those without an order."""
    if plan.unordered:
        raise set_order(node)
    if low.out.pure:
        raise NeedsStatements(node)
    if isinstance(node, tree.For) and any(isinstance(s, Spread) for s in plan.stages):
        plan = at_once(low, plan, node)
    span = low.span(node)
    match plan.source:
        case Sequence(value=value):
            type_ = ir.type_of(value)
            assert isinstance(type_, SeqType)
            variable = _variable(low, node, type_.element)
            inner, frame = _body(low, plan, variable, body, label)
            binder = ir.Binder(variable.name, type_.element)
            low.emit(stmts.ForEach(binder, value, inner, label=frame, span=span))
        case Counter(high=None):
            _endless(low, plan, body, node, label)
        case Counter(machine=machine, step=step) if machine is not None and step == ONE:
            type_ = ir.type_of(machine[0])
            variable = _variable(low, node, type_)
            inner, frame = _body(low, plan, variable, body, label)
            one = ir.IntLit(1, type_) if isinstance(type_, MachineIntType) else ONE
            binder = ir.Binder(variable.name, type_)
            loop = stmts.ForRange(binder, *machine, one, inner, label=frame, span=span)
            low.emit(loop)
        case Counter(low=first, high=last, step=step):
            assert last is not None
            variable = _variable(low, node, INT)
            inner, frame = _body(low, plan, variable, body, label)
            binder = ir.Binder(variable.name, INT)
            low.emit(stmts.ForRange(binder, first, last, step, inner, label=frame, span=span))


def _variable(low: Lower, node: tree.Expr, type_: Type) -> ir.Var:
    """The loop's variable, named like the pattern where that is a name."""
    base = "item"
    if isinstance(node, tree.For) and isinstance(node.pattern, tree.BindPattern):
        base = node.pattern.name
    name = low.fresh(base)
    low.frozen.add(name)
    return ir.Var(name, type_)


def _body(
    low: Lower, plan: Plan, variable: ir.Var, body: Body, label: str | None
) -> tuple[stmts.Block, str | None]:
    def work() -> None:
        value = plan.view(variable)
        if isinstance(value, ir.Apply) and value.op == "int.narrow":
            value = _declared(low, value, variable.name)
        run_stages(low, plan.stages, value, body)

    inner, frame = in_loop(low, label, DISCARD, work)
    return inner, frame.ir_label


def _declared(low: Lower, value: ir.Expr, base: str) -> ir.Expr:
    name = low.fresh(base)
    type_ = ir.type_of(value)
    low.emit(stmts.VarDecl(name, type_, value))
    low.frozen.add(name)
    return ir.Var(name, type_)


def run_stages(low: Lower, stages: tuple[Stage, ...], value: ir.Expr, body: Body) -> None:
    """The stages as statements around what is done with an item."""
    if not stages:
        body(value)
        return
    stage, rest = stages[0], stages[1:]
    match stage:
        case Map(work=work):
            run_stages(low, rest, work(value), body)
        case Keep(work=work):
            value = low.keep(value)
            condition = work(value)
            with low.block() as inner:
                run_stages(low, rest, value, body)
            low.emit(stmts.If(condition, inner.done))
        case KeepSome(work=work):
            found = low.keep(work(value))
            with low.block() as inner:
                run_stages(low, rest, low.safe(apply("option.unwrap", found)), body)
            low.emit(stmts.If(apply("option.is_some", found), inner.done))
        case Until(work=work):
            value = low.keep(value)
            condition = work(value)
            low.emit(stmts.If(apply("not", condition), (stmts.Break(),)))
            run_stages(low, rest, value, body)
        case Spread(work=work):
            if any(isinstance(each, Until) for each in rest):
                raise Refusal("evaluation-order", "`take_while` after `flat_map`", stage.node)
            source = work(value)
            type_ = ir.type_of(source)
            assert isinstance(type_, SeqType)
            name = low.fresh("item")
            low.frozen.add(name)
            variable = ir.Var(name, type_.element)
            with low.block() as inner:
                run_stages(low, rest, variable, body)
            low.emit(stmts.ForEach(ir.Binder(name, type_.element), source, inner.done))


def _endless(low: Lower, plan: Plan, body: Body, node: tree.Expr, label: str | None) -> None:
    """`for i in a..`: the next number is computed when one is handed out, and may overflow."""
    assert isinstance(plan.source, Counter)
    type_ = plan.item if not plan.stages else None
    first = plan.source.low
    if isinstance(first, ir.Apply) and first.op == "int.widen":
        first = first.args[0]
        type_ = ir.type_of(first)
    if not isinstance(type_, MachineIntType) or plan.source.step != ONE:
        raise Refusal("unsupported-syntax", "this iterator without an end", node)
    if isinstance(first, ir.IntLit):
        first = ir.IntLit(first.value, type_)
    following = low.fresh("following")
    low.emit(stmts.VarDecl(following, type_, first))
    variable = _variable(low, node, type_)

    def work() -> None:
        low.emit(stmts.VarDecl(variable.name, type_, ir.Var(following, type_)))
        one = ir.IntLit(1, type_)
        low.emit(stmts.Assign(following, apply("add", ir.Var(following, type_), one)))
        run_stages(low, plan.stages, plan.view(variable), body)

    inner, frame = in_loop(low, label, DISCARD, work)
    low.emit(stmts.While(ir.TRUE, inner, label=frame.ir_label, span=low.span(node)))


def collect_in_loop(low: Lower, plan: Plan, node: tree.Expr) -> ir.Expr:
    """All the items, appended one by one."""
    name = low.fresh("items")
    type_ = SeqType(plan.item)
    low.emit(stmts.VarDecl(name, type_, ir.SeqLit(plan.item, ())))
    variable = ir.Var(name, type_)

    def body(item: ir.Expr) -> None:
        low.emit(stmts.Assign(name, apply("seq.append", variable, item)))

    run_plan(low, plan, body, node)
    low.frozen.add(name)
    return variable


# Items that are places.

Item: TypeAlias = "Place | ir.Expr | tuple[Item, Item]"


@dataclass(slots=True, eq=False)
class _Places:
    """The places of a sequence: their indexes, and the item at an index."""

    low: ir.Expr
    high: ir.Expr
    item: Callable[[ir.Expr], Item]
    reverse: bool = False


def mutable_loop(low: Lower, node: tree.For) -> bool:
    """`for x in xs.iter_mut()`: a loop over the places. Says whether it is one."""
    found = _places(low, node.source)
    if found is None:
        return False

    def body(item: Item) -> None:
        bind_item(low, node.pattern, item)
        block_into(low, node.body, DISCARD)

    run_places(low, found, body, node, node.label)
    return True


def for_each_place(low: Lower, node: tree.MethodCall) -> bool:
    """`xs.iter_mut().for_each(|x| …)`."""
    closure = node.args[0]
    found = _places(low, node.receiver)
    if found is None:
        return False
    if not isinstance(closure, tree.Closure):
        raise Refusal("higher-order-value", "a function that changes its argument", closure)
    from autoform.frontends.rust.closures import returns
    from autoform.frontends.rust.lower_control import into

    if returns(closure.body):
        raise Refusal("unsupported-syntax", "`return` inside a closure", closure)

    def body(item: Item) -> None:
        bind_item(low, closure.params[0][0], item)
        into(low, closure.body, DISCARD)

    run_places(low, found, body, node, None)
    return True


def run_places(
    low: Lower,
    places: _Places,
    body: Callable[[Item], None],
    node: tree.Expr,
    label: str | None,
) -> None:
    """A loop over indexes."""
    name = low.fresh("index")
    low.frozen.add(name)
    variable = ir.Var(name, INT)
    inner, frame = in_loop(low, label, DISCARD, lambda: body(places.item(variable)))
    first, last, step = places.low, places.high, ONE
    if places.reverse:
        first, last = apply("sub", places.high, ONE), apply("sub", places.low, ONE)
        step = ir.IntLit(-1, INT)
    loop = stmts.ForRange(
        ir.Binder(name, INT), first, last, step, inner, label=frame.ir_label, span=low.span(node)
    )
    low.emit(loop)


def _places(low: Lower, node: tree.Expr) -> _Places | None:
    match node:
        case tree.MethodCall(target=Builtin(key="Seq.iter_mut"), receiver=receiver):
            return _all_places(low, receiver)
        case tree.MethodCall(target=Builtin(key=key), receiver=receiver, args=args) if (
            key.startswith("Iter.") and _gives_places(receiver.ty)
        ):
            return _adapted(low, node, key, receiver, args)
        case _ if _is_mut_seq(node.ty):
            return _all_places(low, node)
        case _:
            return None


def _gives_places(ty: Ty) -> bool:
    found = prune(ty)
    if type(found) is not Con:
        return False
    return found.name == "RefMut" or any(_gives_places(arg) for arg in found.args)


def _is_mut_seq(ty: Ty) -> bool:
    found = prune(ty)
    if type(found) is not Con or found.name != "RefMut":
        return False
    inner = prune(found.args[0])
    return type(inner) is Con and inner.name in {"Seq", "VecDeque"}


def _all_places(low: Lower, node: tree.Expr) -> _Places:
    if low.out.pure:
        raise NeedsStatements(node)
    place = place_of(low, node, stored=True)
    count = low.keep(low.length(low.read(place)), "count")
    return _Places(ZERO, count, lambda index: place.then(IndexStep(index)))


def _adapted(
    low: Lower,
    node: tree.MethodCall,
    key: str,
    receiver: tree.Expr,
    args: tuple[tree.Expr, ...],
) -> _Places | None:
    inner = _places(low, receiver)
    if inner is None:
        return None
    item = inner.item
    match key:
        case "Iter.enumerate" if not inner.reverse:
            start = inner.low

            def numbered(index: ir.Expr) -> Item:
                place = index if start == ZERO else apply("sub", index, start)
                return (low.usize(place), item(index))

            return _Places(inner.low, inner.high, numbered)
        case "Iter.zip" if not inner.reverse and inner.low == ZERO:
            found = plan_of(low, args[0])
            other = low.keep(as_sequence(low, at_once(low, found, args[0]), args[0]), "items")
            count = low.keep(apply("min2", inner.high, low.length(other)), "count")

            def paired(index: ir.Expr) -> Item:
                return (item(index), low.safe(apply("seq.at", other, index)))

            return _Places(ZERO, count, paired)
        case "Iter.skip" if not inner.reverse:
            first = low.keep(apply("add", inner.low, low.widen(lower(low, args[0]))), "start")
            return _Places(first, inner.high, item)
        case "Iter.take" if not inner.reverse:
            last = apply("add", inner.low, low.widen(lower(low, args[0])))
            return _Places(inner.low, low.keep(apply("min2", inner.high, last), "stop"), item)
        case "Iter.rev" if not inner.reverse:
            return _Places(inner.low, inner.high, item, reverse=True)
        case _:
            raise Refusal("mutable-borrow", f"`{node.name}` of mutable references", node)


def bind_item(low: Lower, pattern: tree.Pattern, item: Item) -> None:
    """Bind a pattern to an item that holds places."""
    if isinstance(item, tuple):
        if isinstance(pattern, tree.TuplePattern) and len(pattern.items) == 2:
            for inner, part in zip(pattern.items, item, strict=True):
                bind_item(low, inner, part)
            return
        raise Refusal("mutable-borrow", "a pair with a mutable reference", pattern)
    if isinstance(item, Place):
        bind(low, pattern, item)
    else:
        bind_value(low, pattern, item)
