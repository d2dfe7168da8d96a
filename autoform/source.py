"""Source files and the places in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source file: 1-based lines, 0-based columns in code points, end exclusive."""

    path: str
    start_line: int
    start_column: int
    end_line: int
    end_column: int


NOWHERE: Final = Span("", 0, 0, 0, 0)
