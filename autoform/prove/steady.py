"""Proofs without collections of cyclic garbage meanwhile.

The solver numbers its terms, uses the numbers of released ones again, and goes through terms in the
order of their numbers. Most terms are released when the last reference goes; those in cycles when
Python next collects, and when that is depends on all that the process did before. So that an answer
does not, nothing is collected while terms are made and asked about.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["steady"]


@contextmanager
def steady() -> Iterator[None]:
    """Put off collections until the end of the block, or of the function that this decorates."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
