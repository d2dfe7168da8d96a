"""The stages that a build has beside lifting and proving, each behind a call of one shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from autoform.corpus.row import Grade
from autoform.corpus.settings import BuildSettings
from autoform.frontends.lifted import Lifted

__all__ = ["GradeStage", "SpecifyStage", "contracts_found", "ungraded"]

SpecifyStage: TypeAlias = Callable[[Lifted, str, BuildSettings], Lifted]
"""The file with more contracts for the named function: those that hold, by whatever means."""

GradeStage: TypeAlias = Callable[[Lifted, str, BuildSettings], Grade | None]
"""How much the contract of the named function says, or nothing."""


def contracts_found(lifted: Lifted, name: str, settings: BuildSettings) -> Lifted:
    """The contracts that stand in the source, and no others."""
    del name, settings
    return lifted


def ungraded(lifted: Lifted, name: str, settings: BuildSettings) -> Grade | None:
    """No grade."""
    del lifted, name, settings
    return None
