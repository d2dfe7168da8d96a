"""How much of real Python lifts, and whether it means the same: `python -m tests.bench.lift`.

See tests/bench/README.md for what is counted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from typing import Any

from tests.bench.accept import accepted_by_dafny, accepted_by_grammar
from tests.bench.corpora import FILES, MissingDataError, Sample, find_data, samples
from tests.bench.measure import Measured, Options, measure
from tests.bench.speed import speed


def main() -> int:
    """Measure what the arguments say and print a table, or one JSON document."""
    options = _arguments()
    try:
        folder = find_data(options.data)
    except MissingDataError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    chosen: list[Sample] = [s for c in options.only for s in samples(folder, c, options.limit)]
    if options.match:
        chosen = [sample for sample in chosen if options.match in sample.name]
    wanted = Options(options.examples, options.seed, options.run, options.emit)
    measured = list(_measure_all(chosen, wanted, options.jobs))
    report = summarize(measured)
    if options.emit:
        report["dafny 2 resolver"] = accepted_by_dafny(measured)
        report["lean grammar"] = accepted_by_grammar(measured)
    report["speed"] = speed(chosen)
    if options.json:
        json.dump(report, sys.stdout, indent=2)
        sys.stdout.write("\n")
    else:
        sys.stdout.write("\n".join(_table(report)) + "\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.lift", description=__doc__)
    parser.add_argument("--data", help="folder of the .jsonl files")
    parser.add_argument("--only", nargs="+", choices=FILES, default=list(FILES))
    parser.add_argument("--limit", type=int, help="only the first rows of each file")
    parser.add_argument("--match", help="only files whose name holds this")
    parser.add_argument("--examples", type=int, default=100, help="generated inputs a function")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--no-run", dest="run", action="store_false", help="lift and emit only")
    parser.add_argument("--no-emit", dest="emit", action="store_false", help="lift and run only")
    return parser.parse_args()


def _measure_all(chosen: list[Sample], options: Options, jobs: int) -> Iterator[Measured]:
    """Measure file after file, in order, telling a terminal how far it is."""
    work = partial(measure, options=options)
    if jobs == 1:
        yield from _watched(map(work, chosen), len(chosen))
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from _watched(pool.map(work, chosen, chunksize=4), len(chosen))


def _watched(found: Iterable[Measured], total: int) -> Iterator[Measured]:
    for number, each in enumerate(found, 1):
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{number}/{total} {each.sample.name:<60.60}")
        yield each
    if sys.stderr.isatty():
        sys.stderr.write("\r" + " " * 80 + "\r")


def summarize(measured: list[Measured]) -> dict[str, Any]:
    """Add up what was measured, corpus by corpus and over all."""
    report: dict[str, Any] = {}
    for corpus in FILES:
        of_corpus = [each for each in measured if each.sample.corpus == corpus]
        if of_corpus:
            report[corpus] = _summary(of_corpus)
    report["all"] = _summary(measured)
    report["crashes"] = [text for each in measured for text in each.crashes]
    report["without code, line or hint"] = [n for each in measured for n in each.incomplete]
    report["differences"] = [text for each in measured for text in each.differences]
    report["not compared"] = [text for each in measured for text in each.unsupported]
    report["not emitted"] = {
        f"{each.sample.name} {target}": found
        for each in measured
        for target, found in each.not_emitted.items()
    }
    return report


def _summary(measured: list[Measured]) -> dict[str, Any]:
    functions = sum(len(each.sample.counted) for each in measured)
    lifted = sum(len(each.lifted) for each in measured)
    refused = Counter(code for each in measured for code in each.refused.values())
    return {
        "files": len(measured),
        "functions": functions,
        "lifted": lifted,
        "share": round(100 * lifted / functions, 1) if functions else None,
        "lifted beside those": sum(each.also_lifted for each in measured),
        "crashes": sum(len(each.crashes) for each in measured),
        "refused": dict(refused.most_common()),
        "verdicts": dict(sum((each.verdicts for each in measured), Counter[str]())),
        "inputs": sum(each.inputs for each in measured),
        "discarded": dict(sum((each.discarded for each in measured), Counter[str]())),
        "emitted": dict(sum((each.emitted for each in measured), Counter[str]())),
    }


def _table(report: dict[str, Any]) -> Iterator[str]:
    for corpus in (*FILES, "all"):
        if corpus not in report:
            continue
        found = report[corpus]
        yield f"== {corpus}: {found['lifted']} of {found['functions']} lifted ({found['share']} %)"
        for key in ("files", "lifted beside those", "crashes", "inputs"):
            yield f"   {key}: {found[key]}"
        for key in ("verdicts", "emitted", "discarded", "refused"):
            yield f"   {key}: " + ", ".join(f"{name} {n}" for name, n in found[key].items())
    for key in ("dafny 2 resolver", "lean grammar", "speed"):
        if key in report:
            yield f"== {key}: " + ", ".join(f"{name} {n}" for name, n in report[key].items())
    for key in ("crashes", "without code, line or hint", "differences", "not compared"):
        if report[key]:
            yield f"== {key}: {len(report[key])}"
            yield from (f"   {text}" for text in islice(report[key], 200))
    if report["not emitted"]:
        yield f"== not emitted: {len(report['not emitted'])}"
        for where, found in islice(report["not emitted"].items(), 200):
            yield f"   {where}: {'; '.join(found)}"


if __name__ == "__main__":
    sys.exit(main())
