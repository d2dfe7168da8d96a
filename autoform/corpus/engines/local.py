"""The engine of one machine: as many worker processes as one wants, each fed by a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from queue import SimpleQueue

from autoform.corpus.engines import Finished, Lot
from autoform.corpus.engines.slot import Slot
from autoform.corpus.settings import BuildSettings

__all__ = ["LocalEngine"]


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Workers on this machine."""

    settings: BuildSettings
    jobs: int

    def run(self, lots: Iterable[Lot]) -> Iterator[Finished]:
        """Work on the lots; at most two lots a worker are read and not yet given back."""
        tasks: SimpleQueue[Lot | None] = SimpleQueue()
        results: SimpleQueue[list[Finished] | BaseException] = SimpleQueue()
        # Daemons, so that an interrupt ends the program at once: their processes end with it.
        threads = [
            threading.Thread(target=self._serve, args=(tasks, results), daemon=True)
            for _ in range(self.jobs)
        ]
        for thread in threads:
            thread.start()
        try:
            yield from _fed(lots, tasks, results, 2 * self.jobs)
        finally:
            for _ in threads:
                tasks.put(None)
        for thread in threads:
            thread.join()

    def _serve(
        self,
        tasks: SimpleQueue[Lot | None],
        results: SimpleQueue[list[Finished] | BaseException],
    ) -> None:
        try:
            with Slot(self.settings) as slot:
                while (task := tasks.get()) is not None:
                    results.put(slot.run(task))
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            results.put(error)


def _fed(
    lots: Iterable[Lot],
    tasks: SimpleQueue[Lot | None],
    results: SimpleQueue[list[Finished] | BaseException],
    most: int,
) -> Iterator[Finished]:
    waiting = 0
    for lot in lots:
        tasks.put(lot)
        waiting += 1
        if waiting >= most:
            yield from _taken(results)
            waiting -= 1
    for _ in range(waiting):
        yield from _taken(results)


def _taken(results: SimpleQueue[list[Finished] | BaseException]) -> list[Finished]:
    found = results.get()
    if isinstance(found, BaseException):
        raise found
    return found
