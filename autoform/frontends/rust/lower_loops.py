"""`loop`, `while` and `for`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from autoform.frontends.rust import tree
from autoform.frontends.rust.building import NeedsStatements
from autoform.frontends.rust.lower_control import (
    block_into,
    condition,
    conjuncts,
    negated,
    nested_condition,
)
from autoform.frontends.rust.lower_exprs import rule
from autoform.frontends.rust.lower_patterns import bind
from autoform.frontends.rust.lowering import (
    DISCARD,
    UNIT_VALUE,
    AssignTo,
    Dest,
    LoopFrame,
    Lower,
    ReturnIt,
)
from autoform.frontends.rust.refusal import Refusal
from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.types import UNIT


def frame_of(low: Lower, label: str | None, node: tree.Tree) -> LoopFrame:
    """The loop that a jump names. Raises `Refusal` where a closure stands between."""
    for frame in reversed(low.loops):
        if frame.label == "":
            raise Refusal("unsupported-syntax", "a jump out of a closure", node)
        if label is None or frame.label == label:
            return frame
    raise Refusal("unsupported-syntax", "there is no such loop here", node)


def label_for(low: Lower, frame: LoopFrame) -> str | None:
    """The IR's label of a loop, none for the innermost."""
    if low.loops[-1] is frame:
        return None
    if frame.ir_label is None:
        base = frame.label or "outer"
        name, number = base, 0
        while name in low.labels or not name.isidentifier():
            number += 1
            name = f"{base}_{number}" if base.isidentifier() else f"outer_{number}"
        low.labels.add(name)
        frame.ir_label = name
    return frame.ir_label


def in_loop(
    low: Lower, label: str | None, dest: Dest, work: Callable[[], None]
) -> tuple[stmts.Block, LoopFrame]:
    """The body of a loop, lowered, and its frame."""
    if low.out.pure:
        raise NeedsStatements(label)
    frame = LoopFrame(label, dest=dest)
    low.loops.append(frame)
    try:
        with low.block() as body:
            work()
    finally:
        low.loops.pop()
    return body.done, frame


@rule(tree.Loop)
def _loop(low: Lower, node: tree.Loop) -> ir.Expr:
    type_ = low.type_of(node) if _has_value(node) else UNIT
    if type_ == UNIT:
        loop_into(low, node, DISCARD)
        return UNIT_VALUE
    name = low.fresh("chosen")
    low.emit(stmts.VarDecl(name, type_, span=low.span(node)))
    loop_into(low, node, AssignTo(name))
    low.frozen.add(name)
    return ir.Var(name, type_, span=low.span(node))


def _has_value(node: tree.Loop) -> bool:
    from autoform.frontends.rust.infer import tree_children

    pending: list[object] = [node.body]
    while pending:
        each = pending.pop()
        if isinstance(each, tree.Break) and each.value is not None:
            return True
        if not isinstance(each, tree.Closure):
            pending.extend(tree_children(each))
    return False


def loop_into(low: Lower, node: tree.Loop, dest: Dest) -> None:
    """`loop { … }`: `break v` puts `v` where it is wanted."""
    if not isinstance(dest, ReturnIt) and not _has_value(node):
        dest = DISCARD
    body, frame = in_loop(low, node.label, dest, partial(block_into, low, node.body, DISCARD))
    low.emit(stmts.While(ir.TRUE, body, label=frame.ir_label, span=low.span(node)))
    if isinstance(dest, ReturnIt) and not low.out.dead:
        from autoform.frontends.rust.building import leaves_loop

        if not leaves_loop(body, frame.ir_label):
            low.out.dead = True
        elif low.result_type == UNIT:
            low.emit(stmts.Return(UNIT_VALUE))
    elif not low.out.dead:
        from autoform.frontends.rust.building import leaves_loop

        low.out.dead = not leaves_loop(body, frame.ir_label)


@rule(tree.While)
def _while(low: Lower, node: tree.While) -> ir.Expr:
    if low.out.pure:
        raise NeedsStatements(node)
    with low.block() as head:
        try:
            found = condition(low, node.condition)
        except NeedsStatements:
            found = None
    if found is None:
        _nested_while(low, node)
        return UNIT_VALUE

    def body() -> None:
        for pattern, place in found.binds:
            bind(low, pattern, place)
        block_into(low, node.body, DISCARD)

    span = low.span(node)
    inner, frame = in_loop(low, node.label, DISCARD, body)
    if head.statements:
        leave = stmts.If(negated(found.value), (stmts.Break(),), span=found.value.span)
        whole = (*head.statements, leave, *inner)
        low.emit(stmts.While(ir.TRUE, whole, label=frame.ir_label, span=span))
    else:
        low.emit(stmts.While(found.value, inner, label=frame.ir_label, span=span))
    return UNIT_VALUE


def _nested_while(low: Lower, node: tree.While) -> None:
    """Conditions whose `let`s need statements: what does not match leaves the loop."""
    flag = low.fresh("matched")
    bool_type = ir.type_of(ir.TRUE)

    def body() -> None:
        low.emit(stmts.VarDecl(flag, bool_type, ir.FALSE))

        def then() -> None:
            low.emit(stmts.Assign(flag, ir.TRUE))
            block_into(low, node.body, DISCARD)

        nested_condition(low, conjuncts(node.condition), then)
        low.emit(stmts.If(negated(ir.Var(flag, bool_type)), (stmts.Break(),)))

    inner, frame = in_loop(low, node.label, DISCARD, body)
    low.emit(stmts.While(ir.TRUE, inner, label=frame.ir_label, span=low.span(node)))


@rule(tree.For)
def _for(low: Lower, node: tree.For) -> ir.Expr:
    from autoform.frontends.rust.closures import bind_value
    from autoform.frontends.rust.plan_loops import mutable_loop, run_plan
    from autoform.frontends.rust.plans import plan_of

    if low.out.pure:
        raise NeedsStatements(node)
    if mutable_loop(low, node):
        return UNIT_VALUE
    plan = plan_of(low, node.source)

    def body(item: ir.Expr) -> None:
        bind_value(low, node.pattern, item)
        block_into(low, node.body, DISCARD)

    run_plan(low, plan, body, node, label=node.label)
    return UNIT_VALUE
