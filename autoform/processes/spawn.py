"""Starts a supervisor with its order and keeps the ends of its pipes."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from autoform.processes import supervisor
from autoform.processes.order import Order, Report, Started, Stop

__all__ = ["CannotStart", "MissingProgram", "ProcessFailure", "Supervised", "find_program"]

# The supervisor's own bound on ending a tree, and as much again for a loaded machine.
_GRACE_SECONDS = 20.0


class ProcessFailure(Exception):
    """A program could not be run at all, so that there is no result to speak of."""


class MissingProgram(ProcessFailure):
    """There is no such program."""

    def __init__(self, name: str) -> None:
        super().__init__(f"`{name}` is not installed or not on PATH")
        self.name = name


class CannotStart(ProcessFailure):
    """The program is there and the system refuses to run it."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"`{name}` cannot be started: {reason}")
        self.name = name
        self.reason = reason


def find_program(name: str, env: Mapping[str, str]) -> str:
    """Return a program's absolute path, by the PATH of its own environment or else of ours."""
    found = shutil.which(name, path=env.get("PATH"))
    if found is None:
        raise MissingProgram(name)
    return str(Path(found).absolute())


class Supervised:
    """A running program: its three streams and the two pipes to its supervisor."""

    def __init__(self, order: Order) -> None:
        """Start the program, or raise `CannotStart`."""
        control_theirs, self._control = os.pipe()
        report, report_theirs = os.pipe()
        self.report: IO[bytes] = os.fdopen(report, "rb")
        argv = [sys.executable, "-I", "-S", supervisor.__file__]
        try:
            self._popen = subprocess.Popen(  # noqa: S603 - the one place that starts processes
                [*argv, str(control_theirs), str(report_theirs)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(control_theirs, report_theirs),
                env={},
                start_new_session=True,  # an interrupt at the terminal is ours to handle
            )
        except BaseException:
            self.end()
            self.report.close()
            raise
        finally:
            os.close(control_theirs)
            os.close(report_theirs)
        self.stdin = _present(self._popen.stdin)
        self.stdout = _present(self._popen.stdout)
        self.stderr = _present(self._popen.stderr)
        self.started = self._give(order)

    def _give(self, order: Order) -> Started:
        with os.fdopen(os.dup(self._control), "wb") as control:
            control.write(order.encode())
        line = self.report.readline()
        if not line:
            reason = self.stderr.read().decode("utf-8", "replace").strip()
            self._close()
            raise CannotStart(order.argv[0], f"the supervisor failed: {reason}")
        started = Started.decode(line)
        if started.error:
            self._close()
            if started.error == errno.ENOENT:
                # A script whose interpreter is missing, as the program itself was found.
                raise CannotStart(order.argv[0], "its interpreter or folder is missing")
            raise CannotStart(order.argv[0], os.strerror(started.error).lower())
        return started

    def cpu_seconds(self) -> float:
        """The CPU time that the program itself has used so far, in all its threads."""
        # The clock of another process, as clock_getcpuclockid(3) makes it of the process number.
        clock = (~self.started.pid << 3) | 2
        try:
            return time.clock_gettime(clock)
        except OSError:
            return 0.0  # it has ended, which its pipes show

    def end(self) -> None:
        """Have the program and all that it started killed; may be called twice."""
        if self._control >= 0:
            os.close(self._control)
            self._control = -1

    def finish(self) -> Report:
        """Wait for the supervisor's last word and close everything."""
        line = self.report.readline()
        self._close()
        if not line:
            # Someone killed the supervisor. Its program's session is still known.
            with suppress(ProcessLookupError):
                os.killpg(self.started.pid, signal.SIGKILL)
            return Report(-signal.SIGKILL, 0.0, Stop.OWNER)
        return Report.decode(line)

    def _close(self) -> None:
        self.end()
        for stream in (self.stdin, self.stdout, self.stderr, self.report):
            with suppress(BrokenPipeError):
                stream.close()
        try:
            self._popen.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()


def _present(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise AssertionError("all three streams were asked for as pipes")
    return stream
