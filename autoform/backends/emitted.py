"""What a back end hands back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from autoform.diagnostics import Diagnostic
from autoform.ir.decls import Assumption
from autoform.source import NOWHERE, Span

__all__ = ["Emitted"]


@dataclass(frozen=True, slots=True)
class Emitted:
    """The text of a module in another language, and how it belongs to the source.

    `lines` maps output lines, ascending, to the spans they were printed from; a line that is not
    listed belongs to the last one listed before it, and the span `NOWHERE` to no source. `names`
    maps each printed function to its name in the text; the functions that could not be printed
    are in `diagnostics`.
    """

    text: str
    lines: tuple[tuple[int, Span], ...]
    names: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()
    assumptions: tuple[Assumption, ...] = ()

    def source_of(self, line: int) -> Span | None:
        """The source of an output line (from 1); None for what was not printed from any."""
        at = bisect_right(self.lines, line, key=lambda entry: entry[0])
        span = self.lines[at - 1][1] if at else NOWHERE
        return None if span == NOWHERE else span
