"""How many of the sample functions are proved, refuted, open, and how long that takes.

    python -m tests.bench.prove [corpora/proofs/rust/sums.rs …]

`expect: refuted` in a comment marks the function that it is in as a wrong one. Prints one line a
function, then the counts of each language; a wrong function proved, or a right one refuted, is an
alarm, and makes the exit code 1. Seconds are of CPU time, those of the replaying process apart.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from autoform.frontends import lift
from autoform.prove.pipeline import prove
from autoform.source import read_source
from tests.bench.options import named_files

ROOT = Path(__file__).parents[2]
MARK = "expect: refuted"
SUFFIXES = {".py": "python", ".rs": "rust"}
VERDICTS = ("proved", "unknown", "refuted", "unsupported")


@dataclass(slots=True)
class Tally:
    """What was found of the functions of one language."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    @property
    def alarms(self) -> int:
        """Verdicts that must not be."""
        return self.counts["wrong", "proved"] + self.counts["right", "refuted"]

    def lines(self) -> list[str]:
        """The counts as a table."""
        found = [f"{'':8}{''.join(f'{verdict:>13}' for verdict in VERDICTS)}{'of':>8}"]
        for kind in ("right", "wrong"):
            row = [self.counts[kind, verdict] for verdict in VERDICTS]
            found.append(f"{kind:8}{''.join(f'{count:>13}' for count in row)}{sum(row):>8}")
        middle = statistics.median(self.seconds or [0.0])
        return [*found, f"median {middle:.2f} s, {sum(self.seconds):.0f} s in all"]


def wrong_lines(path: Path) -> set[int]:
    """The lines that carry the mark."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {number for number, line in enumerate(lines, 1) if MARK in line}


def measure(path: Path, tally: Tally) -> None:
    """Judge the functions of a file, each on its own clock."""
    lifted = lift(read_source(path))
    marks = wrong_lines(path)
    named = [(f.span.start_line, f.name) for f in lifted.module.functions]
    named += [(found[0].span.start_line, name) for name, found in lifted.refused.items() if found]
    for _, name in sorted(named):
        started = time.process_time()
        result = next(r for r in prove(lifted, [name]) if r.name == name)
        spent = time.process_time() - started
        verdict = type(result.verdict).__name__.lower()
        first, last = result.span.start_line, result.span.end_line
        kind = "wrong" if any(first <= line <= last for line in marks) else "right"
        tally.counts[kind, verdict] += 1
        tally.seconds.append(spent)
        text = f"{kind} {verdict:<12} {spent:7.2f} s  {path.name}:{first} {name}"
        print(text, getattr(result.verdict, "obligation", ""), flush=True)  # noqa: T201 - a report


def main(paths: list[Path]) -> int:
    """Measure the files; 1 when the prover is unsound on any."""
    tallies: dict[str, Tally] = {}
    for path in paths:
        measure(path, tallies.setdefault(SUFFIXES[path.suffix], Tally()))
    for language, tally in tallies.items():
        print(f"\n{language}", *tally.lines(), sep="\n")  # noqa: T201 - a report
    return int(any(tally.alarms for tally in tallies.values()))


def samples() -> list[Path]:
    """All sample files with contracts."""
    return [
        path
        for suffix, folder in SUFFIXES.items()
        for path in sorted((ROOT / "corpora/proofs" / folder).glob(f"*{suffix}"))
    ]


if __name__ == "__main__":
    sys.exit(main(named_files(__doc__, sys.argv[1:]) or samples()))
