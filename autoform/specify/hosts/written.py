"""A clause as its host language writes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """A clause in its host's form: its lines, and what stands before or above them."""

    lines: tuple[str, ...]
    expression: str
    snapshots: tuple[str, ...] = ()
    modules: frozenset[str] = frozenset()
