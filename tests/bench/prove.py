"""How many of the sample functions are proved, refuted, open, and how long that takes.

    python tests/bench/prove.py [corpora/proofs/python/sums.py …]

A line that ends in `# expect: refuted` marks the function that it is in as a wrong one. Prints
one line a function, then the counts; a wrong function proved, or a right one refuted, is an alarm.
Seconds are of CPU time, those of the replaying process apart.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from autoform.frontends import lift
from autoform.prove.pipeline import prove
from autoform.source import read_source

ROOT = Path(__file__).parents[2]
MARK = "# expect: refuted"


def wrong_lines(path: Path) -> set[int]:
    """The lines that carry the mark."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {number for number, line in enumerate(lines, 1) if MARK in line}


def main(paths: list[Path]) -> int:
    """Measure the files; 1 when the prover is unsound on any."""
    counts: Counter[str] = Counter()
    seconds: list[float] = []
    for path in paths:
        lifted = lift(read_source(path))
        marks = wrong_lines(path)
        for function in sorted(lifted.module.functions, key=lambda f: f.span.start_line):
            started = time.process_time()
            results = {result.name: result for result in prove(lifted, [function.name])}
            spent = time.process_time() - started
            result = results[function.name]
            verdict = type(result.verdict).__name__.lower()
            first, last = result.span.start_line, result.span.end_line
            is_wrong = any(first <= line <= last for line in marks)
            counts[f"{'wrong' if is_wrong else 'right'} {verdict}"] += 1
            seconds.append(spent)
            text = f"{verdict:<12} {spent:7.2f} s  {path.name}:{first} {result.name}"
            print(text, getattr(result.verdict, "obligation", ""), flush=True)  # noqa: T201 - a report
    for name, count in sorted(counts.items()):
        print(f"{name:<20} {count}")  # noqa: T201 - a report
    print(f"median {statistics.median(seconds):.2f} s")  # noqa: T201 - a report
    return int(counts["wrong proved"] + counts["right refuted"] > 0)


if __name__ == "__main__":
    named = [Path(each) for each in sys.argv[1:]]
    sys.exit(main(named or sorted((ROOT / "corpora/proofs/python").glob("*.py"))))
