"""Rust faithfulness: every lifted function of a corpus against rustc.

    python -m tests.bench.run_rust [--data FOLDER] [--start N] [--limit N] [--examples N]

Files are lifted, compiled together, and each function runs in Rust, in the interpreter and in
functional form on corners and generated inputs. What differs is printed with its call.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from autoform.crosscheck import CheckResult, EngineName, crosscheck, open_originals
from autoform.frontends import Lifted, lift
from autoform.source import SourceFile
from tests.bench.corpora import find_data

_FILE: Final = "thealgorithms_rust.jsonl"
_ENGINES: Final = frozenset({EngineName.INTERPRETER, EngineName.FUNCTIONAL})
_TOGETHER: Final = 60
"""Files in one crate."""


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and return how many functions differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run_rust")
    parser.add_argument("--data", help="the folder of the data")
    parser.add_argument("--start", type=int, default=0, help="the first file")
    parser.add_argument("--limit", type=int, default=None, help="how many files")
    parser.add_argument("--examples", type=int, default=100, help="generated inputs a function")
    options = parser.parse_args(arguments)
    stop = None if options.limit is None else options.start + options.limit
    files = list(_lifted(find_data(options.data)))[options.start : stop]
    verdicts: Counter[str] = Counter()
    inputs = 0
    for start in range(0, len(files), _TOGETHER):
        for file, result in _checked(files[start : start + _TOGETHER], options.examples):
            verdicts[str(result.verdict)] += 1
            inputs += result.counts.inputs
            _tell(file, result)
    print(f"{len(files)} files, {inputs} inputs: {dict(verdicts)}")  # noqa: T201
    return min(verdicts["disagrees"], 100)


def _lifted(folder: Path) -> Iterator[Lifted]:
    with (folder / _FILE).open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield lift(SourceFile(row["id"], row["source"]))


def _checked(files: Sequence[Lifted], examples: int) -> Iterator[tuple[Lifted, CheckResult]]:
    kept = [file for file in files if file.named]
    with open_originals(kept) as originals:
        started = time.perf_counter()
        for original in originals:
            original.load()
        print(f"compiled in {time.perf_counter() - started:.1f} s", flush=True)  # noqa: T201
        for file, original in zip(kept, originals, strict=True):
            began = time.perf_counter()
            names = [function.name for function in file.named]
            for result in crosscheck(
                file, select=names, examples=examples, engines=_ENGINES, original=original
            ):
                yield file, result
            taken = time.perf_counter() - began
            print(f"{file.source.path}: {len(names)} in {taken:.1f} s", flush=True)  # noqa: T201


def _tell(file: Lifted, result: CheckResult) -> None:
    place = f"{file.source.path}::{result.name} {result.verdict}"
    if (example := result.counterexample) is not None:
        told = f"{example.call}\n    expected {example.expected}\n    observed {example.observed}"
        print(f"{place}: {told}", flush=True)  # noqa: T201
    elif result.verdict != "agrees":
        reasons = [*(d.message for d in result.diagnostics), *result.notes]
        print(f"{place}: {'; '.join(reasons)}", flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
