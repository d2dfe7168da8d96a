"""What loops do on inputs: states at their heads, and candidates that those states contradict.

A candidate that is false at a head that some run reached is no invariant; the solver need not be
asked. The runs are those of the lowered function, so that its loops are the ones to annotate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from autoform.ir.decls import Module
from autoform.ir.exprs import Expr
from autoform.prove.candidate import LoopView
from autoform.semantics.interpreter import (
    EvaluationFailed,
    Evaluator,
    FuelExhausted,
    evaluate,
    evaluator,
    with_room,
)
from autoform.semantics.tracing import Visit, trace
from autoform.semantics.values import Value
from autoform.vc.execute import Measure

MOST_RUNS = 60
MOST_VISITS_OF_RUN = 80
MOST_STATES = 160
STATE_FUEL = 4_000
RUN_FUEL = 300_000
MOST_BITS = 2_000


@dataclass(frozen=True, slots=True)
class Traces:
    """The states seen at the head of each loop of one function, by the loop's number."""

    module: Module
    states: Mapping[int, Sequence[Visit]]
    rounds: Mapping[int, Sequence[tuple[Visit, Visit]]] = field(default_factory=dict)

    _sharpest: dict[int, list[Visit]] = field(default_factory=dict, compare=False, repr=False)
    """The states of a loop, those first that contradicted a candidate last."""

    def filter(self, view: LoopView, candidates: Sequence[Expr]) -> Iterator[Expr]:
        """The candidates that hold in every state seen at the loop's head."""
        number = view.site.number
        return (each for each in candidates if not with_room(self._falls, number, each))

    def _falls(self, loop: int, candidate: Expr) -> bool:
        """Whether a state contradicts the candidate, often one that another has fallen at."""
        states = self._sharpest.setdefault(loop, list(self.states.get(loop, ())))
        for place, truth in enumerate(truths(self.module, candidate, states)):
            if not truth:
                states.insert(0, states.pop(place))
                return True
        return False

    def contradiction(self, loop: int, candidate: Expr) -> Visit | None:
        """The first state seen at the head of the loop in which the candidate does not hold."""
        return with_room(self._contradiction, loop, candidate)

    def _contradiction(self, loop: int, candidate: Expr) -> Visit | None:
        states = self.states.get(loop, ())
        found = truths(self.module, candidate, states)
        return next((visit for visit, truth in zip(states, found, strict=True) if not truth), None)

    def may_decrease(self, loop: int, measure: Measure) -> bool:
        """Whether the measure was natural before, and less after, every round seen."""
        return all(
            self._goes_down(measure, before, after) for before, after in self.rounds.get(loop, ())
        )

    def _goes_down(self, measure: Measure, before: Visit, after: Visit) -> bool:
        try:
            first, second = (
                [evaluate(self.module, part, visit.state, old=visit.entry) for part in measure]
                for visit in (before, after)
            )
        except (EvaluationFailed, FuelExhausted, KeyError):
            return False
        numbers = [part for part in first if isinstance(part, int) and part >= 0]
        return len(numbers) == len(first) and tuple(second) < tuple(first)


def truths(module: Module, condition: Expr, visits: Iterable[Visit]) -> Iterator[bool]:
    """Whether the condition is true in each state. What has no value is not.

    A condition that takes too long is not contradicted.
    """
    value: Evaluator | None = None
    for visit in visits:
        try:
            value = value or evaluator(module, condition)
            yield value(visit.state, old=visit.entry, fuel=STATE_FUEL) is True
        except FuelExhausted:
            yield True
        except (EvaluationFailed, KeyError):
            yield False


def evaluated(view: LoopView, expr: Expr, visit: Visit) -> Value | None:
    """The value of an expression in a state; nothing where it has none."""
    try:
        return evaluate(view.module, expr, visit.state, old=visit.entry, fuel=STATE_FUEL)
    except (EvaluationFailed, FuelExhausted, KeyError):
        return None


def holds_in(view: LoopView, condition: Expr) -> bool:
    """Whether a condition was true in every state that was seen at the head of the loop."""
    traces = Traces(view.module, {view.site.number: view.states})
    return traces.contradiction(view.site.number, condition) is None


def collect(module: Module, name: str, inputs: Iterable[Sequence[Value]]) -> Traces:
    """Run the function and remember different states of its loops."""
    by_loop: dict[int, list[list[Visit]]] = {}
    rounds: dict[int, list[tuple[Visit, Visit]]] = {}
    for _, args in zip(range(MOST_RUNS), inputs, strict=False):
        run = trace(module, name, args, limit=MOST_VISITS_OF_RUN, fuel=RUN_FUEL, stop=True)
        grouped: dict[int, list[Visit]] = {}
        for visit in run.visits:
            grouped.setdefault(visit.loop, []).append(visit)
        for loop, visits in grouped.items():
            by_loop.setdefault(loop, []).append(visits)
            rounds.setdefault(loop, []).extend(
                (one, two)
                for one, two in pairwise(visits)
                if two.rounds == one.rounds + 1 and one.entry == two.entry
            )
    states = {loop: _fair(runs) for loop, runs in by_loop.items()}
    return Traces(module, states, {n: found[:: _step(found)] for n, found in rounds.items()})


def _is_vast(value: Value) -> bool:
    return isinstance(value, int) and value.bit_length() > MOST_BITS


def _step(found: Sequence[object]) -> int:
    """At which distance to take samples, so that they are not too many."""
    return max(1, -(-len(found) // MOST_STATES))


def _fair(runs: Sequence[Sequence[Visit]]) -> tuple[Visit, ...]:
    """Different states at even distances, so that late rounds are seen as well as early ones.

    States with numbers of more than `MOST_BITS` bits tell little that others do not, and each
    candidate's arithmetic on them is slow: they are left out.
    """
    different = {
        (*sorted(visit.state.items()), *sorted(visit.entry.items())): visit
        for visits in runs
        for visit in visits
        if not any(_is_vast(value) for value in visit.state.values())
    }
    states = list(different.values())
    return tuple(states[:: _step(states)])
