"""Worker processes that prove parts of files, and what becomes of parts whose worker is lost."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Final, Self

from autoform.diagnostics import Diagnostic, diagnostic
from autoform.diagnostics.defects import debugging
from autoform.frontends.lifted import Lifted
from autoform.ir.decls import Module
from autoform.processes import Answer, NoAnswer, Worker
from autoform.prove.pipeline import ProofResult, ProofSettings
from autoform.prove.records import Frame, NoRecord, read_result
from autoform.source import Span
from autoform.verifiers.verdict import Unknown

__all__ = ["Answered", "Part", "Workers"]

PROGRAM: Final = "autoform.prove.remote"
_CPU_SECONDS: Final = 7200.0
"""For one part: solver steps bound the work long before, so this is for what hangs."""
_WALL_SECONDS: Final = 48 * 3600.0
_ATTEMPTS: Final = 2


@dataclass(frozen=True, slots=True)
class Part:
    """Functions of one file that are proved together; `file` says which file."""

    file: int
    lifted: Lifted
    lowered: Module
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """The results of one part, and what went wrong on the way."""

    results: tuple[ProofResult, ...]
    findings: tuple[Diagnostic, ...] = ()


class Workers:
    """A number of processes, each started when first needed. A context manager."""

    def __init__(self, jobs: int, settings: ProofSettings, cache: Path | None) -> None:
        self._settings = settings
        self._cache = cache
        root = Path(__file__).parents[2]
        self._workers = [
            Worker(
                [sys.executable, "-B", "-X", "utf8", "-m", PROGRAM],
                env={"PYTHONPATH": str(root), "PYTHONHASHSEED": "0", **debugging()},
            )
            for _ in range(jobs)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.__exit__(kind, error, trace)

    def prove(
        self, parts: Iterable[Part], progress: Callable[[str], None] | None = None
    ) -> Iterator[tuple[Part, Answered]]:
        """Each part with its results, as they come."""
        idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            idle.put(worker)

        def work(part: Part) -> Answered:
            worker = idle.get()
            try:
                return self._answered(part, worker)
            finally:
                idle.put(worker)

        with ThreadPoolExecutor(len(self._workers)) as pool:
            waiting = {pool.submit(work, part): part for part in parts}
            try:
                for future in as_completed(waiting):
                    part = waiting[future]
                    if progress is not None:
                        for name in part.names:
                            progress(name)
                    yield part, future.result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _answered(self, part: Part, worker: Worker) -> Answered:
        lost: list[Diagnostic] = []
        for _ in range(_ATTEMPTS):
            reply = worker.ask(
                self._request(part), timeout_cpu=_CPU_SECONDS, timeout_wall=_WALL_SECONDS
            )
            if isinstance(reply, Answer):
                return _read(part, reply.value, lost)
            lost.append(_finding(part, reply))
        results = tuple(_unjudged(part, name, lost[-1].message) for name in part.names)
        return Answered(results, (lost[-1],))

    def _request(self, part: Part) -> dict[str, Any]:
        settings = asdict(self._settings)
        settings["allow"] = sorted(map(str, self._settings.allow))
        return {
            "path": part.lifted.source.path,
            "text": part.lifted.source.text,
            "names": list(part.names),
            "settings": settings,
            "cache": str(self._cache) if self._cache is not None else None,
        }


def _read(part: Part, answer: dict[str, Any], lost: Sequence[Diagnostic]) -> Answered:
    results = []
    for name in part.names:
        function = part.lifted.module.function(name)
        frame = Frame(part.lowered, function, part.lowered.function(name), anywhere=True)
        try:
            results.append(read_result(answer["results"][name], frame))
        except (KeyError, NoRecord) as error:
            reason = f"the answer of the worker cannot be read: {error}"
            results.append(_unjudged(part, name, reason))
    warnings = tuple(
        diagnostic(code, message, Span(path, 0, 0, 0, 0))
        for code, message, path in answer["warnings"]
    )
    return Answered(tuple(results), (*lost[-1:], *warnings))


def _unjudged(part: Part, name: str, reason: str) -> ProofResult:
    span = part.lifted.module.function(name).span
    return ProofResult(name, span, Unknown("the function was judged", reason, span))


def _finding(part: Part, reply: NoAnswer) -> Diagnostic:
    names = ", ".join(f"`{name}`" for name in part.names)
    lines = reply.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
    said = "".join(f": {line}" for line in lines)
    span = part.lifted.module.function(part.names[0]).span
    message = f"the worker process on {names} was lost ({reply.reason}{said})"
    return diagnostic("worker-lost", message, span)
