"""Whether the installed Dafny verifies the whole prelude: `python -m tests.bench.prelude`."""

from __future__ import annotations

import sys
import time

from autoform.backends.dafny.prelude import PRELUDE_NAMES
from autoform.verifiers.dafny import Budget, find_dafny
from tests.backends.dafny.prelude_text import prelude_text, unproved


def main() -> int:
    """Verify all declarations at once. Returns 1 when something is not proved."""
    tool = find_dafny()
    if tool is None:
        sys.stderr.write("no dafny was found: see `autoform doctor`\n")
        return 2
    start = time.perf_counter()
    budget = Budget(resources=5_000_000, cpu_seconds=1_800)
    found = unproved(tool, prelude_text(tool, PRELUDE_NAMES), budget)
    seconds = time.perf_counter() - start
    sys.stdout.writelines(f"{line}\n" for line in found)
    sys.stdout.write(
        f"{len(PRELUDE_NAMES)} declarations, {len(found)} complaints of Dafny {tool.version}"
        f" in {seconds:.0f} s\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
