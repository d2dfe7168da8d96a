"""Who makes rows: workers on this machine, or those of a Ray cluster, behind one protocol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from autoform.corpus.sources.unit import Unit
from autoform.corpus.workshop import Made

__all__ = ["Engine", "Finished"]


@dataclass(frozen=True, slots=True)
class Finished:
    """A unit with the rows of its functions, in source order, and the CPU seconds of each."""

    number: int
    made: tuple[Made, ...]
    seconds: tuple[float, ...]


class Engine(Protocol):
    """Works on numbered units, in any order, and reads only as many ahead as it has workers for.

    Every unit comes back exactly once, whatever happens to workers: a function that ends its
    worker comes back as a row that says so.
    """

    def run(self, units: Iterable[tuple[int, Unit]]) -> Iterator[Finished]: ...
