"""One worker process and how it is treated: asked function by function, each within its budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Self

from autoform.corpus.confirming import Made, confirm_made
from autoform.corpus.engines import Finished, Task
from autoform.corpus.engines.process import worker_process
from autoform.corpus.settings import BuildSettings
from autoform.corpus.sources.unit import Json, Unit
from autoform.corpus.workshop import failed_row
from autoform.processes import NoAnswer, Worker

__all__ = ["Slot"]

_OPEN_SECONDS: Final = 60.0
_WALL: Final = 40.0
"""Wall-clock seconds a CPU second: a worker also waits for programs that it started."""
_WHOLE: Final = "(the file)"


@dataclass(slots=True)
class Slot:
    """A worker that is started when there is work, and started anew when it ended."""

    settings: BuildSettings
    _worker: Worker = field(init=False)

    def __post_init__(self) -> None:
        self._worker = worker_process(self.settings.memory_bytes)

    def run(self, tasks: Sequence[Task]) -> list[Finished]:
        """Make the rows of units, and have Dafny confirm those of all together."""
        found = [self._made(number, unit) for number, unit in tasks]
        confirm_made([each for finished in found for each in finished.made])
        return found

    def _made(self, number: int, unit: Unit) -> Finished:
        """Make the rows of a unit. What a function does to the worker costs its own row only."""
        opened = self._open(unit)
        if isinstance(opened, str):
            return Finished(number, (failed_row(unit, _WHOLE, opened, self.settings),), (0.0,))
        made: list[Made] = []
        seconds: list[float] = []
        is_open = True
        for name in opened:
            if not is_open:
                is_open = not isinstance(self._open(unit), str)
            row, spent, is_open = self._make(unit, name)
            made.append(row)
            seconds.append(spent)
        return Finished(number, tuple(made), tuple(seconds))

    def _open(self, unit: Unit) -> list[str] | str:
        """The functions of a unit, or why there is no telling."""
        request = {"do": "open", "unit": unit.to_json(), "settings": self.settings.to_json()}
        answer = self._ask(request, _OPEN_SECONDS)
        if _is_accident(answer):
            answer = self._ask(request, _OPEN_SECONDS)
        return answer.removeprefix(_DEFECT) if isinstance(answer, str) else list(answer["names"])

    def _make(self, unit: Unit, name: str) -> tuple[Made, float, bool]:
        """A row, the seconds it took, and whether the worker still has the unit open."""
        request = {"do": "make", "name": name}
        answer = self._ask(request, self.settings.cpu_seconds)
        if _is_accident(answer) and not isinstance(self._open(unit), str):
            answer = self._ask(request, self.settings.cpu_seconds)
        if isinstance(answer, str):
            reason = answer.removeprefix(_DEFECT)
            return failed_row(unit, name, reason, self.settings), 0.0, answer != reason
        return answer["made"], float(answer["seconds"]), True

    def _ask(self, request: Json, seconds: float) -> Json:
        """The worker's answer; a text says why there is none."""
        reply = self._worker.ask(request, timeout_cpu=seconds, timeout_wall=_WALL * seconds)
        if isinstance(reply, NoAnswer):
            if reply.timed_out:
                return f"it outlasted its budget of {seconds:g} seconds"
            return f"its worker {reply.reason}"
        if "error" in reply.value:
            return _DEFECT + reply.value["error"]
        return reply.value

    def __enter__(self) -> Self:
        self._worker.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """End the worker, with the folder that was its own."""
        self._worker.__exit__(None, None, None)


_DEFECT: Final = "\0"
"""Marks an error that the worker itself reported, and so outlived."""


def _is_accident(answer: Json) -> bool:
    """Whether the worker was ended from outside, perhaps: what is asked of it is worth a repeat.

    A limit that it broke would be broken again.
    """
    return isinstance(answer, str) and answer.startswith("its worker ended")
