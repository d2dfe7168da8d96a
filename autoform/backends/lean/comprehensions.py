"""Comprehensions as lists that are mapped, filtered and collected in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from autoform.backends.lean.terms import LOW, Term, app, closed, conditional, lambda_
from autoform.ir.exprs import Collection, Comprehension, Expr, Filter, Generator, type_of
from autoform.ir.types import MapType, SeqType, SetType

if TYPE_CHECKING:
    from autoform.backends.lean.expressions import Printer


def comprehension(printer: Printer, expr: Comprehension) -> Term:
    """The collection that a comprehension builds."""
    first = expr.clauses[0]
    if not isinstance(first, Generator):
        raise AssertionError("a comprehension starts with a generator")
    items = items_of(printer, first.source)
    built = _generated(printer, expr, first, items, expr.clauses[1:])
    match expr.kind:
        case Collection.SEQ:
            return built
        case Collection.SET:
            return app("Py.setOf", built)
        case Collection.MAP:
            return app("Py.mapOf", built)
        case _:
            assert_never(expr.kind)


def items_of(printer: Printer, source: Expr) -> Term:
    """What a generator or quantifier runs over, as a list."""
    term = printer.value(source)
    match type_of(source):
        case SetType():
            return app("Py.Set.items", term)
        case MapType():
            return app("List.map", Term("Prod.fst"), app("Py.Map.items", term))
        case SeqType():
            return term
        case _:
            return app("List.map", Term("fun (c : Char) => [c]", LOW), term)


def _generated(
    printer: Printer,
    expr: Comprehension,
    generator: Generator,
    items: Term,
    rest: tuple[Generator | Filter, ...],
) -> Term:
    """The list that one generator and what follows it yield."""
    name = printer.binder(generator.binder)
    inner = printer.inside()
    if not rest:
        element = _element(inner, expr)
        if not inner.raises:
            return app("List.map", lambda_((name,), inner.around(element)), items)
        return _collect(printer, name, inner, Term(f"[{element.text}]"), items)
    body = _clauses(inner, expr, rest)
    if not inner.raises:
        return app("List.flatMap", lambda_((name,), inner.around(body)), items)
    return _collect(printer, name, inner, body, items)


def _collect(printer: Printer, name: str, inner: Printer, body: Term, items: Term) -> Term:
    return printer.bind(app("Py.collect", lambda_((name,), inner.raising(body)), items))


def _clauses(
    printer: Printer, expr: Comprehension, clauses: tuple[Generator | Filter, ...]
) -> Term:
    """The list that the clauses yield for one element."""
    if not clauses:
        return Term(f"[{_element(printer, expr).text}]")
    first, rest = clauses[0], clauses[1:]
    if isinstance(first, Generator):
        return _generated(printer, expr, first, items_of(printer, first.source), rest)
    test = printer.truth(first.condition).as_prop
    inner = printer.inside()
    body = _clauses(inner, expr, rest)
    if not inner.raises:
        return conditional(test, closed(inner.around(body)), Term("[]"))
    chosen = conditional(test, closed(inner.raising(body)), Term("Except.ok []"))
    return printer.bind(chosen)


def _element(printer: Printer, expr: Comprehension) -> Term:
    if expr.key is None:
        return printer.value(expr.element)
    key = printer.value(expr.key)
    return Term(f"({key.text}, {printer.value(expr.element).text})")
