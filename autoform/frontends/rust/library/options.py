"""`Option`, `Result` and `bool`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from autoform.frontends.rust import tree
from autoform.frontends.rust.building import NeedsStatements
from autoform.frontends.rust.closures import inline
from autoform.frontends.rust.library.tables import method, values
from autoform.frontends.rust.lower_control import join, put
from autoform.frontends.rust.lower_exprs import default_value, lower
from autoform.frontends.rust.lower_places import PLACE_METHODS, assign, place_of
from autoform.frontends.rust.lowering import DISCARD, Lower
from autoform.frontends.rust.places import Place, SomeStep
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import Con, strip
from autoform.ir import exprs as ir
from autoform.ir.ops import apply
from autoform.ir.types import OptionType, ResultType

Work = Callable[[], ir.Expr]


def choose(low: Lower, test: ir.Expr, then: Work, orelse: Work, node: tree.Expr) -> ir.Expr:
    """`if test { then } else { orelse }`, as an expression where both sides are."""
    return join(low, [test], [low.as_expression(then), low.as_expression(orelse)], node)


def is_some(value: ir.Expr) -> ir.Expr:
    """Whether an option has a value, or a result is a success."""
    is_option = isinstance(ir.type_of(value), OptionType)
    return apply("option.is_some" if is_option else "result.is_ok", value)


def inside(low: Lower, value: ir.Expr) -> ir.Expr:
    """The value of an option or success that is known to be there."""
    is_option = isinstance(ir.type_of(value), OptionType)
    return low.safe(apply("option.unwrap" if is_option else "result.unwrap", value))


def _error(low: Lower, value: ir.Expr) -> ir.Expr:
    return low.safe(apply("result.unwrap_err", value))


@method("Option.is_some", "Option.is_none", "Result.is_ok", "Result.is_err")
def _test(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value = lower(low, node.receiver)
    if node.name == "is_err":
        return apply("not", apply("result.is_ok", value))
    group = "result" if node.name == "is_ok" else "option"
    return apply(f"{group}.{node.name}", value, span=low.span(node))


@method("Option.unwrap", "Option.expect", "Result.unwrap", "Result.expect", "Result.unwrap_err")
def _unwrap(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value = lower(low, node.receiver)
    for message in node.args:
        put(low, lower(low, message), DISCARD, message)
    return unwrapped(low, value, node, error=node.name == "unwrap_err")


def unwrapped(low: Lower, value: ir.Expr, node: tree.Expr, *, error: bool = False) -> ir.Expr:
    """The value inside; none or an error panics."""
    span = low.span(node)
    if not isinstance(ir.type_of(value), OptionType):
        return apply("result.unwrap_err" if error else "result.unwrap", value, span=span)
    if isinstance(value, ir.Apply) and value.op == "option.some":
        return value.args[0]
    if low.out.pure:
        return apply("option.unwrap", value, span=span)
    kept = low.keep(value)
    absent = apply("option.is_none", kept, span=span)
    low.panic_where(absent, node)
    return low.safe(apply("option.unwrap", kept, span=span))


@method("Option.unwrap_or", "Result.unwrap_or")
def _unwrap_or(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value, other = values(low, node)
    if isinstance(ir.type_of(value), OptionType):
        return apply("option.unwrap_or", value, other, span=low.span(node))
    kept, fallback = low.keep(value), low.keep(other)
    return ir.IfExpr(is_some(kept), inside(low, kept), fallback)


@method("Option.unwrap_or_default", "Result.unwrap_or_default")
def _unwrap_or_default(low: Lower, node: tree.MethodCall) -> ir.Expr:
    kept = low.keep(lower(low, node.receiver))
    return ir.IfExpr(is_some(kept), inside(low, kept), default_value(low, node.ty, node))


@method("Option.unwrap_or_else", "Result.unwrap_or_else", "Option.or_else")
def _unwrap_or_else(low: Lower, node: tree.MethodCall) -> ir.Expr:
    kept = low.keep(lower(low, node.receiver))
    is_result = isinstance(ir.type_of(kept), ResultType)
    then = (lambda: kept) if node.name == "or_else" else (lambda: inside(low, kept))
    args = [_error(low, kept)] if is_result else []
    return choose(low, is_some(kept), then, partial(inline, low, node.args[0], args), node)


@method("Option.map", "Option.and_then", "Result.map", "Result.and_then", "Result.map_err",
        "Result.or_else")  # fmt: skip
def _map(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = low.type_of(node)
    kept = low.keep(lower(low, node.receiver))
    on_error = node.name in {"map_err", "or_else"}

    def taken() -> ir.Expr:
        arg = _error(low, kept) if on_error else inside(low, kept)
        found = inline(low, node.args[0], [arg], node)
        if node.name == "map" and isinstance(type_, OptionType):
            return apply("option.some", found)
        if node.name in {"map", "map_err"}:
            return ir.Apply("result.err" if on_error else "result.ok", (found,), type_)
        return found

    def kept_as_is() -> ir.Expr:
        if isinstance(type_, OptionType):
            return ir.NoneLit(type_.item)
        if on_error:
            return ir.Apply("result.ok", (inside(low, kept),), type_)
        return ir.Apply("result.err", (_error(low, kept),), type_)

    if on_error:
        return choose(low, is_some(kept), kept_as_is, taken, node)
    return choose(low, is_some(kept), taken, kept_as_is, node)


@method("Option.map_or", "Result.map_or")
def _map_or(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value, other = low.in_order(
        [partial(lower, low, node.receiver), partial(lower, low, node.args[0])]
    )
    kept, fallback = low.keep(value), low.keep(other)

    def taken() -> ir.Expr:
        return inline(low, node.args[1], [inside(low, kept)], node)

    return choose(low, is_some(kept), taken, lambda: fallback, node)


@method("Option.map_or_else")
def _map_or_else(low: Lower, node: tree.MethodCall) -> ir.Expr:
    kept = low.keep(lower(low, node.receiver))

    def taken() -> ir.Expr:
        return inline(low, node.args[1], [inside(low, kept)], node)

    return choose(low, is_some(kept), taken, partial(inline, low, node.args[0], []), node)


@method("Option.is_some_and", "Result.is_ok_and", "Option.is_none_or")
def _test_inside(low: Lower, node: tree.MethodCall) -> ir.Expr:
    kept = low.keep(lower(low, node.receiver))

    def taken() -> ir.Expr:
        return inline(low, node.args[0], [inside(low, kept)], node)

    absent = ir.BoolLit(node.name == "is_none_or")
    return choose(low, is_some(kept), taken, lambda: absent, node)


@method("Option.filter")
def _filter(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = low.type_of(node)
    assert isinstance(type_, OptionType)
    kept = low.keep(lower(low, node.receiver))

    def taken() -> ir.Expr:
        test = inline(low, node.args[0], [inside(low, kept)], node)
        return ir.IfExpr(test, kept, ir.NoneLit(type_.item))

    return choose(low, is_some(kept), taken, lambda: kept, node)


@method("Option.or", "Option.and", "Option.xor", "Option.zip")
def _combine(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = low.type_of(node)
    assert isinstance(type_, OptionType)
    one, other = (low.keep(value) for value in values(low, node))
    none = ir.NoneLit(type_.item)
    match node.name:
        case "or":
            return ir.IfExpr(is_some(one), one, other)
        case "and":
            return ir.IfExpr(is_some(one), other, none)
        case "zip":
            pair = ir.TupleLit((inside(low, one), inside(low, other)))
            return ir.IfExpr(
                ir.And((is_some(one), is_some(other))), apply("option.some", pair), none
            )
        case _:
            first = ir.IfExpr(is_some(other), none, one)
            return ir.IfExpr(is_some(one), first, other)


@method("Option.flatten")
def _flatten(low: Lower, node: tree.MethodCall) -> ir.Expr:
    kept = low.keep(lower(low, node.receiver))
    type_ = ir.type_of(kept)
    if not (isinstance(type_, OptionType) and isinstance(type_.item, OptionType)):
        raise Refusal("unsupported-method", "`flatten` of this", node)
    return ir.IfExpr(is_some(kept), inside(low, kept), ir.NoneLit(type_.item.item))


@method("Option.ok_or")
def _ok_or(low: Lower, node: tree.MethodCall) -> ir.Expr:
    value, error = (low.keep(each) for each in values(low, node))
    type_ = low.type_of(node)
    ok = ir.Apply("result.ok", (inside(low, value),), type_)
    return ir.IfExpr(is_some(value), ok, ir.Apply("result.err", (error,), type_))


@method("Option.ok_or_else")
def _ok_or_else(low: Lower, node: tree.MethodCall) -> ir.Expr:
    kept = low.keep(lower(low, node.receiver))
    type_ = low.type_of(node)

    def failed() -> ir.Expr:
        return ir.Apply("result.err", (inline(low, node.args[0], [], node),), type_)

    ok = ir.Apply("result.ok", (inside(low, kept),), type_)
    return choose(low, is_some(kept), lambda: ok, failed, node)


@method("Result.ok", "Result.err")
def _half(low: Lower, node: tree.MethodCall) -> ir.Expr:
    kept = low.keep(lower(low, node.receiver))
    type_ = low.type_of(node)
    assert isinstance(type_, OptionType)
    none = ir.NoneLit(type_.item)
    if node.name == "ok":
        return ir.IfExpr(is_some(kept), apply("option.some", inside(low, kept)), none)
    return ir.IfExpr(is_some(kept), none, apply("option.some", _error(low, kept)))


@method("Option.as_deref", "Option.as_mut", "Option.as_deref_mut")
def _same(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return lower(low, node.receiver)


@method("Option.take", "Option.replace")
def _take(low: Lower, node: tree.MethodCall) -> ir.Expr:
    if low.out.pure:
        raise NeedsStatements(node)
    place = place_of(low, node.receiver, stored=True)
    given = [lower(low, arg) for arg in node.args]
    type_ = low.type_of(node)
    assert isinstance(type_, OptionType)
    before = low.keep(low.read(place), "taken")
    after = apply("option.some", given[0]) if given else ir.NoneLit(type_.item)
    assign(low, place, after, node)
    return before


def _unwrap_place(low: Lower, node: tree.MethodCall) -> Place:
    """`xs.get_mut(i).unwrap()`: the place, after the check."""
    place = place_of(low, node.receiver, stored=True)
    if low.out.pure:
        raise NeedsStatements(node)
    absent = apply("option.is_none", low.read(place))
    low.panic_where(absent, node)
    return place.then(SomeStep())


def _unwrap_any(low: Lower, node: tree.MethodCall) -> Place:
    found = strip(node.receiver.ty)
    assert type(found) is Con
    if type(strip(found.args[0])) is Con and _is_reference(found):
        return _unwrap_place(low, node)
    return Place(low.keep(_unwrap(low, node)))


def _is_reference(found: Con) -> bool:
    from autoform.frontends.rust.types import prune

    inner = prune(found.args[0])
    return type(inner) is Con and inner.name == "RefMut"


PLACE_METHODS["Option.unwrap"] = _unwrap_any
PLACE_METHODS["Option.expect"] = _unwrap_any


@method("Bool.then_some")
def _then_some(low: Lower, node: tree.MethodCall) -> ir.Expr:
    test, value = (low.keep(each) for each in values(low, node))
    return ir.IfExpr(test, apply("option.some", value), ir.NoneLit(ir.type_of(value)))


@method("Bool.then")
def _then(low: Lower, node: tree.MethodCall) -> ir.Expr:
    test = low.keep(lower(low, node.receiver))
    type_ = low.type_of(node)
    assert isinstance(type_, OptionType)

    def taken() -> ir.Expr:
        return apply("option.some", inline(low, node.args[0], [], node))

    return choose(low, test, taken, lambda: ir.NoneLit(type_.item), node)


@method("Bool.not")
def _not(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return apply("not", lower(low, node.receiver))


@method("Bool.to_string")
def _bool_text(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return bool_text(lower(low, node.receiver))


def bool_text(value: ir.Expr) -> ir.Expr:
    """`true` or `false`."""
    return ir.IfExpr(value, ir.StrLit("true"), ir.StrLit("false"))
