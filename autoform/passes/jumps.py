"""Doing without a jump: what would be skipped moves to where it is reached.

`without(block, Continue)` rewrites a block in which `continue` means "leave this block":

    if c { continue; } rest          if c { } else { rest }

When both branches of an `if` may reach what follows, and one may jump, a flag decides:

    if c { if d { continue; } a }    var going: Bool = true;
    rest                             if c { if d { going = false; } else { a } }
                                     if going { rest }
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from autoform.ir.exprs import BoolLit, Var
from autoform.ir.stmts import Assign, Block, Continue, If, Return, Stmt, VarDecl
from autoform.ir.traversal import freshen, variables, walk
from autoform.ir.types import BOOL
from autoform.passes.blocks import Names, expand, falls_through, negate


@dataclass(frozen=True, slots=True)
class JumpRemover:
    """Removes one kind of jump from blocks; jumps inside inner loops are not looked at.

    `late` are variables declared without a value. What reads one of them is written into both
    branches, because behind a flag it would no longer be sure that they are assigned.
    """

    names: Names
    kind: type[Continue | Return]
    late: frozenset[str] = frozenset()

    def has_jump(self, block: Block) -> bool:
        """Whether the jump occurs outside inner loops."""
        return any(
            isinstance(stmt, self.kind)
            or (isinstance(stmt, If) and (self.has_jump(stmt.then) or self.has_jump(stmt.orelse)))
            for stmt in block
        )

    def without(self, block: Block) -> Block:
        """The block with the jump removed: after it, nothing of the block is executed."""
        for position, stmt in enumerate(block):
            rest = block[position + 1 :]
            if isinstance(stmt, self.kind):
                return block[:position]
            if isinstance(stmt, If) and self.has_jump((stmt,)):
                return (*block[:position], *self._if(stmt, rest))
        return block

    def _if(self, stmt: If, rest: Block) -> Block:
        then, orelse = stmt.then, stmt.orelse
        if rest and falls_through(then) and falls_through(orelse):
            if self.late.isdisjoint(variables(*rest)):
                return self._flagged(stmt, rest)
            orelse = (*orelse, *_copy(rest, self.names))
        if falls_through(then):
            then = (*then, *rest)
        elif falls_through(orelse):
            orelse = (*orelse, *rest)
        return (replace(stmt, then=self.without(then), orelse=self.without(orelse)),)

    def _flagged(self, stmt: If, rest: Block) -> Block:
        going = self.names.fresh("going")
        declaration = VarDecl(going, BOOL, BoolLit(value=True), span=stmt.span)
        leaving = self._with_flag(stmt, going)
        test = Var(going, BOOL, span=stmt.span)
        guarded = If(test, self.without(rest), span=stmt.span)
        return (declaration, *self.without((leaving,)), guarded)

    def _with_flag(self, stmt: If, going: str) -> If:
        """The statement with the flag lowered before each jump."""

        def in_block(block: Block) -> Block:
            return tuple(new for inner in block for new in in_stmt(inner))

        def in_stmt(inner: Stmt) -> Block:
            if isinstance(inner, self.kind):
                return (Assign(going, BoolLit(value=False), span=inner.span), inner)
            if isinstance(inner, If):
                return (self._with_flag(inner, going),)
            return (inner,)

        return replace(stmt, then=in_block(stmt.then), orelse=in_block(stmt.orelse))


def late_variables(block: Block) -> frozenset[str]:
    """The variables that the block declares without a value."""
    return frozenset(
        node.name for node in walk(*block) if isinstance(node, VarDecl) and node.value is None
    )


def _copy(block: Block, names: Names) -> Block:
    """The same statements with names of their own."""
    return freshen(If(BoolLit(value=True), block), names.taken).then


def turned(block: Block) -> Block:
    """The block with `if c { } else { s }` as `if !c { s }`."""
    return expand(block, _turn)


def _turn(stmt: Stmt) -> Block:
    match stmt:
        case If(condition, (), orelse) if orelse:
            return (replace(stmt, condition=negate(condition), then=orelse, orelse=()),)
        case _:
            return (stmt,)
