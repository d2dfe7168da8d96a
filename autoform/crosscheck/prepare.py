"""The inputs on which a function is compared, each already interpreted.

The interpreter runs while inputs are made: when too many of them use up its fuel, smaller ones
are made, so that an exponential original is never waited for. Fuel is counted in steps, not in
seconds, so the same inputs come out on any machine.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from autoform.crosscheck.contracts import meets_precondition
from autoform.crosscheck.engines import observe_call
from autoform.crosscheck.inputs import (
    LADDER,
    corner_inputs,
    generate,
    knowledge_of,
    length_fitter,
    repairs,
)
from autoform.crosscheck.observation import Input, NoClaim, Observation, Reason
from autoform.crosscheck.results import Counts
from autoform.frontends.lifted import Example
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr
from autoform.ir.traversal import free_vars
from autoform.semantics.interpreter import EvaluationFailed, FuelExhausted, evaluate
from autoform.semantics.values import Value, has_type

__all__ = ["FUEL", "Prepared", "prepare"]

FUEL: Final = 300_000
"""Steps that the interpreter may take on a made input."""

LEAST_FUEL: Final = 30_000
"""Each made input that uses up its steps halves those of the next ones, down to these."""

EXAMPLE_FUEL: Final = 20_000_000
"""Steps on an example that its author wrote: those are few, and worth waiting for."""

_SHARES: Final = (0.15, 0.5, 0.5, 1, 1, 1)
"""Of the inputs wanted, how many each round draws; the later ones only where many were invalid."""

_PLANNED: Final = 3
_BOUND_FUEL: Final = 2_000


@dataclass(slots=True)
class Prepared:
    """Inputs that meet the precondition, what the interpreter says of each, where they are from."""

    function: Function
    inputs: list[Input] = field(default_factory=list)
    interpreted: list[Observation] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)


def prepare(
    function: Function,
    module: Module,
    written: Iterable[Example],
    *,
    examples: int,
    seed: int,
) -> Prepared:
    """Gather the examples beside a function, corners, and `examples` generated inputs.

    The same call again, with the same function of the same module, finds what was gathered: a
    function is checked, proved and graded one after the other.
    """
    order = _Order(function, module, tuple(written), examples, seed)
    found = next((prepared for known, prepared in _GATHERED if known.is_same(order)), None)
    if found is None:
        found = _gathered(order)
        _GATHERED.append((order, found))
    return Prepared(function, list(found.inputs), list(found.interpreted), found.counts)


def _gathered(order: _Order) -> Prepared:
    builder = _Builder(order.function, order.module)
    written = _written_inputs(order.function, order.module, order.written)
    builder.add("examples", written, EXAMPLE_FUEL)
    builder.add_corners()
    if order.function.params:
        builder.add_generated(order.examples, order.seed)
    return builder.prepared


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """What inputs were asked for. Kept with them, so that no other object is at its place."""

    function: Function
    module: Module
    written: tuple[Example, ...]
    examples: int
    seed: int

    def is_same(self, other: _Order) -> bool:
        """Whether it is about the same objects: to compare what they hold takes long."""
        return (
            self.function is other.function
            and self.module is other.module
            and (self.examples, self.seed) == (other.examples, other.seed)
            and len(self.written) == len(other.written)
            and all(one is two for one, two in zip(self.written, other.written, strict=True))
        )


_GATHERED: Final[deque[tuple[_Order, Prepared]]] = deque(maxlen=4)
"""What was gathered last; few, for inputs may be large."""


class _Builder:
    """Adds inputs once each, and climbs down the ladder of sizes."""

    def __init__(self, function: Function, module: Module) -> None:
        self.prepared = Prepared(function)
        self._function = function
        self._module = module
        self._knowledge = knowledge_of(function)
        self._fit = length_fitter(function, module, self._bound)
        self._seen: set[str] = set()
        self._rung = 0
        self._fuel = FUEL

    def add(self, kind: str, inputs: Iterable[Input], fuel: int | None = None) -> int:
        """Add what is new and meets the precondition. Returns how many ran out of fuel.

        Without `fuel`, an input that runs out of it leaves less to those that follow.
        """
        added = rejected = exhausted = 0
        for given in inputs:
            key = repr(given)  # `0.0` and `-0.0` are equal, and two inputs
            if key in self._seen:
                continue
            self._seen.add(key)
            if not meets_precondition(self._function, self._module, given):
                rejected += 1
                continue
            seen = observe_call(self._module, self._function.name, given, fuel or self._fuel)
            self.prepared.inputs.append(given)
            self.prepared.interpreted.append(seen)
            added += 1
            if seen == NoClaim(Reason.FUEL):
                exhausted += 1
                self._fuel = max(LEAST_FUEL, self._fuel // 2)
        counts = self.prepared.counts
        self.prepared.counts = replace(
            counts,
            rejected=counts.rejected + rejected,
            **{kind: getattr(counts, kind) + added},
        )
        return exhausted

    def add_corners(self) -> None:
        """Corners of the largest size, or of a smaller one when they take too long."""
        for rung in (0, len(LADDER) // 2):
            made = corner_inputs(
                self._function, self._module, self._knowledge, LADDER[rung], self._bound
            )
            found = list(map(self._fit, made))
            chunk = self.add("corners", found[: len(found) // 4])
            if chunk <= len(found) // 12:
                self.add("corners", found[len(found) // 4 :])
                return
        self._rung = 1

    def add_generated(self, wanted: int, seed: int) -> None:
        """Rounds of generated inputs, repaired where they miss the precondition.

        The first round is small: it tells whether the size is right. When many inputs miss the
        precondition, further rounds are tried; what is missing then stands in the counts.
        """
        for turn, share in enumerate(_SHARES):
            missing = wanted - self.prepared.counts.generated
            if missing <= (0 if turn < _PLANNED else wanted // 5):
                return
            drawn = generate(
                self._function,
                self._module,
                self._knowledge,
                size=LADDER[self._rung],
                count=max(1, math.ceil(share * wanted)),
                seed_=seed * 1_000 + turn,
                evaluate=self._bound,
            )
            valid = list(self._mended(drawn))[:missing]
            exhausted = self.add("generated", valid)
            if 5 * exhausted > len(valid) and self._rung + 1 < len(LADDER):
                self._rung += 1

    def _mended(self, drawn: Iterable[Input]) -> Iterator[Input]:
        """Each input, or when it misses the precondition a repaired one that meets it."""
        for given in map(self._fit, drawn):
            if not meets_precondition(self._function, self._module, given):
                mended = repairs(given, self._function)
                found = (r for r in mended if meets_precondition(self._function, self._module, r))
                yield next(found, given)
            else:
                yield given

    def _bound(self, expr: Expr, known: Mapping[str, Value]) -> Value | None:
        """The value of a bound; nothing where it speaks of parameters that are not known yet."""
        if not free_vars(expr).keys() <= known.keys():
            return None
        try:
            return evaluate(self._module, expr, known, fuel=_BOUND_FUEL)
        except (EvaluationFailed, FuelExhausted):
            return None


def _written_inputs(
    function: Function, module: Module, written: Iterable[Example]
) -> Iterator[Input]:
    """The arguments of the examples, defaults filled in, as far as they fit the types."""
    for example in written:
        args = list(example.args)
        for param in function.params[len(args) :]:
            if param.default is None:
                break
            args.append(evaluate(module, param.default, {}, fuel=_BOUND_FUEL))
        fits = len(args) == len(function.params) and all(
            has_type(arg, param.type, module)
            for arg, param in zip(args, function.params, strict=True)
        )
        if fits:
            yield tuple(args)
