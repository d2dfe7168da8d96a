"""Families of clauses, each over one part of the outcome.

To add one, write a function from a `View` to conditions and name it in `FAMILIES`. It may be
wrong as often as it likes: what a run contradicts is dropped, and what is not proved is not told.
It must be cheap, bounded and deterministic.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from autoform.specify.candidate import Family
from autoform.specify.templates.definition import definition
from autoform.specify.templates.folds import extrema, folds, selections
from autoform.specify.templates.nests import nests
from autoform.specify.templates.numbers import bounds, equations, remainders
from autoform.specify.templates.searches import maps, options, places
from autoform.specify.templates.sequences import (
    elements,
    filters,
    images,
    membership,
    order,
    pairwise,
    shapes,
)
from autoform.specify.templates.summaries import summaries
from autoform.specify.templates.truths import absences, equivalences

FAMILIES: Final[Mapping[str, Family]] = {
    "equation": equations,
    "equivalence": equivalences,
    "search": nests,
    "absence": absences,
    "fold": folds,
    "shape": shapes,
    "extremum": extrema,
    "selection": selections,
    "option": options,
    "order": order,
    "membership": membership,
    "image": images,
    "filter": filters,
    "element": elements,
    "pairwise": pairwise,
    "place": places,
    "map": maps,
    "bound": bounds,
    "remainder": remainders,
    "summary": summaries,
    "definition": definition,
}
"""By the name that results carry; the strongest kinds first."""

__all__ = ["FAMILIES"]
