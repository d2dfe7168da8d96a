"""The process of a worker: which program it runs, and what of our environment it sees."""

from __future__ import annotations

import os
import sys
from typing import Final

from autoform.processes import Worker

__all__ = ["worker_process"]

_MODULE: Final = "autoform.corpus.engines.worker"
_KEPT: Final = ("PATH", "HOME", "DOTNET_ROOT", "AUTOFORM_DAFNY", "AUTOFORM_DAFNY_Z3", "TMPDIR")


def worker_process(memory_bytes: int) -> Worker:
    """A worker that is started when it is first asked."""
    return Worker(
        [sys.executable, "-X", "utf8", "-m", _MODULE],
        memory_bytes=memory_bytes,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    """Where programs are, and the path to autoform."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    path = os.pathsep.join(os.path.abspath(p or ".") for p in sys.path)
    return {**kept, "PYTHONPATH": path, "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}
