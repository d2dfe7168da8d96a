"""Every mutant of every proved sample that a run contradicts: is any proved?

    python -m tests.bench.mutants [--jobs N] [--steps N] [--most N] [--only TEXT]

Prints a line a sample, then the counts; ends with 1 when a proof is wrong.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.prove.soundness.samples import Tally, samples, tally


def main() -> int:
    """Try the mutants of all samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--steps", type=int, default=500_000, help="of the solver, an obligation")
    parser.add_argument("--most", type=int, help="mutants of a sample, drawn by chance")
    parser.add_argument("--only", default="", help="samples with this in their name")
    options = parser.parse_args()
    chosen = [each for each in samples() if options.only in each.function.name]
    total = Tally()
    judge = partial(tally, steps=options.steps, most=options.most)
    with ProcessPoolExecutor(options.jobs) as pool:
        for sample, found in zip(chosen, pool.map(judge, chosen), strict=True):
            text = f"{sample.path.name} {sample.function.name}: "
            text += f"{found.falsified} of {found.mutants}" if found.proved else "not proved"
            print(text, *found.wrong, *found.endless, sep="\n    ", flush=True)  # noqa: T201 - a report
            total.samples += found.samples
            total.proved += found.proved
            total.mutants += found.mutants
            total.falsified += found.falsified
            total.wrong += found.wrong
            total.endless += found.endless
    print(  # noqa: T201 - a report
        f"{total.samples} samples, {total.proved} proved; {total.mutants} mutants, "
        f"{total.falsified} falsified by a run, {len(total.wrong)} of them proved, and "
        f"{len(total.endless)} of which a run did not end with a hundred times the fuel"
    )
    return int(bool(total.wrong))


if __name__ == "__main__":
    sys.exit(main())
