"""`match`: the conditions of its arms, and what they do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from autoform.frontends.rust import tree
from autoform.frontends.rust.building import NeedsStatements
from autoform.frontends.rust.lower_control import (
    SPLIT,
    bind_in_condition,
    conjuncts,
    emit_chain,
    into,
    is_unit,
    join,
    subject,
)
from autoform.frontends.rust.lower_exprs import (
    lower,
    rule,
)
from autoform.frontends.rust.lower_patterns import (
    bind,
    condition_of,
)
from autoform.frontends.rust.lowering import (
    DISCARD,
    UNIT_VALUE,
    Dest,
    Lower,
)
from autoform.frontends.rust.names import Local
from autoform.frontends.rust.places import Place
from autoform.frontends.rust.refusal import Refusal
from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.build import conjunction, disjunction

# `match`.


@dataclass(slots=True, eq=False)
class _ArmTest:
    arm: tree.Arm
    condition: ir.Expr


def _arm_tests(low: Lower, node: tree.Match, place: Place) -> list[_ArmTest]:
    """The condition of each arm. The last without a guard needs none: a match is exhaustive."""
    found: list[_ArmTest] = []
    for arm in node.arms:
        test = condition_of(low, arm.pattern, place)
        if arm.guard is not None:
            if isinstance(arm.guard, tree.LetCondition) or _has_let(arm.guard):
                raise Refusal("unsupported-syntax", "`let` in a guard", arm.guard)
            _bind_in_condition_or_refuse(low, arm, place)
            try:
                guard = low.pure(partial(lower, low, arm.guard))
            except NeedsStatements:
                message = "this guard needs statements"
                raise Refusal("unsupported-syntax", message, arm.guard) from None
            test = conjunction((test, guard))
        found.append(_ArmTest(arm, test))
        if arm.guard is None and test == ir.TRUE:
            break
    last = found[-1]
    if last.arm.guard is None:
        last.condition = ir.TRUE
    return found


def _has_let(node: tree.Expr) -> bool:
    return any(isinstance(item, tree.LetCondition) for item in conjuncts(node))


def _bind_in_condition_or_refuse(low: Lower, arm: tree.Arm, place: Place) -> None:
    try:
        bind_in_condition(low, arm.pattern, place)
    except NeedsStatements:
        message = "a guard behind alternatives that bind names"
        if not _binds(arm.pattern):
            return
        raise Refusal("unsupported-syntax", message, arm.pattern) from None


def _binds(pattern: tree.Pattern) -> bool:
    from autoform.frontends.rust.infer import tree_children

    pending: list[object] = [pattern]
    while pending:
        each = pending.pop()
        if isinstance(each, tree.BindPattern) and isinstance(each.target, Local):
            return True
        pending.extend(tree_children(each))
    return False


def match_into(low: Lower, node: tree.Match, dest: Dest) -> None:
    """A match for its effect, its value where it is wanted."""
    if not node.arms:
        raise Refusal("unsupported-syntax", "a match without arms", node)
    place = subject(low, node.value)
    tests = _arm_tests(low, node, place)
    blocks: list[stmts.Block] = []
    for test in tests:
        with low.block() as block:
            bind(low, test.arm.pattern, place)
            into(low, test.arm.value, dest)
        blocks.append(block.done)
    conditions = [test.condition for test in tests]
    if conditions[-1] != ir.TRUE:
        blocks.append((stmts.Raise("Panic", span=low.span(node)),))
    else:
        conditions.pop()
    if not conditions:
        for statement in blocks[0]:
            low.emit(statement)
        return
    emit_chain(low, conditions, blocks, node)


@rule(tree.Match)
def _match(low: Lower, node: tree.Match) -> ir.Expr:
    if is_unit(low, node) or not node.arms:
        match_into(low, node, DISCARD)
        return UNIT_VALUE
    place = subject(low, node.value)
    tests = _arm_tests(low, node, place)

    def value(arm: tree.Arm) -> ir.Expr:
        bind(low, arm.pattern, place)
        return lower(low, arm.value)

    branches = [low.as_expression(partial(value, test.arm)) for test in tests]
    conditions = [test.condition for test in tests]
    if conditions[-1] != ir.TRUE:
        last = tests[-1]
        if last.arm.guard is None:
            conditions.pop()
        else:
            raise Refusal("unsupported-syntax", "the last arm has a guard", last.arm)
    else:
        conditions.pop()
    if not conditions:
        block, found = branches[0]
        for statement in block.statements:
            low.emit(statement)
        return found
    if len(conditions) > SPLIT and all(not b.statements and not b.dead for b, _ in branches):
        return _balanced(conditions, [found for _, found in branches])
    return join(low, conditions, branches, node)


def _balanced(conditions: list[ir.Expr], values: list[ir.Expr]) -> ir.Expr:
    if len(conditions) > SPLIT:
        half = len(conditions) // 2
        first, rest = conditions[:half], conditions[half:]
        then = _balanced(first[:-1], values[:half])
        return ir.IfExpr(disjunction(first), then, _balanced(rest, values[half:]))
    found = values[-1]
    for test, value in reversed(list(zip(conditions, values[:-1], strict=True))):
        found = ir.IfExpr(test, value, found)
    return found
