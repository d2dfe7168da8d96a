"""Sequences against their inputs: order, membership, permutation, element by element."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Final

from autoform.ir.exprs import Apply, Expr, Var, type_of
from autoform.ir.ops import apply
from autoform.ir.traversal import substitute
from autoform.ir.types import (
    INT,
    STR,
    IntType,
    SeqType,
    SetType,
    StrType,
    Type,
    is_integer,
    is_ordered,
)
from autoform.specify.candidate import Pattern, View, bound
from autoform.specify.expressions import (
    ONE,
    ZERO,
    add,
    eq,
    every,
    fresh,
    item,
    items_of,
    length,
    listed,
    number,
    places,
    span,
)
from autoform.specify.templates.truths import ascending, sources_of
from autoform.specify.vocabulary import texts

MOST_FILTERS: Final = 120


def shapes(view: View) -> Iterator[Expr]:
    """`result == sorted(xs)`, `xs[::-1]`, `xs[:n]`, `xs + ys` and the like."""
    type_ = type_of(view.target)
    if not isinstance(type_, SeqType | StrType | SetType):
        return
    same = [value for value in view.inputs if type_of(value) == type_]
    for value in same:
        yield eq(view.target, value)
        if not isinstance(type_, SetType):
            yield from (eq(view.target, other) for other in _variants(view, value))
    for one, other in permutations(same, 2):
        yield from (eq(view.target, both) for both in _joined(type_, one, other))
    if isinstance(type_, SetType):
        for value in view.inputs:
            if type_of(value) == SeqType(type_.element):
                yield eq(view.target, apply("seq.to_set", value))
    if type_ == SeqType(INT):
        yield from _counted(view)
    for value in view.own:
        if type_of(value) == type_:
            yield eq(view.target, value)


def _variants(view: View, value: Expr) -> Iterator[Expr]:
    kind = "str" if type_of(value) == STR else "seq"
    element = items_of(type_of(value))
    yield apply(f"{kind}.reverse", value)
    yield apply(f"{kind}.slice_from", value, ONE)
    yield apply(f"{kind}.slice_to", value, number(-1))
    yield apply(f"{kind}.slice", value, ONE, number(-1))
    for n in view.inputs:
        if is_integer(type_of(n)):
            yield apply(f"{kind}.slice_to", value, n)
            yield apply(f"{kind}.slice_from", value, n)
            yield apply(f"{kind}.repeat", value, n)
            yield apply(
                f"{kind}.concat",
                apply(f"{kind}.slice_from", value, n),
                apply(f"{kind}.slice_to", value, n),
            )
            yield apply(
                f"{kind}.concat",
                apply(f"{kind}.slice_from", value, apply("neg", n)),
                apply(f"{kind}.slice_to", value, apply("neg", n)),
            )
    if kind == "str":
        yield from (apply(f"py.{op}", value) for op in _TEXT_CHANGES)
        found = texts(view.function)
        for one, other in permutations(found[:5], 2):
            yield apply("str.replace", value, one, other)
        for one in found[:5]:
            yield apply("str.concat", value, one)
            yield apply("str.concat", one, value)
        return
    if element is not None and is_ordered(element):
        yield apply("seq.sorted", value)
        yield apply("seq.sorted_desc", value)
        yield apply("set.sorted", apply("seq.to_set", value))
    for other in view.inputs:
        if type_of(other) == element:
            yield apply("seq.append", value, other)


_TEXT_CHANGES: Final = ("upper", "lower", "swapcase", "capitalize", "title", "strip")


def _joined(type_: Type, one: Expr, other: Expr) -> Iterator[Expr]:
    if isinstance(type_, SetType):
        for op in ("union", "intersection", "difference", "symmetric_difference"):
            yield apply(f"set.{op}", one, other)
    else:
        yield apply("str.concat" if type_ == STR else "seq.concat", one, other)


def _counted(view: View) -> Iterator[Expr]:
    """`result == list(range(a, b))`."""
    numbers = [value for value in view.inputs if is_integer(type_of(value))]
    for value in numbers:
        for start in (ZERO, ONE):
            for stop in (value, apply("add", value, ONE)):
                yield eq(view.target, span(start, stop))


def order(view: View) -> Iterator[Expr]:
    """The result's own order: it rises, falls, has no two equal elements."""
    type_ = type_of(view.target)
    if isinstance(type_, SeqType):
        yield from ascending(view.target)
        yield eq(length(apply("seq.to_set", view.target)), length(view.target))


def membership(view: View) -> Iterator[Expr]:
    """What is in the result is in an input, and the reverse; the same, as often."""
    type_ = type_of(view.target)
    element = items_of(type_)
    if element is None:
        return
    for source in view.inputs:
        if items_of(type_of(source)) != element:
            continue
        x = Var(fresh("c" if element == STR else "x", *view.inputs), element)
        yield every(x.name, view.target, is_in(source, x))
        yield every(x.name, source, is_in(view.target, x))
        if isinstance(type_, SeqType | StrType) and type_of(source) == type_:
            one, other = view.target, source
            if type_ == STR:
                one, other = apply("str.chars", one), apply("str.chars", other)
            yield eq(apply("seq.to_set", one), apply("seq.to_set", other))
            if is_ordered(element):
                yield eq(apply("seq.sorted", one), apply("seq.sorted", other))
    yield from _excluded(view, element)


def _excluded(view: View, element: Type) -> Iterator[Expr]:
    for other in view.inputs:
        inner = items_of(type_of(other))
        if inner == element and type_of(other) != STR:
            x = Var(fresh("x", *view.inputs), element)
            yield every(x.name, view.target, apply("not", is_in(other, x)))
        if type_of(other) == element:
            yield is_in(view.target, other)
            yield apply("not", is_in(view.target, other))


def is_in(whole: Expr, part: Expr) -> Expr:
    """`part in whole`."""
    match type_of(whole):
        case StrType():
            return apply("str.contains", whole, part)
        case SetType():
            return apply("set.contains", whole, part)
        case SeqType():
            return apply("seq.contains", whole, part)
        case _:
            return apply("map.contains", whole, part)


def elements(view: View) -> Iterator[Expr]:
    """All elements of the result satisfy a pattern."""
    element = items_of(type_of(view.target))
    for pattern in view.predicates:
        if pattern.type == element:
            name, body = bound(pattern, *view.inputs)
            yield every(name, view.target, body)


def images(view: View) -> Iterator[Expr]:
    """`result == [f(x) for x in xs]`, and the same place by place."""
    type_ = type_of(view.target)
    if not isinstance(type_, SeqType):
        return
    for pattern in view.images:
        if type_of(pattern.expr) != type_.element:
            continue
        for source in sources_of(view, pattern):
            name, body = bound(pattern, source, *view.inputs)
            if body != Var(name, pattern.type):
                yield eq(view.target, listed(body, name, source))
            if isinstance(type_of(source), SeqType | StrType) and not _is_range(source):
                yield from _by_place(view, pattern, source)


def _by_place(view: View, pattern: Pattern, source: Expr) -> Iterator[Expr]:
    i = Var(fresh("i", *view.inputs), INT)
    body = substitute(pattern.expr, {pattern.name: item(source, i)})
    yield every(i.name, places(source), eq(item(view.target, i), body))


def _is_range(source: Expr) -> bool:
    return isinstance(source, Apply) and source.op == "seq.range"


def filters(view: View) -> Iterator[Expr]:
    """`result == [f(x) for x in xs if p(x)]`."""
    type_ = type_of(view.target)
    if not isinstance(type_, SeqType):
        return
    found = 0
    for predicate in view.predicates:
        for source in sources_of(view, predicate):
            name, condition = bound(predicate, source, *view.inputs)
            for image in _images_like(view, predicate, type_.element):
                body = _about(image, name)
                found += 1
                if found > MOST_FILTERS:
                    return
                yield eq(view.target, listed(body, name, source, condition))


def _images_like(view: View, predicate: Pattern, element: Type) -> Iterator[Pattern]:
    """Images of the variable that a predicate is about; itself first."""
    own = Pattern(predicate.name, predicate.type, Var(predicate.name, predicate.type))
    if predicate.type == element:
        yield own
    for image in view.images:
        is_own = isinstance(image.expr, Var)
        if image.type == predicate.type and type_of(image.expr) == element and not is_own:
            yield image


def _about(pattern: Pattern, name: str) -> Expr:
    return substitute(pattern.expr, {pattern.name: Var(name, pattern.type)})


def pairwise(view: View) -> Iterator[Expr]:
    """`result[i]` from two inputs, from neighbours, or from the elements so far."""
    type_ = type_of(view.target)
    if not isinstance(type_, SeqType):
        return
    i = Var(fresh("i", *view.inputs), INT)
    here = item(view.target, i)
    sources = [v for v in view.inputs if isinstance(type_of(v), SeqType)]
    for one, other in permutations(sources, 2):
        if type_of(one) == type_of(other) == SeqType(INT) == type_:
            for op in ("add", "sub", "mul", "floor_div", "floor_mod", "max2", "min2"):
                body = eq(here, apply(op, item(one, i), item(other, i)))
                yield every(i.name, places(view.target), body)
    for source in sources:
        if not (isinstance(type_of(source), SeqType) and type_of(source) == type_):
            continue
        if isinstance(type_.element, IntType):
            yield from _prefixes(view, source, i)
            following = item(source, add(i, ONE))
            for op in ("sub", "add", "mul"):
                for one, other in ((following, item(source, i)), (item(source, i), following)):
                    yield every(i.name, places(view.target), eq(here, apply(op, one, other)))
        last = apply("sub", apply("sub", length(source), ONE), i)
        yield every(i.name, places(view.target), eq(here, item(source, last)))


def _prefixes(view: View, source: Expr, i: Var) -> Iterator[Expr]:
    prefix = apply("seq.slice_to", source, add(i, ONE))
    for op in ("sum", "max", "min", "product"):
        body = eq(item(view.target, i), apply(f"seq.{op}", prefix))
        yield every(i.name, places(view.target), body)
