"""Building a corpus: units go to an engine, rows come to the journal, and all are assembled.

A build that was killed at any moment is gone on with by the same call, and what it leaves in the
end is what it would have left undisturbed: rows are deterministic, the journal keeps each unit
once, and everything else is made anew from the journal.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from autoform.corpus.assemble import Assembly, assemble
from autoform.corpus.engines import Engine, Lot, in_lots
from autoform.corpus.journal import DEFAULT_BLOCK, Journal
from autoform.corpus.row import SCHEMA_VERSION
from autoform.corpus.settings import BuildSettings, tool_versions
from autoform.corpus.sources.unit import Unit
from autoform.corpus.writing import write_whole

__all__ = ["BuildBusy", "BuildOrder", "PlanChanged", "build"]

WORK: Final = ".build"


class PlanChanged(Exception):
    """The folder holds a build with other settings or tools, which cannot be gone on with."""


class BuildBusy(Exception):
    """Another process is building in the folder."""


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """What is to be built, and where. `units` and `benchmarks` give the same on every call."""

    folder: Path
    settings: BuildSettings
    units: Callable[[], Iterable[Unit]]
    benchmarks: Callable[[], Iterable[Unit]] = tuple
    benchmark_names: frozenset[str] = frozenset()
    title: str = "corpus"
    block: int = DEFAULT_BLOCK
    shard_rows: int = 2_000
    command: str = ""


def build(
    order: BuildOrder,
    engine: Callable[[BuildSettings], Engine],
    *,
    restart: bool = False,
    progress: Callable[[str], None] = lambda _name: None,
) -> Assembly:
    """Build a corpus or go on with it. Raises `PlanChanged`, `BuildBusy`, `SourcesChanged`."""
    work = order.folder / WORK
    work.mkdir(parents=True, exist_ok=True)
    with _alone(work):
        if restart:
            for name in ("units", "benchmarks", "plan.json"):
                _remove(work / name)
        _keep_plan(work / "plan.json", order)
        units = Journal(work / "units", order.block)
        marked = Journal(work / "benchmarks", order.block)
        with closing(units), closing(marked):
            _run(units, order.units(), order.settings, engine, progress)
            _run(marked, order.benchmarks(), _only_lifted(order.settings), engine, progress)
        return assemble(
            order.folder,
            units,
            marked,
            benchmark_names=order.benchmark_names,
            title=order.title,
            shard_rows=order.shard_rows,
            command=order.command,
        )


def _run(
    journal: Journal,
    units: Iterable[Unit],
    settings: BuildSettings,
    engine: Callable[[BuildSettings], Engine],
    progress: Callable[[str], None],
) -> None:
    """Have the engine work on the units that are not finished.

    A lot of which a kill left only a part is worked on as a whole, for what Dafny says of a row may
    depend on what it is asked along with it.
    """
    waiting: dict[int, tuple[str, str]] = {}
    count = 0

    def pending() -> Iterator[Lot]:
        nonlocal count
        for lot in in_lots(enumerate(units), settings):
            count += len(lot)
            rest = {n: (u.digest, u.item) for n, u in lot if not journal.has(n, u.digest)}
            for number, unit in lot:
                if number not in rest:
                    progress(unit.item)
            if rest:
                waiting.update(rest)
                yield lot

    for finished in engine(settings).run(pending()):
        if finished.number in waiting:
            digest, item = waiting.pop(finished.number)
            journal.add(finished, digest)
            progress(item)
    journal.finish(count)


def _only_lifted(settings: BuildSettings) -> BuildSettings:
    return BuildSettings.from_json({**settings.to_json(), "depth": "lift"})


def _keep_plan(path: Path, order: BuildOrder) -> None:
    """Write down what the build depends on, or see that it is still the same."""
    plan = {
        "schema": SCHEMA_VERSION,
        "settings": order.settings.to_json(),
        "block": order.block,
        "tools": list(tool_versions(confirm=order.settings.confirm)),
    }
    plan = json.loads(json.dumps(plan))
    if not path.exists():
        write_whole(path, json.dumps(plan, indent=2) + "\n")
        return
    before = json.loads(path.read_text(encoding="utf-8"))
    changed = [key for key in plan if plan[key] != before.get(key)]
    if changed:
        raise PlanChanged(f"the {' and the '.join(changed)} of the build are not what they were")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def _alone(work: Path) -> Iterator[None]:
    """Hold the folder; the lock ends with the process, however it ends."""
    with (work / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BuildBusy(f"another build is running in `{work.parent}`") from None
        yield
