"""Patterns: what must hold for a place to match, and the names that it then binds."""

from __future__ import annotations

from autoform.frontends.rust import tree
from autoform.frontends.rust.infer import places_of
from autoform.frontends.rust.lower_exprs import constant, lower
from autoform.frontends.rust.lowering import Lower
from autoform.frontends.rust.names import Builtin, ConstName, Local, VariantName
from autoform.frontends.rust.places import (
    FieldStep,
    IndexStep,
    Place,
    ResultStep,
    SliceStep,
    SomeStep,
    Step,
    TupleStep,
    VariantStep,
    type_at,
)
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import Con, prune
from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.build import conjunction, disjunction
from autoform.ir.ops import apply
from autoform.ir.types import (
    INT,
    EnumType,
    RecordType,
    TupleType,
    Type,
    substitute_type,
)


def condition_of(low: Lower, pattern: tree.Pattern, place: Place) -> ir.Expr:
    """Whether the place matches; the parts are asked from the outside in, so none can fail."""
    match pattern:
        case tree.WildPattern() | tree.RestPattern():
            return ir.TRUE
        case tree.BindPattern(target=Local(), sub=sub):
            return ir.TRUE if sub is None else condition_of(low, sub, place)
        case tree.BindPattern(target=target):
            return _is_target(low, target, pattern, place)
        case tree.RefPattern(inner=inner):
            return condition_of(low, inner, place)
        case tree.LiteralPattern(value=value):
            return apply("eq", low.read(place), lower(low, value))
        case tree.RangePattern(low=lowest, high=highest):
            return _in_range(low, pattern, lowest, highest, place)
        case tree.OrPattern(items=items):
            return disjunction(condition_of(low, item, place) for item in items)
        case tree.PathPattern(target=target):
            return _is_target(low, target, pattern, place)
        case tree.TuplePattern() | tree.TupleStructPattern() | tree.StructPattern():
            own: ir.Expr = ir.TRUE
            if not isinstance(pattern, tree.TuplePattern):
                own = _is_target(low, pattern.target, pattern, place)
            inner_conditions = (
                condition_of(low, inner, place.then(step))
                for inner, step in parts_of(low, pattern, place)
            )
            return conjunction((own, *inner_conditions))
        case tree.SlicePattern():
            return _slice_condition(low, pattern, place)


def _in_range(
    low: Lower,
    pattern: tree.RangePattern,
    lowest: tree.Expr | None,
    highest: tree.Expr | None,
    place: Place,
) -> ir.Expr:
    value = low.read(place)
    found: list[ir.Expr] = []
    if lowest is not None:
        found.append(apply("le", lower(low, lowest), value))
    if highest is not None:
        found.append(apply("le" if pattern.inclusive else "lt", value, lower(low, highest)))
    return conjunction(found)


def _is_target(low: Lower, target: object, node: tree.Tree, place: Place) -> ir.Expr:
    value = low.read(place)
    match target:
        case VariantName(adt=adt, shape=shape):
            return ir.IsVariant(value, shape.name) if adt.is_enum else ir.TRUE
        case ConstName() | Builtin(key="f64") | Builtin(ty=Con()):
            if isinstance(target, Builtin) and target.name in {"Less", "Equal", "Greater"}:
                return ir.IsVariant(value, target.name)
            return apply("eq", value, constant(low, target, node))
        case Builtin(name="Some"):
            return apply("option.is_some", value)
        case Builtin(name="None"):
            return apply("option.is_none", value)
        case Builtin(name="Ok"):
            return apply("result.is_ok", value)
        case Builtin(name="Err"):
            return apply("not", apply("result.is_ok", value))
        case _:
            raise Refusal("unsupported-syntax", "this pattern is not of the subset", node)


def _slice_condition(low: Lower, pattern: tree.SlicePattern, place: Place) -> ir.Expr:
    length = apply("seq.len", low.read(place))
    rest, items = _slice_parts(low, pattern, place)
    count = ir.IntLit(len(items) - (rest is not None), INT)
    own = apply("eq" if rest is None else "ge", length, count)
    inner = (
        condition_of(low, item, at) for item, at in items if not isinstance(item, tree.RestPattern)
    )
    return conjunction((own, *inner))


def _slice_parts(
    low: Lower, pattern: tree.SlicePattern, place: Place
) -> tuple[int | None, list[tuple[tree.Pattern, Place]]]:
    """Where `..` stands, and each item with its place."""
    rest: int | None = None
    for at, item in enumerate(pattern.items):
        if isinstance(item, tree.RestPattern) or (
            isinstance(item, tree.BindPattern) and isinstance(item.sub, tree.RestPattern)
        ):
            rest = at
    found: list[tuple[tree.Pattern, Place]] = []
    count = len(pattern.items)
    for at, item in enumerate(pattern.items):
        if rest is None or at < rest:
            step: Step = IndexStep(ir.IntLit(at, INT))
        else:
            length = apply("seq.len", low.read(place))
            after = count - at - 1
            if at == rest:
                high = length if after == 0 else _minus(length, after)
                step = SliceStep(ir.IntLit(rest, INT), high)
            else:
                step = IndexStep(_minus(length, after + 1))
        found.append((item, place.then(step)))
    return rest, found


def _minus(value: ir.Expr, count: int) -> ir.Expr:
    return apply("sub", value, ir.IntLit(count, INT))


def parts_of(low: Lower, pattern: tree.Pattern, place: Place) -> list[tuple[tree.Pattern, Step]]:
    """The inner patterns of a tuple, struct or variant, each with the step that leads to it."""
    match pattern:
        case tree.TuplePattern(items=items):
            type_ = type_at(place)
            assert isinstance(type_, TupleType)
            return [
                (item, TupleStep(at)) for at, item in places_of(items, len(type_.items), pattern)
            ]
        case tree.TupleStructPattern(items=items, target=target):
            steps = payload_steps(low, target, place, pattern)
            return [(item, steps[at]) for at, item in places_of(items, len(steps), pattern)]
        case tree.StructPattern(fields=fields, target=target):
            assert isinstance(target, VariantName)
            steps = payload_steps(low, target, place, pattern)
            names = target.shape.fields
            return [
                (inner, steps[names.index(f"_{name}" if name.isdigit() else name)])
                for name, inner in fields
            ]
        case _:
            return []


def payload_steps(low: Lower, target: object, place: Place, node: tree.Tree) -> list[Step]:
    """The steps to what a variant or struct holds."""
    match target:
        case Builtin(name="Some"):
            return [SomeStep()]
        case Builtin(name="Ok" | "Err" as name):
            return [ResultStep(name == "Ok")]
        case VariantName(adt=adt, shape=shape):
            whole = type_at(place)
            types = tuple(low.type(ty, node) for ty in shape.types)
            if isinstance(whole, RecordType | EnumType) and adt.generics:
                bindings: dict[str, Type] = dict(zip(adt.generics, whole.args, strict=True))
                types = tuple(substitute_type(type_, bindings) for type_ in types)
            if adt.is_enum:
                return [VariantStep(shape.name, at, types) for at in range(len(types))]
            return [FieldStep(name, type_) for name, type_ in zip(shape.fields, types, strict=True)]
        case _:
            raise Refusal("unsupported-syntax", "this pattern is not of the subset", node)


def bind(low: Lower, pattern: tree.Pattern, place: Place) -> None:
    """Bind the names of a pattern that is known to match."""
    match pattern:
        case tree.BindPattern(target=Local() as local):
            if pattern.sub is not None:
                bind(low, pattern.sub, place)
            bind_local(low, local.own, place, pattern)
        case tree.RefPattern(inner=inner):
            bind(low, inner, place)
        case tree.TuplePattern() | tree.TupleStructPattern() | tree.StructPattern():
            for inner, step in parts_of(low, pattern, place):
                bind(low, inner, place.then(step))
        case tree.SlicePattern():
            for inner, at in _slice_parts(low, pattern, place)[1]:
                bind(low, inner, at)
        case tree.OrPattern(items=items):
            _bind_alternatives(low, items, place)
        case _:
            return


def is_mut_ref(local: Local) -> bool:
    """Whether a local is a mutable reference."""
    found = prune(local.ty)
    return type(found) is Con and found.name == "RefMut"


def bind_local(low: Lower, local: Local, place: Place, node: tree.Tree) -> None:
    """Bind a name: a mutable reference to the place itself, all else to the value there."""
    if is_mut_ref(local):
        local.bound = place
        return
    value = low.read(place)
    if not local.mutable and (low.out.pure or low.is_stable(value)):
        local.bound = value if low.is_stable(value) else low.keep(value, local.name)
        return
    declare(low, local, value, node)


def declare(low: Lower, local: Local, value: ir.Expr | None, node: tree.Tree) -> ir.Var:
    """A variable of the IR for a local."""
    name = low.fresh(local.name)
    type_ = low.type(local.ty, node)
    low.emit(stmts.VarDecl(name, type_, value, span=low.span(node)))
    if not local.mutable and value is not None:
        low.frozen.add(name)
    found = ir.Var(name, type_, span=low.span(node))
    local.bound = found
    return found


def _bind_alternatives(low: Lower, items: tuple[tree.Pattern, ...], place: Place) -> None:
    """`a | b` that bind names: the value of whichever alternative matches."""
    places = [dict(_places(low, item, place)) for item in items]
    for local, first in list(places[0].items()):
        value = low.read(places[-1].get(local, first))
        for item, found in reversed(list(zip(items[:-1], places[:-1], strict=True))):
            other = low.read(found[local])
            if other != value:
                value = ir.IfExpr(condition_of(low, item, place), other, value)
        if is_mut_ref(local):
            raise Refusal("mutable-borrow", "alternatives bind a mutable reference", items[0])
        if local.mutable:
            declare(low, local, value, items[0])
        else:
            local.bound = low.keep(value, local.name)


def _places(low: Lower, pattern: tree.Pattern, place: Place) -> list[tuple[Local, Place]]:
    match pattern:
        case tree.BindPattern(target=Local() as local, sub=sub):
            inner = [] if sub is None else _places(low, sub, place)
            return [(local.own, place), *inner]
        case tree.RefPattern(inner=inner_pattern):
            return _places(low, inner_pattern, place)
        case tree.TuplePattern() | tree.TupleStructPattern() | tree.StructPattern():
            return [
                each
                for inner_pattern, step in parts_of(low, pattern, place)
                for each in _places(low, inner_pattern, place.then(step))
            ]
        case tree.SlicePattern():
            return [
                each
                for inner_pattern, at in _slice_parts(low, pattern, place)[1]
                for each in _places(low, inner_pattern, at)
            ]
        case tree.OrPattern(items=items):
            return _places(low, items[0], place)
        case _:
            return []


def matches_all(pattern: tree.Pattern) -> bool:
    """Whether a pattern needs no test, as in `let` and parameters."""
    match pattern:
        case tree.WildPattern() | tree.RestPattern():
            return True
        case tree.BindPattern(target=target, sub=sub):
            return isinstance(target, Local) and (sub is None or matches_all(sub))
        case tree.RefPattern(inner=inner):
            return matches_all(inner)
        case tree.TuplePattern(items=items):
            return all(map(matches_all, items))
        case _:
            return False
