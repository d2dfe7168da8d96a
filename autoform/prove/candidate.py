"""Candidate invariants, and the protocol of those who propose them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import And, Binder, Expr, IntLit, Var, type_of
from autoform.ir.ops import apply
from autoform.ir.traversal import free_vars, rename, walk
from autoform.ir.types import INT, IntType, MachineIntType, SeqType, StrType, Type
from autoform.semantics.tracing import Visit
from autoform.vc.loops import LoopSite


@dataclass(frozen=True, slots=True)
class Candidate:
    """A condition that may hold whenever a loop's head is reached."""

    condition: Expr
    proposer: str


class Proposer(Protocol):
    """Someone who knows a kind of invariant. Cheap, deterministic, and often wrong."""

    @property
    def name(self) -> str:
        """What it is called in reports."""
        ...

    def propose(self, view: LoopView) -> Iterable[Expr]:
        """Conditions over the variables visible at the head of the loop."""
        ...


class Filter(Protocol):
    """Drops candidates that something known contradicts, without changing their order."""

    def __call__(self, view: LoopView, candidates: Sequence[Expr]) -> Iterable[Expr]:
        """The candidates that may hold at the head of that loop."""
        ...


@dataclass(frozen=True, slots=True)
class LoopView:
    """A loop as proposers see it: the function it is in, its variables, what it changes.

    `states` were seen at its head on some runs. `outer_equations` say what variables are equal
    to at the heads of the loops around it, as far as candidates for those still stand.
    """

    module: Module
    function: Function
    site: LoopSite
    changing: frozenset[str]
    states: Sequence[Visit] = ()
    outer_equations: Sequence[tuple[str, Expr]] = ()
    written: LoopView | None = None
    """The loop with the widths of its integers, where this one is shown without."""

    @property
    def visible(self) -> Mapping[str, Type]:
        """The variables visible at the loop's head."""
        return self.site.visible

    def variables(self, *types: type) -> list[Var]:
        """The visible variables of the given kinds of type, in order of declaration."""
        return [Var(n, t) for n, t in self.visible.items() if isinstance(t, types)]

    def variables_of_integers(self) -> list[Var]:
        """The visible integers, of whatever width."""
        return self.variables(IntType, MachineIntType)

    def integers(self) -> list[Expr]:
        """Integer terms: variables as `Int`, lengths, the literals of the function."""
        numbers: list[Expr] = [widened(v) for v in self.variables(IntType, MachineIntType)]
        numbers += [length(v) for v in self.sequences()]
        return [*numbers, *(IntLit(value, INT) for value in self.literals())]

    def sequences(self) -> list[Var]:
        """The visible sequences and texts."""
        return self.variables(SeqType, StrType)

    def literals(self) -> list[int]:
        """Zero, its neighbours, and the integer literals of the function, least first."""
        found = {-1, 0, 1} | {n.value for n in walk(self.function) if isinstance(n, IntLit)}
        return sorted(found)

    def changes(self, expr: Expr) -> bool:
        """Whether the loop may change the value of the expression."""
        return not self.changing.isdisjoint(free_vars(expr))


def widened(value: Expr) -> Expr:
    """An integer as an `Int`."""
    return value if isinstance(type_of(value), IntType) else apply("int.widen", value)


def length(value: Expr) -> Expr:
    """The length of a sequence or text."""
    return apply("str.len" if isinstance(type_of(value), StrType) else "seq.len", value)


def conjuncts(condition: Expr) -> Iterable[Expr]:
    """The conditions that a conjunction asks for, one by one."""
    if isinstance(condition, And):
        for item in condition.items:
            yield from conjuncts(item)
    else:
        yield condition


def with_fresh_binders(condition: Expr, taken: set[str]) -> Expr:
    """The condition with binders that no other expression of the function uses."""
    names: dict[str, str] = {}
    for node in walk(condition):
        if isinstance(node, Binder):
            fresh = node.name
            while fresh in taken:
                fresh += "_"
            taken.add(fresh)
            names[node.name] = fresh
    return rename(condition, names) if names else condition


__all__ = [
    "Candidate",
    "LoopView",
    "Proposer",
    "conjuncts",
    "length",
    "widened",
    "with_fresh_binders",
]
