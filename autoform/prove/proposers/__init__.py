"""Those who propose invariants, in stages from cheap to costly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from autoform.prove.candidate import Proposer
from autoform.prove.proposers.accumulators import Accumulators
from autoform.prove.proposers.bounds import Bounds
from autoform.prove.proposers.definitions import Definitions
from autoform.prove.proposers.equations import Equations
from autoform.prove.proposers.exits import Exits
from autoform.prove.proposers.limits import Limits
from autoform.prove.proposers.members import Members
from autoform.prove.proposers.rounds import Rounds
from autoform.prove.proposers.stretches import Stretches
from autoform.prove.proposers.tracked import Tracked
from autoform.prove.proposers.weaken import Weaken

STAGES: Final[Sequence[Sequence[Proposer]]] = (
    (Bounds(), Exits(), Weaken(), Limits()),
    (
        Equations(1, everything=True),
        Equations(2, everything=False),
        Rounds(),
        Accumulators(),
        Members(),
        Definitions(),
        Tracked(),
    ),
    (Stretches(),),
    (Equations(2, everything=True), Equations(3, everything=False)),
)

__all__ = ["STAGES"]
