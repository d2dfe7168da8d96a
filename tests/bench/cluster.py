"""Whether a Ray cluster makes the rows that one machine makes, though a worker is killed midway.

    python -m tests.bench.cluster [--count 20] [--seed 0] [--full] [--json]

Builds generated functions with the local engine on two workers, then with the engine of a Ray
cluster of two workers on this machine, one of which is killed with SIGKILL when half of the units
are given out. Says how long each took, which worker was killed, and whether the data sets are the
same, byte for byte; the exit code is 1 when they are not. With `--full` contracts are mined and
graded, too.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from autoform.corpus.build import BuildOrder, build
from autoform.corpus.engines import Engine
from autoform.corpus.engines.local import LocalEngine
from autoform.corpus.engines.ray import RayEngine
from autoform.corpus.settings import BuildSettings
from autoform.corpus.sources.synthetic import synthetic_units
from autoform.corpus.sources.unit import Unit
from tests.bench.kills import dataset_hashes

WORKERS = 2


@dataclass(slots=True)
class Outcome:
    """What came of the two builds."""

    rows: int
    local_seconds: float
    ray_seconds: float
    killed: list[int] = field(default_factory=list)
    different: list[str] = field(default_factory=list)

    @property
    def is_same(self) -> bool:
        """Whether a worker was killed, and the rows are the same."""
        return bool(self.killed) and not self.different


def children() -> set[int]:
    """The processes below this one that are Ray's actors at work."""
    found: set[int] = set()
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        try:
            parents[int(entry.name)] = int(
                (entry / "stat").read_text().rpartition(")")[2].split()[1]
            )
            if (entry / "cmdline").read_bytes().startswith(b"ray::_Maker"):
                found.add(int(entry.name))
        except (OSError, ValueError):
            continue
    return {pid for pid in found if os.getpid() in _ancestors(pid, parents)}


def _ancestors(pid: int, parents: dict[int, int]) -> Iterator[int]:
    while pid in parents:
        pid = parents[pid]
        yield pid


def built(
    folder: Path,
    settings: BuildSettings,
    units: Callable[[], Iterator[Unit]],
    engine: Callable[[BuildSettings], Engine],
) -> tuple[int, float]:
    """The rows of a build, and the seconds it took."""
    began = time.monotonic()
    done = build(BuildOrder(folder, settings, units), engine)
    return done.rows, round(time.monotonic() - began, 2)


def compared(folder: Path, settings: BuildSettings, count: int, seed: int) -> Outcome:
    """Build on this machine and on the cluster, and compare."""
    import ray

    def units() -> Iterator[Unit]:
        return synthetic_units(count, seed)

    killed: list[int] = []

    def killing() -> Iterator[Unit]:
        for number, unit in enumerate(units()):
            if number == count // 2:
                for pid in sorted(children())[:1]:
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
            yield unit

    rows, local = built(folder / "local", settings, units, lambda own: LocalEngine(own, WORKERS))
    ray.init(num_cpus=WORKERS, log_to_driver=False, include_dashboard=False)
    try:
        _, cluster = built(folder / "ray", settings, killing, lambda own: RayEngine(own, WORKERS))
    finally:
        ray.shutdown()
    one, other = dataset_hashes(folder / "local"), dataset_hashes(folder / "ray")
    different = sorted(k for k in one.keys() | other.keys() if one.get(k) != other.get(k))
    return Outcome(rows, local, cluster, killed, different)


def main() -> int:
    """Build twice, and compare; 1 when the rows differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    settings = BuildSettings(confirm=False, specify=given.full, grade=given.full)
    with tempfile.TemporaryDirectory() as folder:
        outcome = compared(Path(folder), settings, given.count, given.seed)
    if given.json:
        print(json.dumps(asdict(outcome) | {"same": outcome.is_same}, indent=2))  # noqa: T201 - a report
    else:
        same = "the same" if outcome.is_same else f"DIFFERENT {outcome.different}"
        print(  # noqa: T201 - a report
            f"{outcome.rows} rows: {outcome.local_seconds:.1f} s on two local workers, "
            f"{outcome.ray_seconds:.1f} s on Ray with worker {outcome.killed} killed; {same}"
        )
    return 0 if outcome.is_same else 1


if __name__ == "__main__":
    sys.exit(main())
