"""The engine of a Ray cluster: an actor for each worker, which keeps one worker process.

Rows are the same as on one machine, for an actor does just what a thread of the local engine does.
An actor that dies, or whose node does, is started anew by Ray, and its unit is done again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from autoform.corpus.engines import Finished, Lot
from autoform.corpus.engines.slot import Slot
from autoform.corpus.settings import BuildSettings
from autoform.corpus.sources.unit import Json, Unit

__all__ = ["RayEngine"]

_MOST_WAITING: Final = 2


class _Maker:
    """What an actor is: a slot of its own."""

    def __init__(self, settings: Json) -> None:
        self._slot = Slot(BuildSettings.from_json(settings)).__enter__()

    def run(self, lot: Json) -> list[Finished]:
        """Make the rows of units."""
        return self._slot.run([(number, Unit.from_json(unit)) for number, unit in lot])


@dataclass(frozen=True, slots=True)
class RayEngine:
    """Workers of the Ray cluster that this process is connected to, or else of a local one.

    `RAY_ADDRESS` names a cluster, as with all programs that use Ray; its nodes need the same
    autoform and the same tools.
    """

    settings: BuildSettings
    jobs: int

    def run(self, lots: Iterable[Lot]) -> Iterator[Finished]:
        """Work on the lots; at most two lots an actor are read and not yet given back."""
        ray: Any = import_module("ray")

        if not ray.is_initialized():
            ray.init(log_to_driver=False, include_dashboard=False)
        # For ever anew: a unit that ends actor after actor is not known, for what a function does
        # to its worker ends the worker's process only, and that is the slot's affair.
        made = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=-1)(_Maker)
        actors = [made.remote(self.settings.to_json()) for _ in range(self.jobs)]
        try:
            yield from _fed(ray, lots, actors)
        finally:
            for actor in actors:
                ray.kill(actor)


def _fed(ray: Any, lots: Iterable[Lot], actors: list[Any]) -> Iterator[Finished]:  # noqa: ANN401 - ray has no types
    """Give each actor as many lots as it may have waiting, and the next when it gives one back."""
    owner: dict[Any, Any] = {}
    free = actors * _MOST_WAITING
    for lot in lots:
        actor = free.pop()
        owner[actor.run.remote([(number, unit.to_json()) for number, unit in lot])] = actor
        if not free:
            yield from _taken(ray, owner, free)
    while owner:
        yield from _taken(ray, owner, free)


def _taken(ray: Any, owner: dict[Any, Any], free: list[Any]) -> list[Finished]:  # noqa: ANN401 - the same
    (ready,), _ = ray.wait(list(owner), num_returns=1)
    free.append(owner.pop(ready))
    found: list[Finished] = ray.get(ready)
    return found
