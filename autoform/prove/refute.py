"""Refutation by testing: an input that breaks the contract, shrunk, and run on the original.

The interpreter tries the inputs, because it is quick; the original function, in its own language
and a limited process, has the last word. What it does not confirm refutes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final, Self

from autoform.crosscheck.contracts import meets_precondition, violation
from autoform.crosscheck.engines import observe_call
from autoform.crosscheck.observation import Input, Observation, Threw, same_exception
from autoform.crosscheck.original import Original, open_original
from autoform.crosscheck.prepare import FUEL, Prepared
from autoform.crosscheck.shrink import shrink, weight
from autoform.frontends.lifted import Lifted
from autoform.ir.decls import Function, Module
from autoform.prove.small import small_inputs
from autoform.semantics.values import has_type
from autoform.source import NOWHERE, Span
from autoform.verifiers.verdict import Counterexample, Refuted, Unknown

ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Failure:
    """What a call does against its contract: what is demanded, and by which clause."""

    demand: str
    clause: Span = NOWHERE


def failure(function: Function, module: Module, given: Input, seen: Observation) -> Failure | None:
    """The first way in which what was seen breaks the contract, exceptions included."""
    broken = violation(function, module, given, seen)
    if broken is not None:
        # A clause that autoform read off the code is no claim of the user's to refute.
        return None if broken.derived else Failure(broken.demand, broken.clause.span)
    declared = {clause.exception for clause in function.contract.raises}
    if isinstance(seen, Threw) and not any(same_exception(seen.exception, d) for d in declared):
        return Failure(f"{_NO_EXCEPTION}{seen.exception}")
    return None


_NO_EXCEPTION: Final = "no "


def demands_no_exception(example: Counterexample) -> bool:
    """Whether a counterexample shows an exception that nothing declares."""
    return example.expected.startswith(_NO_EXCEPTION)


@dataclass(slots=True)
class Refuter:
    """Replays failures of one file's functions; the original is started when first needed."""

    lifted: Lifted
    shown: dict[str, Input] = field(default_factory=dict)
    """The inputs of the refutations that replayed, by function."""
    _stack: ExitStack = field(default_factory=ExitStack)
    _original: Original | None = None

    def __enter__(self) -> Self:
        """Nothing is started yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the original's process, if there is one."""
        self._stack.close()

    def refute(self, function: Function, prepared: Prepared) -> Refuted | Unknown | None:
        """A refutation; what did not replay, as an unknown; or nothing when no input fails."""
        module = self.lifted.module
        pairs = zip(prepared.inputs, prepared.interpreted, strict=True)
        failing = [given for given, seen in pairs if failure(function, module, given, seen)]
        if not failing:
            return None
        least = shrink(min(failing, key=weight), self._judge(function), rounds=ROUNDS)
        return self.replay(function, least)

    def refute_by_small(self, function: Function) -> Refuted | None:
        """A refutation by one of all small inputs."""
        judge = self._judge(function)
        for given in small_inputs(function, self.lifted.module):
            if judge([given])[0]:
                least = shrink(given, judge, rounds=ROUNDS)
                found = self.replay(function, least)
                return found if isinstance(found, Refuted) else None
        return None

    def _judge(self, function: Function) -> _Judge:
        return _Judge(function, self.lifted.module)

    def replay(self, function: Function, given: Input) -> Refuted | Unknown:
        """Call the original with an input that fails in the interpreter, and see."""
        module, original = self.lifted.module, self._started()
        interpreted = observe_call(module, function.name, given, FUEL)
        broken = failure(function, module, given, interpreted)
        text = broken.demand if broken is not None else "the contract"
        reason = original.refused or original.failed.get(function.name)
        if reason is not None:
            why = f"a call fails in the interpreter, but the original cannot be run: {reason}"
            return Unknown(text, why, function.span)
        (seen,) = original.observe(function, [given])
        found = failure(function, module, given, seen)
        call = original.show_call(function, given)
        if found is None:
            why = (
                f"{call} fails in the interpreter, and the original does not: "
                f"{original.show(function, seen)}; the translation is to blame"
            )
            return Unknown(text, why, function.span)
        expected = f"{found.demand}: {self._text(found.clause)}".rstrip(": ")
        shown = original.show(function, seen)
        self.shown[function.name] = given
        return Refuted(Counterexample(call, expected, shown, replayed=True))

    def _text(self, span: Span) -> str:
        source = self.lifted.source
        return " ".join(source.slice(span).split()) if span.path == source.path else ""

    def _started(self) -> Original:
        if self._original is None:
            self._original = self._stack.enter_context(open_original(self.lifted))
            self._original.load()
        return self._original


@dataclass(frozen=True, slots=True)
class _Judge:
    """Which candidates are valid inputs that fail, as the interpreter says."""

    function: Function
    module: Module

    def __call__(self, candidates: Sequence[Input]) -> list[bool]:
        return [self._fails(given) for given in candidates]

    def _fails(self, given: Input) -> bool:
        typed = zip(given, self.function.params, strict=True)
        if not all(has_type(value, param.type, self.module) for value, param in typed):
            return False
        if not meets_precondition(self.function, self.module, given):
            return False
        seen = observe_call(self.module, self.function.name, given, FUEL)
        return failure(self.function, self.module, given, seen) is not None
