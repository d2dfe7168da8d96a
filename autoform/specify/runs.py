"""What a function does on inputs: the runs that candidates are held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from autoform.crosscheck.observation import Gave, Input, NoClaim, Reason, Threw
from autoform.crosscheck.prepare import Prepared, prepare
from autoform.frontends.lifted import Example
from autoform.ir.decls import Function, Module
from autoform.ir.ops import OUTSIDE
from autoform.semantics.values import Value


@dataclass(frozen=True, slots=True)
class Run:
    """One call that returned: the parameters before and after, and the result."""

    given: Input
    entry: Mapping[str, Value]
    final: Mapping[str, Value]
    result: Value


@dataclass(frozen=True, slots=True)
class Runs:
    """The calls of one function, by how they ended.

    `failed` raised an exception that no clause declares, `unended` ran out of fuel. Calls that
    raised what the contract declares are in neither.
    """

    returned: tuple[Run, ...]
    failed: tuple[Input, ...] = ()
    unended: tuple[Input, ...] = ()


def observe(
    function: Function,
    module: Module,
    written: Iterable[Example],
    *,
    examples: int,
    seed: int,
) -> Runs:
    """Run the function on its examples, on corners and on generated inputs."""
    prepared = prepare(function, module, written, examples=examples, seed=seed)
    return sorted_out(function, prepared)


def sorted_out(function: Function, prepared: Prepared) -> Runs:
    """The runs that were prepared, by how they ended."""
    declared = {clause.exception for clause in function.contract.raises}
    returned: list[Run] = []
    failed: list[Input] = []
    unended: list[Input] = []
    for given, seen in zip(prepared.inputs, prepared.interpreted, strict=True):
        match seen:
            case Gave(value, finals):
                returned.append(run_of(function, given, value, finals))
            case Threw(exception) if exception not in declared and exception != OUTSIDE:
                failed.append(given)
            case NoClaim(Reason.FUEL):
                unended.append(given)
            case _:
                pass
    return Runs(tuple(returned), tuple(failed), tuple(unended))


def run_of(function: Function, given: Input, result: Value, finals: tuple[Value, ...]) -> Run:
    """A call that returned, with what names mean before and after it."""
    entry = {param.name: value for param, value in zip(function.params, given, strict=True)}
    inouts = (param.name for param in function.params if param.inout)
    return Run(given, entry, entry | dict(zip(inouts, finals, strict=True)), result)
