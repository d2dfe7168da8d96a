"""A worker that runs a program of autoform's own: by which Python, and what it sees of ours."""

from __future__ import annotations

import os
import sys
from typing import Final

from autoform.diagnostics.defects import debugging
from autoform.processes.worker import Worker

__all__ = ["python_worker"]

_KEPT: Final = (
    *("PATH", "HOME", "TMPDIR", "USERPROFILE", "SYSTEMROOT"),
    *("AUTOFORM_DAFNY", "AUTOFORM_DAFNY_Z3", "DOTNET_ROOT", "DOTNET_ROOT_X64"),
    *("RUSTUP_HOME", "CARGO_HOME", "RUSTUP_TOOLCHAIN"),
)
"""What any program that is started in turn is given of our environment, by whichever door."""


def python_worker(module: str, *, memory_bytes: int | None = None) -> Worker:
    """A worker that runs a module of ours, and is started when it is first asked."""
    argv = [sys.executable, "-X", "utf8", "-m", module]
    return Worker(argv, memory_bytes=memory_bytes, env=_environment())


def _environment() -> dict[str, str]:
    """Where programs are, and the path to autoform."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    path = os.pathsep.join(os.path.abspath(p or ".") for p in sys.path)
    own = {"PYTHONPATH": path, "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}
    return {**kept, **debugging(), **own}
