"""Names for what an assumption says exists, so that definitions can unfold there.

Before:

    not (forall k: 0 <= k < n ==> at(s, k) == sum(t, k))

After:

    not (0 <= k!1 < n ==> at(s, k!1) == sum(t, k!1))

The solver would do the same, but inside, where the ground instances of `sum` that we add for
`k!1` and its neighbours cannot be made.
"""

from __future__ import annotations

from typing import cast

from autoform.vc.smt.binding import z3
from autoform.vc.smt.sorts import Universe
from autoform.vc.smt.subterms import has_quantifier


def skolemized(universe: Universe, formula: z3.BoolRef, *, holds: bool = True) -> z3.BoolRef:
    """A formula that can be satisfied (or, if it does not hold, refuted) just when this one can.

    Goes through connectives, not below a quantifier that ranges over everything.
    """
    if not has_quantifier(formula):
        return formula
    if z3.is_quantifier(formula):
        if formula.is_exists() != holds:
            return formula
        names = [
            universe.fresh(formula.var_name(place), formula.var_sort(place))
            for place in range(formula.num_vars())
        ]
        body = z3.substitute_vars(formula.body(), *reversed(names))
        return skolemized(universe, cast("z3.BoolRef", body), holds=holds)
    parts = [cast("z3.BoolRef", part) for part in formula.children()]
    if z3.is_not(formula):
        return z3.Not(skolemized(universe, parts[0], holds=not holds))
    if z3.is_and(formula) or z3.is_or(formula):
        inner = [skolemized(universe, part, holds=holds) for part in parts]
        return z3.And(inner) if z3.is_and(formula) else z3.Or(inner)
    if z3.is_implies(formula):
        premise = skolemized(universe, parts[0], holds=not holds)
        return z3.Implies(premise, skolemized(universe, parts[1], holds=holds))
    if z3.is_eq(formula) and z3.is_bool(parts[0]):
        both = z3.And(z3.Implies(parts[0], parts[1]), z3.Implies(parts[1], parts[0]))
        return skolemized(universe, both, holds=holds)
    return formula
