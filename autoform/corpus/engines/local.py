"""The engine of one machine: as many worker processes as one wants, each fed by a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from queue import SimpleQueue

from autoform.corpus.engines import Finished
from autoform.corpus.engines.slot import Slot
from autoform.corpus.settings import BuildSettings
from autoform.corpus.sources.unit import Unit

__all__ = ["LocalEngine"]


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Workers on this machine."""

    settings: BuildSettings
    jobs: int

    def run(self, units: Iterable[tuple[int, Unit]]) -> Iterator[Finished]:
        """Work on the units; at most two a worker are read and not yet given back."""
        tasks: SimpleQueue[tuple[int, Unit] | None] = SimpleQueue()
        results: SimpleQueue[Finished | BaseException] = SimpleQueue()
        # Daemons, so that an interrupt ends the program at once: their processes end with it.
        threads = [
            threading.Thread(target=self._serve, args=(tasks, results), daemon=True)
            for _ in range(self.jobs)
        ]
        for thread in threads:
            thread.start()
        try:
            yield from _fed(iter(units), tasks, results, 2 * self.jobs)
        finally:
            for _ in threads:
                tasks.put(None)
        for thread in threads:
            thread.join()

    def _serve(
        self,
        tasks: SimpleQueue[tuple[int, Unit] | None],
        results: SimpleQueue[Finished | BaseException],
    ) -> None:
        try:
            with Slot(self.settings) as slot:
                while (task := tasks.get()) is not None:
                    results.put(slot.run(*task))
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            results.put(error)


def _fed(
    units: Iterator[tuple[int, Unit]],
    tasks: SimpleQueue[tuple[int, Unit] | None],
    results: SimpleQueue[Finished | BaseException],
    most: int,
) -> Iterator[Finished]:
    waiting = 0
    for unit in units:
        tasks.put(unit)
        waiting += 1
        if waiting >= most:
            yield _taken(results)
            waiting -= 1
    for _ in range(waiting):
        yield _taken(results)


def _taken(results: SimpleQueue[Finished | BaseException]) -> Finished:
    found = results.get()
    if isinstance(found, BaseException):
        raise found
    return found
