"""Assignments, jumps and failures, and places as values."""

from __future__ import annotations

from functools import partial

from autoform.frontends.rust import tree
from autoform.frontends.rust.building import NeedsStatements
from autoform.frontends.rust.lower_control import (
    into,
    put,
)
from autoform.frontends.rust.lower_exprs import (
    arithmetic,
    call_function,
    lower,
    operands,
    rule,
)
from autoform.frontends.rust.lower_patterns import (
    is_mut_ref,
)
from autoform.frontends.rust.lower_places import assign, place_of, read_field, slice_bounds
from autoform.frontends.rust.lowering import (
    DISCARD,
    RETURN,
    UNIT_VALUE,
    AssignTo,
    Lower,
)
from autoform.frontends.rust.names import FunctionName, Local
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.rust.types import Con, strip
from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.ops import apply
from autoform.ir.types import OptionType, ResultType

# Assignments, jumps, failures.


@rule(tree.Assign)
def _assign(low: Lower, node: tree.Assign) -> ir.Expr:
    if isinstance(node.target, FunctionName):
        call_function(low, node.target, [node.left, node.right], node)
        return UNIT_VALUE
    if node.op == "":
        _plain_assign(low, node)
        return UNIT_VALUE
    # Both sides are primitive: the right one is evaluated first.
    right = lower(low, node.right)
    start = len(low.out.statements)
    place = place_of(low, node.left)
    current = low.read(place)
    added = low.out.statements[start:]
    index_may_fail = place.steps and low.may_raise(current)
    if not low.is_stable(right) and (added or (index_may_fail and low.may_raise(right))):
        right = before(low, start, right)
    value = arithmetic(low, node.op, current, right, node, node.left)
    assign(low, place, value, node)
    return UNIT_VALUE


def before(low: Lower, at: int, value: ir.Expr) -> ir.Expr:
    """Keep a value at an earlier point of the block."""
    name = low.fresh("value")
    type_ = ir.type_of(value)
    low.out.statements.insert(at, stmts.VarDecl(name, type_, value, span=value.span))
    low.frozen.add(name)
    return ir.Var(name, type_, span=value.span)


def _plain_assign(low: Lower, node: tree.Assign) -> None:
    if isinstance(node.left, tree.Path) and node.left.segments == ("_",):
        into(low, node.right, DISCARD)
        return
    if isinstance(node.left, tree.Tuple):
        _assign_tuple(low, node.left, node.right, node)
        return
    if isinstance(node.left, tree.Path):
        target = node.left.target
        if isinstance(target, Local) and is_mut_ref(target.own):
            raise Refusal("mutable-borrow", f"`{target.name}` is made to refer elsewhere", node)
        bound = target.own.bound if isinstance(target, Local) else None
        branches = isinstance(node.right, tree.If | tree.Match | tree.Block | tree.Loop)
        if branches and isinstance(bound, ir.Var):
            into(low, node.right, AssignTo(bound.name))
            return
    value = lower(low, node.right)
    start = len(low.out.statements)
    place = place_of(low, node.left)
    if place.steps and not low.is_stable(value):
        added = low.out.statements[start:]
        fails = low.may_raise(low.read(place))
        if added or (fails and low.may_raise(value)):
            value = before(low, start, value)
    assign(low, place, value, node)


def _assign_tuple(low: Lower, left: tree.Tuple, right: tree.Expr, node: tree.Assign) -> None:
    """`(a, b) = (b, a + b)`."""
    if isinstance(right, tree.Tuple) and len(right.items) == len(left.items):
        values = [low.keep(value) for value in operands(low, right.items)]
    else:
        whole = low.keep(lower(low, right))
        values = [ir.TupleGet(whole, at) for at in range(len(left.items))]
    for target, value in zip(left.items, values, strict=True):
        if not (isinstance(target, tree.Path) and target.segments == ("_",)):
            assign(low, place_of(low, target), value, node)


@rule(tree.Return)
def _return(low: Lower, node: tree.Return) -> ir.Expr:
    if low.out.pure or low.inlining:
        raise NeedsStatements(node)
    if node.value is None:
        low.emit(stmts.Return(UNIT_VALUE, span=low.span(node)))
    else:
        into(low, node.value, RETURN)
        low.out.dead = True
    return UNIT_VALUE


@rule(tree.Break)
def _break(low: Lower, node: tree.Break) -> ir.Expr:
    from autoform.frontends.rust.lower_loops import frame_of, label_for

    frame = frame_of(low, node.label, node)
    if node.value is not None:
        into(low, node.value, frame.dest)
    label = label_for(low, frame)
    low.emit(stmts.Break(label, span=low.span(node)))
    return UNIT_VALUE


@rule(tree.Continue)
def _continue(low: Lower, node: tree.Continue) -> ir.Expr:
    from autoform.frontends.rust.lower_loops import frame_of, label_for

    frame = frame_of(low, node.label, node)
    low.emit(stmts.Continue(label_for(low, frame), span=low.span(node)))
    return UNIT_VALUE


@rule(tree.Try)
def _try(low: Lower, node: tree.Try) -> ir.Expr:
    value = low.keep(lower(low, node.value))
    if low.out.pure or low.inlining:
        raise NeedsStatements(node)
    type_, result = ir.type_of(value), low.result_type
    span = low.span(node)
    match type_, result:
        case OptionType(), OptionType(item=item):
            leave = stmts.Return(ir.NoneLit(item), span=span)
            low.emit(stmts.If(apply("option.is_none", value), (leave,), span=span))
            return low.safe(apply("option.unwrap", value, span=span))
        case ResultType(), ResultType():
            error = low.safe(apply("result.unwrap_err", value, span=span))
            failed = ir.Apply("result.err", (error,), result, span=span)
            test = apply("not", apply("result.is_ok", value))
            low.emit(stmts.If(test, (stmts.Return(failed, span=span),), span=span))
            return low.safe(apply("result.unwrap", value, span=span))
        case _:
            raise Refusal("type-mismatch", "`?` leaves another type", node)


@rule(tree.Panic)
def _panic(low: Lower, node: tree.Panic) -> ir.Expr:
    if low.out.pure:
        raise NeedsStatements(node)
    message = panic_message(low, node.message)
    low.emit(stmts.Raise("Panic", message, span=low.span(node)))
    return UNIT_VALUE


def panic_message(low: Lower, parts: tuple[tree.Expr, ...]) -> ir.Expr | None:
    """A literal message; the arguments of others are evaluated where they may fail."""
    match parts:
        case ():
            return None
        case (tree.StrLiteral(value=value),) if "{" not in value:
            return ir.StrLit(value)
        case _:
            for part in parts[1:]:
                inner = part.right if isinstance(part, tree.Assign) else part
                if not isinstance(inner, tree.Path | tree.Field):
                    put(low, lower(low, inner), DISCARD, inner)
            return None


@rule(tree.Assertion)
def _assertion(low: Lower, node: tree.Assertion) -> ir.Expr:
    condition_value = lower(low, node.condition)
    low.emit(stmts.Assert(condition_value, span=low.span(node)))
    return UNIT_VALUE


# Places as values.


@rule(tree.Borrow)
def _borrow(low: Lower, node: tree.Borrow) -> ir.Expr:
    return lower(low, node.value)


@rule(tree.Field)
def _field(low: Lower, node: tree.Field) -> ir.Expr:
    return read_field(low, node)


@rule(tree.Index)
def _index(low: Lower, node: tree.Index) -> ir.Expr:
    found = strip(node.value.ty)
    assert type(found) is Con
    span = low.span(node)
    if found.name == "Str":
        raise Refusal(
            "string-bytes",
            "text is sliced by bytes",
            node,
            "collect the characters first, or take `as_bytes()`",
        )
    if isinstance(node.index, tree.Range):
        index = node.index
        bounds: list[ir.Expr] = []

        def bound() -> ir.Expr:
            bounds.extend(b for b in slice_bounds(low, index) if b is not None)
            return ir.TRUE

        whole, _ = low.in_order([partial(lower, low, node.value), bound])
        if index.high is None:
            whole = low.keep(whole) if not isinstance(whole, ir.Var) else whole
            bounds.append(low.length(whole))
        return apply("seq.subslice", whole, bounds[0], bounds[1], span=span)
    whole, at = operands(low, (node.value, node.index))
    if found.name in {"HashMap", "BTreeMap"}:
        return apply("map.at", whole, at, span=span)
    return apply("seq.at", whole, low.widen(at), span=span)
