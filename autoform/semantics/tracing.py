"""Runs that remember the values of variables at the heads of loops, to find invariants from.

A loop's head is visited before each round and once more when the loop ends by itself. What an
invariant may speak of is there: the variables visible before the loop, and for `ForRange` the
counter, which at the end is the first value that was not reached. A loop left by `break`,
`return` or an exception is not visited when it is left.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from autoform.ir.decls import Function, Module
from autoform.ir.stmts import ForEach, ForRange, Loop, While
from autoform.ir.traversal import walk
from autoform.ir.types import Type
from autoform.semantics.compiler.instances import bindings_of_values
from autoform.semantics.compiler.program import Unset
from autoform.semantics.failure import FuelExhausted, Tank
from autoform.semantics.interpreter import DEFAULT_FUEL, Outcome, program, run
from autoform.semantics.values import Value

DEFAULT_LIMIT: Final = 1_000


@dataclass(frozen=True, slots=True)
class Visit:
    """The state at a loop's head.

    `loop` is the loop's number in `loops`, `rounds` how many were completed, `entry` the
    parameters as they were when this activation of the function began, `source` what a `ForEach`
    iterates over. Variables that have no value yet are not in the state.
    """

    loop: int
    rounds: int
    state: Mapping[str, Value]
    entry: Mapping[str, Value]
    source: Value | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """The outcome of a run and the first visits, recursive activations included."""

    outcome: Outcome
    visits: tuple[Visit, ...]
    complete: bool


def loops(function: Function) -> tuple[Loop, ...]:
    """The loops of a function, in the order in which they stand in it."""
    found = (node for node in walk(*function.body))
    return tuple(node for node in found if isinstance(node, While | ForRange | ForEach))


def trace(
    module: Module,
    name: str,
    args: Sequence[Value],
    *,
    at: Collection[int] | None = None,
    limit: int = DEFAULT_LIMIT,
    fuel: int = DEFAULT_FUEL,
    type_args: Mapping[str, Type] | None = None,
    stop: bool = False,
) -> Trace:
    """Run a function as `call` does and record at most `limit` visits of the loops `at`.

    With `stop` the run is out of fuel once there is a visit more than that.
    """
    function = module.function(name)
    bindings = bindings_of_values(function, args) | dict(type_args or {})
    numbers = frozenset(range(len(loops(function))) if at is None else at)
    recorder = _Recorder(fuel, numbers, limit, stop=stop)
    compiled = program(module).entry(name, bindings, traced=True)
    outcome = run(function, compiled, args, recorder)
    return Trace(outcome, tuple(recorder.visits), complete=recorder.recording)


class _Recorder(Tank):
    """A tank that is told of visits. `recording` is false once there was no room for one."""

    __slots__ = ("at", "limit", "recording", "stop", "visits")

    def __init__(self, fuel: int, at: frozenset[int], limit: int, *, stop: bool) -> None:
        super().__init__(fuel)
        self.stop = stop
        self.at = at
        self.limit = limit
        self.recording = True
        self.visits: list[Visit] = []

    def visit(
        self,
        loop: int,
        rounds: int,
        state: Mapping[str, Value | Unset],
        entry: Mapping[str, Value],
        source: Value | None,
    ) -> None:
        """Record one visit. Raises `FuelExhausted` where the run stops for want of room."""
        if loop not in self.at:
            return
        if len(self.visits) >= self.limit:
            self.recording = False
            if self.stop:
                raise FuelExhausted
            return
        known = {name: value for name, value in state.items() if not isinstance(value, Unset)}
        self.visits.append(Visit(loop, rounds, known, entry, source))
