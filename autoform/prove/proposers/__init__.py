"""Those who propose invariants, in stages from cheap to costly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from autoform.prove.candidate import Proposer
from autoform.prove.proposers.bounds import Bounds
from autoform.prove.proposers.weaken import Weaken

STAGES: Final[Sequence[Sequence[Proposer]]] = ((Bounds(), Weaken()),)

__all__ = ["STAGES"]
