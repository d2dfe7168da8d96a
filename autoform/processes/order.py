"""What is asked of the supervisor and what it reports."""

from __future__ import annotations

import marshal
import os
from dataclasses import asdict, dataclass
from enum import StrEnum

__all__ = ["Order", "Report", "Started", "Stop"]


class Stop(StrEnum):
    """Why a program was ended by us."""

    CPU = "cpu"
    WALL = "wall"
    MEMORY = "memory"
    PROCESSES = "processes"
    OUTPUT = "output"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Order:
    """A program and its limits. Limits of CPU, memory and processes hold for the whole tree.

    `each_cpu_seconds` holds for each process by itself: one that breaks it ends, and the others go
    on.

    Memory is limited in two ways: each process by RLIMIT_DATA, which counts what it may write to
    and so leaves alone runtimes (.NET, mono, node) that reserve huge address spaces, as RLIMIT_AS
    would not; and all of them together by their resident memory. Processes are counted rather
    than limited by RLIMIT_NPROC, which counts all processes of the user and exempts root.
    """

    argv: tuple[str, ...]
    env: dict[str, str]
    cwd: str
    cpu_seconds: float | None = None
    each_cpu_seconds: float | None = None
    memory_bytes: int | None = None
    processes: int | None = None
    file_bytes: int | None = None
    network: bool = False

    def encode(self) -> bytes:
        """The order as the supervisor reads it; `marshal` because it costs no import there."""
        data = marshal.dumps(asdict(self))
        return len(data).to_bytes(8, "big") + data


@dataclass(frozen=True, slots=True)
class Started:
    """The first report: the program's process, or the error number for which there is none."""

    pid: int
    error: int
    network_off: bool

    @staticmethod
    def decode(line: bytes) -> Started:
        pid, error, network_off = map(int, line.split())
        return Started(pid, error, bool(network_off))


@dataclass(frozen=True, slots=True)
class Report:
    """The last report: how the program ended, after all that it left behind was ended too."""

    returncode: int
    cpu_seconds: float
    stop: Stop | None

    @staticmethod
    def decode(line: bytes) -> Report:
        status, cpu_seconds, stop = line.decode().split()
        return Report(
            os.waitstatus_to_exitcode(int(status)),
            float(cpu_seconds),
            None if stop == "-" else Stop(stop),
        )
