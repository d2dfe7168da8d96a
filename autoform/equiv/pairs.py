"""Proposes that variables of the two functions are equal, or one apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autoform.equiv.product import Product
from autoform.ir.exprs import Expr, IntLit, Var
from autoform.ir.ops import apply
from autoform.ir.types import INT, IntType
from autoform.prove.candidate import LoopView

__all__ = ["Pairs"]


@dataclass(frozen=True, slots=True)
class Pairs:
    """`x == y` for a variable of each side and of the same type; of integers also `x == y + 1`."""

    product: Product

    @property
    def name(self) -> str:
        """What it is called in reports."""
        return "pairs"

    def propose(self, view: LoopView) -> Iterable[Expr]:
        """All pairs; traces leave those that always were equal."""
        firsts = [Var(n, t) for n, t in view.visible.items() if n in self.product.firsts]
        seconds = [Var(n, t) for n, t in view.visible.items() if n in self.product.seconds]
        one = IntLit(1, INT)
        for first in firsts:
            for second in seconds:
                if first.type != second.type:
                    continue
                yield apply("eq", first, second)
                if isinstance(first.type, IntType):
                    yield apply("eq", first, apply("add", second, one))
                    yield apply("eq", second, apply("add", first, one))
