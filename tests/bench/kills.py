"""Whether a corpus build that is killed again and again ends as if it had been left alone.

    python -m tests.bench.kills [SOURCE…] [--kills 20] [--seed 0] [--jobs 2] [--full] [--json]

Builds the sources twice: once undisturbed, and once killed with SIGKILL at random moments and gone
on with by the same command. Three kills of four come while rows are made, shared out among the
units; the others while files are put together. Says how far the build was at each kill, and whether
the data sets are the same, byte for byte. With `--full` contracts are mined and graded, too. The
exit code is 1 when the data sets differ.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
QUICK: Final = ("--no-confirm", "--no-specify", "--no-grade")
DATA: Final = ("data", "jsonl", "unlicensed")
COMMAND: Final = "import sys; from autoform_cli import main; sys.exit(main())"
POLL_SECONDS: Final = 0.002


@dataclass(frozen=True, slots=True)
class Kill:
    """How far a build was when it was killed: its age, the units on the disk, the stage."""

    seconds: float
    units: int
    stage: str


@dataclass(slots=True)
class Outcome:
    """What came of a build that was killed, beside one that was not."""

    undisturbed_seconds: float
    units: int
    rows: int = 0
    kills: list[Kill] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    """What kills left in the folder and the last run did not clear away."""

    @property
    def is_same(self) -> bool:
        """Whether the data sets are the same, byte for byte, and nothing lies about."""
        return not self.different and not self.left_over


@dataclass(frozen=True, slots=True)
class Trial:
    """A build that is run again and again in one folder."""

    folder: Path
    arguments: Sequence[str]

    def start(self) -> subprocess.Popen[bytes]:
        """Begin, or go on."""
        words = ["corpus", "build", *self.arguments, "-o", str(self.folder)]
        path = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", COMMAND, *words],
            env={**os.environ, "PYTHONPATH": path},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def finish(self) -> float:
        """Run to the end; the seconds it took."""
        began = time.monotonic()
        process = self.start()
        _, errors = process.communicate()
        if process.returncode != 0:
            raise RuntimeError(f"the build ended with {process.returncode}: {errors.decode()}")
        return time.monotonic() - began

    @property
    def work(self) -> Path:
        """Where the build keeps what is unfinished."""
        return self.folder / ".build"

    def units(self) -> int:
        """How many units are on the disk."""
        places = (self.work / "units" / name for name in ("journal", "sealed"))
        lines = (path.read_bytes().splitlines() for p in places for path in p.glob("*.jsonl"))
        return len({_number(line) for each in lines for line in each} - {None})

    def stage(self) -> str:
        """What the build was doing when it ended."""
        if (self.folder / "MANIFEST.json").exists():
            return "done" if not (self.work / "out").exists() else "assembling"
        if (self.work / "groups.sqlite").exists() or (self.work / "out").exists():
            return "assembling"
        return "making rows" if (self.work / "plan.json").exists() else "starting"

    def kill(self, begun: Callable[[], bool], seconds: float) -> Kill | None:
        """Run until something has begun, and so long on; None when it was done before."""
        began = time.monotonic()
        process = self.start()
        while process.poll() is None and not begun():
            time.sleep(POLL_SECONDS)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        _, errors = process.communicate()
        if process.returncode == 0:
            return None
        if process.returncode != -signal.SIGKILL:
            raise RuntimeError(f"the build ended with {process.returncode}: {errors.decode()}")
        return Kill(round(time.monotonic() - began, 2), self.units(), self.stage())

    def kill_while_making(self, units: int, seconds: float) -> Kill | None:
        """Kill when so many units are on the disk, and a little later."""
        return self.kill(lambda: self.units() >= units, seconds)

    def kill_while_assembling(self, seconds: float) -> Kill | None:
        """Kill when files are put together for so long."""
        groups = self.work / "groups.sqlite"
        before = groups.stat().st_ino if groups.exists() else None
        return self.kill(lambda: _is_new(groups, before), seconds)


def _is_new(path: Path, before: int | None) -> bool:
    try:
        return path.stat().st_ino != before
    except FileNotFoundError:
        return False


def _number(line: bytes) -> int | None:
    """The number of a unit's line, of an open block or a sealed one; None for half a line."""
    start = line.find(b'{"number":')
    try:
        return int(json.loads(line[start:])["number"])
    except ValueError:
        return None


def killed_build(
    folder: Path,
    arguments: Sequence[str],
    *,
    kills: int,
    seed: int,
    assembly_seconds: float = 0.6,
    progress: Callable[[Kill], None] = lambda _: None,
) -> Outcome:
    """Build twice below a folder, once killed so many times, and compare."""
    whole = Trial(folder / "undisturbed", arguments)
    seconds = whole.finish()
    total = whole.units()
    outcome = Outcome(round(seconds, 2), total)
    trial = Trial(folder / "killed", arguments)
    chance = random.Random(seed)  # noqa: S311 - to be repeated
    making = kills - kills // 4
    for number in range(making):
        # Kills are shared out among the units, some before the first and some at the same.
        units = min(total - 1, chance.randint(0, 2) * total * (number + 1) // (2 * making))
        kill = trial.kill_while_making(units, chance.uniform(0, 2 * seconds / total))
        if kill is None:
            break  # done already, as a machine is now quick, now slow
        outcome.kills.append(kill)
        progress(kill)
    while len(outcome.kills) < kills:
        kill = trial.kill_while_assembling(chance.uniform(0, assembly_seconds))
        if kill is None:
            assembly_seconds /= 2
            continue
        outcome.kills.append(kill)
        progress(kill)
    trial.finish()
    one, other = dataset_hashes(whole.folder), dataset_hashes(trial.folder)
    outcome.different = sorted(k for k in one.keys() | other.keys() if one.get(k) != other.get(k))
    outcome.left_over = sorted(_files(trial.folder) - _files(whole.folder))
    outcome.rows = json.loads((trial.folder / "MANIFEST.json").read_bytes())["rows"]
    return outcome


def dataset_hashes(folder: Path) -> dict[str, str]:
    """The files of the data set, by their places; the card names the folder it was made in."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for name in DATA
        for path in (folder / name).rglob("*")
        if path.is_file()
    }


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def main() -> int:
    """Kill, and compare; 1 when something was lost, repeated or changed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sources", nargs="*", default=["synthetic:60"])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    arguments = [*given.sources, "--jobs", str(given.jobs), "--no-confirm"]
    arguments += [] if given.full else QUICK
    with tempfile.TemporaryDirectory() as folder:
        outcome = killed_build(
            Path(folder),
            arguments,
            kills=given.kills,
            seed=given.seed,
            progress=(lambda _: None) if given.json else _show_kill,
        )
    if given.json:
        print(json.dumps(asdict(outcome) | {"same": outcome.is_same}, indent=2))  # noqa: T201 - a report
    else:
        same = "the same" if outcome.is_same else f"{outcome.different} {outcome.left_over}"
        print(  # noqa: T201 - a report
            f"{outcome.rows} rows of {outcome.units} units, {same}; "
            f"undisturbed it takes {outcome.undisturbed_seconds:.1f} s"
        )
    return 0 if outcome.is_same else 1


def _show_kill(kill: Kill) -> None:
    print(  # noqa: T201 - a report
        f"killed after {kill.seconds:6.2f} s, {kill.stage}, {kill.units} units on the disk",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
