"""Neighbouring loops over the same items become one, as a loop of the other side may be.

Before:

    for x in xs { total = total + x; }
    var count: Int = 0;
    for y in xs { count = count + 1; }

After:

    var count: Int = 0;
    for x in xs {
      total = total + x;
      var y: Int = x;
      count = count + 1;
    }

Neither loop may see what the other one changes, leave early, call, or loop for ever, and what
stands between them sees and changes nothing of the first. The values are the same. Which of
several failures comes first is not: where classes of exceptions count, loops that fail stay apart.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from autoform.ir.decls import Function
from autoform.ir.exprs import Call, Var
from autoform.ir.stmts import (
    Assert,
    Assign,
    Block,
    Break,
    CallStmt,
    Continue,
    ForEach,
    ForRange,
    If,
    Raise,
    Return,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.traversal import assigned_names, declared_names, variables, walk
from autoform.passes.blocks import with_body
from autoform.passes.purity import may_raise

__all__ = ["fused", "loops_in_a_row"]

_LEAVING = (Assert, Break, Call, CallStmt, Continue, Raise, Return, While)


def loops_in_a_row(function: Function) -> int:
    """How many loops stand outside of others."""
    return _loops(function.body)


def _loops(block: Block) -> int:
    branches = (_loops(s.then) + _loops(s.orelse) for s in block if isinstance(s, If))
    return sum(isinstance(s, ForEach | ForRange | While) for s in block) + sum(branches)


def fused(function: Function, *, may_fail: bool) -> Function:
    """The function with neighbouring loops made one. `may_fail`: also those that may raise."""
    body = _block(function.body, may_fail=may_fail)
    return function if body == function.body else replace(function, body=body)


def _block(block: Block, *, may_fail: bool) -> Block:
    out: list[Stmt] = []
    for stmt in block:
        place = _partner(out, stmt, may_fail=may_fail)
        if place is None:
            out.append(_inside(stmt, may_fail=may_fail))
        else:
            first = cast(ForEach | ForRange, out.pop(place))
            out.append(_together(first, cast(ForEach | ForRange, stmt)))
    return tuple(out)


def _inside(stmt: Stmt, *, may_fail: bool) -> Stmt:
    match stmt:
        case If(_, then, orelse):
            branches = [_block(each, may_fail=may_fail) for each in (then, orelse)]
            return replace(stmt, then=branches[0], orelse=branches[1])
        case While() | ForRange() | ForEach():
            return with_body(stmt, _block(stmt.body, may_fail=may_fail))
        case _:
            return stmt


def _partner(before: list[Stmt], loop: Stmt, *, may_fail: bool) -> int | None:
    """The place of the last loop before this one, if the two can be one."""
    if not isinstance(loop, ForEach | ForRange):
        return None
    for place in range(len(before) - 1, -1, -1):
        first = before[place]
        if isinstance(first, ForEach | ForRange):
            can = _same_items(first, loop) and _are_apart(first, before[place + 1 :], loop)
            return place if can and (may_fail or not _both_raise(first, loop)) else None
        if not isinstance(first, VarDecl | Assign) or (not may_fail and may_raise(first)):
            return None
    return None


def _same_items(first: ForEach | ForRange, second: ForEach | ForRange) -> bool:
    match first, second:
        case ForEach(source=one), ForEach(source=other):
            return one == other
        case ForRange(_, a, b, c), ForRange(_, d, e, f):
            return (a, b, c) == (d, e, f)
        case _:
            return False


def _are_apart(first: ForEach | ForRange, between: list[Stmt], second: ForEach | ForRange) -> bool:
    """Whether the second loop may begin with the first, after what stands between."""
    if any(isinstance(node, _LEAVING) for node in walk(first, *between, second)):
        return False
    reads = [_reads(first), _reads(*between), _reads(second)]
    writes = [_writes(first), _writes(*between), _writes(second)]
    ahead = not writes[0] & (reads[1] | writes[1]) and not writes[1] & reads[0]
    return ahead and not writes[0] & (reads[2] | writes[2]) and not writes[2] & reads[0]


def _reads(*stmts: Stmt) -> set[str]:
    return set(variables(*stmts))


def _writes(*stmts: Stmt) -> set[str]:
    """What they change or declare."""
    return {*assigned_names(tuple(stmts)), *declared_names(*stmts)}


def _both_raise(first: Stmt, second: Stmt) -> bool:
    return may_raise(first) and may_raise(second)


def _together(first: ForEach | ForRange, second: ForEach | ForRange) -> Stmt:
    binder = second.binder
    item = VarDecl(binder.name, binder.type, Var(first.binder.name, first.binder.type))
    return replace(first, body=(*first.body, item, *second.body))
