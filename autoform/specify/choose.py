"""Which of many clauses are tried, and which of the proved ones are told.

Both are covers: a wrong outcome should be excluded by some clause, and no clause is taken that
excludes nothing new. Before the proof each outcome is covered more than once, because some of the
clauses will fall.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from autoform.ir.decls import Module
from autoform.specify.candidate import Candidate
from autoform.specify.expressions import size
from autoform.specify.outcomes import excluded
from autoform.specify.rank import Judge
from autoform.specify.runs import Run

_PENALTY: Final = {"definition": 3, "bound": 1, "remainder": 1}
_BRANCH_PENALTY: Final = 2


@dataclass(frozen=True, slots=True)
class Valued:
    """A candidate with the mutants and the outcomes that it excludes, by their places."""

    candidate: Candidate
    killed: frozenset[int]
    excluded: frozenset[int]

    @property
    def order(self) -> tuple[int, int, int]:
        """Plain kinds first, then those that exclude much, then short ones."""
        family = self.candidate.family
        plain = _PENALTY.get(family, _BRANCH_PENALTY if family.startswith("branch") else 0)
        return plain, -len(self.killed), size(self.candidate.condition)


def valued(
    module: Module, candidates: Iterable[Candidate], judge: Judge, outcomes: Sequence[Run]
) -> list[Valued]:
    """The candidates with what they are worth; those that exclude nothing are left out."""
    found = (
        Valued(each, judge.killed(each.condition), excluded(module, each.condition, outcomes))
        for each in candidates
    )
    return sorted((each for each in found if each.excluded), key=lambda each: each.order)


def cover(
    candidates: Sequence[Valued],
    *,
    times: int,
    most: int,
    given: Iterable[Valued] = (),
) -> list[Valued]:
    """Clauses that exclude each outcome that any excludes `times` over, beside those given."""
    given = list(given)
    counts = Counter(place for each in given for place in each.excluded)
    kills = Counter(place for each in given for place in each.killed)
    left = list(candidates)
    chosen: list[Valued] = []
    while left and len(chosen) < most:
        best = max(left, key=lambda each: _gain(each, counts, kills, times))
        if _gain(best, counts, kills, times)[:2] == (0, 0):
            break
        left.remove(best)
        chosen.append(best)
        counts.update(best.excluded)
        kills.update(best.killed)
    return chosen


def _gain(
    each: Valued, counts: Counter[int], kills: Counter[int], times: int
) -> tuple[int, int, int, int]:
    """New mutants, new outcomes; of equals the plainer and the shorter."""
    plain, _, length = each.order
    new_kills = sum(1 for place in each.killed if kills[place] < times)
    new = sum(1 for place in each.excluded if counts[place] < times)
    return new_kills, new, -plain, -length


def minimal(proved: Sequence[Valued]) -> list[Valued]:
    """Few of the proved clauses that exclude what all exclude; a definition only where needed."""
    plain = [each for each in proved if each.candidate.family != "definition"]
    chosen = cover(plain, times=1, most=len(plain))
    rest = [each for each in proved if each.candidate.family == "definition"]
    chosen += cover(rest, times=1, most=1, given=chosen)
    for each in sorted(chosen, key=lambda each: len(each.excluded)):
        others = [other for other in chosen if other is not each]
        stated = [other for other in others if other.candidate.family != "definition"]
        if each.excluded <= frozenset().union(*(other.excluded for other in stated)):
            chosen = others
    return sorted(chosen, key=lambda each: each.order)
