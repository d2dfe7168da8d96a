"""All candidates for the postconditions of one function, held against its runs.

Every part of the outcome is spoken of on all runs first, then on the runs on which a condition of
the function's own branches is true: `not xs or result == max(xs)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr, type_of
from autoform.ir.ops import apply
from autoform.ir.types import is_integer
from autoform.specify.candidate import Candidate, View
from autoform.specify.expressions import (
    ZERO,
    as_int,
    eq,
    implies,
    is_sized,
    length,
    negated,
    size,
)
from autoform.specify.patterns import images, predicates
from autoform.specify.runs import Runs
from autoform.specify.table import Table
from autoform.specify.templates import FAMILIES
from autoform.specify.templates.truths import returned_literals
from autoform.specify.vocabulary import (
    Target,
    body_terms,
    conditions,
    inputs,
    integer_terms,
    targets,
)

MOST_SPLITS: Final = 5
LEAST_RUNS: Final = 3
"""On fewer runs nearly everything holds."""
MOST_OF_FAMILY: Final = 40
LARGEST: Final = 60
"""Nodes of a clause that one still wants to read."""
_UNSPLIT: Final = frozenset({"absence", "definition", "remainder", "option", "search", "summary"})


def propose(function: Function, module: Module, runs: Runs) -> list[Candidate]:
    """The candidates that every run satisfies, each once; those on all runs first."""
    table = Table(module, runs.returned)
    if len(table.runs) < LEAST_RUNS:
        return []
    found: dict[Expr, Candidate] = {}
    views = [(target, _view(function, table, target)) for target in targets(function)]
    for target, view in views:
        for candidate in _of_target(target, view):
            found.setdefault(candidate.condition, candidate)
    settled = {candidate.condition for candidate in found.values()}
    for target, view in views:
        if target.guard is None:
            for candidate in _of_branches(view, settled):
                found.setdefault(candidate.condition, candidate)
    return list(found.values())


def _view(function: Function, table: Table, target: Target) -> View:
    if target.guard is not None:
        table = table.where(target.guard)
    own = body_terms(function)
    return View(
        table.module,
        function,
        table,
        inputs(function),
        target.expr,
        integer_terms(function),
        own,
        conditions(function),
        predicates(function),
        images(function),
    )


def _of_target(target: Target, view: View) -> Iterator[Candidate]:
    if len(view.table.runs) < LEAST_RUNS:
        return
    for candidate in _holding(view, frozenset()):
        condition = candidate.condition
        yield replace(
            candidate,
            condition=condition if target.guard is None else implies(target.guard, condition),
        )


def _holding(view: View, skipped: frozenset[str]) -> Iterator[Candidate]:
    """What the families propose and every run of the view satisfies."""
    for name, family in FAMILIES.items():
        if name in skipped:
            continue
        found = 0
        for condition in dict.fromkeys(family(view)):
            if (
                found < MOST_OF_FAMILY
                and size(condition) <= LARGEST
                and view.table.holds(condition)
            ):
                found += 1
                yield Candidate(condition, name)


def _of_branches(view: View, settled: set[Expr]) -> Iterator[Candidate]:
    """What holds on one side of a split and is not known on both."""
    for condition in _splits(view):
        for side in (condition, negated(condition)):
            here = replace(view, table=view.table.where(side))
            if not LEAST_RUNS <= len(here.table.runs) < len(view.table.runs):
                continue
            for candidate in _holding(here, _UNSPLIT):
                if candidate.condition not in settled:
                    yield Candidate(
                        implies(side, candidate.condition), f"branch {candidate.family}"
                    )


def _splits(view: View) -> list[Expr]:
    """The conditions that divide the runs: of the body's branches, and on literal results."""
    target = view.target
    found = list(view.conditions)
    if is_integer(type_of(target)):
        found += [eq(as_int(target), each) for each in returned_literals(view.function)]
    found += [eq(length(v), ZERO) for v in view.inputs if is_sized(type_of(v))]
    found += [apply("eq", v, ZERO) for v in view.inputs if type_of(v) == type_of(ZERO)]
    return list(dict.fromkeys(found))[:MOST_SPLITS]
