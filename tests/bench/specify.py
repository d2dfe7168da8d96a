"""How much of what real functions do is found and proved.

    python -m tests.bench.specify --data DIR [--only humaneval mbpp] [--limit N] [--seed N] [--json]

Prints one line a function, then of each corpus: how many functions lifted, the share of these
with a proved postcondition beyond types and bounds, the same without definitions that restate the
body, and the median share of mutants that the proved contract rejects, by its clauses alone and
with those that raise or do not end.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import autoform
from autoform.source import SourceFile
from autoform.specify.results import Specification, Standing

from .corpora import find_data, samples

_BOUNDS = frozenset({"bound", "branch bound"})


@dataclass(frozen=True, slots=True)
class Row:
    """What was found of one lifted function."""

    corpus: str
    name: str
    standing: str
    families: tuple[str, ...]
    share: float | None
    stated: float | None
    seconds: float
    reason: str

    @property
    def is_beyond_bounds(self) -> bool:
        """Whether some proved postcondition is more than a bound."""
        return any(family not in _BOUNDS for family in self.families)

    @property
    def is_beyond_definitions(self) -> bool:
        """Whether some proved postcondition is neither a bound nor the body once more."""
        return any(family not in _BOUNDS | {"definition"} for family in self.families)


def row_of(corpus: str, sample: str, found: Specification) -> Row:
    """The figures of one function."""
    grade = found.grade if found.ensures else None
    stated = None
    if grade is not None and grade.mutants > grade.equivalent:
        stated = (grade.rejected - grade.failing) / (grade.mutants - grade.equivalent)
    return Row(
        corpus,
        f"{sample}::{found.name}",
        str(found.standing),
        tuple(clause.family for clause in found.ensures),
        grade.share if grade is not None else None,
        stated,
        round(found.seconds, 2),
        found.reason,
    )


def summary(rows: Sequence[Row]) -> dict[str, float | int | None]:
    """The figures of a corpus, over the functions that lifted."""
    lifted = [row for row in rows if row.standing != Standing.UNSUPPORTED]
    shares = [row.share or 0.0 for row in lifted]
    stated = [row.stated or 0.0 for row in lifted]
    count = len(lifted) or 1
    return {
        "lifted": len(lifted),
        "beyond_bounds": round(sum(row.is_beyond_bounds for row in lifted) / count, 3),
        "beyond_definitions": round(sum(row.is_beyond_definitions for row in lifted) / count, 3),
        "median_rejected": round(statistics.median(shares), 3) if shares else None,
        "median_rejected_by_clauses": round(statistics.median(stated), 3) if stated else None,
        "median_seconds": statistics.median([r.seconds for r in lifted]) if lifted else None,
    }


def main() -> int:
    """Measure; 0 unless the data are missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data")
    parser.add_argument("--only", nargs="+", default=["humaneval", "mbpp"])
    parser.add_argument("--limit", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    folder = find_data(given.data)
    rows: list[Row] = []
    started = time.process_time()
    settings = autoform.SpecifySettings(seed=given.seed)
    for corpus in given.only:
        for sample in samples(folder, corpus, given.limit):
            lifted = autoform.lift(SourceFile(f"{sample.name}.py", sample.text))
            for found in autoform.specify(lifted, sample.counted, settings=settings):
                rows.append(row_of(corpus, sample.name, found))
                if not given.json:
                    print(_line(rows[-1]), flush=True)  # noqa: T201 - a report
    figures = {c: summary([row for row in rows if row.corpus == c]) for c in given.only}
    figures["all"] = summary(rows)
    if given.json:
        document = {"rows": [asdict(row) for row in rows], "figures": figures}
        print(json.dumps(document, indent=2))  # noqa: T201 - a report
    else:
        for corpus, each in figures.items():
            print(corpus, *(f"{key}={value}" for key, value in each.items()))  # noqa: T201 - a report
        print(f"{time.process_time() - started:.0f} s of CPU")  # noqa: T201 - a report
    return 0


def _line(row: Row) -> str:
    share = "" if row.share is None else f"{row.share:.0%} of mutants"
    families = ", ".join(row.families) or row.reason
    return f"{row.standing:<12} {row.seconds:6.1f} s  {row.name:<30} {share:<16} {families}"


if __name__ == "__main__":
    sys.exit(main())
