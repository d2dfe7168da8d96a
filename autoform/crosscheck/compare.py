"""Whether two engines did the same, and which differ."""

from __future__ import annotations

from collections.abc import Mapping

from autoform.crosscheck.observation import (
    Gave,
    NoClaim,
    Observation,
    Odd,
    Threw,
    same_exception,
)
from autoform.crosscheck.results import EngineName
from autoform.semantics.values import same

__all__ = ["agree", "differing"]


def agree(left: Observation, right: Observation) -> bool:
    """Whether nothing either says contradicts the other.

    Values must be exactly the same: `1` is not `1.0` and not `True`, `0.0` is not `-0.0`, a NaN
    is any NaN. Exceptions are compared by class, messages not at all. What no type allows (`Odd`)
    agrees with nothing.
    """
    match left, right:
        case (NoClaim(), _) | (_, NoClaim()):
            return True
        case Gave(a, left_finals), Gave(b, right_finals):
            return same(a, b) and same(left_finals, right_finals)
        case Threw(a, left_finals), Threw(b, right_finals):
            known = left_finals is not None and right_finals is not None
            return same_exception(a, b) and (
                not known or same(left_finals or (), right_finals or ())
            )
        case (Odd(), _) | (_, Odd()) | (Gave(), Threw()) | (Threw(), Gave()):
            return False
        case _:
            raise AssertionError(f"observations of unknown kinds: {left!r}, {right!r}")


def differing(observed: Mapping[EngineName, Observation]) -> tuple[EngineName, ...]:
    """The engines that contradict the original, or the first engine when it makes no claim.

    An original that does what no type allows contradicts itself, if anyone else makes a claim:
    where all others say that the call leaves the subset, that was to be expected.
    """
    claims = [(name, seen) for name, seen in observed.items() if not isinstance(seen, NoClaim)]
    if len(claims) < 2:
        return ()
    first, reference = claims[0]
    if isinstance(reference, Odd):
        return (first,)
    return tuple(name for name, seen in claims[1:] if not agree(reference, seen))
