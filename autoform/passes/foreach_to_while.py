"""`for x in source` becomes a `while` over an index.

Before:

    for x in xs { s = s + x; }

The source is evaluated once, as a sequence: a text as its characters, a map as its keys.

After:

    var items: Seq<Int> = xs;
    var place: Int = 0;
    while place < seq.len(items)
      invariant 0 <= place && place <= seq.len(items)
      decreases seq.len(items) - place
    {
      var x: Int = seq.at(items, place);
      s = s + x;
      place = place + 1;
    }

`continue` is lowered first, for it would skip the last statement.
"""

from __future__ import annotations

from dataclasses import replace

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import And, Expr, Var, type_of
from autoform.ir.ops import apply
from autoform.ir.stmts import (
    Assign,
    Block,
    Clause,
    ForEach,
    Origin,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.types import INT, MapType, StrType
from autoform.passes.blocks import Names, contains, expand, integer, map_functions
from autoform.passes.lower_continue import lower_continue


def foreach_to_while(module: Module) -> Module:
    """Remove every `ForEach` (and every `Continue`). See the module's docstring."""
    return map_functions(lower_continue(module), _in_function)


def _in_function(function: Function) -> Function:
    if not contains(function.body, ForEach):
        return function
    names = Names.of(function)

    def in_stmt(stmt: Stmt) -> Block:
        if not isinstance(stmt, ForEach):
            return (stmt,)
        before, loop = while_over_places(stmt, names)
        return (*before, loop)

    return replace(function, body=expand(function.body, in_stmt))


def while_over_places(loop: ForEach, names: Names) -> tuple[Block, While]:
    """The loop as a `while` and what goes before it. Its body has no `continue`."""
    source = as_sequence(loop.source)
    items = Var(names.fresh("items"), type_of(source), span=loop.source.span)
    place = Var(names.fresh("place"), INT, span=loop.span)
    length = apply("seq.len", items, span=loop.span)
    in_range = And((apply("le", integer(0), place), apply("le", place, length)), span=loop.span)
    element = apply("seq.at", items, place, span=loop.binder.span)
    before = (
        VarDecl(items.name, items.type, source, span=loop.source.span),
        VarDecl(place.name, INT, integer(0), span=loop.span),
    )
    body = (
        VarDecl(loop.binder.name, loop.binder.type, element, span=loop.binder.span),
        *loop.body,
        Assign(place.name, apply("add", place, integer(1)), span=loop.span),
    )
    return before, While(
        apply("lt", place, length, span=loop.span),
        body,
        (Clause(in_range, Origin.MINED, span=loop.span), *loop.invariants),
        (apply("sub", length, place, span=loop.span),),
        loop.label,
        span=loop.span,
    )


def as_sequence(source: Expr) -> Expr:
    """What a loop or a comprehension iterates over, as a sequence in the same order."""
    match type_of(source):
        case StrType():
            return apply("str.chars", source, span=source.span)
        case MapType():
            return apply("map.keys", source, span=source.span)
        case _:
            return source
