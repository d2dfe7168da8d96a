"""Is every row of a data set what it says? By the schema, and a share of them from their texts."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Final, TypeAlias

from autoform.corpus.checks import Checked, check_rows
from autoform.corpus.engines.process import worker_process
from autoform.corpus.row import Row
from autoform.corpus.schema import schema_problems
from autoform.corpus.settings import BuildSettings
from autoform.corpus.shards import read_rows
from autoform.processes import NoAnswer, Worker

__all__ = ["Problem", "Validation", "validate"]

_MOST: Final = 2**64
_LOT: Final = 16
"""Rows that are checked by one start of Dafny."""
_SECONDS: Final = 3600.0
_WALL: Final = 40.0

Check: TypeAlias = Callable[[Sequence[Row]], list[Checked]]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row."""

    path: Path
    line: int
    row: str
    message: str


@dataclass(slots=True)
class Validation:
    """What a validation has seen so far."""

    rows: int = 0
    verified: int = 0
    proved: int = 0
    confirmed: int = 0
    unsteady: int = 0
    problems: int = 0

    def count(self, checked: Checked) -> None:
        """A row that was checked from its texts."""
        self.verified += 1
        self.proved += checked.proved
        self.confirmed += checked.confirmed
        self.unsteady += checked.unsteady


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row with its place, and what the schema says against it."""

    path: Path
    line: int
    row: Row
    wrong: tuple[str, ...]
    is_chosen: bool


def validate(
    folder: Path,
    *,
    share: float,
    prove_again: bool = True,
    validation: Validation | None = None,
    jobs: int = 1,
) -> Iterator[Problem]:
    """Check every row by the schema, and this share of the rows from their texts.

    Which rows these are depends on their names alone, so a greater share holds the smaller one.
    Problems come in the order of the rows, whoever of so many workers found them.
    """
    seen = validation or Validation()
    lots = _lots(_placed(folder, share))
    with _checks(jobs, prove_again=prove_again) as check:
        for lot, answers in _in_order(lots, check, jobs):
            checked = iter(answers)
            for each in lot:
                messages = list(each.wrong)
                if each.is_chosen:
                    found = next(checked)
                    seen.count(found)
                    messages += found.problems
                seen.rows += 1
                seen.problems += len(messages)
                name = str(each.row.get("id", ""))
                yield from (Problem(each.path, each.line, name, text) for text in messages)


def _placed(folder: Path, share: float) -> Iterator[_Placed]:
    for path, line, row in read_rows(folder):
        wrong = tuple(schema_problems(row))
        yield _Placed(path, line, row, wrong, not wrong and _place(row) < share)


def _place(row: Row) -> float:
    """Where a row stands between 0 and 1 among all that there could be."""
    return int.from_bytes(hashlib.sha256(row["id"].encode()).digest()[:8], "big") / _MOST


def _lots(rows: Iterable[_Placed]) -> Iterator[list[_Placed]]:
    """Rows in lots with so many of them to be checked."""
    lot: list[_Placed] = []
    for each in rows:
        lot.append(each)
        if sum(other.is_chosen for other in lot) == _LOT or len(lot) == 16 * _LOT:
            yield lot
            lot = []
    if lot:
        yield lot


# ── Workers ───────────────────────────────────────────────────────────────────────────────────


def _in_order(
    lots: Iterable[list[_Placed]], check: Check, jobs: int
) -> Iterator[tuple[list[_Placed], list[Checked]]]:
    """The lots with what is found; a few are checked while the first of them is waited for."""
    waiting: deque[tuple[list[_Placed], Future[list[Checked]]]] = deque()
    with ThreadPoolExecutor(jobs) as pool:
        for lot in lots:
            waiting.append((lot, pool.submit(check, [p.row for p in lot if p.is_chosen])))
            if len(waiting) > jobs:
                first, found = waiting.popleft()
                yield first, found.result()
        for first, found in waiting:
            yield first, found.result()


@contextmanager
def _checks(jobs: int, *, prove_again: bool) -> Iterator[Check]:
    """Checks rows in this process, or for many workers each in a process of its own."""
    if jobs == 1:
        yield lambda rows: check_rows(rows, prove_again=prove_again)
        return
    free: SimpleQueue[Worker] = SimpleQueue()
    with ExitStack() as stack:
        for _ in range(jobs):
            free.put(stack.enter_context(worker_process(BuildSettings().memory_bytes)))

        def check(rows: Sequence[Row]) -> list[Checked]:
            worker = free.get()
            try:
                return _asked(worker, rows, prove_again=prove_again)
            finally:
                free.put(worker)

        yield check


def _asked(worker: Worker, rows: Sequence[Row], *, prove_again: bool) -> list[Checked]:
    """What a worker says; rows that end it are asked about one by one."""
    if not rows:
        return []
    request = {"do": "check", "rows": rows, "prove_again": prove_again}
    reply = worker.ask(request, timeout_cpu=_SECONDS, timeout_wall=_WALL * _SECONDS)
    if not isinstance(reply, NoAnswer) and "checked" in reply.value:
        return [Checked(**each) for each in reply.value["checked"]]
    if len(rows) > 1:
        return [found for row in rows for found in _asked(worker, [row], prove_again=prove_again)]
    reason = f"its worker {reply.reason}" if isinstance(reply, NoAnswer) else reply.value["error"]
    return [Checked([f"it cannot be checked: {reason}"])]
