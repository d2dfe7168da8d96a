"""Tail calls of a function to itself as a loop, so that it can be run in step with one.

Before:

    fn gcd(a: Int, b: Int) -> Int {
      if b == 0 { return a; }
      return gcd(b, a % b);
    }

The parameters become variables that each round assigns anew. Where the body begins with a test
that leaves, the test becomes the loop's condition.

After:

    fn gcd(a: Int, b: Int) -> Int {
      var a_1: Int = a;  var b_1: Int = b;
      while !(b_1 == 0) { var a_2: Int = b_1; var b_2: Int = a_1 % b_1; a_1 = a_2; b_1 = b_2; }
      return a_1;
    }
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from autoform.ir.build import negation
from autoform.ir.decls import Function
from autoform.ir.exprs import TRUE, Call, Expr, Var
from autoform.ir.stmts import (
    Assign,
    Block,
    CallStmt,
    Continue,
    If,
    Return,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.traversal import rename, walk
from autoform.passes.blocks import Names, falls_through

__all__ = ["loops_for_tail_calls"]


def loops_for_tail_calls(function: Function) -> Function:
    """The function with its tail calls to itself in a loop; as it is, where others are left."""
    calls = [n for n in walk(*function.body) if isinstance(n, Call | CallStmt)]
    own = [call for call in calls if call.function == function.name]
    tails = list(_tails(function, function.body))
    if not own or len(own) != len(tails) or any(param.inout for param in function.params):
        return function
    if falls_through(function.body):
        return function
    names = Names.of(function)
    renamed = {param.name: names.fresh(param.name) for param in function.params}
    copies = tuple(
        VarDecl(renamed[param.name], param.type, Var(param.name, param.type))
        for param in function.params
    )
    body = tuple(rename(stmt, renamed) for stmt in function.body)
    return replace(function, body=(*copies, *_looped(function, renamed, names, body)))


def _tails(function: Function, block: Block) -> Iterator[Return]:
    """Returns of calls of the function itself, outside loops."""
    for stmt in block:
        match stmt:
            case Return(Call(name)) if name == function.name:
                yield stmt
            case If(_, then, orelse):
                yield from _tails(function, then)
                yield from _tails(function, orelse)
            case _:
                pass


def _looped(function: Function, renamed: dict[str, str], names: Names, body: Block) -> Block:
    again = _Again(function, renamed, names)
    match body[0]:
        case If(condition, then, orelse) if not again.has_tail(then) and not falls_through(then):
            rest = again.block((*orelse, *body[1:]))
            return (While(negation(condition), _ended(rest)), *then)
        case _:
            return (While(TRUE, again.block(body)),)


def _ended(block: Block) -> Block:
    """A round's last `continue` says nothing."""
    return block[:-1] if block and isinstance(block[-1], Continue) else block


class _Again:
    """Turns tail calls into assignments of the next round's parameters."""

    def __init__(self, function: Function, renamed: dict[str, str], names: Names) -> None:
        self.function = function
        self.renamed = renamed
        self.names = names

    def has_tail(self, block: Block) -> bool:
        return any(True for _ in _tails(self.function, block))

    def block(self, block: Block) -> Block:
        return tuple(new for stmt in block for new in self._stmt(stmt))

    def _stmt(self, stmt: Stmt) -> Block:
        match stmt:
            case Return(Call(name, args)) if name == self.function.name:
                return self._next_round(args)
            case If(_, then, orelse):
                return (replace(stmt, then=self.block(then), orelse=self.block(orelse)),)
            case _:
                return (stmt,)

    def _next_round(self, args: tuple[Expr, ...]) -> Block:
        held: list[Stmt] = []
        assigned: list[Stmt] = []
        for param, arg in zip(self.function.params, args, strict=True):
            name = self.names.fresh(param.name)
            held.append(VarDecl(name, param.type, arg))
            assigned.append(Assign(self.renamed[param.name], Var(name, param.type)))
        return (*held, *assigned, Continue())
