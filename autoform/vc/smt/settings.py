"""z3's solver, set so that it answers alike on every machine, and seldom without an end."""

from __future__ import annotations

from functools import cache
from typing import Final

from autoform.vc.smt.binding import z3

__all__ = ["new_solver"]

_ENDLESS: Final = "arith.nl.nra_check_assignment"
"""Evaluates polynomials at algebraic numbers without counting steps or heeding a timeout: sums of a
few squares kept it for minutes. No sample is proved with it that is not proved without."""


def new_solver(steps: int) -> z3.Solver:
    """A solver of the current context that gives up a question after `steps` resource units."""
    solver = z3.SimpleSolver()
    solver.set(auto_config=False, mbqi=False, random_seed=0, rlimit=steps)
    if _knows_endless():
        solver.set(_ENDLESS, False)  # noqa: FBT003 - z3's own form
    return solver


@cache
def _knows_endless() -> bool:
    """Whether this release of z3 has the option; older ones do without what it turns off."""
    known = z3.SimpleSolver().param_descrs()
    return any(known.get_name(place) == _ENDLESS for place in range(known.size()))
