"""`for i in start..stop by step` becomes a `while` over a counter.

Before:

    for i in 0..n by 1 { s = s + i; }

The bounds are evaluated once; what is known of the counter becomes an invariant.

After:

    var i: Int = 0;
    var stop: Int = n;
    while i < stop
      invariant 0 <= i && i <= max2(0, stop)
      decreases stop - i
    {
      s = s + i;
      i = i + 1;
    }

A bound that the loop cannot change is not stored. A counter of a machine type counts in `Int`,
because the last step may leave the type; the body has it converted back. `continue` is lowered
first, for it would skip the counting.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import And, Expr, IfExpr, IntLit, Or, Var, type_of
from autoform.ir.ops import apply
from autoform.ir.stmts import (
    Assign,
    Block,
    Clause,
    ForRange,
    If,
    Origin,
    Raise,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.traversal import assigned_names, substitute
from autoform.ir.types import INT, IntType
from autoform.passes.blocks import Names, contains, expand, integer, map_functions
from autoform.passes.lower_continue import lower_continue


def forrange_to_while(module: Module) -> Module:
    """Remove every `ForRange` (and every `Continue`). See the module's docstring."""
    return map_functions(lower_continue(module), _in_function)


def _in_function(function: Function) -> Function:
    if not contains(function.body, ForRange):
        return function
    names = Names.of(function)

    def in_stmt(stmt: Stmt) -> Block:
        if not isinstance(stmt, ForRange):
            return (stmt,)
        before, loop = while_over_counter(stmt, names)
        return (*before, loop)

    return replace(function, body=expand(function.body, in_stmt))


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of a range in `Int`, as atoms that the loop cannot change."""

    start: Expr
    stop: Expr
    step: Expr

    def goes_on(self, counter: Expr) -> Expr:
        """Whether the counter has not reached the end."""
        up, down = apply("lt", counter, self.stop), apply("gt", counter, self.stop)
        match self.step:
            case IntLit(step):
                return up if step > 0 else down
            case step:
                rising = And((apply("gt", step, integer(0)), up))
                return Or((rising, And((apply("lt", step, integer(0)), down))))

    def measure(self, counter: Expr) -> Expr:
        """How far the counter is from the end: falls in each round, and is positive in it."""
        up, down = apply("sub", self.stop, counter), apply("sub", counter, self.stop)
        match self.step:
            case IntLit(step):
                return up if step > 0 else down
            case step:
                return IfExpr(apply("gt", step, integer(0)), up, down)

    def invariant(self, counter: Expr) -> Expr | None:
        """Where the counter can be, when the step is ±1; else on which side of the start."""
        match self.step:
            case IntLit(1):
                most = apply("max2", self.start, self.stop)
                return And((apply("le", self.start, counter), apply("le", counter, most)))
            case IntLit(-1):
                least = apply("min2", self.start, self.stop)
                return And((apply("le", least, counter), apply("le", counter, self.start)))
            case IntLit(step):
                return apply("le" if step > 0 else "ge", self.start, counter)
            case _:
                return None


def while_over_counter(loop: ForRange, names: Names) -> tuple[Block, While]:
    """The loop as a `while` and what goes before it. Its body has no `continue`."""
    out: list[Stmt] = []
    bounds = evaluate_bounds(loop, names.fresh, out)
    machine = not isinstance(loop.binder.type, IntType)
    name = names.fresh(f"{loop.binder.name}_next") if machine else loop.binder.name
    counter = Var(name, INT, span=loop.binder.span)
    invariants = _invariants(loop, bounds, counter)
    body = loop.body
    if machine:
        value = apply("int.narrow", counter, type_=loop.binder.type, span=loop.binder.span)
        declaration = VarDecl(loop.binder.name, loop.binder.type, value, span=loop.binder.span)
        body = (declaration, *body)
    step = Assign(name, apply("add", counter, bounds.step), span=loop.span)
    out.append(VarDecl(name, INT, bounds.start, span=loop.span))
    return tuple(out), While(
        replace(bounds.goes_on(counter), span=loop.span),
        (*body, step),
        invariants,
        (replace(bounds.measure(counter), span=loop.span),),
        loop.label,
        span=loop.span,
    )


def _invariants(loop: ForRange, bounds: Bounds, counter: Var) -> tuple[Clause, ...]:
    known = bounds.invariant(counter)
    own = () if known is None else (Clause(known, Origin.MINED, span=loop.span),)
    if isinstance(loop.binder.type, IntType):
        return (*own, *loop.invariants)
    return (*own, *_converted(loop, bounds, counter))


def _converted(loop: ForRange, bounds: Bounds, counter: Var) -> tuple[Clause, ...]:
    """Invariants over a machine counter.

    With a longer step it may pass the end of its type after the last round, where such an
    invariant has no value: it is left out.
    """
    if bounds.step not in {integer(1), integer(-1)}:
        return ()
    value = apply("int.narrow", counter, type_=loop.binder.type)
    return tuple(
        replace(each, condition=substitute(each.condition, {loop.binder.name: value}))
        for each in loop.invariants
    )


def evaluate_bounds(loop: ForRange, fresh: Callable[[str], str], out: list[Stmt]) -> Bounds:
    """The bounds as atoms; what evaluates them in order, and checks the step, goes to `out`."""
    changed = assigned_names(loop.body)
    start, stop, step = (
        _atom(name, expr, changed, fresh, out)
        for name, expr in (("start", loop.start), ("stop", loop.stop), ("step", loop.step))
    )
    if not isinstance(step, IntLit) or step.value == 0:
        zero = apply("eq", step, integer(0), span=loop.span)
        out.append(If(zero, (Raise("ValueError", span=loop.span),), span=loop.span))
    return Bounds(start, stop, step)


def _atom(
    name: str, expr: Expr, changed: frozenset[str], fresh: Callable[[str], str], out: list[Stmt]
) -> Expr:
    match expr:
        case IntLit(number):
            return replace(integer(number), span=expr.span)
        case Var(used, IntType()) if used not in changed:
            return expr
        case _:
            value = (
                expr
                if isinstance(type_of(expr), IntType)
                else apply("int.widen", expr, span=expr.span)
            )
            fresh_name = fresh(name)
            out.append(VarDecl(fresh_name, INT, value, span=expr.span))
            return Var(fresh_name, INT, span=expr.span)
