"""Whether verdicts are the same on a busy machine: `python -m tests.bench.load [FILE…]`.

Judges the sample functions twice in fresh processes: as the machine is, and beside two endless
loops for each of its cores. What is compared is all that a user sees but the seconds: the verdict,
what is open and why, the counterexample, and the invariants of the proof. Ends with 1 when any
function's differ.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autoform.frontends import lift
from autoform.ir.text import print_function
from autoform.prove.pipeline import prove
from autoform.source import read_source
from tests.bench.options import named_files
from tests.bench.prove import samples

_LOOPS_PER_CORE = 2
_JUDGE = "--judge"


def main(paths: list[Path]) -> int:
    """Judge twice and compare; one line for each function that is judged differently."""
    calm, calm_seconds = _judged(paths)
    with _busy():
        loaded, loaded_seconds = _judged(paths)
    different = [name for name in calm if calm[name] != loaded.get(name)]
    for name in different:
        sys.stdout.write(f"{name}\n  {calm[name]}\n  {loaded.get(name)}\n")
    sys.stdout.write(
        f"{len(calm)} functions, {len(different)} judged differently; {calm_seconds:.0f} s as it "
        f"is, {loaded_seconds:.0f} s of wall-clock time beside {_loops()} endless loops\n"
    )
    return int(bool(different) or calm.keys() != loaded.keys())


def _loops() -> int:
    return _LOOPS_PER_CORE * (os.cpu_count() or 1)


@contextmanager
def _busy() -> Iterator[None]:
    """Every core has more to do than it can."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(_loops())]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def _judged(paths: list[Path]) -> tuple[dict[str, str], float]:
    started = time.perf_counter()
    command = [sys.executable, "-m", "tests.bench.load", _JUDGE, *map(str, paths)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows = [json.loads(line) for line in told.splitlines()]
    return {row["name"]: row["judged"] for row in rows}, time.perf_counter() - started


def _judge(paths: list[Path]) -> int:
    """Write what is found of each function, a line of JSON each."""
    for path in paths:
        lifted = lift(read_source(path))
        for result in prove(lifted):
            proof = print_function(result.proof) if result.proof is not None else ""
            row = {"name": f"{path}::{result.name}", "judged": f"{result.verdict!r} {proof}"}
            sys.stdout.write(f"{json.dumps(row)}\n")
    return 0


if __name__ == "__main__":
    asked = named_files(__doc__, [each for each in sys.argv[1:] if each != _JUDGE])
    work = _judge if _JUDGE in sys.argv[1:] else main
    sys.exit(work(asked or samples()))
