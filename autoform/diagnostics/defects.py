"""What is said of a defect of autoform, and where it was, for whoever reports it.

A traceback says nothing to users, so it is shown only where `AUTOFORM_DEBUG` is set.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from autoform.diagnostics.model import Diagnostic, Note, diagnostic
from autoform.source import Span

__all__ = ["debugging", "defect", "trace_of"]

_DEBUG: Final = "AUTOFORM_DEBUG"
_ROOT: Final = Path(__file__).parents[2]
_MOST_FRAMES: Final = 30


def defect(message: str, span: Span, error: BaseException) -> Diagnostic:
    """The finding behind an exception that should not have been."""
    return diagnostic("internal-error", message, span, notes=trace_of(error))


def debugging() -> dict[str, str]:
    """The part of our environment by which other processes of ours show tracebacks, too."""
    return {_DEBUG: os.environ[_DEBUG]} if os.environ.get(_DEBUG) else {}


def trace_of(error: BaseException) -> tuple[Note, ...]:
    """Where the exception came from, the innermost last; nothing unless that is asked for."""
    return tuple(map(Note, _lines(error))) if os.environ.get(_DEBUG) else ()


def _lines(error: BaseException) -> Iterator[str]:
    frames = traceback.extract_tb(error.__traceback__)
    if len(frames) > _MOST_FRAMES:
        yield f"the innermost {_MOST_FRAMES} of {len(frames)} calls"
    for frame in frames[-_MOST_FRAMES:]:
        path = Path(frame.filename)
        shown = path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else path.name
        yield f"{shown}:{frame.lineno} in {frame.name}: {frame.line or ''}"
    yield f"{type(error).__name__}: {error}"
