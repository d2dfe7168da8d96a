"""Failures of operators as guards that raise, so that two functions may fail alike.

Before:

    var share: Int = cents // guests;

After:

    if !(guests != 0) { raise ZeroDivisionError; }
    var share: Int = cents // guests;

Only what a statement evaluates in any case is guarded; what it may skip, the conditions of `while`
loops, what leaves the subset, and operators whose
exact condition is not known, remain obligations.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from autoform.ir.build import negation
from autoform.ir.decls import Function
from autoform.ir.definedness import APPROXIMATE, conditions
from autoform.ir.definedness.rule import OUTSIDE
from autoform.ir.exprs import (
    And,
    Apply,
    Comprehension,
    Expr,
    Generator,
    IfExpr,
    Lambda,
    Let,
    Or,
    Quant,
    VariantGet,
)
from autoform.ir.stmts import (
    Assert,
    Assign,
    Block,
    CallStmt,
    ForEach,
    ForRange,
    If,
    Raise,
    Return,
    Stmt,
    VarDecl,
)
from autoform.ir.traversal import all_names, children, freshen
from autoform.passes.blocks import expand

__all__ = ["guarded"]


def guarded(function: Function, exceptions: Container[str]) -> Function:
    """The function with guards against those exceptions. See the module's docstring."""
    taken = set(all_names(function))

    def statement(stmt: Stmt) -> Block:
        told: dict[Expr, str] = {}
        for expr in _evaluated(stmt):
            for exception, condition in _failures(expr):
                if exception in exceptions:
                    told.setdefault(condition, exception)
        guards = [
            If(
                negation(freshen(condition, taken)),
                (Raise(exception, span=stmt.span),),
                span=stmt.span,
            )
            for condition, exception in told.items()
        ]
        return (*guards, stmt)

    return replace(function, body=expand(function.body, statement))


def _evaluated(stmt: Stmt) -> tuple[Expr, ...]:
    """What is evaluated when a statement begins, in order."""
    match stmt:
        case VarDecl(value=value) if value is not None:
            return (value,)
        case Assign(value=value) | Return(value=value):
            return (value,)
        case Assert(condition) | If(condition):
            return (condition,)
        case CallStmt(args=args):
            return args
        case ForEach(_, source):
            return (source,)
        case ForRange(_, start, stop, step):
            return (start, stop, step)
        case _:
            return ()


def _failures(expr: Expr) -> Iterator[tuple[str, Expr]]:
    """The exceptions of the operators that are evaluated in any case, and when there is none."""
    for part in _sure_parts(expr):
        yield from _failures(part)
    if isinstance(expr, VariantGet) or (isinstance(expr, Apply) and expr.op not in APPROXIMATE):
        for exception, condition in conditions(expr):
            if exception != OUTSIDE:
                yield exception, condition


def _sure_parts(expr: Expr) -> tuple[Expr, ...]:
    match expr:
        case And(items) | Or(items):
            return items[:1]
        case IfExpr(condition):
            return (condition,)
        case Let(_, value):
            return (value,)
        case Quant(domain=domain):
            return (domain,)
        case Comprehension(clauses=(Generator(_, source), *_)):
            return (source,)
        case Comprehension() | Lambda():
            return ()
        case _:
            return tuple(part for part in children(expr))  # type: ignore[misc] # all expressions
