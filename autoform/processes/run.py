"""One program, one answer."""

from __future__ import annotations

import os
import selectors
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from autoform.processes.order import Order, Stop
from autoform.processes.spawn import Supervised, find_program

__all__ = ["DEFAULT_OUTPUT_BYTES", "NO_ENVIRONMENT", "Completed", "run"]

DEFAULT_OUTPUT_BYTES = 16 * 1024 * 1024
NO_ENVIRONMENT: Mapping[str, str] = MappingProxyType({})
_CHUNK = 65536


@dataclass(frozen=True, slots=True)
class Completed:
    """How a program ended: by itself when `stop` is None, by a limit of ours otherwise."""

    returncode: int
    """As `subprocess` has it: the negative number of the signal that ended the program."""
    stdout: bytes
    stderr: bytes
    stop: Stop | None
    cpu_seconds: float
    """Used by the program and everything it started."""
    network_off: bool
    """Whether the system let us take the network away."""

    @property
    def timed_out(self) -> bool:
        """Whether the CPU budget or the wall-clock guard ended it: there is no answer then."""
        return self.stop in {Stop.CPU, Stop.WALL}

    @property
    def killed(self) -> bool:
        """Whether it did not end by itself: by a limit, or by a signal of anyone."""
        return self.stop is not None or self.returncode < 0


def run(
    argv: Sequence[str],
    *,
    timeout_cpu: float | None,
    timeout_wall: float,
    timeout_each: float | None = None,
    input: bytes | None = None,  # noqa: A002 - as subprocess.run has it
    memory_bytes: int | None = None,
    max_processes: int | None = None,
    max_file_bytes: int | None = None,
    max_output_bytes: int = DEFAULT_OUTPUT_BYTES,
    env: Mapping[str, str] = NO_ENVIRONMENT,
    cwd: Path | None = None,
    network: bool = False,
) -> Completed:
    r"""Run a program to its end or to the first limit it breaks, then end all it left running.

    `timeout_cpu` counts the seconds of CPU of the whole tree, so that the outcome does not depend
    on what else the machine does; `timeout_wall` only guards against a program that waits for
    ever. `timeout_each` counts those of each process, in whole seconds: one that outlasts it is
    ended, and what started it is left to notice. `cwd` is a private folder, removed afterwards,
    when it is None. `max_output_bytes` holds for each of the two streams. Raises `MissingProgram`
    or `CannotStart` when nothing ran.

    >>> done = run(["/bin/echo", "hi"], timeout_cpu=5, timeout_wall=60)
    >>> done.returncode, done.stdout, done.stop
    (0, b'hi\n', None)
    """
    with ExitStack() as stack:
        if cwd is None:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="autoform-"))
        else:
            folder = str(cwd.absolute())
        order = Order(
            argv=(find_program(argv[0], env), *argv[1:]),
            env=dict(env),
            cwd=folder,
            cpu_seconds=timeout_cpu,
            each_cpu_seconds=timeout_each,
            memory_bytes=memory_bytes,
            processes=max_processes,
            file_bytes=max_file_bytes,
            network=network,
        )
        program = Supervised(order)
        pump = _Pump(program, input or b"", max_output_bytes)
        try:
            stop = pump.run_until(time.monotonic() + timeout_wall)
        finally:
            program.end()
            report = program.finish()
    return Completed(
        report.returncode,
        bytes(pump.stdout),
        bytes(pump.stderr),
        stop or report.stop,
        report.cpu_seconds,
        program.started.network_off,
    )


class _Pump:
    """Feeds a program and drains it, so that neither side waits for the other."""

    def __init__(self, program: Supervised, data: bytes, limit: int) -> None:
        self.stdout = bytearray()
        self.stderr = bytearray()
        self._program = program
        self._pending = memoryview(data)
        self._limit = limit

    def run_until(self, deadline: float) -> Stop | None:
        """Go on until the supervisor has reported and both outputs end, or a guard strikes."""
        program = self._program
        with selectors.DefaultSelector() as selector:
            selector.register(program.report, selectors.EVENT_READ, self._let_report)
            selector.register(program.stdout, selectors.EVENT_READ, self._drain(self.stdout))
            selector.register(program.stderr, selectors.EVENT_READ, self._drain(self.stderr))
            if self._pending:
                os.set_blocking(program.stdin.fileno(), False)
                selector.register(program.stdin, selectors.EVENT_WRITE, self._feed)
            else:
                program.stdin.close()
            waiting: set[object] = {program.report, program.stdout, program.stderr}
            while waiting:
                ready = selector.select(max(deadline - time.monotonic(), 0))
                if not ready:
                    return Stop.WALL
                for key, _ in ready:
                    if not key.data(key.fd):
                        selector.unregister(key.fileobj)
                        waiting.discard(key.fileobj)
                        if key.fileobj is program.stdin:
                            program.stdin.close()
                if max(len(self.stdout), len(self.stderr)) > self._limit:
                    self._cut()
                    return Stop.OUTPUT
        return None

    def _let_report(self, _descriptor: int) -> bool:
        return False  # `Supervised.finish` reads it

    def _drain(self, into: bytearray) -> Callable[[int], bool]:
        def read(descriptor: int) -> bool:
            chunk = os.read(descriptor, _CHUNK)
            into.extend(chunk)
            return bool(chunk)

        return read

    def _feed(self, descriptor: int) -> bool:
        try:
            written = os.write(descriptor, self._pending[:_CHUNK])
        except BrokenPipeError:
            return False  # it does not read all of its input, which is its own affair
        self._pending = self._pending[written:]
        return bool(self._pending)

    def _cut(self) -> None:
        del self.stdout[self._limit :]
        del self.stderr[self._limit :]
