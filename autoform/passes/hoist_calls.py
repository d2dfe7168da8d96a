"""Calls of module functions leave expressions.

Before:

    return xs[0] + f(n) * 2;

A back end whose functions are procedures can call them only as the whole value of a statement.
Operands that were evaluated before the call and may raise are stored before it.

After:

    var value: Int = xs[0];
    var called: Int = f(n);
    return value + called * 2;

`var y: Int = f(n);` and `y = f(n);` are such statements themselves and stay. So does a call in a
lambda, in a quantifier over a set or in a contract: no statement can stand there. Comprehensions
and quantifiers that call become loops.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Call, Comprehension, Expr
from autoform.ir.stmts import Stmt
from autoform.ir.traversal import walk
from autoform.passes.blocks import Names, map_functions
from autoform.passes.linearize import Linearizer
from autoform.passes.lower_comprehensions import can_loop, unfold_comprehension


def hoist_calls(module: Module, *, is_procedure: Callable[[str], bool] = lambda _: True) -> Module:
    """Take the calls of procedures (all functions, unless told) out of expressions."""

    def wanted(expr: Expr) -> bool:
        match expr:
            case Call(name):
                return is_procedure(name)
            case Comprehension():
                return can_loop(expr) and any(
                    isinstance(part, Call) and is_procedure(part.function) for part in walk(expr)
                )
            case _:
                return False

    def in_function(function: Function) -> Function:
        linearizer = Linearizer(Names.of(function), wanted, _unfold, _is_call)
        body = linearizer.block(function.body)
        return function if body == function.body else replace(function, body=body)

    return map_functions(module, in_function)


def _unfold(linearizer: Linearizer, expr: Expr, out: list[Stmt]) -> Expr:
    if isinstance(expr, Comprehension):
        return unfold_comprehension(linearizer, expr, out)
    return linearizer.store(expr, out, "called")


def _is_call(expr: Expr) -> bool:
    return isinstance(expr, Call)
