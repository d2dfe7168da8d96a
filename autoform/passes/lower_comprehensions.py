"""Comprehensions become loops.

Before:

    return seq [x * x for x in xs if x > 0];

A comprehension is a loop that builds its collection in a local, placed before the statement.

After:

    var built: Seq<Int> = [];
    for x in xs {
      if x > 0 { built = seq.append(built, x * x); }
    }
    return built;

A comprehension that iterates a set stays: the set has no order in which to loop. So does one in
a lambda, a contract or an invariant.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never, cast

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import (
    Apply,
    Binder,
    Collection,
    Comprehension,
    Expr,
    Filter,
    Generator,
    MapLit,
    SeqLit,
    SetLit,
    Var,
    type_of,
)
from autoform.ir.ops import apply
from autoform.ir.stmts import Assign, Block, ForEach, ForRange, If, Stmt, VarDecl
from autoform.ir.types import MapType, SeqType, SetType
from autoform.passes.blocks import Names, map_functions
from autoform.passes.linearize import Linearizer


def lower_comprehensions(module: Module) -> Module:
    """Replace every comprehension that a loop can build. See the module's docstring."""
    return map_functions(module, _in_function)


def _in_function(function: Function) -> Function:
    linearizer = Linearizer(Names.of(function), can_loop, unfold_comprehension)
    body = linearizer.block(function.body)
    return function if body == function.body else replace(function, body=body)


def can_loop(expr: Expr) -> bool:
    """Whether the expression is a comprehension over ordered sources."""
    return isinstance(expr, Comprehension) and not any(
        isinstance(clause, Generator) and isinstance(type_of(clause.source), SetType)
        for clause in expr.clauses
    )


def unfold_comprehension(linearizer: Linearizer, expr: Expr, out: list[Stmt]) -> Expr:
    """The local in which statements, appended to `out`, build the comprehension's value."""
    expr = cast(Comprehension, expr)
    built = Var(linearizer.names.fresh("built"), type_of(expr), span=expr.span)
    first, *clauses = expr.clauses
    if isinstance(first, Filter):
        out.append(VarDecl(built.name, built.type, _empty(expr), span=expr.span))
        out.extend(_clauses(linearizer, expr, built, expr.clauses))
        return built
    # The first source comes before the collection, so that what it raises is raised first.
    header, source = _source(linearizer, first, out)
    out.append(VarDecl(built.name, built.type, _empty(expr), span=expr.span))
    body = _clauses(linearizer, expr, built, tuple(clauses))
    out.append(_loop(header, source, body, expr))
    return built


def _clauses(
    linearizer: Linearizer,
    expr: Comprehension,
    built: Var,
    clauses: tuple[Generator | Filter, ...],
) -> Block:
    out: list[Stmt] = []
    if not clauses:
        return _addition(linearizer, expr, built)
    first, rest = clauses[0], clauses[1:]
    match first:
        case Filter(condition):
            test = linearizer.value(condition, out)
            then = _clauses(linearizer, expr, built, rest)
            out.append(If(test, then, span=condition.span))
        case Generator():
            header, source = _source(linearizer, first, out)
            body = _clauses(linearizer, expr, built, rest)
            out.append(_loop(header, source, body, expr))
        case _:
            assert_never(first)
    return tuple(out)


def _source(
    linearizer: Linearizer, clause: Generator, out: list[Stmt]
) -> tuple[Binder, tuple[Expr, ...]]:
    """The loop's variable and its source, or the three bounds of a range."""
    match clause.source:
        case Apply("seq.range", bounds):
            return clause.binder, linearizer.operands(bounds, out)
        case source:
            return clause.binder, (linearizer.value(source, out),)


def _loop(binder: Binder, source: tuple[Expr, ...], body: Block, expr: Comprehension) -> Stmt:
    if len(source) == 1:
        return ForEach(binder, source[0], body, span=expr.span)
    start, stop, step = source
    return ForRange(binder, start, stop, step, body, span=expr.span)


def _addition(linearizer: Linearizer, expr: Comprehension, built: Var) -> Block:
    out: list[Stmt] = []
    match expr.kind:
        case Collection.SEQ:
            (element,) = linearizer.operands((expr.element,), out)
            value = apply("seq.append", built, element, span=expr.span)
        case Collection.SET:
            (element,) = linearizer.operands((expr.element,), out)
            value = apply("set.add", built, element, span=expr.span)
        case Collection.MAP:
            pair = linearizer.operands((*_key(expr), expr.element), out)
            value = apply("map.insert", built, *pair, span=expr.span)
        case _:
            assert_never(expr.kind)
    return (*out, Assign(built.name, value, span=expr.span))


def _key(expr: Comprehension) -> tuple[Expr, ...]:
    return () if expr.key is None else (expr.key,)


def _empty(expr: Comprehension) -> Expr:
    type_ = type_of(expr)
    match type_:
        case SeqType(element):
            return SeqLit(element, (), span=expr.span)
        case SetType(element):
            return SetLit(element, (), span=expr.span)
        case MapType(key, value):
            return MapLit(key, value, (), (), span=expr.span)
        case _:
            raise AssertionError(f"a comprehension of type {type_}")
