r"""Functions whose claims say of themselves when they have a meaning.

    ensures forall i in seq.range(0, seq.len(xs), 1): seq.at(\result, i) > 0

becomes

    ensures forall i in seq.range(0, seq.len(xs), 1): 0 <= i && i < seq.len(\result)
    ensures forall i in seq.range(0, seq.len(xs), 1):
        0 <= i && i < seq.len(\result) && seq.at(\result, i) > 0

A claim that fails to have a value is false, so for autoform the first says both. A modular
verifier reads a contract without the body and wants to be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import cast

from autoform.ir.build import conjunction, disjunction, negation
from autoform.ir.decls import Function
from autoform.ir.definedness import conditions
from autoform.ir.exprs import (
    TRUE,
    And,
    Apply,
    Expr,
    FieldGet,
    IfExpr,
    Let,
    Old,
    Or,
    Quant,
    Quantifier,
    TupleGet,
    TupleLit,
)
from autoform.ir.node import Node
from autoform.ir.stmts import Clause, Origin
from autoform.ir.traversal import declared_names, freshen, map_children
from autoform.passes.purity import may_raise
from autoform.vc.loops import Annotation, annotate, loop_sites

__all__ = ["defined", "explicit"]


def explicit(function: Function) -> Function:
    """The lowered function with the definedness of its claims stated before them."""
    taken = set(declared_names(function))
    ensures = tuple(_stated(function.contract.ensures, taken))
    contract = replace(function.contract, ensures=ensures)
    annotations = {
        site.number: Annotation(tuple(_stated(site.loop.invariants, taken)), site.loop.decreases)
        for site in loop_sites(function)
    }
    return annotate(replace(function, contract=contract), annotations)


def _stated(clauses: Iterable[Clause], taken: set[str]) -> Iterator[Clause]:
    for clause in clauses:
        demand = defined(clause.condition)
        if demand is not None and demand != TRUE:
            yield Clause(freshen(demand, taken), Origin.MINED, span=clause.span)
            clause = replace(clause, condition=_guarded(clause.condition, taken))  # noqa: PLW2901 - the same claim, said in full
        yield clause


def _guarded(condition: Expr, taken: set[str]) -> Expr:
    """The condition with what gives the bodies of its quantifiers a value said inside them."""

    def change(node: Node) -> Node:
        inner = map_children(node, change)
        if not (isinstance(node, Quant) and isinstance(inner, Quant)):
            return inner
        demand = defined(node.body)
        if demand is None or demand == TRUE:
            return inner
        return replace(inner, body=conjunction((freshen(demand, taken), inner.body)))

    return cast(Expr, change(condition))


def defined(expr: Expr) -> Expr | None:
    """When an expression has a value, itself always having one; None where that is too much to say.

    Of a quantifier it is asked on the whole domain, as obligations do.
    """
    if not may_raise(expr):
        return TRUE
    match expr:
        case And(items):
            return _reached(items, decided=False)
        case Or(items):
            return _reached(items, decided=True)
        case Apply("implies", (premise, conclusion)):
            return _reached((negation(premise), conclusion), decided=True)
        case Apply(args=args):
            parts = [defined(arg) for arg in args]
            return _all((*parts, *(condition for _, condition in conditions(expr))))
        case TupleLit(items):
            return _all(map(defined, items))
        case TupleGet(value) | FieldGet(value):
            return defined(value)
        case Old(value):
            below = defined(value)
            return None if below is None else Old(below)
        case IfExpr(condition, then, orelse):
            branches = [defined(then), defined(orelse)]
            if None in branches:
                return None
            chosen = IfExpr(condition, branches[0] or TRUE, branches[1] or TRUE)
            return _all((defined(condition), chosen))
        case Let(name, value, body):
            below = defined(body)
            if below is None or below == TRUE:
                return None if below is None else defined(value)
            return _all((defined(value), Let(name, value, below)))
        case Quant(_, binder, domain, body):
            below = defined(body)
            if below is None or below == TRUE:
                return None if below is None else defined(domain)
            return _all((defined(domain), Quant(Quantifier.FORALL, binder, domain, below)))
        case _:
            return None


def _all(parts: Iterable[Expr | None]) -> Expr | None:
    found = list(parts)
    if any(part is None for part in found):
        return None
    return conjunction(part for part in found if part is not None)


def _reached(items: tuple[Expr, ...], *, decided: bool) -> Expr | None:
    """Operands that short-circuit: each has a value where those before it did not decide."""
    found: list[Expr | None] = []
    before: list[Expr] = []
    for item in items:
        below = defined(item)
        if below is not None and below != TRUE and before:
            guards = before if decided else [negation(each) for each in before]
            below = disjunction((*guards, below))
        found.append(below)
        before.append(item)
    return _all(found)
