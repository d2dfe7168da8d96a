"""What `equivalent` says of the pairs in `corpora/pairs/`, beside what is true of them.

python -m tests.bench.equiv [--pairs FOLDER] [--json] [NAME…]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import autoform
from autoform.equiv import EquivResult, EquivVerdict
from autoform.source import read_source

PAIRS: Final = Path(__file__).parents[2] / "corpora" / "pairs"


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of `pairs.toml`."""

    folder: Path
    name: str
    same: bool
    domain: bool
    requires: tuple[str, ...]

    def judge(self, *, examples: int = 200) -> EquivResult:
        """Compare the Python function with the Rust function."""
        sides = [
            autoform.lift(read_source(self.folder / language / f"{self.name}.{suffix}"))
            for language, suffix in (("python", "py"), ("rust", "rs"))
        ]
        return autoform.equivalent(
            sides[0], self.name, sides[1], self.name, requires=self.requires, examples=examples
        )

    def is_wrong(self, result: EquivResult) -> bool:
        """Whether something false was said."""
        if self.same:
            return result.verdict is EquivVerdict.DIFFERS and not self.domain
        return result.verdict is EquivVerdict.EQUIVALENT

    def is_done(self, result: EquivResult) -> bool:
        """Whether all was said that is to be said: a proof, or a call that was replayed."""
        if not self.same:
            return result.verdict is EquivVerdict.DIFFERS
        found = result.domain
        on_domain = self.domain and found is not None and found.proved
        return result.verdict is EquivVerdict.EQUIVALENT or on_domain


def read_pairs(folder: Path = PAIRS, names: Sequence[str] = ()) -> list[Pair]:
    """The rows of a folder's table, all or those named."""
    with (folder / "pairs.toml").open("rb") as table:
        rows = tomllib.load(table)["pair"]
    return [
        Pair(
            folder,
            row["name"],
            row["expect"] == "same",
            row.get("domain", False),
            tuple(row.get("requires", ())),
        )
        for row in rows
        if not names or row["name"] in names
    ]


def main(arguments: Sequence[str]) -> int:
    """Measure; 1 when anything is told wrongly."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.equiv")
    parser.add_argument("--pairs", type=Path, default=PAIRS, help="a folder with a pairs.toml")
    parser.add_argument("--json", action="store_true", help="print one document")
    parser.add_argument("names", nargs="*", help="of pairs, instead of all")
    options = parser.parse_args(arguments)
    rows = [
        _measured(pair, quiet=options.json) for pair in read_pairs(options.pairs, options.names)
    ]
    if options.json:
        print(json.dumps({"schema": 1, "pairs": rows}, indent=2))  # noqa: T201 - a report
    else:
        _sum_up(rows)
    return int(any(row["wrong"] for row in rows))


def _measured(pair: Pair, *, quiet: bool) -> dict[str, Any]:
    started = time.process_time()
    result = pair.judge()
    row = {
        "name": pair.name,
        "expect": "same" if pair.same else "differs",
        "verdict": str(result.verdict),
        "done": pair.is_done(result),
        "wrong": pair.is_wrong(result),
        "seconds": round(result.seconds, 2),
        "cpu_seconds": round(time.process_time() - started, 2),
        "told": _told(result),
    }
    if not quiet:
        mark = "WRONG" if row["wrong"] else "" if row["done"] else "open"
        head = f"{row['verdict']:<15} {row['seconds']:7.2f} s  {pair.name:<18} {mark:<5}"
        print(f"{head} {row['told']}", flush=True)  # noqa: T201 - a report
    return row


def _told(result: EquivResult) -> str:
    """The proof, the difference, or what is open, in a line."""
    told = [*result.by, result.open, *(found.message for found in result.diagnostics)]
    if (found := result.difference) is not None:
        told.append(f"{found.first_call} {found.first_result}; {found.second_result}")
    if (domain := result.domain) is not None:
        told.append(f"[{'proved' if domain.proved else 'tried'}: {domain.requires}]")
    return " ".join(part for part in told if part)


def _sum_up(rows: Sequence[dict[str, Any]]) -> None:
    counts = Counter((row["expect"], row["done"]) for row in rows)
    for expect, done in (("same", "proved"), ("differs", "told apart")):
        number = counts[expect, True]
        total = number + counts[expect, False]
        print(f"{expect:<8} {number} of {total} {done}")  # noqa: T201 - a report
    wrong = [row["name"] for row in rows if row["wrong"]]
    seconds = [row["seconds"] for row in rows]
    print(f"told wrongly: {', '.join(wrong) or 'none'}")  # noqa: T201 - a report
    print(f"median {statistics.median(seconds):.2f} s, sum {sum(seconds):.0f} s")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
