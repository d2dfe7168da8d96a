"""How fast a corpus is built on one worker and on more, in how much memory, and what is proved.

    python -m tests.bench.scale SOURCE… [--jobs 1 2] [--json] [-- OPTION…]

`OPTION…` go to `autoform corpus build`, as `--no-confirm --no-specify`. Of each number of workers:
rows a minute of wall-clock time, CPU seconds of all processes, the greatest memory that all of them
held at once (resident, each page counted in every process that holds it), and verdicts. CPU seconds
compare machines that are busy with other things; rows a minute only those that are not.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from autoform.corpus.shards import read_rows
from tests.bench.kills import Trial

POLL_SECONDS: Final = 0.5
_PAGE: Final = resource.getpagesize()


@dataclass(frozen=True, slots=True)
class Measured:
    """One build."""

    jobs: int
    rows: int
    seconds: float
    cpu_seconds: float
    peak_megabytes: int
    verdicts: dict[str, int]
    confirmed: int

    @property
    def rows_a_minute(self) -> float:
        """Of wall-clock time."""
        return round(60 * self.rows / self.seconds, 1)

    @property
    def share_proved(self) -> float:
        """Of all rows, those that were refused included."""
        return round(self.verdicts.get("proved", 0) / (self.rows or 1), 3)


def measured(folder: Path, arguments: Sequence[str], jobs: int) -> Measured:
    """Build in a new folder, and watch."""
    trial = Trial(folder, (*arguments, "--jobs", str(jobs)))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    process = trial.start()
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(_resident(pid) for pid in _tree(process.pid)))
        try:
            process.wait(POLL_SECONDS)
        except subprocess.TimeoutExpired:
            continue
    seconds = time.monotonic() - began
    _, errors = process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"the build ended with {process.returncode}: {errors.decode()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    verdicts: Counter[str] = Counter()
    confirmed = 0
    for _, _, row in read_rows(folder):
        verdicts[row["verdict"]["kind"]] += 1
        confirmed += row["verdict"]["confirmed"]
    return Measured(
        jobs,
        verdicts.total(),
        round(seconds, 1),
        round(cpu, 1),
        peak // 1024**2,
        dict(verdicts.most_common()),
        confirmed,
    )


def _tree(root: int) -> Iterator[int]:
    """The process and all below it."""
    yield root
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        try:
            below = task.read_text().split()
        except OSError:
            continue
        for pid in map(int, below):
            yield from _tree(pid)


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def main() -> int:
    """Build with each number of workers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--json", action="store_true")
    words, options = _split(sys.argv[1:])
    given = parser.parse_args(words)
    found: list[Measured] = []
    for jobs in given.jobs:
        with tempfile.TemporaryDirectory() as folder:
            each = measured(Path(folder) / "corpus", [*given.sources, *options], jobs)
        found.append(each)
        if not given.json:
            print(  # noqa: T201 - a report
                f"{jobs} workers: {each.rows} rows in {each.seconds:.0f} s, "
                f"{each.rows_a_minute} a minute; {each.cpu_seconds:.0f} s of CPU, "
                f"{each.peak_megabytes} MB; {each.share_proved:.1%} proved, "
                f"{each.confirmed} confirmed; {each.verdicts}",
                flush=True,
            )
    if given.json:
        print(json.dumps([asdict(each) for each in found], indent=2))  # noqa: T201 - a report
    return 0


def _split(words: Sequence[str]) -> tuple[list[str], list[str]]:
    place = words.index("--") if "--" in words else len(words)
    return list(words[:place]), list(words[place + 1 :])


if __name__ == "__main__":
    sys.exit(main())
