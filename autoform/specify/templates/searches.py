"""Places and keys: what stands where the result points, what a map holds."""

from __future__ import annotations

from collections.abc import Iterator

from autoform.ir.exprs import Expr, Var, type_of
from autoform.ir.ops import apply
from autoform.ir.traversal import substitute
from autoform.ir.types import BOOL, INT, STR, MapType, OptionType, SeqType, is_integer
from autoform.specify.candidate import View, bound
from autoform.specify.expressions import (
    ZERO,
    as_int,
    eq,
    every,
    fresh,
    item,
    items_of,
    length,
    span,
)
from autoform.specify.templates.sequences import is_in
from autoform.specify.templates.truths import all_conditions


def places(view: View) -> Iterator[Expr]:
    """The element at the place that is returned, and those before it."""
    if not is_integer(type_of(view.target)):
        return
    value = as_int(view.target)
    for source in view.inputs:
        type_ = type_of(source)
        if not (isinstance(type_, SeqType) or type_ == STR):
            continue
        element = items_of(type_)
        assert element is not None
        i = Var(fresh("i", *view.inputs), INT)
        here, before = item(source, value), item(source, i)
        yield apply("lt", value, length(source))
        for other in view.inputs:
            if type_of(other) == element:
                yield eq(here, other)
                yield every(i.name, span(ZERO, value), apply("ne", before, other))
                if is_integer(element):
                    yield every(i.name, span(ZERO, value), apply("lt", before, other))
                    yield every(i.name, span(value, length(source)), apply("le", other, before))
        if is_integer(element):
            yield every(i.name, span(ZERO, length(source)), apply("le", before, here))
            yield every(i.name, span(ZERO, length(source)), apply("ge", before, here))
        for pattern in view.predicates:
            if pattern.type == element:
                name, body = bound(pattern, *view.inputs)
                yield _at(body, name, here)
                denied = apply("not", _at(body, name, before))
                yield every(i.name, span(ZERO, value), denied)


def _at(body: Expr, name: str, value: Expr) -> Expr:
    return substitute(body, {name: value})


def maps(view: View) -> Iterator[Expr]:
    """The keys of a resulting map, and the value that each has."""
    type_ = type_of(view.target)
    if not isinstance(type_, MapType):
        return
    key = Var(fresh("k", *view.inputs), type_.key)
    held = apply("map.at", view.target, key)
    for source in view.inputs:
        if items_of(type_of(source)) != type_.key:
            continue
        keys = source
        if isinstance(type_of(source), SeqType):
            yield eq(apply("map.key_set", view.target), apply("seq.to_set", keys))
            if is_integer(type_.value):
                yield every(key.name, view.target, eq(held, apply("seq.count", source, key)))
                yield every(key.name, source, eq(held, apply("seq.count", source, key)))
        if type_of(source) == STR:
            letters = apply("str.chars", source)
            yield eq(apply("map.key_set", view.target), apply("seq.to_set", letters))
            yield every(key.name, view.target, eq(held, apply("str.count", source, key)))
        yield every(key.name, view.target, is_in(source, key))
        yield every(key.name, source, is_in(view.target, key))
        if isinstance(type_of(source), MapType) and type_of(source) == type_:
            yield eq(view.target, source)
            yield every(key.name, view.target, eq(held, apply("map.at", source, key)))
    for pattern in view.images:
        if pattern.type == type_.key and type_of(pattern.expr) == type_.value:
            name, body = bound(pattern, *view.inputs)
            here = apply("map.at", view.target, Var(name, type_.key))
            yield every(name, view.target, eq(here, body))


def options(view: View) -> Iterator[Expr]:
    """When an optional result is absent."""
    if not isinstance(type_of(view.target), OptionType):
        return
    absent = apply("option.is_none", view.target)
    column = view.table.column(absent)
    opposite = tuple(not each for each in column)
    if len(set(column)) == 1:
        yield absent if column[:1] == (True,) else apply("option.is_some", view.target)
        return
    found = 0
    for condition in all_conditions(view):
        if type_of(condition) == BOOL and found < 3:
            values = view.table.column(condition)
            if values == column:
                found += 1
                yield eq(absent, condition)
            elif values == opposite:
                found += 1
                yield eq(apply("option.is_some", view.target), condition)
