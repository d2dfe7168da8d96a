"""Who makes rows: workers on this machine, or those of a Ray cluster, behind one protocol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from autoform.corpus.confirming import Made
from autoform.corpus.settings import BuildSettings
from autoform.corpus.sources.unit import Unit

__all__ = ["Engine", "Finished", "Lot", "Task", "in_lots"]

Task: TypeAlias = tuple[int, Unit]
"""A unit with its number."""
Lot: TypeAlias = list[Task]
"""Units that one worker is given at once, and that Dafny is asked about together."""

_LOT_UNITS: Final = 20
_LOT_CHARACTERS: Final = 24_000
"""A lot is lost when the build is killed: it is to be done in half a minute or so."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A unit with the rows of its functions, in source order, and the CPU seconds of each."""

    number: int
    made: tuple[Made, ...]
    seconds: tuple[float, ...]


class Engine(Protocol):
    """Works on lots of numbered units, in any order, and reads only a little ahead of its workers.

    Every unit comes back exactly once, whatever happens to workers: a function that ends its
    worker comes back as a row that says so.
    """

    def run(self, lots: Iterable[Lot]) -> Iterator[Finished]: ...


def in_lots(tasks: Iterable[Task], settings: BuildSettings) -> Iterator[Lot]:
    """As many units as are worth a start of Dafny, or else one each.

    What is in a lot depends on the units alone, and so what Dafny is asked together does.
    """
    lot: Lot = []
    size = 0
    for task in tasks:
        lot.append(task)
        size += len(task[1].text)
        if not settings.confirm or len(lot) == _LOT_UNITS or size >= _LOT_CHARACTERS:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot
