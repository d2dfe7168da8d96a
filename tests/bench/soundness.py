"""Random functions with random contracts: is anything proved that a run contradicts?

    python -m tests.bench.soundness [--first N] --count 10000 --jobs 2 [--state FILE] [--runs N]
                                    [--json]

The same number is the same module on any machine, and `--first` is the first one made. Each worker
appends what it has found to `FILE.N`, so that a run that was killed goes on where it was. A module
that takes more than `CPU_SECONDS` ends its worker, is counted as slow, and another worker goes on
with the next. Ends with 1 when a proof is wrong.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.prove.soundness.judging import judge
from tests.prove.soundness.random_modules import kind_of, made

CPU_SECONDS = 30.0


def main() -> int:
    """Start the workers, wait for them, and report."""
    options = _options()
    if options.worker is not None:
        return _work(options)
    arguments = ["--first", str(options.first), "--count", str(options.count)]
    arguments += ["--jobs", str(options.jobs)]
    arguments += ["--state", str(options.state), "--runs", str(options.runs)]
    command = [sys.executable, "-m", "tests.bench.soundness", *arguments, "--worker"]
    running = {n: subprocess.Popen([*command, str(n)]) for n in range(options.jobs)}
    while running:
        for number, worker in list(running.items()):
            try:
                ended = worker.wait(timeout=1)
            except subprocess.TimeoutExpired:
                continue
            del running[number]
            if ended == -signal.SIGPROF:
                running[number] = subprocess.Popen([*command, str(number)])
            elif ended != 0:
                print(f"worker {number} ended with {ended}", file=sys.stderr)  # noqa: T201 - a report
    return _report(options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0, help="the number of the first module")
    parser.add_argument("--count", type=int, default=10_000, help="how many modules")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--runs", type=int, default=2_000, help="of each proved function")
    parser.add_argument("--state", type=Path, default=Path("soundness.jsonl"))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def _state(options: argparse.Namespace, number: int) -> Path:
    path: Path = options.state
    return path.with_name(f"{path.name}.{number}")


def _work(options: argparse.Namespace) -> int:
    """Judge every module whose number is this worker's, and write down each."""
    path = _state(options, options.worker)
    begun = {entry["seed"] for entry in _entries(path)}
    with path.open("a", encoding="utf-8") as file:
        first = options.first
        for seed in range(first + options.worker, first + options.count, options.jobs):
            if seed in begun:
                continue
            print(json.dumps({"seed": seed}), file=file, flush=True)
            signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
            judgement = judge(made(seed), seed, runs=options.runs, whole=seed % 40 == 7)
            signal.setitimer(signal.ITIMER_PROF, 0)
            print(json.dumps({"seed": seed, **asdict(judgement)}), file=file, flush=True)
    return 0


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue  # cut off by a kill


def _report(options: argparse.Namespace) -> int:
    """Print what all workers have found."""
    entries = [e for n in range(options.jobs) for e in _entries(_state(options, n))]
    done = {entry["seed"]: entry for entry in entries if "asked" in entry}
    counts: Counter[str] = Counter(modules=len(done))
    slow = sorted({entry["seed"] for entry in entries} - done.keys())
    counts["slow modules"] = len(slow)
    wrong: list[str] = []
    endless: list[str] = []
    for seed, entry in sorted(done.items()):
        for name in ("asked", "proved", "with_ensures", "runs"):
            counts[name.replace("_", " ")] += entry[name]
        counts[f"proved of {kind_of(seed)}"] += entry["proved"]
        wrong += [f"{seed}: {text}" for text in entry["wrong"]]
        endless += [f"{seed}: {text}" for text in entry["endless"]]
    counts["wrong"], counts["endless"] = len(wrong), len(endless)
    if options.json:
        document = {"counts": counts, "slow": slow, "wrong": wrong, "endless": endless}
        print(json.dumps(document, indent=2))  # noqa: T201 - a report
    else:
        for name, count in counts.items():
            print(f"{name:<28} {count}")  # noqa: T201 - a report
        print("slow:", *slow or ["none"])  # noqa: T201 - a report
        print(*wrong, *endless, sep="\n\n")  # noqa: T201 - a report
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
