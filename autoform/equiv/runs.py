"""Both functions on the same inputs: what each does, and whether that is the same.

An input is written as values of the first function's parameters. The interpreter runs both; the
originals, in their own languages, have the last word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from autoform.crosscheck import (
    Gave,
    Input,
    NoClaim,
    Observation,
    Odd,
    Original,
    Threw,
)
from autoform.crosscheck.contracts import meets_precondition
from autoform.crosscheck.engines import observe_call
from autoform.crosscheck.prepare import FUEL, prepare
from autoform.crosscheck.shrink import shrink, weight
from autoform.equiv.matching import NoCounterpart, Side, convert
from autoform.equiv.targeted import targeted_inputs
from autoform.frontends.lifted import Lifted
from autoform.ir.decls import Function, Language, Param
from autoform.ir.types import ResultType
from autoform.semantics.values import Err, Ok, has_type, same

__all__ = ["TARGETED_FUEL", "Pair", "Run"]

ERR = "Err"
"""The exception that an `err` stands for, beside a function that raises."""
MOST_TARGETED: Final = 600
TARGETED_FUEL: Final = 20_000
"""For each of those: most are at the ends of widths, where loops are long."""
_ROUNDS: Final = 200


@dataclass(frozen=True, slots=True)
class Run:
    """An input, and what the first and the second function did on it."""

    given: Input
    first: Observation
    second: Observation


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lifted functions whose signatures match."""

    first_file: Lifted
    second_file: Lifted
    first: Side
    second: Side

    def with_first(self, function: Function) -> Pair:
        """The pair with another contract on the first function."""
        return replace(self, first=replace(self.first, function=function))

    @property
    def is_rust(self) -> bool:
        """Whether a panic is all that one of the two can do in place of an exception."""
        languages = {self.first.function.language, self.second.function.language}
        return Language.RUST in languages

    # ── Inputs ────────────────────────────────────────────────────────────────────────────────

    def inputs(self, examples: int, seed: int) -> list[Input]:
        """Inputs that both preconditions allow, made from either function's types."""
        found: dict[str, Input] = {}
        f, g = self.first, self.second
        own = self.first_file.examples.get(f.function.name, ())
        for given in prepare(f.function, f.module, own, examples=examples, seed=seed).inputs:
            if self.allows(given):
                found.setdefault(repr(given), given)
        written = self.second_file.examples.get(g.function.name, ())
        made = prepare(g.function, g.module, written, examples=examples, seed=seed)
        for back in map(self.backward, made.inputs):
            if back is not None and self.allows(back):
                found.setdefault(repr(back), back)
        return list(found.values())

    def targeted(self, most: int = MOST_TARGETED) -> list[Input]:
        """Inputs aimed at what either function writes out and at known traps, as far as allowed."""
        found = targeted_inputs(self.first, self.second, most)
        return [given for given in found if self.allows(given)]

    def allows(self, given: Input) -> bool:
        """Whether an input is one of both functions: types and preconditions."""
        f, g = self.first, self.second
        typed = zip(given, f.function.params, strict=True)
        if not all(has_type(value, param.type, f.module) for value, param in typed):
            return False
        other = self.forward(given)
        return (
            other is not None
            and meets_precondition(f.function, f.module, given)
            and meets_precondition(g.function, g.module, other)
        )

    def forward(self, given: Input) -> Input | None:
        """The same input for the second function."""
        return _converted(given, self.first, self.second)

    def backward(self, given: Input) -> Input | None:
        """An input of the second function for the first."""
        return _converted(given, self.second, self.first)

    # ── Running ───────────────────────────────────────────────────────────────────────────────

    def interpret(self, inputs: Iterable[Input], fuel: int = FUEL) -> list[Run]:
        """Both functions in the interpreter."""
        return list(self._interpreted(inputs, fuel))

    def _interpreted(self, inputs: Iterable[Input], fuel: int) -> Iterator[Run]:
        f, g = self.first, self.second
        for given in inputs:
            other = self.forward(given)
            if other is not None:
                seen = observe_call(f.module, f.function.name, given, fuel)
                yield Run(given, seen, observe_call(g.module, g.function.name, other, fuel))

    def replay(self, inputs: Sequence[Input], originals: tuple[Original, Original]) -> list[Run]:
        """Both originals, each in its own language."""
        both = [(given, other) for given in inputs if (other := self.forward(given)) is not None]
        first = originals[0].observe(self.first.function, [given for given, _ in both])
        second = originals[1].observe(self.second.function, [other for _, other in both])
        rows = zip(both, first, second, strict=True)
        return [Run(given, seen, found) for (given, _), seen, found in rows]

    def shrunk(self, given: Input) -> Input:
        """The smallest input found on which the two still differ, as the interpreter says."""

        def fails(candidates: Sequence[Input]) -> list[bool]:
            return [
                self.allows(each) and any(self.differ(run) for run in self.interpret([each]))
                for each in candidates
            ]

        return shrink(given, fails, rounds=_ROUNDS)

    def lightest(self, runs: Iterable[Run]) -> list[Run]:
        """The runs with the smallest inputs first."""
        return sorted(runs, key=lambda run: weight(run.given))

    # ── Comparing ─────────────────────────────────────────────────────────────────────────────

    def differ(self, run: Run) -> bool:
        """Whether the two did what no one would call the same. Silence differs from nothing.

        What no type allows (`Odd`) is a defect of a translation, and says nothing of the two.
        """
        if isinstance(run.first, NoClaim | Odd) or isinstance(run.second, NoClaim | Odd):
            return False
        return not self.agree(run)

    def agree(self, run: Run) -> bool:
        """Whether both did the same: gave the same value and changes, or both failed.

        Exceptions agree by class between two Python functions. Where one of the two is Rust, any
        panic agrees with any exception, as does an `err` with an exception: neither says more.
        """
        first = self._outcome(run.first, self.first, self.second)
        second = self._outcome(run.second, self.second, self.first)
        match first, second:
            case Threw(a), Threw(b):
                return a == b or self.is_rust or ERR in (a, b)
            case Gave(), Gave():
                return self._same(first, second)
            case _:
                return False

    def both_give(self, run: Run) -> bool:
        """Whether neither failed."""
        first = self._outcome(run.first, self.first, self.second)
        second = self._outcome(run.second, self.second, self.first)
        return isinstance(first, Gave) and isinstance(second, Gave)

    def _outcome(self, seen: Observation, side: Side, other: Side) -> Observation:
        """An `err` as an exception, where the other function has no `Result`."""
        results = side.function.result, other.function.result
        if isinstance(results[0], ResultType) and not isinstance(results[1], ResultType):
            match seen:
                case Gave(Ok(value), finals):
                    return Gave(value, finals)
                case Gave(Err()):
                    return Threw(ERR)
                case _:
                    pass
        return seen

    def _same(self, first: Gave, second: Gave) -> bool:
        f, g = self.first, self.second
        a, b = f.function.result, g.function.result
        if isinstance(a, ResultType) and not isinstance(b, ResultType):
            a = a.ok
        elif isinstance(b, ResultType) and not isinstance(a, ResultType):
            b = b.ok
        try:
            value = convert(second.value, b, g.module, a, f.module)
            finals = [
                convert(last, q.type, g.module, p.type, f.module)
                for last, q, p in zip(second.finals, _inouts(g), _inouts(f), strict=True)
            ]
        except NoCounterpart:
            return False
        return same(first.value, value) and same(first.finals, tuple(finals))


def _inouts(side: Side) -> list[Param]:
    return [param for param in side.function.params if param.inout]


def _converted(given: Input, side: Side, other: Side) -> Input | None:
    rows = zip(given, side.function.params, other.function.params, strict=True)
    try:
        return tuple([convert(v, p.type, side.module, q.type, other.module) for v, p, q in rows])
    except NoCounterpart:
        return None
