"""Methods that change a list, set or dict in place."""

from __future__ import annotations

from typing import Final, cast

from autoform.frontends.python import tree
from autoform.frontends.python.calls import CHANGING, MUTATORS
from autoform.frontends.python.coerce import coerce
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.elements import as_sequence, element_of, require_hashable
from autoform.frontends.python.library.arguments import positional
from autoform.frontends.python.library.ordering import sorted_seq
from autoform.frontends.python.membership import searched
from autoform.frontends.python.places import (
    PLACE_CALLS,
    Place,
    place_of,
    replace,
    step_into,
    step_of,
    store,
)
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.python.subscripts import index_of
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    Cell,
    DictT,
    IterT,
    ListT,
    SetT,
    TupleT,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val, is_atom
from autoform.ir import exprs as ir
from autoform.ir import stmts as ir_stmts
from autoform.ir import types as ir_types

_BOOL: Final = ir_types.BOOL


def _place(ctx: Lowering, function: tree.Attribute) -> Place:
    place = place_of(ctx, function.value)
    if ctx.info.guessing and isinstance(place.type, Cell):
        guess = SetT(Cell()) if function.name == "add" else ListT(Cell())
        ctx.solver.flow(guess, place.type)
        place = place_of(ctx, function.value)
    if isinstance(place.type, Cell):
        raise ctx.unknown("this object", function.value)
    return place


def _changed(
    ctx: Lowering,
    function: tree.Attribute,
    node: tree.Call,
    least: int = 1,
    most: int = 1,
) -> tuple[Place, list[Val]]:
    """The object that changes and the arguments, in the order of evaluation."""
    place = _place(ctx, function)
    before = len(ctx.out)
    vals = positional(ctx, node, least, most)
    failing = not all(is_total(val.ir) for val in vals)
    if place.steps and (failing or len(ctx.out) > before):
        # The arguments may fail or have effects, but only after the place was found.
        message = "an argument that may fail, of a nested change"
        raise ctx.refusal("unsupported-syntax", message, node)
    return place, vals


def _append(ctx: Lowering, node: tree.Call, function: tree.Attribute) -> bool:
    place, (val,) = _changed(ctx, function, node)
    if not isinstance(place.type, ListT):
        raise _no_such(ctx, place, function)
    return _list_change(ctx, place, "seq.append", (_as_element(ctx, place, val, node),), node)


def _as_element(ctx: Lowering, place: Place, val: Val, node: tree.Call) -> ir.Expr:
    type_ = place.type
    type_ = cast("ListT | SetT", type_)
    if isinstance(resolve(val.type), IterT):
        raise ctx.refusal("unsupported-type", "an iterator is kept for later use", node)
    if isinstance(type_.element, Cell):
        ctx.flow(val.type, type_.element, node)
    return coerce(ctx, val, type_.element, node)


def _list_change(
    ctx: Lowering, place: Place, op: str, args: tuple[ir.Expr, ...], node: tree.Call
) -> bool:
    new = ir.Apply(op, (place.value, *args), to_ir(place.type), span=ctx.span(node))
    replace(ctx, place, new, node)
    return True


def _no_such(ctx: Lowering, place: Place, function: tree.Attribute) -> Refusal:
    shown = ctx.type_text(place.type)
    return ctx.refusal("unsupported-method", f"`{function.name}` of {shown}", function)


def _extend(ctx: Lowering, node: tree.Call, function: tree.Attribute) -> bool:
    place, (val,) = _changed(ctx, function, node)
    if not isinstance(place.type, ListT):
        raise _no_such(ctx, place, function)
    seq = as_sequence(ctx, val, node.args[0])
    if isinstance(place.type.element, Cell):
        ctx.flow(element_of(ctx, seq, node), place.type.element, node)
    ctx.unify(place.type.element, element_of(ctx, seq, node), node)
    return _list_change(ctx, place, "seq.concat", (seq.ir,), node)


def _insert(ctx: Lowering, node: tree.Call, function: tree.Attribute) -> bool:
    place, (index, val) = _changed(ctx, function, node, 2, 2)
    if not isinstance(place.type, ListT):
        raise _no_such(ctx, place, function)
    args = (index_of(ctx, index, node), _as_element(ctx, place, val, node))
    return _list_change(ctx, place, "seq.insert", args, node)


def _remove(ctx: Lowering, node: tree.Call, function: tree.Attribute) -> bool:
    place, (val,) = _changed(ctx, function, node)
    if isinstance(place.type, ListT):
        op, element = "seq.remove", place.type.element
    elif isinstance(place.type, SetT):
        op, element = "set.remove", place.type.element
    else:
        raise _no_such(ctx, place, function)
    return _list_change(ctx, place, op, (searched(ctx, val, element, node),), node)


def _sort(ctx: Lowering, node: tree.Call, function: tree.Attribute) -> bool:
    place = _place(ctx, function)
    if not isinstance(place.type, ListT) or node.args:
        raise _no_such(ctx, place, function)
    options: dict[str, tree.Expr] = {}
    for keyword in node.keywords:
        if keyword.name not in {"key", "reverse"}:
            raise ctx.refusal("unsupported-method", "this form of `sort`", node)
        options[keyword.name] = keyword.value
    seq = Val(place.value, place.type)
    new = sorted_seq(ctx, seq, place.type.element, options, node)
    if isinstance(new, ir.Apply) and len(new.args) == 2 and not is_total(new.args[1]):
        message = "a key that may fail would leave the list half sorted"
        raise ctx.refusal("unsupported-method", message, node, "use `xs = sorted(xs, key=…)`")
    replace(ctx, place, new, node)
    return True


def _reverse(ctx: Lowering, node: tree.Call, function: tree.Attribute) -> bool:
    place, _ = _changed(ctx, function, node, 0, 0)
    if not isinstance(place.type, ListT):
        raise _no_such(ctx, place, function)
    return _list_change(ctx, place, "seq.reverse", (), node)


def _clear(ctx: Lowering, node: tree.Call, function: tree.Attribute) -> bool:
    place, _ = _changed(ctx, function, node, 0, 0)
    type_ = place.type
    span = ctx.span(node)
    match type_:
        case ListT(element):
            new: ir.Expr = ir.SeqLit(to_ir(element), (), span=span)
        case SetT(element):
            new = ir.SetLit(to_ir(element), (), span=span)
        case DictT(key, value):
            new = ir.MapLit(to_ir(key), to_ir(value), (), (), span=span)
        case _:
            raise _no_such(ctx, place, function)
    replace(ctx, place, new, node)
    return True


def _add(ctx: Lowering, node: tree.Call, function: tree.Attribute) -> bool:
    place, (val,) = _changed(ctx, function, node)
    if not isinstance(place.type, SetT):
        raise _no_such(ctx, place, function)
    require_hashable(ctx, val.type, node)
    return _list_change(ctx, place, "set.add", (_as_element(ctx, place, val, node),), node)


def _discard(ctx: Lowering, node: tree.Call, function: tree.Attribute) -> bool:
    place, (val,) = _changed(ctx, function, node)
    if not isinstance(place.type, SetT):
        raise _no_such(ctx, place, function)
    wanted = searched(ctx, val, place.type.element, node)
    return _list_change(ctx, place, "set.discard", (wanted,), node)


def _update(ctx: Lowering, node: tree.Call, function: tree.Attribute) -> bool:
    place, (val,) = _changed(ctx, function, node)
    other = ctx.known_type(val, node.args[0])
    if isinstance(place.type, DictT) and isinstance(other, DictT):
        ctx.unify(place.type.key, other.key, node)
        ctx.unify(place.type.value, other.value, node)
        return _list_change(ctx, place, "map.merge", (val.ir,), node)
    if isinstance(place.type, SetT):
        added = as_set(ctx, val, place.type, node)
        return _list_change(ctx, place, "set.union", (added,), node)
    raise _no_such(ctx, place, function)


def as_set(ctx: Lowering, val: Val, type_: SetT, node: tree.Tree) -> ir.Expr:
    """The elements of an iterable as a set of this type."""
    other = ctx.known_type(val, node)
    if isinstance(other, SetT):
        ctx.unify(type_.element, other.element, node)
        return val.ir
    seq = as_sequence(ctx, val, node)
    element = element_of(ctx, seq, node)
    require_hashable(ctx, element, node)
    ctx.unify(type_.element, element, node)
    return ir.Apply("seq.to_set", (seq.ir,), to_ir(type_), span=val.ir.span)


MUTATORS.update(
    {
        "append": _append,
        "extend": _extend,
        "insert": _insert,
        "remove": _remove,
        "sort": _sort,
        "reverse": _reverse,
        "clear": _clear,
        "add": _add,
        "discard": _discard,
        "update": _update,
    }
)


def _pop(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
    del receiver
    place, vals = _changed(ctx, function, node, 0, 2)
    span = ctx.span(node)
    if isinstance(place.type, DictT):
        return _pop_key(ctx, place, place.type, vals, node)
    if not isinstance(place.type, ListT) or len(vals) > 1:
        raise _no_such(ctx, place, function)
    element = place.type.element
    pair = TupleT((place.type, element))
    if vals:
        args = (place.value, index_of(ctx, vals[0], node))
        popped = ir.Apply("seq.pop_at", args, to_ir(pair), span=span)
    else:
        popped = ir.Apply("seq.pop_last", (place.value,), to_ir(pair), span=span)
    held = ctx.temp(Val(popped, pair), "popped")
    replace(ctx, place, ir.TupleGet(held.ir, 0, span=span), node)
    return Val(ir.TupleGet(held.ir, 1, span=span), element)


def _pop_key(ctx: Lowering, place: Place, type_: DictT, vals: list[Val], node: tree.Call) -> Val:
    span = ctx.span(node)
    if not vals:
        raise ctx.refusal("unsupported-method", "this form of `pop`", node)
    key = coerce(ctx, vals[0], type_.key, node)
    key = key if is_atom(key) else ctx.temp(Val(key, type_.key), "k").ir
    value_type = to_ir(type_.value)
    if len(vals) == 1:
        old: ir.Expr = ir.Apply("map.at", (place.value, key), value_type, span=span)
        op, result = "map.remove", type_.value
    else:
        result = ctx.join(type_.value, vals[1].type, node)
        if to_ir(result) != value_type:
            raise ctx.refusal("unsupported-method", "`pop` with a default of another type", node)
        default = coerce(ctx, vals[1], result, node)
        old = ir.Apply("map.get_or", (place.value, key, default), value_type, span=span)
        op = "map.discard"
    held = ctx.temp(Val(old, result), "popped")
    replace(ctx, place, ir.Apply(op, (place.value, key), to_ir(type_), span=span), node)
    return held


def _setdefault(ctx: Lowering, node: tree.Call, function: tree.Attribute, receiver: Val) -> Val:
    del receiver, function
    place = setdefault_place(ctx, node)
    return ctx.temp(Val(place.value, place.type))


def setdefault_place(ctx: Lowering, node: tree.Call) -> Place:
    """`d.setdefault(k, v)`: the entry is made if it is missing; then it is the place `d[k]`."""
    place, vals = _changed(ctx, cast("tree.Attribute", node.function), node, 2, 2)
    if not isinstance(place.type, DictT):
        raise ctx.refusal("unsupported-method", "`setdefault` here", node)
    step = step_of(ctx, place, vals[0], node.args[0], node)
    if not is_atom(step.key):
        step.key = ctx.temp(Val(step.key, place.type.key), "k").ir
    default = vals[1] if is_total(vals[1].ir) else ctx.temp(vals[1])
    with ctx.collecting() as insertion:
        store(ctx, place, step, default, node)
    span = ctx.span(node)
    missing = ir.Apply(
        "not", (ir.Apply("map.contains", (place.value, step.key), _BOOL, span=span),), _BOOL
    )
    ctx.emit(ir_stmts.If(missing, tuple(insertion), span=span))
    return step_into(ctx, place, step, node)


CHANGING["pop"] = _pop
CHANGING["setdefault"] = _setdefault
PLACE_CALLS["setdefault"] = setdefault_place
