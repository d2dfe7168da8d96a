"""Sums, counts, products and extrema of what a loop may have gone through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from autoform.ir.exprs import Expr, Var, type_of
from autoform.ir.ops import apply
from autoform.ir.traversal import substitute
from autoform.ir.types import INT, STR, SeqType, is_integer
from autoform.specify.candidate import Pattern, View, bound
from autoform.specify.expressions import (
    ONE,
    as_int,
    eq,
    every,
    fresh,
    is_sized,
    items_of,
    length,
    listed,
    size,
)
from autoform.specify.table import agrees
from autoform.specify.templates.sequences import is_in
from autoform.specify.templates.truths import sources_of

MOST_FOLDS: Final = 240
MOST_EQUATIONS: Final = 4


def folds(view: View) -> Iterator[Expr]:
    """`result == sum(f(x) for x in xs if p(x))`; counts, products and extrema likewise."""
    if not is_integer(type_of(view.target)):
        return
    value = as_int(view.target)
    wanted = view.table.column(value)
    equal = [
        eq(value, fold)
        for _, fold in zip(range(MOST_FOLDS), _folds(view), strict=False)
        if agrees(view.table.column(fold), wanted)
    ]
    yield from sorted(dict.fromkeys(equal), key=size)[:MOST_EQUATIONS]


def _folds(view: View) -> Iterator[Expr]:
    yield from _text_counts(view)
    for predicate in view.predicates:
        for source in sources_of(view, predicate):
            name, condition = bound(predicate, source, *view.inputs)
            yield apply("seq.sum", listed(ONE, name, source, condition))
            for image in _numbers(view, predicate):
                body = substitute(image.expr, {image.name: Var(name, image.type)})
                for op in ("seq.sum", "seq.max", "seq.min", "seq.product"):
                    yield apply(op, listed(body, name, source, condition))
    for image in view.images:
        if not is_integer(type_of(image.expr)):
            continue
        for source in sources_of(view, image):
            name, body = bound(image, source, *view.inputs)
            is_own = body == Var(name, image.type)
            values = source if is_own else listed(body, name, source)
            for op in ("seq.sum", "seq.max", "seq.min", "seq.product"):
                yield apply(op, values)


def _text_counts(view: View) -> Iterator[Expr]:
    for whole in view.inputs:
        for part in view.inputs:
            if whole == part:
                continue
            if type_of(whole) == type_of(part) == STR:
                yield apply("str.count", whole, part)
                yield apply("str.find", whole, part)
            type_ = type_of(whole)
            if isinstance(type_, SeqType) and type_.element == type_of(part):
                yield apply("seq.count", whole, part)


def _numbers(view: View, predicate: Pattern) -> Iterator[Pattern]:
    """Integer images of the variable that a predicate is about."""
    found = 0
    for image in view.images:
        if image.type == predicate.type and is_integer(type_of(image.expr)) and found < 4:
            found += 1
            yield image


def extrema(view: View) -> Iterator[Expr]:
    """The result is one of the elements, and none is beyond it."""
    type_ = type_of(view.target)
    for source in view.inputs:
        if items_of(type_of(source)) != type_:
            continue
        x = Var(fresh("x", *view.inputs), type_)
        yield is_in(source, view.target)
        yield apply("not", is_in(source, view.target))
        if is_integer(type_):
            for op in ("le", "ge", "lt", "gt", "ne"):
                yield every(x.name, source, apply(op, x, view.target))
    if is_integer(type_):
        yield from _elements_sized(view)


def _elements_sized(view: View) -> Iterator[Expr]:
    """Of texts and sequences in a sequence: none is longer, or shorter, than the result is."""
    for source in view.inputs:
        element = items_of(type_of(source))
        if isinstance(type_of(source), SeqType) and element is not None and is_sized(element):
            x = Var(fresh("x", *view.inputs), element)
            for op in ("le", "ge"):
                yield every(x.name, source, apply(op, length(x), as_int(view.target)))


def selections(view: View) -> Iterator[Expr]:
    """The longest, the shortest: no element's length is beyond the result's."""
    type_ = type_of(view.target)
    if not is_sized(type_):
        return
    for source in view.inputs:
        if isinstance(type_of(source), SeqType) and items_of(type_of(source)) == type_:
            x = Var(fresh("x", *view.inputs), type_)
            for op in ("le", "ge"):
                yield every(x.name, source, apply(op, length(x), length(view.target)))
                if isinstance(type_, SeqType) and type_.element == INT:
                    sums = apply("seq.sum", x), apply("seq.sum", view.target)
                    yield every(x.name, source, apply(op, *sums))
