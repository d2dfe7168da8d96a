"""Invariants that almost hold: what a prover, or a model, is tempted to believe of a loop.

    while i < n                  n == 3: s == i holds on entry and after one round, and no longer
        s := s + i; i := i + 1

Each holds whenever the loop is entered. Of some a call is known that reaches a state in which they
are false; the others hold on all runs seen, and a state is told in which they hold and a round
after which they do not. Both states of each are one round of the loop apart, and both truths were
evaluated: nothing here is a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from autoform.corpus.rounds import LoopRounds, State, truth
from autoform.corpus.row import AlmostInvariant, Bound
from autoform.crosscheck import Input, Original
from autoform.crosscheck.literals import literal
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Apply, BoolLit, Expr, Old, type_of
from autoform.ir.ops import apply
from autoform.ir.text import print_expr
from autoform.ir.traversal import free_vars, walk
from autoform.ir.types import INT
from autoform.prove.candidate import LoopView, conjuncts
from autoform.prove.normal import normal
from autoform.prove.proposers import STAGES
from autoform.prove.shown import shown
from autoform.semantics.tracing import Visit, trace
from autoform.semantics.values import Value, has_type
from autoform.vc.calls import assigned_in
from autoform.vc.loops import LoopSite, loop_sites

__all__ = ["almost_invariants"]

MOST_RUNS: Final = 16
MOST_VISITS: Final = 24
MOST_CANDIDATES: Final = 120
MOST_STARTS: Final = 16
MOST_CHANGES: Final = 6
LEAST_ENTRIES: Final = 3
"""On fewer entries nearly everything holds."""
LONGEST_STATE: Final = 600
"""Characters of a state that is still an example to read."""
_TIGHTER: Final = {"le": ("lt", "eq"), "ge": ("gt", "eq"), "ne": ("lt", "gt")}


@dataclass(frozen=True, slots=True)
class _Run:
    """One activation of a loop on a call: the states at its head, in order."""

    given: Input
    visits: Sequence[Visit]


def almost_invariants(
    proof: Module, name: str, inputs: Sequence[Input], original: Original, *, most: int = 2
) -> Iterator[AlmostInvariant]:
    """For the loops of a proved function: at most so many of either kind in all.

    `proof` is lowered, and its loops have the invariants of the proof.
    """
    function = proof.function(name)
    if function.type_params:
        return  # what its values are is not told by the loop alone
    runs = _runs(proof, name, inputs)
    reached: list[AlmostInvariant] = []
    unreached: list[AlmostInvariant] = []
    told: set[tuple[object, ...]] = set()
    for site in loop_sites(function):
        loop = _Loop(proof, function, site, runs.get(site.number, ()))
        for condition in loop.candidates():
            found = loop.on_runs(condition, original)
            kind = reached
            if found is None and loop.holds_on_runs(condition) and len(unreached) < most:
                found, kind = loop.by_a_round(condition), unreached
            about = (site.number, *sorted(free_vars(condition)))
            if found is not None and len(kind) < most and about not in told:
                kind.append(found)
                told.add(about)
            if len(reached) >= most and len(unreached) >= most:
                break
    yield from (*reached, *unreached)


def _runs(module: Module, name: str, inputs: Iterable[Input]) -> Mapping[int, Sequence[_Run]]:
    """The activations of each loop, by its number, that were seen on the inputs."""
    found: dict[int, list[_Run]] = {}
    params = module.function(name).params
    fitting = (
        given
        for given in inputs
        # A proof of a generic function is about one instance of it.
        if all(has_type(v, p.type, module) for v, p in zip(given, params, strict=True))
    )
    for given in islice(fitting, MOST_RUNS):
        visits = trace(module, name, given, limit=MOST_VISITS, fuel=100_000).visits
        own: dict[int, list[Visit]] = {}
        for visit in visits:
            if not _is_outer(visit, given, module, name):
                continue
            if visit.rounds == 0 and own.get(visit.loop):
                found.setdefault(visit.loop, []).append(_Run(given, own[visit.loop]))
                own[visit.loop] = []
            own.setdefault(visit.loop, []).append(visit)
        for loop, states in own.items():
            found.setdefault(loop, []).append(_Run(given, states))
    return found


def _is_outer(visit: Visit, given: Input, module: Module, name: str) -> bool:
    """Whether the visit is of the call itself, and of no recursive one that it makes."""
    params = module.function(name).params
    return all(visit.entry[p.name] == value for p, value in zip(params, given, strict=True))


@dataclass(frozen=True, slots=True)
class _Loop:
    """A loop with what was seen of it."""

    module: Module
    function: Function
    site: LoopSite
    runs: Sequence[_Run]

    @property
    def view(self) -> LoopView:
        """The loop as proposers see it."""
        changing = assigned_in(self.module, self.site.loop.body) & self.site.visible.keys()
        states = [visit for run in self.runs for visit in run.visits]
        return LoopView(self.module, self.function, self.site, changing, states)

    def candidates(self) -> list[Expr]:
        """What is worth a look: true at every entry, those first that stay true the longest."""
        view = self.view
        own = {part for c in self.site.loop.invariants for part in conjuncts(normal(c.condition))}
        proposed = [part for each in own for part in _tightened(each)]
        seen = shown(self.module, self.function)
        for proposer in (each for stage in STAGES[:2] for each in stage):
            said = (seen.said(guess, view) for guess in proposer.propose(seen.view(view)))
            whole = (guess for guess in said if guess is not None)
            proposed += [part for guess in whole for part in conjuncts(normal(guess))]
        found: dict[Expr, int] = {}
        for condition in islice(dict.fromkeys(proposed), MOST_CANDIDATES):
            is_about = free_vars(condition).keys() & view.changing
            if condition in own or not is_about or not _is_readable(condition):
                continue
            if self._holds_on_entry(condition):
                found[condition] = self._length(condition)
        return sorted(found, key=lambda condition: -found[condition])

    def _holds_on_entry(self, condition: Expr) -> bool:
        entries = [run.visits[0].state for run in self.runs if run.visits[0].rounds == 0]
        if len(entries) < LEAST_ENTRIES:
            return False
        return all(truth(self.module, condition, state) is True for state in entries)

    def _length(self, condition: Expr) -> int:
        """In how many of the states seen it is true."""
        states = (visit.state for run in self.runs for visit in run.visits)
        return sum(truth(self.module, condition, state) is True for state in states)

    def holds_on_runs(self, condition: Expr) -> bool:
        """Whether no state that was seen contradicts it."""
        return self._length(condition) == sum(len(run.visits) for run in self.runs)

    def on_runs(self, condition: Expr, original: Original) -> AlmostInvariant | None:
        """It is false in a state that a call reaches, and was true a round before."""
        for run in self.runs:
            for before, after in zip(run.visits, run.visits[1:], strict=False):
                if after.rounds != before.rounds + 1:
                    continue
                if truth(self.module, condition, before.state) is not True:
                    break
                if truth(self.module, condition, after.state) is False:
                    call = original.show_call(self.function, run.given)
                    return self._told(condition, before.state, after.state, call, after.rounds)
        return None

    def by_a_round(self, condition: Expr) -> AlmostInvariant | None:
        """It is true in some state, and false after a round from there."""
        rounds = LoopRounds(self.module, self.function, self.site)
        for state in self._starts():
            if truth(self.module, condition, state) is not True:
                continue
            after = rounds.after(state)
            if after is not None and truth(self.module, condition, after) is False:
                found = self._told(condition, state, after, None, None)
                if found is not None:
                    return found
        return None

    def _starts(self) -> Iterator[State]:
        """States that were seen with one variable changed, which no run need reach."""
        seen = [visit.state for run in self.runs for visit in run.visits]
        for state in seen[:: max(1, len(seen) // MOST_STARTS)]:
            for name in sorted(self.view.changing & state.keys()):
                others = [other[name] for other in seen if name in other]
                step = max(1, len(others) // MOST_CHANGES)
                for value in (*_near(state[name]), *others[::step]):
                    yield {**state, name: value}

    def _told(
        self, condition: Expr, before: State, after: State, call: str | None, rounds: int | None
    ) -> AlmostInvariant | None:
        shown = self._shown(before), self._shown(after)
        if shown[0] is None or shown[1] is None:
            return None
        return {
            "function": self.function.name,
            "loop": self.site.number,
            "text": print_expr(condition),
            "call": call,
            "rounds": rounds,
            "before": shown[0],
            "after": shown[1],
        }

    def _shown(self, state: State) -> list[Bound] | None:
        """The variables with their values in the text form of the IR; None where that is long."""
        found: list[Bound] = []
        for name, type_ in self.site.visible.items():
            try:
                value = print_expr(literal(state[name], type_, self.module), self.module)
            except (KeyError, ValueError):
                return None
            found.append({"name": name, "value": value})
        return found if sum(len(each["value"]) for each in found) <= LONGEST_STATE else None


def _is_readable(condition: Expr) -> bool:
    """Whether it speaks of the state alone, and is not what a return left of a postcondition."""
    return not any(isinstance(node, Old | BoolLit) for node in walk(condition))


def _near(value: Value) -> tuple[Value, ...]:
    return (value + 1, value - 1) if type(value) is int else ()


def _tightened(condition: Expr) -> Iterator[Expr]:
    """An invariant of the proof with a comparison that asks for a little more."""
    match condition:
        case Apply(op, (left, right)) if op in _TIGHTER and type_of(left) == INT:
            yield from (apply(other, left, right) for other in _TIGHTER[op])
        case _:
            pass
