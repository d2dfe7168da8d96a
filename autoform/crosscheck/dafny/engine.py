"""Runs emitted Dafny on the inputs on which the interpreter returns a value.

Dafny has no exceptions, and a call outside a function's precondition is not a Dafny program, so
inputs that raise are left to the other engines. Verification is off: what runs is what the text
says. Each call is compared in Dafny itself with what the interpreter returned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from autoform.backends.dafny import emit_dafny
from autoform.backends.emitted import Emitted
from autoform.crosscheck.dafny.wrappers import comparison, names_taken
from autoform.crosscheck.engines import Observations, Plan, observe_call
from autoform.crosscheck.observation import Gave, Input, NoClaim, Observation, Odd, Reason
from autoform.crosscheck.python.show import cut
from autoform.crosscheck.results import EngineName
from autoform.crosscheck.shrink import weight
from autoform.ir.decls import Function, Module
from autoform.ir.restriction import restricted
from autoform.verifiers.dafny import DafnyTool, ExecutionError

__all__ = ["DafnyExecution"]

_MARK: Final = "autoform:"
_LARGEST_INPUT: Final = 400
_LARGEST_NUMBER: Final = 1 << 1_000
_RESTARTS: Final = 8
"""How often a program that ends early is run again without the call that ended it."""


@dataclass(frozen=True, slots=True)
class _Wrapped:
    """A call that Dafny is to make: where its observation belongs, and what it should be."""

    function: str
    place: int
    wrapper: Function
    expected: Gave


class DafnyExecution:
    """The Dafny of a module, compiled by the Dafny that is installed."""

    name = EngineName.DAFNY

    def __init__(self, module: Module, tool: DafnyTool, fuel: int) -> None:
        self._module = module
        self._tool = tool
        self._fuel = fuel

    def observe(self, plan: Plan) -> Observations:
        """Run all calls of the plan in as few compilations as their failures allow."""
        found: dict[str, list[Observation]] = {
            name: [NoClaim(Reason.NOT_RUN)] * len(inputs) for name, inputs in plan.items()
        }
        self._run_all(self._wrapped(plan, found), found)
        return found

    def _run_all(self, calls: list[_Wrapped], found: dict[str, list[Observation]]) -> None:
        """Run calls; when the whole does not compile, function by function."""
        waiting = calls
        try:
            for _ in range(_RESTARTS):
                if not waiting:
                    return
                waiting = self._run(waiting, found)
        except ExecutionError as error:
            functions = {call.function: None for call in calls}
            if len(functions) == 1:
                told = Odd(f"the emitted Dafny does not compile: {cut(str(error))}")
                for call in calls:
                    found[call.function][call.place] = told
                return
            for name in functions:
                self._run_all([call for call in calls if call.function == name], found)
            return
        for call in waiting:
            found[call.function][call.place] = NoClaim(Reason.CRASH)

    def _wrapped(self, plan: Plan, found: dict[str, list[Observation]]) -> list[_Wrapped]:
        """The calls that Dafny can make; the reason for each other is put into `found`."""
        taken = names_taken(self._module)
        calls: list[_Wrapped] = []
        for name, inputs in plan.items():
            function = self._module.function(name)
            for place, given in enumerate(inputs):
                expected = observe_call(self._module, name, given, self._fuel)
                if not isinstance(expected, Gave):
                    silent = isinstance(expected, NoClaim)
                    found[name][place] = expected if silent else NoClaim(Reason.NO_EXCEPTIONS)
                elif _is_large(given) or _is_large((expected.value, *expected.finals)):
                    found[name][place] = NoClaim(Reason.SIZE)
                else:
                    wrapper = comparison(function, given, expected, self._module, taken)
                    calls.append(_Wrapped(name, place, wrapper, expected))
        return calls

    def _run(
        self, calls: Sequence[_Wrapped], found: dict[str, list[Observation]]
    ) -> list[_Wrapped]:
        """Compile and run, note what came of the calls, and return those not yet made."""
        wrappers = tuple(call.wrapper for call in calls)
        needed = restricted(self._module, {call.function for call in calls})
        extended = replace(needed, functions=(*needed.functions, *wrappers))
        emitted = emit_dafny(extended, dialect=self._tool.dialect)
        made = [call for call in calls if call.wrapper.name in emitted.names]
        for call in calls:
            found[call.function][call.place] = NoClaim(Reason.NOT_EMITTED)
        if not made:
            return []
        answers = _answers(self._tool.execute(emitted.text + _main(emitted, made)))
        for call, answer in zip(made, answers, strict=False):
            found[call.function][call.place] = _observation(call, answer)
        if len(answers) >= len(made):
            return []
        ended = made[len(answers)]
        found[ended.function][ended.place] = NoClaim(Reason.CRASH)
        return made[len(answers) + 1 :]


def _is_large(values: Input) -> bool:
    """Whether values are too much to write down: many parts, or numbers of thousands of digits."""
    parts, size = weight(values)
    return parts > _LARGEST_INPUT or size > _LARGEST_NUMBER


def _main(emitted: Emitted, calls: Sequence[_Wrapped]) -> str:
    """The main program: a line for each call."""
    lines = []
    for number, call in enumerate(calls):
        name = emitted.names[call.wrapper.name]
        lines.append(f"  var r{number} := {name}();")
        lines.append(f'  print "{_MARK}", r{number}, "\\n";')
    return "\nmethod Main()\n{\n" + "\n".join(lines) + "\n}\n"


def _answers(output: str) -> list[bool]:
    """What the lines of the main program say, up to where it ended."""
    marked = (line.removeprefix(_MARK) for line in output.splitlines() if line.startswith(_MARK))
    return [line.strip().lower() == "true" for line in marked]


def _observation(call: _Wrapped, agrees: bool) -> Observation:  # noqa: FBT001 - Dafny's answer
    return call.expected if agrees else Odd("Dafny computes another value than the interpreter")
