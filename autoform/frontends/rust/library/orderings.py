"""Comparing: `cmp`, `Ordering`, `max`, `min`, and what every type has."""

from __future__ import annotations

from functools import partial

from autoform.frontends.rust import tree
from autoform.frontends.rust.closures import inline
from autoform.frontends.rust.library.tables import function, method, values
from autoform.frontends.rust.lower_exprs import (
    ORDERING_TYPE,
    compare,
    lower,
    operands,
    ordering,
    require_derived,
)
from autoform.frontends.rust.lowering import Lower
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import Con, show, strip
from autoform.ir import exprs as ir
from autoform.ir.ops import apply
from autoform.ir.types import FLOAT, Type, TypeVar, is_ordered, walk_type


def require_total_order(low: Lower, node: tree.Expr) -> Type:
    """Refuse what the IR does not order as `Ord` does."""
    type_ = low.type_of(node)
    if not is_ordered(type_):
        raise Refusal("unsupported-operator", f"the order of `{show(node.ty)}`", node)
    require_derived(low, node.ty, "Ord", node)
    return type_


def compared(low: Lower, left: ir.Expr, right: ir.Expr) -> ir.Expr:
    """`left.cmp(&right)`."""
    one, other = low.keep(left), low.keep(right)
    less, equal = apply("lt", one, other), apply("eq", one, other)
    rest = ir.IfExpr(equal, ordering("Equal"), ordering("Greater"))
    return ir.IfExpr(less, ordering("Less"), rest)


@method("Any.cmp")
def _cmp(low: Lower, node: tree.MethodCall) -> ir.Expr:
    found = strip(node.receiver.ty)
    if type(found) is Con and found.name == "Ordering":
        raise Refusal("unsupported-operator", "`Ordering` itself is compared", node)
    require_total_order(low, node.receiver)
    left, right = values(low, node)
    return compared(low, left, right)


@method("Any.partial_cmp")
def _partial_cmp(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = require_total_order(low, node.receiver)
    left, right = (low.keep(value) for value in values(low, node))
    found = apply("option.some", compared(low, left, right))
    parts = set(walk_type(type_))
    if any(isinstance(part, TypeVar) for part in parts):
        unordered = apply(
            "not",
            ir.Or((apply("le", left, right), apply("gt", left, right))),
        )
        return ir.IfExpr(unordered, ir.NoneLit(ORDERING_TYPE), found)
    if FLOAT not in parts:
        return found
    if type_ != FLOAT:
        raise Refusal("unsupported-operator", "floats inside what is compared", node)
    nan = ir.Or((apply("float.is_nan", left), apply("float.is_nan", right)))
    return ir.IfExpr(nan, ir.NoneLit(ORDERING_TYPE), found)


@method("Any.max", "Any.min")
def _extreme(low: Lower, node: tree.MethodCall) -> ir.Expr:
    require_total_order(low, node.receiver)
    left, right = values(low, node)
    return apply("max2" if node.name == "max" else "min2", left, right, span=low.span(node))


@function("cmp.max", "cmp.min")
def _extreme_of(low: Lower, node: tree.Call) -> ir.Expr:
    require_total_order(low, node.args[0])
    left, right = operands(low, node.args)
    path = node.function
    assert isinstance(path, tree.Path)
    op = "max2" if path.segments[-1] == "max" else "min2"
    return apply(op, left, right, span=low.span(node))


@method("Any.clamp")
def _clamp(low: Lower, node: tree.MethodCall) -> ir.Expr:
    type_ = require_total_order(low, node.receiver)
    if type_ == FLOAT:
        raise Refusal("unsupported-method", "`clamp` of a float", node)
    value, least, most = (low.keep(each) for each in values(low, node))
    low.panic_where(apply("gt", least, most), node)
    return apply("min2", apply("max2", value, least), most)


@method("Any.eq", "Any.ne", "Any.lt", "Any.le", "Any.gt", "Any.ge")
def _compare(low: Lower, node: tree.MethodCall) -> ir.Expr:
    left, right = values(low, node)
    symbol = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}[node.name]
    return compare(low, symbol, left, right, node, node.receiver)


@method(
    "Any.clone", "Any.to_owned", "Any.borrow", "Any.as_ref", "Any.cloned", "Any.copied",
    "Any.as_mut", "Any.by_ref", "Wrapper.new",
)  # fmt: skip
def _same(low: Lower, node: tree.MethodCall) -> ir.Expr:
    found = strip(node.receiver.ty)
    if type(found) is Con and node.name == "clone":
        require_derived(low, found, "Clone", node)
    return lower(low, node.receiver)


@function("Wrapper.new")
def _wrapped(low: Lower, node: tree.Call) -> ir.Expr:
    return lower(low, node.args[0])


@method("Ordering.reverse")
def _reverse(low: Lower, node: tree.MethodCall) -> ir.Expr:
    return reversed_ordering(low, lower(low, node.receiver))


def reversed_ordering(low: Lower, value: ir.Expr) -> ir.Expr:
    """`value.reverse()`."""
    kept = low.keep(value)
    rest = ir.IfExpr(ir.IsVariant(kept, "Greater"), ordering("Less"), ordering("Equal"))
    return ir.IfExpr(ir.IsVariant(kept, "Less"), ordering("Greater"), rest)


@method("Ordering.then")
def _then(low: Lower, node: tree.MethodCall) -> ir.Expr:
    first, second = values(low, node)
    kept = low.keep(first)
    return ir.IfExpr(ir.IsVariant(kept, "Equal"), second, kept)


@method("Ordering.then_with")
def _then_with(low: Lower, node: tree.MethodCall) -> ir.Expr:
    kept = low.keep(lower(low, node.receiver))
    second = low.pure(partial(inline, low, node.args[0], []))
    return ir.IfExpr(ir.IsVariant(kept, "Equal"), second, kept)


_TESTS = {
    "is_lt": ("Less", True),
    "is_gt": ("Greater", True),
    "is_eq": ("Equal", True),
    "is_ge": ("Less", False),
    "is_le": ("Greater", False),
    "is_ne": ("Equal", False),
}


@method(*(f"Ordering.{name}" for name in _TESTS))
def _test(low: Lower, node: tree.MethodCall) -> ir.Expr:
    name, is_that = _TESTS[node.name]
    found = ir.IsVariant(lower(low, node.receiver), name)
    return found if is_that else apply("not", found)
