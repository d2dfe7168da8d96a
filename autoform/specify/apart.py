"""Contracts found in a process of its own: a function that has no end costs itself only.

Solver steps bound the work on nearly all functions. A few questions keep Z3 in places where it
counts no steps and heeds no interrupt, and then only the end of its process helps.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from types import TracebackType
from typing import Any, Final, Self

from autoform.frontends.lifted import Lifted
from autoform.processes import Answer, NoAnswer, ProcessFailure
from autoform.processes.python import python_worker
from autoform.prove.model import Door, ModelUnavailable, open_door
from autoform.prove.model.exchange import Question
from autoform.prove.records import NoRecord
from autoform.specify.pipeline import (
    SpecifySettings,
    in_source_order,
    known_names,
    refused,
    steps_of,
)
from autoform.specify.records import read_specification, write_settings
from autoform.specify.results import Specification, Standing

__all__ = ["SECONDS", "SpecifyApart"]

SECONDS: Final = 120.0
_PROGRAM: Final = "autoform.specify.remote"
_WALL: Final = 40.0
"""Wall-clock seconds a CPU second: the process also waits for programs that it started."""


class SpecifyApart:
    """Does what `specify` does, file by file, in one process that is started anew when it is lost.

    `seconds` of CPU time are for each step with a function: running it, and proving of it. A
    context manager; entering it raises `ModelUnavailable` where a model is to be asked and cannot
    be.
    """

    def __init__(
        self, settings: SpecifySettings | None = None, *, seconds: float = SECONDS
    ) -> None:
        self._settings = settings or SpecifySettings()
        self._seconds = seconds
        self._worker = python_worker(_PROGRAM)
        self._stack = ExitStack()
        self._stack.push(self._worker)
        self._door: Door | None = None

    def specify(
        self,
        lifted: Lifted,
        names: Iterable[str] | None = None,
        *,
        progress: Callable[[str], None] | None = None,
    ) -> tuple[Specification, ...]:
        """Find contracts for the named functions of a file (or all), in source order.

        Raises `ProcessFailure` where the process, or a program that it takes, cannot be run, and
        `RuntimeError` where a model is to be asked and the context was not entered.
        """
        if self._settings.model is not None and self._door is None:
            raise RuntimeError("a model is asked in a `with` statement only")
        wanted = None if names is None else set(names)
        results = refused(lifted, wanted)
        left = known_names(lifted, wanted)
        given_up: dict[str, str] = {}
        spent: dict[str, float] = {}
        while left:
            started = time.perf_counter()
            for name, step in self._steps(lifted, left, given_up):
                seconds, started = time.perf_counter() - started, time.perf_counter()
                if isinstance(step, NoAnswer):
                    if name in given_up:
                        raise ProcessFailure(self._lost(step))
                    if step.timed_out or name in spent:
                        given_up[name] = self._lost(step)
                    spent[name] = spent.get(name, 0.0) + seconds
                elif step is not None and name in left:
                    results.append(replace(step, seconds=step.seconds + spent.get(name, 0.0)))
                    if progress is not None:
                        progress(name)
            told = {result.name for result in results}
            left = [name for name in left if name not in told]
        return in_source_order(results)

    def _steps(
        self, lifted: Lifted, names: Sequence[str], given_up: dict[str, str]
    ) -> Iterator[tuple[str, Specification | NoAnswer | None]]:
        """Each step with its function, up to the first that is lost."""
        request: dict[str, Any] = {
            "do": "open",
            "path": lifted.source.path,
            "text": lifted.source.text,
            "names": names,
            "settings": write_settings(self._settings),
            "given_up": given_up,
            "model": None if self._door is None else self._door.name,
        }
        for name in steps_of(lifted.module, names):
            reply = self._answer(request)
            if isinstance(reply, Answer):
                if "failure" in reply.value:
                    raise ProcessFailure(reply.value["failure"])
                yield name, _read(reply.value["step"], name, lifted)
            else:
                yield name, reply
                return
            request = {"do": "next"}

    def _answer(self, request: dict[str, Any]) -> Answer | NoAnswer:
        """The step that a request is answered with, when the model has said what it was asked."""
        while True:
            reply = self._worker.ask(
                request, timeout_cpu=self._seconds, timeout_wall=_WALL * self._seconds
            )
            if self._door is None or not isinstance(reply, Answer) or "ask" not in reply.value:
                return reply
            said = self._door.ask(Question(**reply.value["ask"]))
            request = {"do": "answer", "reply": asdict(said)}

    def _lost(self, reply: NoAnswer) -> str:
        if reply.timed_out:
            return f"it outlasted its budget of {self._seconds:g} seconds"
        lines = reply.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        return "its process was lost: " + "; ".join([reply.reason, *lines])

    def __enter__(self) -> Self:
        """Open the door to the model, where one is to be asked."""
        if self._settings.model is not None:
            try:
                self._door = self._stack.enter_context(open_door(self._settings.model))
            except ModelUnavailable:
                self._stack.close()
                raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process, and let go of the model."""
        self._stack.__exit__(kind, error, trace)


def _read(step: dict[str, Any] | None, name: str, lifted: Lifted) -> Specification | None:
    if step is None:
        return None
    try:
        return read_specification(step, lifted.module)
    except NoRecord as error:
        span = lifted.module.function(name).span
        reason = f"the answer of its process cannot be read: {error}"
        return Specification(name, span, Standing.UNSPECIFIED, reason=reason)
