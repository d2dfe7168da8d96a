"""How long proofs take beside Dafny, Nagini and CrossHair: `python -m tests.bench.peers`.

For each function in `corpora/proofs/nagini/`, in one run and in seconds of CPU with those of
processes started: autoform on the sample without invariants, as a library call in a process that
has proved something before; Dafny's command line on the file that autoform completes; Nagini's on
the same function with the invariants handed to it; CrossHair's on the sample, which searches for a
counterexample and proves nothing. See the README beside this file for the variables that name the
peers; one that is not named is left out, and said to be.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from autoform.frontends import lift
from autoform.frontends.lifted import Lifted
from autoform.ir.restriction import restricted
from autoform.processes import ProcessFailure, run
from autoform.prove.confirm import confirm
from autoform.prove.pipeline import ProofResult, ProofSettings, prove
from autoform.source import read_source
from autoform.verifiers.dafny import find_dafny
from autoform.verifiers.verdict import Proved

NAGINI: Final = "AUTOFORM_BENCH_NAGINI"
CROSSHAIR: Final = "AUTOFORM_BENCH_CROSSHAIR"
_PROOFS: Final = Path(__file__).parents[2] / "corpora" / "proofs"
_SAMPLES: Final = _PROOFS / "python"
_NAGINI_SAMPLES: Final = _PROOFS / "nagini"
_LIMIT: Final = 600.0


def main() -> int:
    """Print a row a function, then the medians of the ratios."""
    for variable in (NAGINI, CROSSHAIR):
        if variable not in os.environ:
            sys.stdout.write(f"left out: {variable} names no program\n")
    names = sorted(path.stem for path in _NAGINI_SAMPLES.glob("*.py"))
    ratios: dict[str, list[float]] = {}
    warm = lift(read_source(_SAMPLES / "sums.py"))
    prove(warm, [warm.module.functions[0].name])
    for path in sorted(_SAMPLES.glob("*.py")):
        lifted = lift(read_source(path))
        for function in lifted.module.functions:
            if function.name in names:
                _row(path, lifted, function.name, ratios)
    for peer, found in sorted(ratios.items()):
        told = f"{statistics.median(found):.1f} times autoform's seconds, {len(found)} functions"
        sys.stdout.write(f"{peer}: median {told}, {min(found):.1f} to {max(found):.1f}\n")
    return 0


def _row(path: Path, lifted: Lifted, name: str, ratios: dict[str, list[float]]) -> None:
    started = _own_seconds()
    (result,) = prove(lifted, [name])
    own = _own_seconds() - started
    proved = isinstance(result.verdict, Proved)
    cells = [f"{name:<20}", f"autoform {'proved' if proved else 'open'} {own:.2f} s"]
    for peer, (verdict, seconds) in _peers(path, lifted, result).items():
        cells.append(f"{peer} {verdict} {seconds:.2f} s")
        if proved and not verdict.startswith("failed"):
            ratios.setdefault(peer, []).append(seconds / own)
    sys.stdout.write("  ".join(cells) + "\n")
    sys.stdout.flush()


def _own_seconds() -> float:
    """CPU of this process and of the originals that it ran."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _peers(path: Path, lifted: Lifted, result: ProofResult) -> Mapping[str, tuple[str, float]]:
    found: dict[str, tuple[str, float]] = {}
    tool = find_dafny()
    if tool is not None and isinstance(result.verdict, Proved):
        started = _own_seconds()
        module = restricted(lifted.module, [result.name])
        (confirmed,) = confirm(module, [result], tool, ProofSettings())
        verdict = "rejected" if confirmed.findings else "verified"
        found["dafny"] = (verdict, _own_seconds() - started)
    if program := os.environ.get(NAGINI):
        z3 = Path(program).with_name("z3")
        command = [program, f"--z3={z3}", str(_NAGINI_SAMPLES / f"{result.name}.py")]
        found["nagini"] = _ran(command, {0: "verified", 1: "rejected"})
    if program := os.environ.get(CROSSHAIR):
        with TemporaryDirectory() as folder:
            copy = Path(folder) / f"sample_{path.name}"  # `numbers` is a module of Python's, too
            shutil.copyfile(path, copy)
            target = f"{copy}:{result.span.start_line}"
            command = [program, "check", "--analysis_kind=icontract", target]
            found["crosshair"] = _ran(command, {0: "finds nothing", 1: "refutes"})
    return found


def _ran(command: list[str], meaning: Mapping[int, str]) -> tuple[str, float]:
    """What the peer's exit code means, and its seconds."""
    path = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    try:
        done = run(command, timeout_cpu=_LIMIT, timeout_wall=4 * _LIMIT, env=path)
    except ProcessFailure as error:
        return f"failed ({error})", 0.0
    code = done.returncode
    return meaning.get(code, f"failed (exit code {code})"), done.cpu_seconds


if __name__ == "__main__":
    raise SystemExit(main())
