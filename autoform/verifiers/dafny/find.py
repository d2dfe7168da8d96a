"""Where Dafny and the Z3 that it wants are."""

from __future__ import annotations

import os
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Final

from autoform.processes import CannotStart, run
from autoform.verifiers.dafny.setting import environment
from autoform.verifiers.dafny.tool import DafnyTool

__all__ = ["DAFNY_VARIABLE", "Z3_VARIABLE", "find_dafny"]

DAFNY_VARIABLE: Final = "AUTOFORM_DAFNY"
Z3_VARIABLE: Final = "AUTOFORM_DAFNY_Z3"
_CACHED_Z3: Final = Path(".cache") / "autoform" / "z3-4.8.5" / "z3"
_VERSION: Final = re.compile(r"\b(\d+)\.(\d+)\.(\d+)\b")
_OLD: Final = 4
"""From this major version on Dafny speaks dialect 4 and has subcommands."""


def find_dafny() -> DafnyTool | None:
    """The Dafny named by AUTOFORM_DAFNY, or the one on PATH; None when there is none.

    Raises `ProcessFailure` when what was found does not work.
    """
    name = os.environ.get(DAFNY_VARIABLE) or "dafny"
    path = shutil.which(name)
    if path is None:
        if DAFNY_VARIABLE in os.environ:
            raise CannotStart(name, f"there is no such program, as {DAFNY_VARIABLE} says")
        return None
    return _examine(path, os.environ.get(Z3_VARIABLE))


@cache
def _examine(path: str, z3: str | None) -> DafnyTool:
    found = None
    for question in ("--version", "/version"):
        done = run([path, question], timeout_cpu=30, timeout_wall=120, env=environment())
        output = (done.stdout + done.stderr).decode("utf-8", "replace")
        found = _VERSION.search(output)
        if found is not None:
            break
    if found is None:
        told = f": {output.strip()[:200]}" if output.strip() else ""
        raise CannotStart(path, f"it does not tell its version{told}")
    old = int(found[1]) < _OLD
    return DafnyTool(path, found[0], 2 if old else 4, z3 or (_cached_z3() if old else None))


def _cached_z3() -> str | None:
    """Z3 4.8.5, which Dafny 2.3 wants, where the project's own set-up puts it."""
    path = Path.home() / _CACHED_Z3
    return str(path) if path.is_file() else None
