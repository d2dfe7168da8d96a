"""Mutants: functions with one small fault, to ask whether a contract or a prover sees it.

    for mutant in mutants(module, module.function("total")):
        print(mutant.operator, mutant.before, "→", mutant.after)

Only the body changes; the contract is what the mutant is held against. Every mutant is
well-formed, and none is the function itself, though one may behave like it. `OPERATORS` is the
whole set of faults, in the order in which a place is given them; `grammars/mutation.md` says the
same to readers.
"""

from __future__ import annotations

from autoform.crosscheck.mutation.mutants import Mutant, mutants
from autoform.crosscheck.mutation.operators import OPERATORS, Operator

__all__ = ["OPERATORS", "Mutant", "Operator", "mutants"]
