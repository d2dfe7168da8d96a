"""Values of expressions on runs: each expression is evaluated once, and compared by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from autoform.ir.decls import Module
from autoform.ir.exprs import Expr
from autoform.semantics.interpreter import EvaluationFailed, FuelExhausted, evaluate
from autoform.semantics.values import Value
from autoform.specify.runs import Run

CLAUSE_FUEL: Final = 20_000
"""Steps for one clause on one run; what takes longer is no clause that anyone wants to read."""


class Missing:
    """The value of an expression that has none on some run."""

    def __repr__(self) -> str:
        return "MISSING"


class Unknown:
    """The value of an expression that takes more steps than it is worth."""

    def __repr__(self) -> str:
        return "UNKNOWN"


MISSING: Final = Missing()
UNKNOWN: Final = Unknown()
LEAST_KNOWN: Final = 3
"""On so many runs at least a clause must be seen to hold, whatever the others cost."""
Column: TypeAlias = tuple["Value | Missing | Unknown", ...]


def agrees(column: Column, wanted: Column) -> bool:
    """Whether the values are the wanted ones as far as they are known."""
    pairs = [
        (one, other)
        for one, other in zip(column, wanted, strict=True)
        if one is not UNKNOWN and other is not UNKNOWN
    ]
    is_seen = len(pairs) >= min(LEAST_KNOWN, len(column))
    return is_seen and all(one == other for one, other in pairs)


@dataclass(slots=True)
class Table:
    """Runs of one function and the columns that were computed for them.

    A part of a table, the runs on which a condition holds, reads the columns of the whole.
    """

    module: Module
    runs: Sequence[Run]
    _columns: dict[Expr, Column] = field(default_factory=dict)
    _whole: Table | None = None
    _places: tuple[int, ...] = ()

    def column(self, expr: Expr) -> Column:
        """The expression's value on each run."""
        found = self._columns.get(expr)
        if found is None:
            found = self._columns[expr] = self._computed(expr)
        return found

    def _computed(self, expr: Expr) -> Column:
        if self._whole is None:
            return tuple(value_on(self.module, expr, run) for run in self.runs)
        whole = self._whole.column(expr)
        return tuple(whole[place] for place in self._places)

    def holds(self, condition: Expr) -> bool:
        """Whether the condition is true on every run. One without a value is not true.

        Of a run on which it takes too many steps nothing is known; the prover has to decide.
        """
        known = 0
        for run in self.runs:
            value = value_on(self.module, condition, run)
            if value is True:
                known += 1
            elif value is not UNKNOWN:
                return False
        return known >= min(LEAST_KNOWN, len(self.runs))

    def where(self, condition: Expr) -> Table:
        """The runs on which a condition is true."""
        column = self.column(condition)
        places = tuple(place for place, value in enumerate(column) if value is True)
        whole = self if self._whole is None else self._whole
        own = places if self._whole is None else tuple(self._places[place] for place in places)
        return Table(self.module, [self.runs[place] for place in places], {}, whole, own)


def value_on(module: Module, expr: Expr, run: Run) -> Value | Missing | Unknown:
    """The expression's value on a run, if it has one."""
    try:
        return evaluate(module, expr, run.final, old=run.entry, result=run.result, fuel=CLAUSE_FUEL)
    except FuelExhausted:
        return UNKNOWN
    except (EvaluationFailed, KeyError):
        return MISSING


def contradicts(value: Value | Missing | Unknown) -> bool:
    """Whether a clause with this value does not admit the run."""
    return value is not True and value is not UNKNOWN
