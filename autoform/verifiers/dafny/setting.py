"""What every run of Dafny has in common: its budget and its environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["FILE", "Budget", "environment"]

FILE: Final = "program.dfy"
_KEPT: Final = ("PATH", "HOME", "DOTNET_ROOT", "DOTNET_ROOT_X64", "USERPROFILE", "SYSTEMROOT")


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may be spent on one file: Z3 resources for each obligation, CPU seconds on all.

    `guard` bounds the wall clock as a multiple of the CPU time, against a Dafny that waits.
    `solver_seconds` bounds the CPU time of each solver that Dafny starts, one for each module: what
    a solver does before it searches, such as to write out shared terms, counts no resources.
    """

    resources: int = 5_000_000
    cpu_seconds: float = 120.0
    guard: float = 20.0
    solver_seconds: float | None = None

    @property
    def wall_seconds(self) -> float:
        """The wall-clock guard."""
        return self.cpu_seconds * self.guard


def environment() -> Mapping[str, str]:
    """What of our environment a tool sees: where programs are, and nothing that is private."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "DOTNET_CLI_TELEMETRY_OPTOUT": "1", "DOTNET_NOLOGO": "1"}
