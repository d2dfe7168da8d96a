"""What a function might have done instead: outcomes that a contract should not admit.

They are what mutants did, what other calls of the function returned, and what implementations
return that do nothing. A clause is worth the outcomes that it excludes; one that excludes only
what the others exclude follows from them, as far as can be seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr
from autoform.ir.types import (
    BoolType,
    FloatType,
    MapType,
    OptionType,
    SeqType,
    SetType,
    StrType,
    TupleType,
    Type,
    is_integer,
)
from autoform.semantics.values import NONE, MapValue, Some, Value, same
from autoform.specify.rank import Faulty
from autoform.specify.runs import Run, run_of
from autoform.specify.table import contradicts, value_on

MOST_SWAPPED: Final = 90
SHIFTS: Final = (1, 3, 7)


@dataclass(frozen=True, slots=True)
class Trivial:
    """An implementation that does nothing: its name, and what it does on each run."""

    name: str
    outcomes: tuple[Run, ...]


def trivial(function: Function, runs: Sequence[Run]) -> Iterator[Trivial]:
    """Constants, the empty value, each argument: those that are not the function itself."""
    for name, value in constants(function.result):
        yield _made(name, function, runs, [value] * len(runs))
    if runs:
        usual = max((run.result for run in runs), key=[run.result for run in runs].count)
        yield _made("always the same", function, runs, [usual] * len(runs))
    for place, param in enumerate(function.params):
        if param.type == function.result:
            name = "identity" if place == 0 else f"argument {param.name}"
            yield _made(name, function, runs, [run.given[place] for run in runs])


def constants(type_: Type) -> list[tuple[str, Value]]:
    """The least values of a type, by name."""
    if is_integer(type_):
        values = (0, 1, -1) if _signed(type_) else (0, 1)
        return [(f"always {value}", value) for value in values]
    match type_:
        case BoolType():
            return [("always False", False), ("always True", True)]
        case FloatType():
            return [("always 0.0", 0.0)]
        case StrType():
            return [("empty", "")]
        case SeqType():
            return [("empty", ())]
        case SetType():
            return [("empty", frozenset())]
        case MapType():
            return [("empty", MapValue())]
        case OptionType(item):
            return [("always None", NONE), *((n, Some(v)) for n, v in constants(item))]
        case TupleType(items):
            parts = [constants(part) for part in items]
            if all(parts):
                return [("nothing", tuple(part[0][1] for part in parts))]
            return []
        case _:
            return []


def _signed(type_: Type) -> bool:
    return getattr(type_, "signed", True)


def _made(name: str, function: Function, runs: Sequence[Run], results: Sequence[Value]) -> Trivial:
    """An implementation that returns these and changes nothing."""
    finals = [param.name for param in function.params if param.inout]
    made = tuple(
        run_of(function, run.given, result, tuple(run.entry[name] for name in finals))
        for run, result in zip(runs, results, strict=True)
    )
    return Trivial(name, made)


def is_different(one: Run, other: Run) -> bool:
    """Whether two outcomes of a call can be told apart."""
    finals = (same(value, other.final[name]) for name, value in one.final.items())
    return not (same(one.result, other.result) and all(finals))


def perturbed(
    function: Function, runs: Sequence[Run], mutants: Iterable[Faulty]
) -> tuple[Run, ...]:
    """Wrong outcomes of the calls, of all the kinds above."""
    found = [trace for mutant in mutants for trace in mutant.traces]
    step = max(1, len(SHIFTS) * len(runs) // MOST_SWAPPED)
    inouts = [param.name for param in function.params if param.inout]
    for shift in SHIFTS:
        for place in range(0, len(runs), step):
            run, other = runs[place], runs[(place + shift) % len(runs)]
            finals = tuple(other.final[name] for name in inouts)
            swapped = run_of(function, run.given, other.result, finals)
            if is_different(swapped, run):
                found.append(swapped)
    originals = runs[:: max(1, len(runs) // 15)]
    for made in trivial(function, originals):
        found += [
            o for o, run in zip(made.outcomes, originals, strict=True) if is_different(o, run)
        ]
    return tuple(found)


def excluded(module: Module, condition: Expr, outcomes: Sequence[Run]) -> frozenset[int]:
    """The outcomes, by their place, that the clause does not admit."""
    return frozenset(
        place
        for place, outcome in enumerate(outcomes)
        if contradicts(value_on(module, condition, outcome))
    )
