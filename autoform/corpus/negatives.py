"""Wrong variants of a proved function, each with a call on which it breaks the contract.

They are what a repair begins with, and what a verifier must not accept. The call was run by the
interpreter, on the function, which keeps its contract there, and on the variant, which does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from autoform.corpus.row import Negative
from autoform.crosscheck import Input, NoClaim, Original
from autoform.crosscheck.engines import observe_call
from autoform.crosscheck.mutation import Mutant, mutants
from autoform.ir.decls import Module
from autoform.ir.text import print_module
from autoform.prove.refute import failure

__all__ = ["negatives"]

_MOST_TRIED: Final = 24
_MOST_INPUTS: Final = 30
_FUEL: Final = 100_000


def negatives(
    module: Module, name: str, inputs: Sequence[Input], original: Original, *, most: int = 3
) -> Iterator[Negative]:
    """Variants that some input refutes, of different faults first, at most so many."""
    function = module.function(name)
    found = tuple(mutants(module, function))
    step = max(1, -(-len(found) // _MOST_TRIED))
    told: set[str] = set()
    for mutant in found[::step]:
        if len(told) == most:
            return
        if mutant.operator in told:
            continue
        refuted = _refuted(module, mutant, inputs[:_MOST_INPUTS], original)
        if refuted is not None:
            told.add(mutant.operator)
            yield refuted


def _refuted(
    module: Module, mutant: Mutant, inputs: Sequence[Input], original: Original
) -> Negative | None:
    """The variant with the first input that breaks its contract; none where no input does."""
    variant = mutant.function
    functions = tuple(variant if f.name == variant.name else f for f in module.functions)
    changed = replace(module, functions=functions)
    for given in inputs:
        seen = observe_call(changed, variant.name, given, _FUEL)
        if isinstance(seen, NoClaim):
            continue
        broken = failure(variant, changed, given, seen)
        if broken is not None:
            return {
                "ir": print_module(changed),
                "change": f"{mutant.operator}: {mutant.before} -> {mutant.after}",
                "call": original.show_call(variant, given),
                "expected": broken.demand,
                "observed": original.show(variant, seen),
            }
    return None
