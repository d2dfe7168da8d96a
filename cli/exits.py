"""Exit codes, and which of several findings decides."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

__all__ = ["Exit", "overall"]


class Exit(IntEnum):
    """What the command says to the shell."""

    DONE = 0
    """Everything asked for was done: translated, agreed."""
    WRONG = 1
    """Something is wrong with the program, or the translation of it: refuted, disagrees."""
    CALL = 2
    """The call itself is wrong: no such file, no such function, nowhere to write."""
    OPEN = 3
    """Something is open, such as an unsupported function, and nothing is wrong."""


_WEIGHT = (Exit.CALL, Exit.WRONG, Exit.OPEN, Exit.DONE)


def overall(exits: Iterable[Exit]) -> Exit:
    """One code for several findings: a wrong call outweighs a wrong program, as with `grep`."""
    return min(exits, key=_WEIGHT.index, default=Exit.DONE)
