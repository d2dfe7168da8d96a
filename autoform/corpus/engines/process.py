"""The process of a worker: which program it runs."""

from __future__ import annotations

from typing import Final

from autoform.processes import Worker
from autoform.processes.python import python_worker

__all__ = ["worker_process"]

_MODULE: Final = "autoform.corpus.engines.worker"


def worker_process(memory_bytes: int) -> Worker:
    """A worker that is started when it is first asked."""
    return python_worker(_MODULE, memory_bytes=memory_bytes)
