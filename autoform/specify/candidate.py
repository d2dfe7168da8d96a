"""Candidate clauses, and what those who propose them are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr, Var
from autoform.ir.traversal import free_vars, substitute
from autoform.ir.types import Type
from autoform.specify.expressions import fresh
from autoform.specify.table import Table

MODEL: Final = "model"
"""The family of what a language model proposed."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A condition that may hold, and the family that proposed it."""

    condition: Expr
    family: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """What may be said of one element: a condition or a function of the variable `name`.

    A body's own loops give patterns with the `source` they ran over; others fit any collection
    whose elements have the type.
    """

    name: str
    type: Type
    expr: Expr
    source: Expr | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What templates see: runs, what is known at entry, and one part of the outcome.

    `inputs` are terms over the parameters at entry, `target` is the result, a component of it, or
    the final value of a parameter that the function changes.
    """

    module: Module
    function: Function
    table: Table
    inputs: Sequence[Expr]
    target: Expr
    terms: Sequence[Expr] = ()
    """Integers computed from the inputs."""
    own: Sequence[Expr] = ()
    """What the body itself computes from its parameters, of whatever type."""
    conditions: Sequence[Expr] = ()
    """The conditions among those."""
    predicates: Sequence[Pattern] = ()
    images: Sequence[Pattern] = ()


Family: TypeAlias = Callable[[View], Iterable[Expr]]
"""Proposes conditions for a target; cheap, deterministic, and often wrong."""


def different(conditions: Iterable[Expr]) -> Iterator[Expr]:
    """Each condition once, in order."""
    return iter(dict.fromkeys(conditions))


def bound(pattern: Pattern, *near: Expr) -> tuple[str, Expr]:
    """A name for the pattern's variable that nothing near it uses, and the pattern about that."""
    stem = re.sub(r"_\d+$", "", pattern.name)
    others = [Var(name, type_) for name, type_ in free_vars(pattern.expr).items()]
    name = fresh(stem, *near, *(other for other in others if other.name != pattern.name))
    return name, substitute(pattern.expr, {pattern.name: Var(name, pattern.type)})
