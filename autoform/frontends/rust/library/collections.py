"""Maps and sets, where no order can show, and those that are sorted."""

from __future__ import annotations

from collections.abc import Callable

from autoform.frontends.rust import tree
from autoform.frontends.rust.building import NeedsStatements
from autoform.frontends.rust.closures import inline
from autoform.frontends.rust.library.sequences import changed
from autoform.frontends.rust.library.tables import function, method, values
from autoform.frontends.rust.lower_control import into
from autoform.frontends.rust.lower_exprs import default_value, lower
from autoform.frontends.rust.lower_patterns import bind
from autoform.frontends.rust.lower_places import PLACE_METHODS, assign, place_of
from autoform.frontends.rust.lowering import DISCARD, UNIT_VALUE, Lower
from autoform.frontends.rust.places import MapStep, Place
from autoform.frontends.rust.plans import Plan, collected, plan_of, set_order
from autoform.frontends.rust.refusal import Refusal
from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.ops import apply
from autoform.ir.types import INT, MapType, SetType

ZERO = ir.IntLit(0, INT)
_MAPS = ("HashMap", "BTreeMap")
_SETS = ("HashSet", "BTreeSet")


def _both(groups: tuple[str, ...], *names: str) -> list[str]:
    return [f"{group}.{name}" for group in groups for name in names]


@method(*_both(_MAPS, "len", "is_empty"))
def _map_len(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return _length(low, node, "map.len")


@method(*_both(_SETS, "len", "is_empty"))
def _set_len(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return _length(low, node, "set.len")


def _length(low: Lower, node: tree.MethodCall, op: str) -> ir.Expr:
    count = apply(op, lower(low, node.receiver), span=low.span(node))
    return low.usize(count) if node.name == "len" else apply("eq", count, ZERO)


@method(*_both(_MAPS, "contains_key"))
def _contains_key(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return apply("map.contains", *values(low, node), span=low.span(node))


@method(*_both(_SETS, "contains"))
def _contains(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return apply("set.contains", *values(low, node), span=low.span(node))


@method(*_both(_MAPS, "get"))
def _get(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return apply("map.get", *values(low, node), span=low.span(node))


@changed(*_both(_MAPS, "insert"))
def _insert(
    _: Lower, before: ir.Expr, args: list[ir.Expr], __: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    key, value = args
    return apply("map.insert", before, key, value), apply("map.get", before, key)


@changed(*_both(_MAPS, "remove"))
def _remove(
    _: Lower, before: ir.Expr, args: list[ir.Expr], __: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    return apply("map.discard", before, args[0]), apply("map.get", before, args[0])


@changed(*_both((*_MAPS, *_SETS), "clear"))
def _clear(
    _: Lower, before: ir.Expr, __: list[ir.Expr], ___: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    from autoform.frontends.rust.lower_exprs import empty

    return empty(ir.type_of(before)), UNIT_VALUE


@changed(*_both(_SETS, "insert"))
def _add(
    _: Lower, before: ir.Expr, args: list[ir.Expr], __: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    return apply("set.add", before, args[0]), apply("not", apply("set.contains", before, args[0]))


@changed(*_both(_SETS, "remove"))
def _discard(
    _: Lower, before: ir.Expr, args: list[ir.Expr], __: tree.MethodCall
) -> tuple[ir.Expr, ir.Expr]:
    return apply("set.discard", before, args[0]), apply("set.contains", before, args[0])


@method(*_both(_SETS, "is_subset", "is_superset", "is_disjoint"))
def _relation(low: Lower, node: tree.MethodCall) -> ir.Expr:
    left, right = values(low, node)
    if node.name == "is_superset":
        left, right = low.keep(left), low.keep(right)
        return apply("set.is_subset", right, left)
    return apply(f"set.{node.name}", left, right, span=low.span(node))


@method("BTreeSet.first", "BTreeSet.last")
def _end(low: Lower, node: tree.MethodCall) -> ir.Expr:
    kept = low.keep(lower(low, node.receiver))
    type_ = ir.type_of(kept)
    assert isinstance(type_, SetType)
    op = "set.min" if node.name == "first" else "set.max"
    some = apply("option.some", low.safe(apply(op, kept)))
    return ir.IfExpr(apply("gt", apply("set.len", kept), ZERO), some, ir.NoneLit(type_.element))


@function("HashMap.from", "BTreeMap.from")
def _map_from(low: Lower, node: tree.Call) -> ir.Expr:
    return map_of(low, plan_of(low, node.args[0]), node.args[0])


@function("HashSet.from", "BTreeSet.from")
def _set_from(low: Lower, node: tree.Call) -> ir.Expr:
    return _set_of(low, node.args[0])


def _set_of(low: Lower, node: tree.Expr) -> ir.Expr:
    return apply("seq.to_set", collected(low, plan_of(low, node), node))


def map_of(low: Lower, plan: Plan, node: tree.Expr) -> ir.Expr:
    """A map of pairs. Of equal keys the last one's value stays, so the order must be known."""
    pairs = collected(low, plan, node)
    if plan.unordered and not _has_distinct_keys(pairs):
        raise set_order(node)
    return apply("seq.to_map", pairs, span=low.span(node))


def _has_distinct_keys(pairs: ir.Expr) -> bool:
    """Whether equal keys surely come with equal values: keys of a map, or the items themselves."""
    match pairs:
        case ir.Apply("map.items"):
            return True
        case ir.Comprehension(element=element, clauses=(ir.Generator(binder, source), *filters)):
            item = ir.Var(binder.name, binder.type)
            of_map = isinstance(source, ir.Apply) and source.op == "map.items"
            match element:
                case ir.TupleLit((key, _)):
                    keeps = key == item or (of_map and key == ir.TupleGet(item, 0))
                case _:
                    keeps = of_map and element == item
            return keeps and all(isinstance(each, ir.Filter) for each in filters)
        case _:
            return False


@method(*_both(_MAPS, "extend"))
def _extend_map(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return _extend(low, node, lambda: map_of(low, plan_of(low, node.args[0]), node), "map.merge")


@method(*_both(_SETS, "extend"))
def _extend_set(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return _extend(low, node, lambda: _set_of(low, node.args[0]), "set.union")


def _extend(low: Lower, node: tree.MethodCall, build: Callable[[], ir.Expr], merge: str) -> ir.Expr:
    if low.out.pure:
        raise NeedsStatements(node)
    more = low.keep(build(), "more")
    place = place_of(low, node.receiver)
    assign(low, place, apply(merge, low.read(place), more), node)
    return UNIT_VALUE


# Places in maps.


def _get_mut(low: Lower, node: tree.MethodCall) -> Place:
    place = place_of(low, node.receiver, stored=True)
    key = low.keep(lower(low, node.args[0]), "key")
    found = low.keep(apply("map.get", low.read(place), key), "found")
    return Place(found, some=place.then(MapStep(key)))


for _group in _MAPS:
    PLACE_METHODS[f"{_group}.get_mut"] = _get_mut


@method(*_both(_MAPS, "get_mut"))
def _get_mut_value(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return low.read(_get_mut(low, node))


def _entry(low: Lower, node: tree.Expr) -> tuple[Place, ir.Expr]:
    """The map and the key of `map.entry(key)`, changes by `and_modify` done."""
    if low.out.pure:
        raise NeedsStatements(node)
    if isinstance(node, tree.MethodCall) and node.name == "and_modify":
        place, key = _entry(low, node.receiver)
        closure = node.args[0]
        if not isinstance(closure, tree.Closure):
            raise Refusal("higher-order-value", "a function that changes its argument", closure)
        with low.block() as block:
            bind(low, closure.params[0][0], place.then(MapStep(key)))
            into(low, closure.body, DISCARD)
        present = apply("map.contains", low.read(place), key)
        low.emit(stmts.If(present, block.done, span=low.span(node)))
        return place, key
    if not (isinstance(node, tree.MethodCall) and node.name == "entry"):
        raise Refusal("mutable-borrow", "a map's entry in a variable", node)
    place = place_of(low, node.receiver, stored=True)
    return place, low.keep(lower(low, node.args[0]), "key")


def _or_insert(low: Lower, node: tree.MethodCall) -> Place:
    place, key = _entry(low, node.receiver)
    span = low.span(node)
    whole = low.read(place)
    type_ = ir.type_of(whole)
    assert isinstance(type_, MapType)
    absent = apply("not", apply("map.contains", whole, key))
    value: ir.Expr | None = None
    if node.name == "or_insert":
        value = low.keep(lower(low, node.args[0]))
        whole = low.read(place)
        absent = apply("not", apply("map.contains", whole, key))
    with low.block() as block:
        if node.name == "or_insert_with":
            value = inline(low, node.args[0], [], node)
        elif node.name == "or_default":
            value = default_value(low, node.ty, node)
        assert value is not None
        assign(low, place.then(MapStep(key)), value, node)
    low.emit(stmts.If(absent, block.done, span=span))
    return place.then(MapStep(key))


for _name in ("or_insert", "or_insert_with", "or_default"):
    PLACE_METHODS[f"Entry.{_name}"] = _or_insert


@method("Entry.or_insert", "Entry.or_insert_with", "Entry.or_default")
def _or_insert_value(low: Lower, node: tree.MethodCall) -> ir.Expr:
    place = _or_insert(low, node)
    found = low.read(place)
    return low.safe(found)


@method("Entry.and_modify")
def _and_modify(low: Lower, node: tree.MethodCall) -> ir.Expr:
    _entry(low, node)
    return UNIT_VALUE
