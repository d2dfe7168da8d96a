"""Which of the proved sample functions the real Dafny confirms, on the file as it is emitted.

    python -m tests.bench.confirm [corpora/proofs/rust/sums.rs …]

Proves each file, then gives its completed Dafny to the installed one, all functions of a file to
one process. Prints one line a function, with the reason where Dafny does not confirm, then the
counts. A proof that is not confirmed is an alarm to be explained, and makes the exit code 1.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from autoform.frontends import lift
from autoform.prove.confirm import confirm
from autoform.prove.pipeline import ProofResult, ProofSettings, prove
from autoform.source import read_source
from autoform.verifiers.dafny import find_dafny
from autoform.verifiers.verdict import Proved
from tests.bench.options import named_files

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "corpora/samples": "*.py",
    "corpora/proofs/python": "*.py",
    "corpora/proofs/rust": "*.rs",
}


def main(paths: list[Path]) -> int:
    """Prove and confirm the files; 1 when some proof is not confirmed, 2 without Dafny."""
    tool = find_dafny()
    if tool is None:
        print("Dafny is not installed")  # noqa: T201 - a report
        return 2
    counts: Counter[str] = Counter()
    settings = ProofSettings()
    for path in paths:
        lifted = lift(read_source(path))
        results = [r for r in prove(lifted, settings=settings) if isinstance(r.verdict, Proved)]
        started = time.perf_counter()
        for result in confirm(lifted.module, results, tool, settings):
            counts[_report(result, path)] += 1
        print(f"{path.name}: {time.perf_counter() - started:.1f} s of {tool.name}", flush=True)  # noqa: T201 - a report
    for name, count in sorted(counts.items()):
        print(f"{name:<16} {count}")  # noqa: T201 - a report
    return int(counts["not confirmed"] > 0)


def _report(result: ProofResult, path: Path) -> str:
    is_confirmed = not result.findings
    word = "confirmed" if is_confirmed else "not confirmed"
    print(f"{word:<14} {path.name}:{result.span.start_line} {result.name}")  # noqa: T201 - a report
    for found in result.findings:
        print(f"               {found.code}, line {found.span.start_line}: {found.message}")  # noqa: T201 - a report
        for note in found.notes:
            print(f"               {note.message}")  # noqa: T201 - a report
    return word


if __name__ == "__main__":
    named = named_files(__doc__, sys.argv[1:])
    every = [
        path for folder, names in FOLDERS.items() for path in sorted((ROOT / folder).glob(names))
    ]
    sys.exit(main(named or every))
