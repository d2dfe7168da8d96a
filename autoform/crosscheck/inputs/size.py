"""How large generated values may be: a ladder climbed down when a function cannot take them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["LADDER", "Size"]


@dataclass(frozen=True, slots=True)
class Size:
    """Bounds of generated values. Exponential functions are given small ones, see `LADDER`."""

    integer: int
    length: int
    depth: int = 3

    def nested(self) -> Size:
        """The bounds one level further in: a list of lists has shorter inner lists."""
        return Size(self.integer, max(2, self.length * 2 // 3), self.depth - 1)


LADDER: Final = (
    Size(1 << 70, 12),
    Size(1_000, 8),
    Size(60, 6),
    Size(14, 5),
    Size(7, 3),
)
"""The first size is tried first; when too many calls run out of fuel, the next one is."""
