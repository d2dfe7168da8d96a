"""Runs one program under limits and sees to it that nothing of it is left behind.

This is a script for a bare interpreter, `python -I -S supervisor.py CONTROL REPORT`, with two
pipes: an `Order` is read from the first, `Started` and `Report` are written to the second. It is
a process of its own because

- code between fork and exec may deadlock in a program that has threads, and autoform's users do;
- orphans that left the process group are only found by a parent that is their reaper;
- a pipe whose other end closes tells it that its owner is gone, so that killing autoform
  leaves nothing running.

It is started for every program, so it imports little: `typing`, `dataclasses` and `pathlib` would
double its start.
"""

from __future__ import annotations

import ctypes
import marshal
import os
import resource
import select
import signal
import sys
import time
from types import SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from autoform.processes.order import Order

_POLL_SECONDS = 0.02
_PR_SET_CHILD_SUBREAPER = 36
_CLONE_NEWUSER = 0x1000_0000
_CLONE_NEWNET = 0x4000_0000
_CLEANUP_SECONDS = 10.0
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def main(control: int, report: int) -> None:
    """Carry out the order on `control` and report on `report`."""
    for pipe in (control, report):
        os.set_inheritable(pipe, False)  # noqa: FBT003 - the library takes it by position only
    order = _read_order(control)
    _become_reaper()
    network_off = not order.network and _drop_network()
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)

    pid, error = _start(order)
    # Only the program may hold the pipes to the owner open.
    _close_standard_streams()
    os.write(report, f"{pid} {error} {int(network_off)}\n".encode())
    if error:
        return
    stop, status = _watch(order, pid, control, woken)
    status = _end_all(pid, status)
    os.write(report, f"{status} {_ended_cpu_seconds()} {stop or '-'}\n".encode())


def _read_order(control: int) -> Order:
    """Read a length in eight bytes, then as many bytes; the pipe stays open behind them."""
    length = int.from_bytes(_read_exactly(control, 8), "big")
    # Our own data from an interpreter of the same version.
    fields: Any = SimpleNamespace(**marshal.loads(_read_exactly(control, length)))  # noqa: S302
    order: Order = fields
    return order


def _read_exactly(descriptor: int, length: int) -> bytes:
    data = b""
    while len(data) < length:
        chunk = os.read(descriptor, length - len(data))
        if not chunk:
            sys.exit(1)  # the owner died while giving its order
        data += chunk
    return data


def _become_reaper() -> None:
    """Let orphans of the program become our children instead of init's."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _drop_network() -> bool:
    """Enter an empty network namespace, by way of a user namespace if need be."""
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "unshare"):
        return False
    if libc.unshare(_CLONE_NEWNET) == 0:
        return True
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    # Inside, the user must stay who it was, or its own files would seem foreign.
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)
    return True


def _start(order: Order) -> tuple[int, int]:
    """Start the program; its process, or zero and the error number."""
    told, tell = os.pipe()  # closed by a successful exec
    pid = os.fork()
    if pid == 0:
        try:
            _become_program(order)
        except OSError as error:
            os.write(tell, str(error.errno).encode())
        finally:
            os._exit(127)
    os.close(tell)
    number = os.read(told, 16)
    os.close(told)
    return (0, int(number)) if number else (pid, 0)


def _become_program(order: Order) -> None:
    os.setsid()
    _limit(resource.RLIMIT_CORE, 0)
    if order.cpu_seconds is not None:
        # Exact accounting is done by the watch; this one stands when the watch cannot.
        _limit(resource.RLIMIT_CPU, int(order.cpu_seconds) + 2)
    if order.each_cpu_seconds is not None:
        _limit(resource.RLIMIT_CPU, max(1, int(order.each_cpu_seconds)))
    if order.memory_bytes is not None:
        _limit(resource.RLIMIT_DATA, order.memory_bytes)
    if order.file_bytes is not None:
        _limit(resource.RLIMIT_FSIZE, order.file_bytes)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # which Python ignores, and exec would keep
        signal.signal(number, signal.SIG_DFL)
    os.chdir(order.cwd)
    os.execve(order.argv[0], order.argv, dict(order.env))  # noqa: S606 - no shell is wanted


def _limit(kind: int, value: int) -> None:
    """Lower both limits, never above what we may have ourselves."""
    _, hard = resource.getrlimit(kind)
    allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (allowed, allowed))


def _close_standard_streams() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)


def _watch(order: Order, pid: int, control: int, woken: int) -> tuple[str, int | None]:
    """Wait until the program ends, breaks a limit or is no longer wanted."""
    poll = select.poll()
    poll.register(control, select.POLLIN | select.POLLHUP)
    poll.register(woken, select.POLLIN)
    counted = (order.cpu_seconds, order.memory_bytes, order.processes) != (None, None, None)
    while True:
        ready = {
            descriptor for descriptor, _ in poll.poll(_POLL_SECONDS * 1000 if counted else None)
        }
        if woken in ready:
            os.read(woken, 512)
            status = _reap(pid)
            if status is not None:
                return _cause(order, status), status
        if control in ready:
            return "owner", None
        if counted and (stop := _broken_limit(order)):
            return stop, None


def _cause(order: Order, status: int) -> str:
    """Tell when the system's own CPU limit was quicker than the watch."""
    if not os.WIFSIGNALED(status) or order.cpu_seconds is None:
        return ""
    return "cpu" if _ended_cpu_seconds() >= order.cpu_seconds else ""


def _reap(pid: int) -> int | None:
    """Collect all children that ended; the status of `pid` if it is among them."""
    status = None
    while True:
        try:
            ended, code = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return status
        if ended == 0:
            return status
        if ended == pid:
            status = code


def _broken_limit(order: Order) -> str:
    """The limit that the program and all its living and ended descendants have broken, if any."""
    tree = list(_tree())
    cpu = _ended_cpu_seconds() + sum(process.cpu_seconds for process in tree)
    if order.cpu_seconds is not None and cpu >= order.cpu_seconds:
        return "cpu"
    if order.processes is not None and len(tree) > order.processes:
        return "processes"
    if (
        order.memory_bytes is not None
        and sum(process.resident for process in tree) > order.memory_bytes
    ):
        return "memory"
    return ""


def _ended_cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class _Process:
    """A living descendant; its CPU time includes that of the children it has waited for."""

    __slots__ = ("cpu_seconds", "pid", "resident")

    def __init__(self, pid: int, stat: str) -> None:
        fields = stat.rpartition(")")[2].split()  # the name may hold blanks and parentheses
        self.pid = pid
        self.cpu_seconds = sum(map(int, fields[11:15])) / _TICKS
        self.resident = int(fields[21]) * _PAGE


def _tree() -> Iterator[_Process]:
    """All living descendants of this process, by `/proc`; none where there is no `/proc`."""
    pending = _children(os.getpid())
    while pending:
        pid = pending.pop()
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                stat = file.read()
        except OSError:
            continue  # it ended meanwhile, and its children are now ours
        if not stat.rpartition(")")[2].startswith(" Z"):
            yield _Process(pid, stat)
        pending += _children(pid)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children", encoding="ascii") as file:
                found += map(int, file.read().split())
    except OSError:
        pass  # it ended meanwhile
    return found


def _end_all(pid: int, status: int | None) -> int:
    """Kill whatever the program left, however often it forks, and return the program's status.

    Each round first stops all that it finds, so that rounds find fewer and fewer new ones.
    """
    deadline = time.monotonic() + _CLEANUP_SECONDS
    stopped: set[int] = set()
    if status is None:
        _signal(-pid, signal.SIGSTOP)
    while time.monotonic() < deadline:
        fresh = {process.pid for process in _tree()} - stopped
        for found in fresh:
            _signal(found, signal.SIGSTOP)
        stopped |= fresh
        if not fresh:
            break
    _signal(-pid, signal.SIGKILL)
    while time.monotonic() < deadline:
        for process in _tree():
            _signal(process.pid, signal.SIGKILL)
        try:
            ended, code = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if ended == 0:
            time.sleep(0.001)
        elif ended == pid:
            status = code
    return signal.SIGKILL if status is None else status


def _signal(pid: int, number: int) -> None:
    try:  # noqa: SIM105 - contextlib would be one more import
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        pass  # it ended meanwhile, or the group holds a program that gained other rights


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
