"""What one call of an original may use, whatever its language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from autoform.crosscheck.observation import Reason
from autoform.processes import Stop

__all__ = ["STOPPED", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call of an original may use."""

    seconds: float = 1.0
    memory_bytes: int = 512 * 1024 * 1024
    file_bytes: int = 0


STOPPED: Final[dict[Stop | None, Reason]] = {
    Stop.CPU: Reason.TIME,
    Stop.WALL: Reason.TIME,
    Stop.MEMORY: Reason.MEMORY,
    Stop.OUTPUT: Reason.SIZE,
}
"""Why a call has no answer when its process was stopped."""
