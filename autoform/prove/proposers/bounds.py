"""Proposes orders between the integers of a loop: `0 <= i`, `i <= seq.len(xs)`, `lo < hi`.

Only pairs that the loop changes are proposed: what it leaves alone is known anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

from autoform.ir.exprs import Expr, IntLit, Old, Var
from autoform.ir.ops import apply
from autoform.ir.types import INT
from autoform.prove.candidate import LoopView

_ONE: Final = IntLit(1, INT)


class Bounds:
    """Pairwise orders and small differences."""

    name = "bounds"

    def propose(self, view: LoopView) -> Iterable[Expr]:
        """For each pair of terms: `<=` both ways, `<` both ways, equal, differing by one."""
        for left, right in combinations(view.integers(), 2):
            if not (view.changes(left) or view.changes(right)):
                continue
            yield apply("eq", left, right)
            yield apply("le", left, right)
            yield apply("le", right, left)
            yield apply("lt", left, right)
            yield apply("lt", right, left)
            if not isinstance(left, IntLit) and not isinstance(right, IntLit):
                yield apply("le", left, apply("add", right, _ONE))
                yield apply("le", right, apply("add", left, _ONE))
                yield apply("eq", left, apply("add", right, _ONE))
                yield apply("eq", right, apply("add", left, _ONE))
        yield from _sums(view)


def _sums(view: LoopView) -> Iterator[Expr]:
    """Two variables together against what the loop leaves alone."""
    changing = [t for t in view.integers() if view.changes(t)][:_MOST_SUMMED]
    fixed = [t for t in view.integers() if not view.changes(t) and not isinstance(t, IntLit)]
    fixed += [Old(Var(p.name, p.type)) for p in view.function.params if p.type == INT]
    for left, right in combinations(changing, 2):
        total = apply("add", left, right)
        for bound in fixed:
            if not (isinstance(bound, Old) and not view.changes(bound.value)):
                yield apply("le", total, bound)
                yield apply("le", bound, total)
    for one in changing:
        for bound in fixed:
            if isinstance(bound, Old) and view.changes(bound.value):
                yield apply("le", one, bound)
                yield apply("le", bound, one)


_MOST_SUMMED: Final = 4
