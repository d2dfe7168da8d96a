"""What a build depends on beside its sources; a build is resumed only with the same settings."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from typing import Literal

from autoform.corpus.sources.unit import Json
from autoform.ir.decls import Assumption
from autoform.verifiers.dafny import find_dafny
from autoform.version import VERSION

__all__ = ["BuildSettings", "tool_versions"]


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """How much is spent on a function, and on what.

    `steps` are solver resources, for all questions about one function; they decide what is
    proved, and are the same everywhere. `cpu_seconds` only guards: a function that outlasts it
    has a row that says so.
    """

    steps: int = 3_000_000
    cpu_seconds: float = 120.0
    memory_bytes: int = 3 * 1024**3
    examples: int = 40
    tests: int = 8
    seed: int = 0
    confirm: bool = True
    specify: bool = True
    grade: bool = True
    allow: tuple[str, ...] = ()
    depth: Literal["full", "lift"] = "full"
    """`lift` stops after lifting: what a benchmark needs to be recognised."""

    @property
    def assumptions(self) -> frozenset[Assumption]:
        """What may be taken for granted."""
        return frozenset(map(Assumption, self.allow))

    def to_json(self) -> Json:
        """As a worker and the plan of a build are told of them."""
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, Json]) -> BuildSettings:
        """The settings that `to_json` wrote down."""
        return BuildSettings(**{**data, "allow": tuple(data["allow"])})


@cache
def tool_versions(*, confirm: bool) -> tuple[str, ...]:
    """The tools behind a row, each with its version. Raises `ProcessFailure` for a broken Dafny."""
    python = ".".join(platform.python_version_tuple()[:2])
    found = [f"autoform {VERSION}", f"Python {python}", f"Z3 {version('z3-solver')}"]
    if confirm and (tool := find_dafny()) is not None:
        found.append(f"Dafny {tool.version}")
    return tuple(found)
