"""Small questions of linear arithmetic, asked while terms are built.

    0 <= i < len(xs)  gives  0 <= len(xs) - 1 - i

so that `xs[len(xs) - 1 - i]` is plainly an index, not one that may count from the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import z3

from autoform.vc.smt.subterms import has_quantifier, subterms

_STEPS = 3_000


def follows(claim: z3.BoolRef, guards: Iterable[z3.BoolRef]) -> bool:
    """Whether the claim follows from the guards and from lengths not being negative."""
    known = [guard for guard in guards if not has_quantifier(guard)]
    solver = z3.SimpleSolver()
    solver.set(auto_config=False, mbqi=False, random_seed=0, rlimit=_STEPS)
    solver.add(*known, z3.Not(claim))
    solver.add(*(term >= 0 for term in _lengths([claim, *known])))
    return bool(solver.check() == z3.unsat)


def _lengths(roots: Iterable[z3.ExprRef]) -> Iterator[z3.ArithRef]:
    for term in subterms(roots):
        if z3.is_app(term) and term.decl().name().startswith("len:"):
            yield term
