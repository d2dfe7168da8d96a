"""What a clause is worth: how many mutants of the function break it.

A mutant is run on the inputs of the function; the calls on which it does something else than the
function are its traces. A clause that one of those traces contradicts rejects the mutant. A
mutant that does the same on all inputs is taken for equivalent, and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from autoform.crosscheck.engines import observe_call
from autoform.crosscheck.mutation import mutants
from autoform.crosscheck.observation import Gave, NoClaim, Reason, Threw
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr
from autoform.ir.ops import OUTSIDE
from autoform.ir.restriction import restricted
from autoform.semantics.values import same
from autoform.specify.runs import Run, run_of
from autoform.specify.table import contradicts, value_on

MOST_MUTANTS: Final = 40
MOST_INPUTS: Final = 40
MOST_TRACES: Final = 6
"""Calls of one mutant that differ; more of them seldom contradict what those do not."""
RUN_FUEL: Final = 100_000


@dataclass(frozen=True, slots=True)
class Faulty:
    """A mutant, by what it does: calls that return something wrong, and whether one fails.

    `fails` says that it raises, or does not end, where the function returns.
    """

    operator: str
    before: str
    after: str
    traces: tuple[Run, ...]
    fails: bool

    @property
    def is_equivalent(self) -> bool:
        """Whether no input told it from the function."""
        return not self.traces and not self.fails


def faulty(function: Function, module: Module, runs: Sequence[Run]) -> tuple[Faulty, ...]:
    """Mutants of the function, at most `MOST_MUTANTS` at even distances, run on its inputs."""
    small = restricted(module, frozenset({function.name}))
    found = tuple(mutants(small, small.function(function.name)))
    step = max(1, -(-len(found) // MOST_MUTANTS))
    chosen = _spread(runs, MOST_INPUTS)
    return tuple(
        _run(mutant.function, small, chosen, (mutant.operator, mutant.before, mutant.after))
        for mutant in found[::step]
    )


def _spread(runs: Sequence[Run], most: int) -> Sequence[Run]:
    step = max(1, -(-len(runs) // most))
    return runs[::step]


def _run(
    mutant: Function, module: Module, runs: Sequence[Run], names: tuple[str, str, str]
) -> Faulty:
    functions = tuple(mutant if f.name == mutant.name else f for f in module.functions)
    changed = replace(module, functions=functions)
    traces: list[Run] = []
    fails = False
    for run in runs:
        if len(traces) >= MOST_TRACES:
            break
        match observe_call(changed, mutant.name, run.given, RUN_FUEL):
            case Gave(value, finals):
                trace = run_of(mutant, run.given, value, finals)
                if not (same(value, run.result) and _same_finals(trace, run)):
                    traces.append(trace)
            case Threw(exception):
                fails = fails or exception != OUTSIDE
            case NoClaim(Reason.FUEL):
                fails = True
                break
            case _:
                pass
    return Faulty(*names, tuple(traces), fails)


def _same_finals(one: Run, other: Run) -> bool:
    return all(same(value, other.final[name]) for name, value in one.final.items())


@dataclass(frozen=True, slots=True)
class Judge:
    """Says which mutants a clause rejects."""

    module: Module
    mutants: Sequence[Faulty]

    def killed(self, condition: Expr) -> frozenset[int]:
        """The mutants, by their place, that have a trace which contradicts the clause."""
        return frozenset(
            place
            for place, mutant in enumerate(self.mutants)
            if any(contradicts(value_on(self.module, condition, t)) for t in mutant.traces)
        )

    def killed_by_all(self, conditions: Iterable[Expr]) -> frozenset[int]:
        """The mutants that at least one of the clauses rejects."""
        return frozenset().union(*map(self.killed, conditions))

    @property
    def different(self) -> frozenset[int]:
        """The mutants that are told from the function by some input."""
        return frozenset(p for p, mutant in enumerate(self.mutants) if not mutant.is_equivalent)

    @property
    def failing(self) -> frozenset[int]:
        """The mutants that raise or do not end where the function returns."""
        return frozenset(place for place, mutant in enumerate(self.mutants) if mutant.fails)
