"""What a search by loops answers, as quantifiers: loops that return early, and what follows them.

for i in range(len(xs)):
    for y in ys:                    result == any(any(xs[i] == y for y in ys)
        if xs[i] == y:      becomes               for i in range(len(xs)))
            return True
return False
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from autoform.ir.build import conjunction, disjunction
from autoform.ir.exprs import (
    FALSE,
    TRUE,
    BoolLit,
    Call,
    Expr,
    IfExpr,
    IntLit,
    Lambda,
    Let,
    ResultValue,
    type_of,
)
from autoform.ir.stmts import Block, Continue, ForEach, ForRange, If, Return, Stmt, VarDecl
from autoform.ir.traversal import free_vars, walk
from autoform.ir.types import BOOL, INT
from autoform.specify.candidate import View
from autoform.specify.expressions import eq, every, negated, size, some, span, with_known

LARGEST: Final = 45
"""Nodes of a condition that one still wants to read."""


class _NoSearch(Exception):
    """The body does something else than to look for what makes it return."""


def nests(view: View) -> Iterator[Expr]:
    """`result == condition` where the body has loops, and nothing in it is assigned."""
    function = view.function
    if not isinstance(view.target, ResultValue) or type_of(view.target) != BOOL:
        return
    if not any(isinstance(node, ForEach | ForRange) for node in walk(*function.body)):
        return
    try:
        found = _value(function.body, {})
    except _NoSearch:
        return
    params = {param.name for param in function.params if not param.inout}
    if size(found) <= LARGEST and free_vars(found).keys() <= params and _is_sayable(found, view):
        yield eq(view.target, found)


def _is_sayable(found: Expr, view: View) -> bool:
    return not any(
        isinstance(node, Lambda | Let)
        or (
            isinstance(node, Call) and (node.function == view.function.name or "." in node.function)
        )
        for node in walk(found)
    )


def _value(block: Block, known: Mapping[str, Expr]) -> Expr:
    """What a block returns that always does."""
    if not block:
        raise _NoSearch
    first, rest = block[0], block[1:]
    match first:
        case Return(value):
            return _told(value, known)
        case VarDecl(name, _, value) if value is not None:
            return _value(rest, {**known, name: _told(value, known)})
        case If(condition, then, orelse):
            sides = _value((*then, *rest), known), _value((*orelse, *rest), known)
            return _either(_told(condition, known), *sides)
        case ForEach() | ForRange():
            return _after_loop(first, _value(rest, known), known)
        case _:
            raise _NoSearch


def _after_loop(loop: ForEach | ForRange, rest: Expr, known: Mapping[str, Expr]) -> Expr:
    """The loop returns its literal in some round, or what comes after it is returned."""
    answers = [node.value for node in walk(*loop.body) if isinstance(node, Return)]
    match answers:
        case [BoolLit(answer), *others] if all(each == BoolLit(answer) for each in others):
            pass
        case _:
            raise _NoSearch
    name = loop.binder.name
    if name in known:
        raise _NoSearch
    returns = _returns(loop.body, known)
    if answer:
        return disjunction((some(name, _source(loop, known), returns), rest))
    return conjunction((every(name, _source(loop, known), negated(returns)), rest))


def _source(loop: ForEach | ForRange, known: Mapping[str, Expr]) -> Expr:
    match loop:
        case ForEach():
            return _told(loop.source, known)
        case ForRange(_, start, stop, IntLit(1)) if type_of(start) == INT:
            return span(_told(start, known), _told(stop, known))
        case _:
            raise _NoSearch


def _returns(block: Block, known: Mapping[str, Expr]) -> Expr:
    """When a round returns: there is one answer in it, so that it matters not which return."""
    if not block:
        return FALSE
    first, rest = block[0], block[1:]
    match first:
        case Return():
            return TRUE
        case Continue(None):
            return FALSE
        case VarDecl(name, _, value) if value is not None:
            return _returns(rest, {**known, name: _told(value, known)})
        case If(condition, then, orelse):
            sides = _returns((*then, *rest), known), _returns((*orelse, *rest), known)
            return _either(_told(condition, known), *sides)
        case ForEach() | ForRange() if not _jumps(first):
            name = first.binder.name
            if name in known:
                raise _NoSearch
            inner = some(name, _source(first, known), _returns(first.body, known))
            return disjunction((inner, _returns(rest, known)))
        case _:
            raise _NoSearch


def _jumps(loop: Stmt) -> bool:
    """Whether a `continue` in it is meant for a loop around it."""
    return any(isinstance(node, Continue) and node.label is not None for node in walk(loop))


def _told(expr: Expr, known: Mapping[str, Expr]) -> Expr:
    found = with_known(expr, known, LARGEST)
    if found is None:
        raise _NoSearch
    return found


def _either(condition: Expr, then: Expr, orelse: Expr) -> Expr:
    """`then if condition else orelse`, as a condition."""
    match then, orelse:
        case (BoolLit(True), _):
            return disjunction((condition, orelse))
        case (BoolLit(False), _):
            return conjunction((negated(condition), orelse))
        case (_, BoolLit(True)):
            return disjunction((negated(condition), then))
        case (_, BoolLit(False)):
            return conjunction((condition, then))
        case _:
            return IfExpr(condition, then, orelse)
