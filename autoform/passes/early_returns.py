"""One exit: every `return` moves to the end of the function.

Before:

    if n < 0 { return 0; }
    s = n + 1;
    return s;

What follows a `return` moves into the branch that does not take it.

After:

    var returned: Int;
    if n < 0 { returned = 0; } else { s = n + 1; returned = s; }
    return returned;

Where a loop returns, or a flag has to decide, the result is kept as an option: none until the
function has returned. `while c { if d { return e; } } return g;` becomes

    var returned: Option<Int> = none;
    while c { if d { returned = some(e); break; } }
    if option.is_none(returned) { returned = some(g); }
    return option.unwrap(returned);
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import NoneLit, TupleLit, Var
from autoform.ir.ops import apply
from autoform.ir.stmts import (
    Assign,
    Block,
    Break,
    ForEach,
    ForRange,
    If,
    Loop,
    Return,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.types import OptionType, Type
from autoform.passes.blocks import (
    Names,
    blocks_in,
    contains,
    falls_through,
    map_functions,
    with_body,
)
from autoform.passes.jumps import JumpRemover, late_variables, turned
from autoform.passes.lower_labels import lower_labels


def early_returns(module: Module) -> Module:
    """Give every function a single exit. See the module's docstring."""
    return map_functions(lower_labels(module), _in_function)


def _in_function(function: Function) -> Function:
    if _has_single_exit(function.body):
        return function
    body = function.body
    if falls_through(body):
        body = (*body, Return(TupleLit(()), span=function.span))
    if not any(isinstance(s, Loop) and contains(s.body, Return) for s in _statements(body)):
        names = Names.of(function)
        taken = len(names.taken)
        direct = _direct(function, body, names)
        if len(names.taken) == taken + 1:  # no flag had to decide
            return direct
    return _optional(function, body, Names.of(function))


def _has_single_exit(body: Block) -> bool:
    if not contains(body, Return):
        return True
    return isinstance(body[-1], Return) and not contains(body[:-1], Return)


def _statements(block: Block) -> Iterator[Stmt]:
    for stmt in block:
        yield stmt
        for inner in blocks_in(stmt):
            yield from _statements(inner)


def _direct(function: Function, body: Block, names: Names) -> Function:
    """The result in a plain variable, assigned on every path when no flag decides."""
    returned = Var(names.fresh("returned"), function.result, span=function.span)
    leaving = _Leaving(returned.name, optional=False, type=returned.type)
    moved = JumpRemover(names, Return, late_variables(body)).without(
        leaving.block(body, in_loop=False)
    )
    declaration = VarDecl(returned.name, returned.type, span=function.span)
    return replace(
        function, body=(declaration, *turned(moved), Return(returned, span=function.span))
    )


def _optional(function: Function, body: Block, names: Names) -> Function:
    """The result as an option, none until the function has returned."""
    type_ = OptionType(function.result)
    returned = Var(names.fresh("returned"), type_, span=function.span)
    leaving = _Leaving(returned.name, optional=True, type=type_)
    moved = JumpRemover(names, Return, late_variables(body)).without(
        leaving.block(body, in_loop=False)
    )
    none = NoneLit(function.result, span=function.span)
    result = apply("option.unwrap", returned, span=function.span)
    declaration = VarDecl(returned.name, type_, none, span=function.span)
    return replace(function, body=(declaration, *turned(moved), Return(result, span=function.span)))


@dataclass(frozen=True, slots=True)
class _Leaving:
    """Assigns the result before each `return`, and turns those in loops into breaks."""

    name: str
    optional: bool
    type: Type

    def block(self, block: Block, *, in_loop: bool) -> Block:
        return tuple(new for stmt in block for new in self._stmt(stmt, in_loop=in_loop))

    def _stmt(self, stmt: Stmt, *, in_loop: bool) -> Block:
        match stmt:
            case Return(value):
                kept = apply("option.some", value, span=value.span) if self.optional else value
                assigned = Assign(self.name, kept, span=stmt.span)
                return (assigned, _leave(stmt, in_loop=in_loop))
            case If(_, then, orelse):
                then, orelse = (self.block(b, in_loop=in_loop) for b in (then, orelse))
                return (replace(stmt, then=then, orelse=orelse),)
            case While() | ForRange() | ForEach() if contains(stmt.body, Return):
                loop = with_body(stmt, self.block(stmt.body, in_loop=True))
                returned = Var(self.name, self.type, span=stmt.span)
                test = apply("option.is_some", returned, span=stmt.span)
                return (loop, If(test, (_leave(stmt, in_loop=in_loop),), span=stmt.span))
            case _:
                return (stmt,)


def _leave(stmt: Stmt, *, in_loop: bool) -> Stmt:
    return Break(span=stmt.span) if in_loop else Return(TupleLit(()), span=stmt.span)
