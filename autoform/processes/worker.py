"""A program that answers many requests: thousands of calls for the price of one start.

It reads one JSON document a line and writes one JSON document a line for each. Every request has
its own CPU budget; a program that breaks it, dies or answers nonsense is replaced by a fresh one
at the next request.
"""

from __future__ import annotations

import json
import os
import select
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeAlias

from autoform.processes.order import Order, Stop
from autoform.processes.run import DEFAULT_OUTPUT_BYTES, NO_ENVIRONMENT
from autoform.processes.spawn import Supervised, find_program

__all__ = ["Answer", "NoAnswer", "Reply", "Worker"]

_CHUNK = 65536
_STDERR_BYTES = 65536
_SHORTEST_WAIT = 0.005


@dataclass(frozen=True, slots=True)
class Answer:
    """What the program answered, as `json` decodes it."""

    value: Any


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The program is gone without an answer: by `stop`, or by itself when that is None."""

    stop: Stop | None
    reason: str
    stderr: bytes

    @property
    def timed_out(self) -> bool:
        """Whether the request outlasted its budget."""
        return self.stop in {Stop.CPU, Stop.WALL}


Reply: TypeAlias = Answer | NoAnswer


class Worker:
    """Keeps one program running and asks it, one request at a time.

    >>> echo = ["/bin/cat"]
    >>> with Worker(echo) as worker:
    ...     worker.ask([1, 2], timeout_cpu=1, timeout_wall=10)
    Answer(value=[1, 2])
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        memory_bytes: int | None = None,
        max_processes: int | None = None,
        max_file_bytes: int | None = None,
        max_answer_bytes: int = DEFAULT_OUTPUT_BYTES,
        env: Mapping[str, str] = NO_ENVIRONMENT,
        cwd: Path | None = None,
        network: bool = False,
    ) -> None:
        """Prepare; the program starts with the first request. Limits are those of `run`."""
        program = find_program(argv[0], env)
        self._private = tempfile.TemporaryDirectory(prefix="autoform-") if cwd is None else None
        self._order = Order(
            argv=(program, *argv[1:]),
            env=dict(env),
            cwd=self._private.name if self._private else str(Path(cwd or ".").absolute()),
            memory_bytes=memory_bytes,
            processes=max_processes,
            file_bytes=max_file_bytes,
            network=network,
        )
        self._max_answer_bytes = max_answer_bytes
        self._program: Supervised | None = None
        self.starts = 0
        """How many times the program was started."""

    def ask(self, request: object, *, timeout_cpu: float, timeout_wall: float) -> Reply:
        """Send one request and wait for its answer within the budget.

        `timeout_cpu` counts the CPU time that the program itself spends on this request.
        """
        if self._program is None:
            self._program = Supervised(self._order)
            self.starts += 1
        data = json.dumps(request, separators=(",", ":")).encode() + b"\n"
        dialogue = _Dialogue(self._program, data, self._max_answer_bytes)
        stop = dialogue.run(timeout_cpu, time.monotonic() + timeout_wall)
        if stop is None and dialogue.answer is not None:
            try:
                return Answer(json.loads(dialogue.answer))
            except ValueError:
                return self._give_up(None, "the answer is not JSON", dialogue)
        reason = "the program ended" if stop is None else f"stopped: {stop}"
        return self._give_up(stop, reason, dialogue)

    def _give_up(self, stop: Stop | None, reason: str, dialogue: _Dialogue) -> NoAnswer:
        """End the program; its own report tells which limit it broke, if it was one of those."""
        program, self._program = self._program, None
        if program is None:
            raise AssertionError("there is a program while it is asked")
        ended_by_itself = stop is None and dialogue.answer is None
        if not ended_by_itself:
            program.end()
        report = program.finish()
        if ended_by_itself:
            stop = report.stop
            reason = f"stopped: {stop}" if stop else f"ended with {report.returncode}"
        return NoAnswer(stop, reason, bytes(dialogue.stderr))

    def close(self) -> None:
        """End the program; the next request would start another."""
        if self._program is not None:
            self._program.end()
            self._program.finish()
            self._program = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
        if self._private is not None:
            self._private.cleanup()


class _Dialogue:
    """One request on its way there and its answer on its way back."""

    def __init__(self, program: Supervised, request: bytes, limit: int) -> None:
        self.answer: bytes | None = None
        self.stderr = bytearray()
        self._program = program
        self._pending = memoryview(request)
        self._received = bytearray()
        self._limit = limit

    def run(self, timeout_cpu: float, deadline: float) -> Stop | None:
        """Go on until the answer is there, the program is gone or the budget is spent."""
        program = self._program
        stdin, stdout, stderr = (
            s.fileno() for s in (program.stdin, program.stdout, program.stderr)
        )
        os.set_blocking(stdin, False)
        spent = program.cpu_seconds() + timeout_cpu
        poll = select.poll()
        poll.register(stdout, select.POLLIN)
        poll.register(stderr, select.POLLIN)
        poll.register(stdin, select.POLLOUT)
        while self.answer is None:
            left = spent - program.cpu_seconds()
            wait = min(max(left, _SHORTEST_WAIT), max(deadline - time.monotonic(), 0))
            for descriptor, _ in poll.poll(wait * 1000):
                if descriptor == stdin:
                    if not self._feed(stdin):
                        poll.unregister(stdin)
                elif descriptor == stdout:
                    if not self._receive(stdout):
                        self._collect_last(stderr)
                        return None
                elif not self._collect(stderr):
                    poll.unregister(stderr)
            if self.answer is None:
                if len(self._received) > self._limit:
                    return Stop.OUTPUT
                if program.cpu_seconds() >= spent:
                    return Stop.CPU
                if time.monotonic() >= deadline:
                    return Stop.WALL
        return None

    def _feed(self, descriptor: int) -> bool:
        try:
            written = os.write(descriptor, self._pending[:_CHUNK])
        except BrokenPipeError:
            return False  # its end shows on stdout
        self._pending = self._pending[written:]
        return bool(self._pending)

    def _receive(self, descriptor: int) -> bool:
        chunk = os.read(descriptor, _CHUNK)
        self._received += chunk
        line, newline, rest = self._received.partition(b"\n")
        if newline:
            # More than was asked for cannot be told from the answer to the next request.
            self.answer = bytes(line) if not rest else b""
        return bool(chunk)

    def _collect_last(self, descriptor: int) -> None:
        """Take what a program that has ended left to say, without waiting for its children."""
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        while poll.poll(0) and self._collect(descriptor):
            pass

    def _collect(self, descriptor: int) -> bool:
        chunk = os.read(descriptor, _CHUNK)
        self.stderr += chunk
        del self.stderr[:-_STDERR_BYTES]
        return bool(chunk)
