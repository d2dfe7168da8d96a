"""`break` becomes a flag in the loop's condition.

Before:

    while c invariant p decreases m {
      if d { break; }
      s;
    }

A round that breaks sets the flag, skips its rest, and the condition is not evaluated again.
The invariants need not hold after a break, and the measure of a broken loop is the least.

After:

    var broken: Bool = false;
    while !broken && c invariant broken || p decreases bool.to_int(!broken), m {
      if d { broken = true; } else { s; }
    }

Loops over ranges and collections that break become `while` loops first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import And, BoolLit, Or, Var
from autoform.ir.ops import apply
from autoform.ir.stmts import (
    Assign,
    Block,
    Break,
    Continue,
    ForEach,
    ForRange,
    If,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.types import BOOL
from autoform.passes.blocks import Names, contains, expand, map_functions, own_jumps
from autoform.passes.foreach_to_while import while_over_places
from autoform.passes.forrange_to_while import while_over_counter
from autoform.passes.lower_continue import continue_free, lower_continue


def lower_break(module: Module) -> Module:
    """Remove every `Break` (and every `Continue`). See the module's docstring."""
    return map_functions(lower_continue(module), _in_function)


def _in_function(function: Function) -> Function:
    if not contains(function.body, Break):
        return function
    names = Names.of(function)
    flagged = expand(function.body, _Flags(names).statements)
    return replace(function, body=continue_free(flagged, names))


@dataclass(frozen=True, slots=True)
class _Flags:
    """Replaces each `break` by setting a flag and continuing."""

    names: Names

    def statements(self, stmt: Stmt) -> Iterator[Stmt]:
        match stmt:
            case ForRange() | ForEach() | While() if _breaks(stmt.body):
                yield from self._loop(stmt)
            case _:
                yield stmt

    def _loop(self, loop: While | ForRange | ForEach) -> Block:
        match loop:
            case While():
                return self._while(loop)
            case ForEach():
                before, inner = while_over_places(loop, self.names)
            case ForRange():
                before, inner = while_over_counter(loop, self.names)
            case _:
                assert_never(loop)
        return (*before, *self._while(inner))

    def _while(self, loop: While) -> Block:
        broken = Var(self.names.fresh("broken"), BOOL, span=loop.span)
        going = apply("not", broken, span=loop.span)
        measure = apply("bool.to_int", going, span=loop.span)
        return (
            VarDecl(broken.name, BOOL, BoolLit(value=False), span=loop.span),
            replace(
                loop,
                condition=And((going, loop.condition), span=loop.condition.span),
                body=_setting(loop.body, broken.name),
                invariants=tuple(
                    replace(each, condition=Or((broken, each.condition), span=each.span))
                    for each in loop.invariants
                ),
                decreases=(measure, *loop.decreases) if loop.decreases else (),
            ),
        )


def _breaks(block: Block) -> bool:
    return any(isinstance(jump, Break) for jump in own_jumps(block))


def _setting(block: Block, flag: str) -> Block:
    """The body with `flag = true; continue;` for its own breaks."""
    return tuple(new for stmt in block for new in _set_in(stmt, flag))


def _set_in(stmt: Stmt, flag: str) -> Block:
    match stmt:
        case Break():
            return (Assign(flag, BoolLit(value=True), span=stmt.span), Continue(span=stmt.span))
        case If(_, then, orelse):
            return (replace(stmt, then=_setting(then, flag), orelse=_setting(orelse, flag)),)
        case _:
            return (stmt,)
