"""Preconditions that a function turns out to need: what its failing calls have in common.

    def first(xs: list[int]) -> int:
        return xs[0]                        requires len(xs) > 0

A condition is taken when all calls that return meet it and calls that fail do not. Conditions
that would also forbid calls that return are taken only where nothing else explains the failures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from autoform.crosscheck.observation import Input
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Apply, Expr, Old, Quant, Var, type_of
from autoform.ir.ops import apply
from autoform.ir.traversal import rewrite
from autoform.ir.types import BOOL, SeqType, is_integer
from autoform.semantics.interpreter import EvaluationFailed, FuelExhausted, evaluate
from autoform.semantics.values import Value
from autoform.specify.candidate import View, bound, different
from autoform.specify.expressions import (
    ONE,
    TWO,
    ZERO,
    as_int,
    every,
    fresh,
    is_sized,
    items_of,
    length,
    negated,
    number,
    size,
)
from autoform.specify.patterns import predicates
from autoform.specify.runs import Runs
from autoform.specify.table import CLAUSE_FUEL, Table
from autoform.specify.templates.truths import all_conditions
from autoform.specify.vocabulary import conditions, inputs

MOST_CLAUSES: Final = 3
LEAST_SHARE: Final = 0.3
"""Of the calls that return, those that a precondition must leave at least."""
LARGEST: Final = 12


def preconditions(
    function: Function, module: Module, runs: Runs, documented: Sequence[Expr] = ()
) -> list[Expr] | None:
    """Conditions that rule out the failures; none are needed for none, None where none serve.

    Of those that rule out as much, the `documented` ones are taken: what the docstring states,
    and what the operations of the body ask.
    """
    if not runs.returned:
        return None if runs.failed or runs.unended else []
    found: list[Expr] = []
    if runs.failed:
        candidates = [*documented, *_candidates(function, module)]
        covered = _cover(function, module, runs, candidates, runs.failed, len(documented))
        if covered is None:
            return None
        found += covered
    unended = [i for i in runs.unended if _all_hold(module, found, _entry(function, i))]
    if unended:
        found += _cover(function, module, runs, [*map(_of_entry, _signs(function))], unended) or []
    return found


def _cover(
    function: Function,
    module: Module,
    runs: Runs,
    candidates: Sequence[Expr],
    bad: Sequence[Input],
    preferred: int = 0,
) -> list[Expr] | None:
    """Conditions that exclude the bad calls; of equals one of the `preferred` first."""
    good = [run.entry for run in runs.returned]
    entries = [_entry(function, given) for given in bad]
    judged = []
    first = frozenset(candidates[:preferred])
    for condition in candidates:
        excluded = frozenset(
            place for place, entry in enumerate(entries) if not _holds(module, condition, entry)
        )
        if excluded:
            kept = sum(_holds(module, condition, entry) for entry in good)
            judged.append((condition, excluded, kept))
    exact = [(c, excluded) for c, excluded, kept in judged if kept == len(good)]
    found = _greedy(exact, len(entries), first)
    if found is not None:
        return found
    enough = [(c, excluded) for c, excluded, kept in judged if kept >= LEAST_SHARE * len(good)]
    return _greedy(enough, len(entries), first)


def _greedy(
    judged: Sequence[tuple[Expr, frozenset[int]]], count: int, first: frozenset[Expr]
) -> list[Expr] | None:
    """Few conditions that together exclude all; of equals the first, the weak and the short.

    That two parameters are equal asks more than that one is in the range of the other, and what is
    asked of every element is often said more simply.
    """

    def worth(each: tuple[Expr, frozenset[int]]) -> tuple[int, bool, bool, int]:
        condition, excluded = each
        is_weak = not (isinstance(condition, Apply) and condition.op == "eq")
        is_first = condition in first and not isinstance(condition, Quant)
        return len(excluded & left), is_first, is_weak, -size(condition)

    left = frozenset(range(count))
    found: list[Expr] = []
    while left and len(found) < MOST_CLAUSES:
        best = max(judged, key=worth, default=None)
        if best is None or not best[1] & left:
            return None
        found.append(best[0])
        left -= best[1]
    return None if left else found


def _candidates(function: Function, module: Module) -> Iterator[Expr]:
    view = View(
        module,
        function,
        Table(module, ()),
        inputs(function),
        Var("", BOOL),
        conditions=conditions(function),
        predicates=predicates(function),
    )
    found = different((*_signs(function), *_shapes(function, view), *_either(view)))
    return (_of_entry(condition) for condition in found if size(condition) <= LARGEST)


def _of_entry(condition: Expr) -> Expr:
    """A precondition speaks of the entry alone, and so says nothing of what is old."""
    return rewrite(condition, lambda n: n.value if isinstance(n, Old) else n)


def _either(view: View) -> Iterator[Expr]:
    for condition in all_conditions(view):
        yield condition
        yield negated(condition)


def _signs(function: Function) -> Iterator[Expr]:
    """What rules out the corners of integers and of collections."""
    for value in inputs(function):
        if is_integer(type_of(value)):
            whole = as_int(value)
            yield apply("ge", whole, ZERO)
            yield apply("gt", whole, ZERO)
            yield apply("ne", whole, ZERO)
            yield apply("gt", whole, ONE)
            yield apply("ge", whole, number(-1))
        elif is_sized(type_of(value)):
            yield apply("gt", length(value), ZERO)
            yield apply("gt", length(value), ONE)
            yield apply("gt", length(value), TWO)


def _shapes(function: Function, view: View) -> Iterator[Expr]:
    """Places in range, equal lengths, elements that are not zero, rows that are not empty."""
    values = inputs(function)
    sized = [value for value in values if is_sized(type_of(value))]
    for value in values:
        if not is_integer(type_of(value)):
            continue
        for whole in sized:
            yield apply("lt", as_int(value), length(whole))
            yield apply("le", as_int(value), length(whole))
            yield apply("le", apply("neg", length(whole)), as_int(value))
    for one in sized:
        for other in sized:
            if one != other:
                yield apply("eq", length(one), length(other))
                yield apply("le", length(one), length(other))
        element = items_of(type_of(one))
        if element is None:
            continue
        x = Var(fresh("x", *values), element)
        if is_integer(element):
            yield every(x.name, one, apply("ne", as_int(x), ZERO))
        if is_sized(element):
            yield every(x.name, one, apply("gt", length(x), ZERO))
            yield every(x.name, one, apply("gt", length(x), ONE))
            if isinstance(type_of(one), SeqType):
                first = length(apply("seq.at", one, ZERO))
                yield every(x.name, one, apply("eq", length(x), first))
    for pattern in view.predicates:
        for value in sized:
            if items_of(type_of(value)) == pattern.type:
                name, body = bound(pattern, *values)
                yield every(name, value, body)


def _entry(function: Function, given: Input) -> Mapping[str, Value]:
    return {param.name: value for param, value in zip(function.params, given, strict=True)}


def _all_hold(module: Module, found: Sequence[Expr], entry: Mapping[str, Value]) -> bool:
    return all(_holds(module, condition, entry) for condition in found)


def _holds(module: Module, condition: Expr, entry: Mapping[str, Value]) -> bool:
    try:
        return evaluate(module, condition, entry, old=entry, fuel=CLAUSE_FUEL) is True
    except (EvaluationFailed, FuelExhausted):
        return False
