"""The proved samples of the repository, and mutants of theirs that a run contradicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from autoform.crosscheck.mutation import Mutant, mutants
from autoform.crosscheck.prepare import prepare
from autoform.frontends import lift
from autoform.ir.decls import Function, Module
from autoform.prove.houdini import with_function
from autoform.semantics.interpreter import OutOfFuel, call
from autoform.semantics.values import Value
from autoform.source import read_source
from tests.prove.soundness.judging import RUN_FUEL, contradiction, proof

ROOT = Path(__file__).parents[3]
WRONG_MARK = "# expect: refuted"
_ENDLESS = "runs out of fuel"


@dataclass(frozen=True)
class Sample:
    """A right function of a sample file."""

    path: Path
    module: Module
    function: Function

    def inputs(self) -> Sequence[tuple[Value, ...]]:
        """Arguments that meet its precondition, as the whole program draws them.

        On each it ends with little fuel: a mutant that ends with none there hardly ever ends.
        """
        drawn = prepare(self.function, self.module, (), examples=40, seed=0).inputs
        return [given for given in drawn if self._ends_soon(given)]

    def _ends_soon(self, given: tuple[Value, ...]) -> bool:
        outcome = call(self.module, self.function.name, given, fuel=RUN_FUEL // 100)
        return not isinstance(outcome, OutOfFuel)


@dataclass
class Tally:
    """Mutants of samples: those that a run contradicts, and those of them that were proved."""

    samples: int = 0
    proved: int = 0
    mutants: int = 0
    falsified: int = 0
    wrong: list[str] = field(default_factory=list)
    endless: list[str] = field(default_factory=list)
    """Proved mutants with a run that used up its fuel: not wrong for sure, but to look at."""


def samples(folder: Path = ROOT / "corpora" / "proofs" / "python") -> Iterator[Sample]:
    """Every right function, in the order of the files."""
    for path in sorted(folder.glob("*.py")):
        source = read_source(path)
        marks = {n for n, line in enumerate(source.lines, 1) if WRONG_MARK in line}
        module = lift(source).module
        for function in module.functions:
            lines = range(function.span.start_line, function.span.end_line + 1)
            if "." in function.name or not marks.isdisjoint(lines):
                continue
            yield Sample(path, module, function)


def tally(sample: Sample, *, steps: int, most: int | None = None, seed: int = 0) -> Tally:
    """Try to prove the mutants of a proved sample that a run contradicts, or `most` of them."""
    rng = Random(seed)  # noqa: S311 - repeatable on purpose
    name, found = sample.function.name, Tally(samples=1)
    inputs = sample.inputs()
    hints = proof(sample.module, name, inputs[:8], rng, steps, whole=True)
    if hints is None:
        return found
    found.proved = 1
    made = list(mutants(sample.module, sample.function))
    found.mutants = len(made)
    rng.shuffle(made)
    for mutant in made:
        module = with_function(sample.module, mutant.function)
        why = _falsified(module, mutant.function, inputs)
        if why is None:
            continue
        found.falsified += 1
        # The invariants of the right function, and others that few runs contradict.
        if proof(module, name, inputs[:8], rng, steps, hints=hints) is not None:
            told = found.endless if why.endswith(_ENDLESS) else found.wrong
            told.append(f"{sample.path.name} {name}: {_shown(mutant)}: {why}")
        if found.falsified == most:
            break
    return found


def _falsified(
    module: Module, function: Function, inputs: Sequence[tuple[Value, ...]]
) -> str | None:
    for args in inputs:
        outcome = call(module, function.name, args, fuel=RUN_FUEL)
        if isinstance(outcome, OutOfFuel):
            return f"{args} {_ENDLESS}"
        why = contradiction(module, function, args, outcome)
        if why is not None:
            return f"{args} {why}"
    return None


def _shown(mutant: Mutant) -> str:
    return f"{mutant.operator}, {mutant.span}: {mutant.before!r} became {mutant.after!r}"
