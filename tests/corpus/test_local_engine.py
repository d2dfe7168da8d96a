"""Workers: what a function does to one costs its own row, and a killed one costs nothing."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

from autoform.corpus.build import build
from autoform.corpus.engines.local import LocalEngine
from autoform.corpus.settings import BuildSettings
from autoform.corpus.shards import read_rows
from autoform.corpus.sources.unit import Unit
from tests.corpus.programs import InProcess, data_of, many, order, unit

LONG = '''\
def digits(n: int, base: int) -> int:
    """
    pre: n >= 0 and base > 1
    post: __return__ >= 0 and __return__ <= n
    """
    result = 0
    while n > 0:
        result += n % base
        n //= base
    return result


def refused(path: str) -> str:
    return open(path).read()
'''


def workers() -> Iterator[int]:
    """The worker processes of this process."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"autoform.corpus.engines.worker" in words:
                yield int(entry.name)


def test_a_killed_worker_costs_nothing(tmp_path: Path) -> None:
    killed: list[int] = []
    before = set(workers())

    def units() -> Iterator[Unit]:
        for number, each in enumerate(many(6)()):
            if number in {2, 5}:
                for pid in set(workers()) - before:
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
            yield each

    build(order(tmp_path / "one", many(6)), InProcess)
    build(order(tmp_path / "two", units), lambda settings: LocalEngine(settings, 1))
    assert killed
    assert data_of(tmp_path / "one") == data_of(tmp_path / "two")


def test_a_function_that_breaks_its_budget_is_a_row_that_says_so(tmp_path: Path) -> None:
    settings = BuildSettings(confirm=False, cpu_seconds=0.4)
    made = order(tmp_path, lambda: iter([unit(LONG)]), settings=settings)
    build(made, lambda chosen: LocalEngine(chosen, 1))
    verdicts = {row["name"]: row["verdict"] for _, _, row in read_rows(tmp_path)}
    assert verdicts["digits"]["kind"] == "failed"
    assert verdicts["digits"]["reason"] == "it outlasted its budget of 0.4 seconds"
    assert verdicts["refused"]["kind"] == "unsupported"
