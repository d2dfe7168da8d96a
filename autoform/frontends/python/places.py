"""Assignment and mutation: variables, subscripts, and unpacking.

The IR's values do not change, so that changing an object becomes an update of the variable that
holds it: `m[i][j] = v` is `m = update(m, i, update(m[i], j, v))`. That is exact only if no other
name sees the object, which `autoform.frontends.python.aliasing` checks on what is lowered here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from autoform.frontends.python import tree
from autoform.frontends.python.bindings import Binding
from autoform.frontends.python.coerce import coerce
from autoform.frontends.python.context import Lowering, lowers
from autoform.frontends.python.elements import as_sequence, require_hashable
from autoform.frontends.python.expressions import variable_value
from autoform.frontends.python.subscripts import index_of, is_non_negative
from autoform.frontends.python.totality import is_total
from autoform.frontends.python.types import (
    INT,
    STR,
    Cell,
    DictT,
    HostType,
    IterT,
    ListT,
    OptionalT,
    TupleT,
    VarTupleT,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val, is_atom
from autoform.ir import exprs as ir
from autoform.ir import stmts as ir_stmts
from autoform.ir import types as ir_types
from autoform.ir.traversal import free_vars

# Variables.


def assign_name(ctx: Lowering, target: tree.Name, val: Val, node: tree.Tree) -> None:
    """`target = val`."""
    assign_variable(ctx, ctx.scope.refs[target], val, node)


def assign_variable(ctx: Lowering, binding: Binding, val: Val, node: tree.Tree) -> None:
    """Bind a variable to a value; declares it where this is its first place."""
    variable = binding.variable
    if isinstance(resolve(val.type), IterT):
        raise ctx.refusal("unsupported-type", "an iterator is kept for later use", node, _LIST)
    cell = ctx.cell(variable)
    ctx.flow(val.type, cell, node)
    value = coerce(ctx, val, cell, node)
    ctx.non_negative.discard(variable)
    set_variable(ctx, variable, value, node)
    _remember(ctx, variable, val.type)


_LIST = "make it a list: `list(…)`"


def _remember(ctx: Lowering, variable: Binding, type_: HostType) -> None:
    """A variable that may be `None` is known to be what was just assigned."""
    type_ = resolve(type_)
    if isinstance(resolve(ctx.cell(variable)), OptionalT) and not isinstance(
        type_, OptionalT | Cell
    ):
        ctx.facts[variable] = type_
    else:
        ctx.facts.pop(variable, None)


def set_variable(ctx: Lowering, variable: Binding, value: ir.Expr, node: tree.Tree) -> None:
    """Emit the declaration or assignment of a variable."""
    name, span = ctx.name_of(variable), ctx.span(node)
    if variable.is_param and not ctx.info.is_shadowed(variable):
        ctx.info.rebound[variable] = node
        ctx.emit(ir_stmts.Assign(name, value, span=span))
    elif variable in ctx.declared:
        ctx.emit(ir_stmts.Assign(name, value, span=span))
    elif _starts_here(ctx, variable):
        ctx.declared.add(variable)
        ctx.emit(ir_stmts.VarDecl(name, to_ir(ctx.cell(variable)), value, span=span))
    else:
        ctx.emit(ir_stmts.Assign(name, value, span=span))


def _starts_here(ctx: Lowering, variable: Binding) -> bool:
    """Whether this is the first of all accesses, in the block that holds them all."""
    first = variable.first
    return variable.home is ctx.block and first is not None and first.block is ctx.block


@lowers(tree.Walrus)
def _walrus(ctx: Lowering, node: tree.Walrus) -> Val:
    assign_name(ctx, node.target, ctx.expr(node.value), node)
    return variable_value(ctx, ctx.scope.refs[node.target].variable, ctx.span(node))


# Targets.


def assign(ctx: Lowering, target: tree.Expr, val: Val, node: tree.Tree) -> None:
    """`target = val`, the value already evaluated."""
    match target:
        case tree.Name():
            assign_name(ctx, target, val, node)
        case tree.Subscript(index=tree.Slice()):
            _store_slice(ctx, target, val, node)
        case tree.Subscript():
            _store_element(ctx, target, val, node)
        case tree.TupleExpr(items=items) | tree.ListExpr(items=items):
            assign_parallel(ctx, items, unpacked(ctx, val, len(items), node), node)
        case _:
            raise ctx.refusal("unsupported-syntax", "this assignment target", target)


def _store_element(ctx: Lowering, target: tree.Subscript, val: Val, node: tree.Tree) -> None:
    """`place[key] = val`: the value was evaluated first, then the place, then the key."""
    with ctx.collecting() as needed:
        place, step = element_place(ctx, target)
    late = is_total(val.ir) or (not place.steps and is_total(step.key))
    if needed or not late:
        val = ctx.temp(val)
    ctx.out.extend(needed)
    store(ctx, place, step, val, node)


def unpacked(ctx: Lowering, val: Val, count: int, node: tree.Tree) -> list[Val]:
    """The parts of a value that is unpacked into `count` targets."""
    type_ = ctx.known_type(val, node)
    span = ctx.span(node)
    if isinstance(type_, TupleT):
        if len(type_.items) != count:
            message = f"{ctx.type_text(type_)} is unpacked into {count}"
            raise ctx.refusal("type-mismatch", message, node)
        if isinstance(val.ir, ir.TupleLit):
            return [Val(e, t) for e, t in zip(val.ir.items, type_.items, strict=True)]
        held = val if isinstance(val.ir, ir.Var) else ctx.temp(val, "pair")
        return [Val(ir.TupleGet(held.ir, i, span=span), t) for i, t in enumerate(type_.items)]
    if type_ is STR:
        length, at, element = "str.len", "str.at", STR
    elif isinstance(type_, ListT | VarTupleT):
        length, at, element = "seq.len", "seq.at", type_.element  # type: ignore[assignment]
    else:
        raise ctx.refusal("unsupported-type", f"{ctx.type_text(type_)} is unpacked", node)
    held = ctx.temp(val, "parts")
    size = ir.Apply(length, (held.ir,), ir_types.INT, span=span)
    wrong = ir.Apply("ne", (size, ir.IntLit(count, ir_types.INT)), ir_types.BOOL, span=span)
    ctx.fail_where(wrong, "ValueError", node)
    return [
        Val(
            ir.Apply(at, (held.ir, ir.IntLit(i, ir_types.INT)), to_ir(element), span=span),
            element,
        )
        for i in range(count)
    ]


def assign_parallel(
    ctx: Lowering, targets: tuple[tree.Expr, ...], vals: list[Val], node: tree.Tree
) -> None:
    """`a, b = b, a`: all values first, then the targets from left to right.

    A value that cannot fail and that no earlier target changes needs no temporary.
    """
    changed: set[str] = set()
    held = []
    for target, val in zip(targets, vals, strict=True):
        late = is_total(val.ir) and not changed & free_vars(val.ir).keys()
        held.append(val if late else ctx.temp(val))
        changed |= _names_changed(ctx, target)
    for target, val in zip(targets, held, strict=True):
        assign(ctx, target, val, node)


def _names_changed(ctx: Lowering, target: tree.Expr) -> set[str]:
    match target:
        case tree.Name():
            binding = ctx.scope.refs.get(target)
            return set() if binding is None else {ctx.name_of(binding.variable)}
        case tree.TupleExpr(items=items) | tree.ListExpr(items=items):
            return {name for item in items for name in _names_changed(ctx, item)}
        case tree.Subscript(value=value) | tree.Attribute(value=value):
            return _names_changed(ctx, value)
        case _:
            return set()


# Places.


@dataclass(slots=True, eq=False)
class Step:
    """One subscript on the way from a variable to the object that changes."""

    container: HostType
    key: ir.Expr
    negative: bool


@dataclass(slots=True, eq=False)
class Place:
    """An object that changes: a variable, and the subscripts that lead to the object."""

    variable: Binding
    steps: tuple[Step, ...]
    type: HostType
    value: ir.Expr
    node: tree.Tree


PLACE_CALLS: Final[dict[str, Callable[[Lowering, tree.Call], Place]]] = {}
"""Methods that give a place which may be changed: `d.setdefault(k, [])`."""


def place_of(ctx: Lowering, node: tree.Expr) -> Place:
    """The place of an object that is about to change."""
    match node:
        case tree.Name():
            return _variable_place(ctx, node)
        case tree.Subscript(index=tree.Slice()):
            raise ctx.refusal("unsupported-syntax", "a change of a copy", node)
        case tree.Subscript():
            place, step = element_place(ctx, node)
            return step_into(ctx, place, step, node)
        case tree.Call(function=tree.Attribute(name=name)) if name in PLACE_CALLS:
            return PLACE_CALLS[name](ctx, node)
        case _:
            raise ctx.refusal("aliased-mutation", "the object that changes has no name", node)


def _variable_place(ctx: Lowering, node: tree.Name) -> Place:
    binding = ctx.scope.refs.get(node)
    if binding is None:
        raise ctx.refusal("global-state", f"`{node.id}` of the module is changed", node)
    variable = binding.variable
    if variable in ctx.bound or binding.function is not None:
        message = f"`{node.id}` is changed, and so is the collection that it comes from"
        raise ctx.refusal("aliased-mutation", message, node)
    val = variable_value(ctx, variable, ctx.span(node))
    type_ = resolve(val.type)
    return Place(variable, (), type_, val.ir, node)


def element_place(ctx: Lowering, node: tree.Subscript) -> tuple[Place, Step]:
    """The container of a subscript that is stored to, and the step to the element."""
    place = place_of(ctx, node.value)
    if isinstance(place.type, Cell) and ctx.info.guessing:
        ctx.solver.flow(ListT(Cell()), place.type)
        place.type = resolve(place.type)
    key = ctx.expr(node.index)
    if isinstance(place.type, Cell):
        raise ctx.unknown("this container", node.value)
    return place, step_of(ctx, place, key, node.index, node)


def step_of(ctx: Lowering, place: Place, key: Val, key_node: tree.Expr, node: tree.Tree) -> Step:
    """The step from a place by a key that was evaluated."""
    if isinstance(place.type, DictT):
        if isinstance(place.type.key, Cell):
            ctx.flow(key.type, place.type.key, key_node)
        require_hashable(ctx, key.type, key_node)
        return Step(place.type, coerce(ctx, key, place.type.key, key_node), negative=False)
    if not isinstance(place.type, ListT):
        raise ctx.refusal("unsupported-type", f"a change inside {ctx.type_text(place.type)}", node)
    negative = not is_non_negative(ctx, key_node)
    return Step(place.type, index_of(ctx, key, key_node), negative)


def step_into(ctx: Lowering, place: Place, step: Step, node: tree.Tree) -> Place:
    """The place one step further; the key is evaluated once."""
    if not is_atom(step.key):
        key_type = INT if isinstance(step.container, ListT) else _key_type(step.container)
        step.key = ctx.temp(Val(step.key, key_type), "k").ir
    type_ = resolve(_element_type(place.type))
    value = _read(step, place.value)
    return Place(place.variable, (*place.steps, step), type_, value, node)


def _key_type(type_: HostType) -> HostType:
    type_ = cast("DictT", type_)
    return type_.key


def _element_type(type_: HostType) -> HostType:
    if isinstance(type_, DictT):
        return type_.value
    type_ = cast("ListT", type_)
    return type_.element


def _read(step: Step, container: ir.Expr) -> ir.Expr:
    """`container[key]`."""
    type_ = to_ir(_element_type(step.container))
    if isinstance(step.container, DictT):
        return ir.Apply("map.at", (container, step.key), type_, span=container.span)
    op = "seq.at_neg" if step.negative else "seq.at"
    return ir.Apply(op, (container, step.key), type_, span=container.span)


def _updated(step: Step, container: ir.Expr, value: ir.Expr) -> ir.Expr:
    type_ = to_ir(step.container)
    if isinstance(step.container, DictT):
        op = "map.insert"
    else:
        op = "seq.update_neg" if step.negative else "seq.update"
    return ir.Apply(op, (container, step.key, value), type_, span=value.span)


def store(ctx: Lowering, place: Place, step: Step, val: Val, node: tree.Tree) -> None:
    """Store a value where a step leads."""
    element = _element_type(place.type)
    if isinstance(element, Cell):
        ctx.flow(val.type, element, node)
    value = coerce(ctx, val, element, node)
    replace(ctx, place, _updated(step, place.value, value), node)


def replace(ctx: Lowering, place: Place, value: ir.Expr, node: tree.Tree) -> None:
    """Emit the change of the object at a place to a new value."""
    variable = place.variable
    containers = [_base(ctx, variable, node)]
    for step in place.steps[:-1]:
        containers.append(_read(step, containers[-1]))
    for step, container in zip(reversed(place.steps), reversed(containers), strict=False):
        value = _updated(step, container, value)
    cell_type = resolve(ctx.cell(variable))
    if isinstance(cell_type, OptionalT):
        value = ir.Apply("option.some", (value,), to_ir(cell_type), span=value.span)
    statement = ir_stmts.Assign(ctx.name_of(variable), value, span=ctx.span(node))
    ctx.info.mark_changed(variable, ctx.solver)
    ctx.info.mutations[id(statement)] = (statement, len(place.steps), node)
    ctx.emit(statement)


def _base(ctx: Lowering, variable: Binding, node: tree.Tree) -> ir.Expr:
    return variable_value(ctx, variable, ctx.span(node)).ir


def _store_slice(ctx: Lowering, target: tree.Subscript, val: Val, node: tree.Tree) -> None:
    """`xs[a:b] = ys`."""
    index = target.index
    index = cast("tree.Slice", index)
    if index.step is not None:
        raise ctx.refusal("unsupported-syntax", "an assignment to a slice with a step", target)
    held = ctx.temp(val) if not is_total(val.ir) else val
    place = place_of(ctx, target.value)
    if not isinstance(place.type, ListT):
        raise ctx.refusal(
            "unsupported-type", f"a change inside {ctx.type_text(place.type)}", target
        )
    seq = as_sequence(ctx, held, node)
    seq_type = resolve(seq.type)
    element = seq_type.element if isinstance(seq_type, ListT | VarTupleT | IterT) else None
    if element is None:
        raise ctx.refusal("unsupported-type", "this value assigned to a slice", node)
    ctx.unify(place.type.element, element, node)
    length = ir.Apply("seq.len", (place.value,), ir_types.INT)
    lower = (
        ir.IntLit(0, ir_types.INT)
        if index.lower is None
        else index_of(ctx, ctx.expr(index.lower), index.lower)
    )
    upper = length if index.upper is None else index_of(ctx, ctx.expr(index.upper), index.upper)
    args = (place.value, lower, upper, seq.ir)
    new = ir.Apply("seq.replace_slice", args, to_ir(place.type), span=ctx.span(node))
    replace(ctx, place, new, node)
