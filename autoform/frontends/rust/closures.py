"""Closures and functions that are passed to what is known to call them: their bodies, inlined."""

from __future__ import annotations

from autoform.frontends.rust import tree
from autoform.frontends.rust.lower_exprs import METHODS, lower, variant
from autoform.frontends.rust.lower_patterns import bind, declare, is_mut_ref
from autoform.frontends.rust.lowering import LoopFrame, Lower
from autoform.frontends.rust.names import Builtin, FunctionName, Local, VariantName
from autoform.frontends.rust.places import Place
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import Con, prune
from autoform.ir import exprs as ir
from autoform.ir.ops import apply

MAX_INLINING = 8


def inline(
    low: Lower, function: tree.Expr, args: list[ir.Expr], node: tree.Expr | None = None
) -> ir.Expr:
    """What a closure, or the function that a path names, gives for these arguments."""
    function = _resolved(function)
    if isinstance(function, tree.Closure):
        return _inline_closure(low, function, args)
    if isinstance(function, tree.Path):
        return _apply_path(low, function, args)
    raise Refusal("higher-order-value", "a computed function", node or function)


def _resolved(function: tree.Expr) -> tree.Expr:
    """The closure that a local names."""
    while True:
        if isinstance(function, tree.Borrow):
            function = function.value
        elif isinstance(function, tree.Path) and isinstance(function.target, Local):
            bound = function.target.own.bound
            if not isinstance(bound, tree.Closure | tree.Path):
                return function
            function = bound
        else:
            return function


def _inline_closure(low: Lower, closure: tree.Closure, args: list[ir.Expr]) -> ir.Expr:
    if returns(closure.body):
        message = "`return` inside a closure"
        raise Refusal(
            "unsupported-syntax", message, closure, "let the value be the last expression"
        )
    if low.inlining >= MAX_INLINING:
        raise Refusal("too-deeply-nested", "closures inside closures", closure)
    low.inlining += 1
    for (pattern, _), arg in zip(closure.params, args, strict=True):
        bind_value(low, pattern, arg)
    loops, low.loops = low.loops, [*low.loops, LoopFrame("")]
    try:
        return lower(low, closure.body)
    finally:
        low.loops = loops
        low.inlining -= 1


def bind_value(low: Lower, pattern: tree.Pattern, value: ir.Expr) -> None:
    """Bind a pattern that always matches to a value; tuples are taken apart where they stand."""
    match pattern:
        case tree.RefPattern(inner=inner):
            bind_value(low, inner, value)
        case tree.TuplePattern(items=items) if isinstance(value, ir.TupleLit) and len(items) == len(
            value.items
        ):
            for item, part in zip(items, value.items, strict=True):
                bind_value(low, item, part)
        case tree.BindPattern(target=Local() as local, sub=None) if not is_mut_ref(local):
            if local.own.mutable:
                declare(low, local.own, value, pattern)
            else:
                local.own.bound = low.keep(value, local.name)
        case tree.WildPattern():
            if low.may_raise(value):
                low.keep(value)
        case _:
            bind(low, pattern, Place(low.keep(value)))


def returns(node: tree.Tree) -> bool:
    """Whether an expression holds `return` or `?` of its own."""
    from autoform.frontends.rust.infer import tree_children

    pending: list[object] = [node]
    while pending:
        each = pending.pop()
        if isinstance(each, tree.Return | tree.Try):
            return True
        if not isinstance(each, tree.Closure):
            pending.extend(tree_children(each))
    return False


def _apply_path(low: Lower, path: tree.Path, args: list[ir.Expr]) -> ir.Expr:
    target = path.target
    found = prune(path.ty)
    result = low.type(found.args[-1], path) if type(found) is Con else None
    match target:
        case FunctionName(name=name, signature=signature) if not any(signature.mutable):
            assert result is not None
            return ir.Call(name, tuple(args), result, span=low.span(path))
        case VariantName():
            assert type(found) is Con
            whole = tree.Path(path.start, path.end, path.segments)
            whole.ty = found.args[-1]
            return variant(low, target, tuple(args), whole)
        case Builtin(name="Some"):
            return apply("option.some", args[0])
        case Builtin(name="Ok" | "Err" as name):
            assert result is not None
            op = "result.ok" if name == "Ok" else "result.err"
            return ir.Apply(op, (args[0],), result)
        case Builtin(signature=signature, key=key) if signature is not None:
            return _apply_library(low, path, target, key, args)
        case _:
            raise Refusal("higher-order-value", "this function is passed as a value", path)


def _apply_library(
    low: Lower, path: tree.Path, target: Builtin, key: str, args: list[ir.Expr]
) -> ir.Expr:
    """A method of the library named by a path: as if it were called on its arguments."""
    found = prune(path.ty)
    assert type(found) is Con
    nodes: list[tree.Expr] = []
    for arg, ty in zip(args, found.args[:-1], strict=True):
        local = Local("value", ty, mutable=False)
        local.bound = low.keep(arg)
        stand_in = tree.Path(path.start, path.end, ("value",))
        stand_in.ty, stand_in.target = ty, local
        nodes.append(stand_in)
    signature = target.signature
    assert signature is not None
    if signature.has_self and key in METHODS:
        call = tree.MethodCall(
            path.start, path.end, nodes[0], target.name, (), tuple(nodes[1:]), path
        )
        call.ty, call.target = found.args[-1], target
        return METHODS[key](low, call)
    from autoform.frontends.rust.lower_exprs import FUNCTIONS

    if key in FUNCTIONS:
        plain = tree.Call(path.start, path.end, path, tuple(nodes))
        plain.ty = found.args[-1]
        return FUNCTIONS[key](low, plain)
    raise Refusal("higher-order-value", f"`{target.name}` is passed as a value", path)
