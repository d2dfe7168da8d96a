"""What a yes or no depends on: `result == condition`, and one direction where that is all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations
from typing import Final

from autoform.ir.build import negation
from autoform.ir.decls import Function
from autoform.ir.exprs import Apply, Expr, IntLit, Var, type_of
from autoform.ir.ops import apply
from autoform.ir.stmts import Return
from autoform.ir.traversal import walk
from autoform.ir.types import BOOL, INT, STR, SeqType, SetType, StrType, is_integer, is_ordered
from autoform.specify.candidate import Pattern, View, bound, different
from autoform.specify.expressions import (
    ONE,
    TWO,
    ZERO,
    as_int,
    eq,
    every,
    fresh,
    implies,
    item,
    items_of,
    le,
    length,
    lt,
    negated,
    places,
    size,
    some,
    span,
)
from autoform.specify.vocabulary import base_integers, texts

MOST_CONDITIONS: Final = 900
MOST_EQUIVALENCES: Final = 4
MOST_IMPLICATIONS: Final = 6


def equivalences(view: View) -> Iterator[Expr]:
    """`result == condition`; the shortest conditions that say the same on every run."""
    if type_of(view.target) != BOOL:
        return
    wanted = view.table.column(view.target)
    opposite = tuple(not each for each in wanted)
    equal: list[Expr] = []
    weaker: list[Expr] = []
    for condition in all_conditions(view):
        column = view.table.column(condition)
        if column == wanted:
            equal.append(eq(view.target, condition))
        elif column == opposite:
            equal.append(eq(view.target, negated(condition)))
        elif len(weaker) < MOST_IMPLICATIONS and len(set(column)) > 1:
            weaker += _one_way(view.target, condition, wanted, column)
    yield from sorted(equal, key=size)[:MOST_EQUIVALENCES]
    if not equal:
        yield from weaker[:MOST_IMPLICATIONS]


def absences(view: View) -> Iterator[Expr]:
    """When a literal such as -1 is returned: `(result == -1) == (target not in xs)`."""
    if not is_integer(type_of(view.target)):
        return
    for literal in returned_literals(view.function):
        here = eq(as_int(view.target), literal)
        wanted = view.table.column(here)
        opposite = tuple(not each for each in wanted)
        if len(set(wanted)) == 1:
            continue
        found = [eq(here, c) for c in all_conditions(view) if view.table.column(c) == wanted]
        found += [
            eq(here, negated(c)) for c in all_conditions(view) if view.table.column(c) == opposite
        ]
        yield from sorted(found, key=size)[:MOST_EQUIVALENCES]


def returned_literals(function: Function) -> list[Expr]:
    """The integers that the body returns as they stand."""
    values = (node.value for node in walk(*function.body) if isinstance(node, Return))
    found = [as_int(value) for value in values if isinstance(value, IntLit)]
    return list(dict.fromkeys(found))[:3]


def _one_way(
    target: Expr, condition: Expr, wanted: tuple[object, ...], column: tuple[object, ...]
) -> Iterator[Expr]:
    pairs = list(zip(wanted, column, strict=True))
    if not all(isinstance(c, bool) for _, c in pairs):
        return
    if all(c for w, c in pairs if w):
        yield implies(target, condition)
    if all(w for w, c in pairs if c):
        yield implies(condition, target)
    if all(not c for w, c in pairs if w):
        yield implies(target, negated(condition))
    if all(w for w, c in pairs if not c):
        yield implies(negation(condition), target)


def all_conditions(view: View) -> Iterator[Expr]:
    """Conditions over the inputs, those of the body first."""
    found = different(
        (
            *view.conditions,
            *_of_integers(view),
            *_of_sequences(view),
            *_of_texts(view),
            *quantified(view),
            *_of_pairs(view),
        )
    )
    for _, condition in zip(range(MOST_CONDITIONS), found, strict=False):
        yield condition


def _of_integers(view: View) -> Iterator[Expr]:
    base = [value for value in base_integers(view.function) if size(value) <= 3]
    for value in base[:6]:
        yield from (lt(ZERO, value), eq(value, ZERO), le(ZERO, value), lt(ONE, value))
        yield eq(apply("floor_mod", value, TWO), ZERO)
    for one, other in combinations(base[:8], 2):
        yield from (eq(one, other), lt(one, other), le(one, other))
        yield eq(apply("floor_mod", one, other), ZERO)
        yield eq(apply("floor_mod", other, one), ZERO)
    values = [value for value in view.inputs if is_integer(type_of(value))]
    if len(values) == 3:
        for a, b, c in permutations(values):
            yield eq(apply("add", a, b), c)
            yield lt(c, apply("add", a, b))
            yield eq(apply("add", apply("mul", a, a), apply("mul", b, b)), apply("mul", c, c))


def _of_sequences(view: View) -> Iterator[Expr]:
    sequences = [v for v in view.inputs if isinstance(type_of(v), SeqType | StrType)]
    for value in sequences:
        type_ = type_of(value)
        reverse = apply("str.reverse" if type_ == STR else "seq.reverse", value)
        yield eq(value, reverse)
        yield eq(length(value), ZERO)
        if isinstance(type_, SeqType):
            yield eq(length(apply("seq.to_set", value)), length(value))
            yield from ascending(value)
            for other in view.inputs:
                if type_of(other) == type_.element:
                    yield apply("seq.contains", value, other)
        else:
            letters = apply("str.chars", value)
            yield eq(length(apply("seq.to_set", letters)), length(value))
    for one, other in combinations(sequences, 2):
        if type_of(one) == type_of(other):
            yield eq(one, other)
            yield from _of_two(one, other)


def _of_two(one: Expr, other: Expr) -> Iterator[Expr]:
    type_ = type_of(one)
    if isinstance(type_, StrType):
        one, other = apply("str.chars", one), apply("str.chars", other)
        type_ = type_of(one)
    yield eq(apply("seq.to_set", one), apply("seq.to_set", other))
    x = fresh("x", one, other)
    for a, b in ((one, other), (other, one)):
        element = _variable(x, a)
        yield every(x, a, apply("seq.contains", b, element))
        yield some(x, a, apply("seq.contains", b, element))
    if isinstance(type_, SeqType) and is_ordered(type_.element):
        yield apply("eq", apply("seq.sorted", one), apply("seq.sorted", other))


def _of_texts(view: View) -> Iterator[Expr]:
    found = texts(view.function)
    for one in found:
        for kind in ("isdigit", "isalpha", "isupper", "islower", "isalnum", "isspace"):
            yield apply(f"py.{kind}", one)
        for other in found:
            if one != other:
                for op in ("starts_with", "ends_with", "contains"):
                    yield apply(f"str.{op}", one, other)
    for one, other in combinations(found, 2):
        yield eq(one, other)
        yield eq(apply("py.lower", one), apply("py.lower", other))
    sets = [value for value in view.inputs if isinstance(type_of(value), SetType)]
    for one, other in permutations(sets, 2):
        yield apply("set.is_subset", one, other)
        yield apply("set.is_disjoint", one, other)
        yield eq(one, other)


def ascending(value: Expr) -> Iterator[Expr]:
    """Whether a sequence rises, does not fall, falls or does not rise."""
    type_ = type_of(value)
    if not (isinstance(type_, SeqType) and is_ordered(type_.element)):
        return
    i = _place("i", value)
    later = item(value, apply("add", i, ONE))
    earlier = item(value, i)
    steps = span(ZERO, apply("sub", length(value), ONE))
    for op in ("le", "lt", "ge", "gt"):
        yield every(i.name, steps, apply(op, earlier, later))


def quantified(view: View) -> Iterator[Expr]:
    """All, or some, of the elements satisfy a pattern."""
    for pattern in view.predicates:
        for source in sources_of(view, pattern):
            name, body = bound(pattern, source, *view.inputs)
            yield every(name, source, body)
            yield some(name, source, body)


def sources_of(view: View, pattern: Pattern) -> Iterator[Expr]:
    """What a pattern's variable may run over: its own source, and inputs of such elements."""
    if pattern.source is not None:
        yield pattern.source
    for value in view.inputs:
        is_of_it = items_of(type_of(value)) == pattern.type
        if value != pattern.source and is_of_it and not _is_member(pattern, value):
            yield value


def _is_member(pattern: Pattern, value: Expr) -> bool:
    """Whether the pattern says of elements of the value that they are in it."""
    match pattern.expr:
        case Apply("seq.contains", (whole, Var(name))):
            return whole == value and name == pattern.name
        case _:
            return False


def _of_pairs(view: View) -> Iterator[Expr]:
    """Some two different elements add up to, or are as far apart as, an integer input."""
    numbers = [value for value in view.inputs if is_integer(type_of(value))]
    for value in view.inputs:
        type_ = type_of(value)
        if not (isinstance(type_, SeqType) and is_integer(type_.element)):
            continue
        i, j = _place("i", *view.inputs), _place("j", *view.inputs)
        later = span(apply("add", i, ONE), length(value))
        one, other = item(value, i), item(value, j)
        bodies = [eq(apply("add", one, other), n) for n in (*numbers, ZERO)]
        bodies += [lt(apply("abs", apply("sub", one, other)), n) for n in numbers]
        for body in (*bodies, eq(one, other)):
            yield some(i.name, places(value), some(j.name, later, body))


def _place(name: str, *near: Expr) -> Var:
    return Var(fresh(name, *near), INT)


def _variable(name: str, source: Expr) -> Var:
    element = items_of(type_of(source))
    assert element is not None
    return Var(name, element)
