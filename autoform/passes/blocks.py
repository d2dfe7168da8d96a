"""What the passes share: names of a function, and rewriting blocks statement by statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Apply, BoolLit, Expr, IntLit
from autoform.ir.node import Node
from autoform.ir.ops import apply
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
from autoform.ir.traversal import declared_names, fresh_name
from autoform.ir.types import INT


@dataclass(frozen=True, slots=True)
class Names:
    """The names taken in one function; a fresh one is taken as soon as it is given."""

    taken: set[str]

    @staticmethod
    def of(function: Function) -> Names:
        """The names of a function: every variable that it reads is declared in it."""
        return Names(set(declared_names(function)))

    def fresh(self, base: str) -> str:
        """A name not yet taken, as near to `base` as can be."""
        name = fresh_name(base, self.taken)
        self.taken.add(name)
        return name


def map_functions(module: Module, change: Callable[[Function], Function]) -> Module:
    """The module with each function changed; the same object when none is."""
    functions = tuple(map(change, module.functions))
    if all(new is old for new, old in zip(functions, module.functions, strict=True)):
        return module
    return replace(module, functions=functions)


def expand(block: Block, change: Callable[[Stmt], Iterable[Stmt]]) -> Block:
    """The block with each statement, innermost first, replaced by what `change` makes of it."""
    return tuple(new for stmt in block for new in change(_expand_inside(stmt, change)))


def _expand_inside(stmt: Stmt, change: Callable[[Stmt], Iterable[Stmt]]) -> Stmt:
    match stmt:
        case If():
            then, orelse = expand(stmt.then, change), expand(stmt.orelse, change)
            return replace(stmt, then=then, orelse=orelse)
        case While() | ForRange() | ForEach():
            return with_body(stmt, expand(stmt.body, change))
        case (
            VarDecl() | Assign() | CallStmt() | Break() | Continue() | Return() | Raise() | Assert()
        ):
            return stmt
        case _:
            assert_never(stmt)


def with_body(loop: Loop, body: Block) -> Loop:
    """The loop with another body."""
    return loop if body == loop.body else replace(loop, body=body)


def blocks_in(stmt: Stmt) -> tuple[Block, ...]:
    """The blocks directly inside a statement."""
    match stmt:
        case If(_, then, orelse):
            return (then, orelse)
        case While() | ForRange() | ForEach():
            return (stmt.body,)
        case _:
            return ()


def contains(block: Block, *kinds: type[Node]) -> bool:
    """Whether a statement of those kinds occurs in the block, at any depth."""
    return any(
        isinstance(stmt, kinds) or any(contains(inner, *kinds) for inner in blocks_in(stmt))
        for stmt in block
    )


def own_jumps(block: Block) -> Iterator[Break | Continue]:
    """The unlabelled jumps of the loop whose body this is: those outside any loop inside it."""
    for stmt in block:
        match stmt:
            case Break() | Continue():
                yield stmt
            case If(_, then, orelse):
                yield from own_jumps(then)
                yield from own_jumps(orelse)
            case _:
                pass


def falls_through(block: Block) -> bool:
    """Whether control may reach the end of the block. Says yes of any loop but `while true`."""
    return all(map(_falls_through, block))


def _falls_through(stmt: Stmt) -> bool:
    match stmt:
        case Break() | Continue() | Return() | Raise():
            return False
        case If(_, then, orelse):
            return falls_through(then) or falls_through(orelse)
        case While(BoolLit(value=True), body):
            return any(isinstance(jump, Break) for jump in own_jumps(body))
        case _:
            return True


def integer(value: int) -> IntLit:
    """A literal of type `Int`."""
    return IntLit(value, INT)


def negate(condition: Expr) -> Expr:
    """The condition's opposite, without a double negation. Comparisons of integers are turned."""
    match condition:
        case Apply("not", (inner,)):
            return inner
        case BoolLit(value):
            return BoolLit(not value, span=condition.span)
        case _:
            return apply("not", condition, span=condition.span)
