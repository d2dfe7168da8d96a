"""Which variables may still be read: before a statement, after it, and at the head of a loop.

A fixed point over the structured statements, backwards. What a loop reads in its next round is
live at the end of its body. `Liveness.of(body)` computes all of it once; statements are told
apart by identity, so a body must not hold one statement object at two places (`unshared`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import assert_never

from autoform.ir.exprs import BoolLit, Expr
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
    Loop,
    Raise,
    Return,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.traversal import free_vars

Live = frozenset[str]
_NONE: Live = frozenset()


def unshared(block: Block) -> Block:
    """The same block with every statement an object of its own."""
    return tuple(_copy(stmt) for stmt in block)


def _copy(stmt: Stmt) -> Stmt:
    match stmt:
        case If(_, then, orelse):
            return replace(stmt, then=unshared(then), orelse=unshared(orelse))
        case While() | ForRange() | ForEach():
            return replace(stmt, body=unshared(stmt.body))
        case _:
            return replace(stmt)


@dataclass(frozen=True, slots=True)
class Liveness:
    """The variables live after each statement and at the head of each loop."""

    after: dict[int, Live] = field(default_factory=dict)
    head: dict[int, Live] = field(default_factory=dict)

    @staticmethod
    def of(body: Block) -> Liveness:
        """The liveness in a function's body. Jumps in it have no labels."""
        found = Liveness()
        found.block(body, _NONE, _NONE, _NONE)
        return found

    def block(self, block: Block, after: Live, at_break: Live, at_continue: Live) -> Live:
        """What is live before a block, given what is live where control goes next."""
        live = after
        for stmt in reversed(block):
            self.after[id(stmt)] = live
            live = self._before(stmt, live, at_break, at_continue)
        return live

    def _before(self, stmt: Stmt, after: Live, at_break: Live, at_continue: Live) -> Live:
        match stmt:
            case VarDecl(name, _, value):
                return (after - {name}) | _reads(value)
            case Assign(name, value):
                return (after - {name}) | _reads(value)
            case CallStmt(target, _, args):
                return (after - {target}) | _reads(*args)
            case If(condition, then, orelse):
                branches = (
                    self.block(branch, after, at_break, at_continue) for branch in (then, orelse)
                )
                return _reads(condition).union(*branches)
            case While() | ForRange() | ForEach():
                return self._loop(stmt, after) | _bounds(stmt)
            case Break():
                return at_break
            case Continue():
                return at_continue
            case Return(value):
                return _reads(value)
            case Raise(message=message):
                return _reads(message)
            case Assert(condition):
                return after | _reads(condition)
            case _:
                assert_never(stmt)

    def _loop(self, loop: Loop, after: Live) -> Live:
        """What is live at the loop's head: grows with each round until it is stable."""
        tested = _reads(loop.condition) if isinstance(loop, While) else _NONE
        own = _NONE if isinstance(loop, While) else frozenset({loop.binder.name})
        endless = isinstance(loop, While) and loop.condition == BoolLit(value=True)
        head = tested if endless else after | tested
        while True:
            grown = head | (self.block(loop.body, head, after, head) - own)
            if grown == head:
                self.head[id(loop)] = head
                return head
            head = grown


def _bounds(loop: Loop) -> Live:
    """What is read once, before the loop."""
    match loop:
        case While():
            return _NONE
        case ForRange(_, start, stop, step):
            return _reads(start, stop, step)
        case ForEach(_, source):
            return _reads(source)
        case _:
            assert_never(loop)


def _reads(*exprs: Expr | None) -> Live:
    return frozenset(name for expr in exprs if expr is not None for name in free_vars(expr))
