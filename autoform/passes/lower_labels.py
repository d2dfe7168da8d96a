"""Jumps to outer loops become jumps of the innermost loop, handed on by a flag.

Before:

    while a label outer {
      while b { if c { break outer; } }
    }

An inner loop that is left for an outer one is left by its own `break`; a flag says what to do
next. A label that names the innermost loop is dropped.

After:

    while a {
      var leaving: Bool = false;
      while b { if c { leaving = true; break; } }
      if leaving { break; }
    }
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import BoolLit, Var
from autoform.ir.stmts import (
    Assign,
    Block,
    Break,
    Continue,
    ForEach,
    ForRange,
    If,
    Loop,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.traversal import walk
from autoform.ir.types import BOOL
from autoform.passes.blocks import Names, map_functions


def lower_labels(module: Module) -> Module:
    """Remove every label. See the module's docstring."""
    return map_functions(module, _in_function)


def _in_function(function: Function) -> Function:
    labelled = any(
        isinstance(node, Break | Continue | While | ForRange | ForEach) and node.label is not None
        for node in walk(*function.body)
    )
    if not labelled:
        return function
    return replace(function, body=_Labels(Names.of(function)).block(function.body))


@dataclass(frozen=True, slots=True)
class _Labels:
    """Rewrites the blocks of one function, inner loops first."""

    names: Names

    def block(self, block: Block) -> Block:
        return tuple(new for stmt in block for new in self._stmt(stmt))

    def _stmt(self, stmt: Stmt) -> Block:
        match stmt:
            case If(_, then, orelse):
                return (replace(stmt, then=self.block(then), orelse=self.block(orelse)),)
            case While() | ForRange() | ForEach():
                return self._loop(stmt)
            case _:
                return (stmt,)

    def _loop(self, loop: Loop) -> Block:
        leaving = _Leaving(self.names, loop.label)
        body = leaving.block(self.block(loop.body))
        down = BoolLit(value=False)
        before = [VarDecl(flag, BOOL, down, span=loop.span) for flag in leaving.flags.values()]
        after = [
            If(Var(flag, BOOL, span=jump.span), (jump,), span=jump.span)
            for jump, flag in leaving.flags.items()
        ]
        return (*before, replace(loop, body=body, label=None), *after)


@dataclass(frozen=True, slots=True)
class _Leaving:
    """The jumps in a loop's body, outside inner loops: to itself, or out by a flag a target."""

    names: Names
    label: str | None
    flags: dict[Break | Continue, str] = field(default_factory=dict)

    def block(self, block: Block) -> Block:
        return tuple(new for stmt in block for new in self._stmt(stmt))

    def _stmt(self, stmt: Stmt) -> Block:
        match stmt:
            case If(_, then, orelse):
                return (replace(stmt, then=self.block(then), orelse=self.block(orelse)),)
            case Break(label) | Continue(label) if label == self.label:
                return (replace(stmt, label=None),)
            case Break(str()) | Continue(str()):
                if stmt not in self.flags:
                    self.flags[stmt] = self.names.fresh("leaving")
                lowered = Assign(self.flags[stmt], BoolLit(value=True), span=stmt.span)
                return (lowered, Break(span=stmt.span))
            case _:
                return (stmt,)
