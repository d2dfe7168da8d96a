"""Requests turned into lifted files, with everything that went wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import autoform
from autoform.diagnostics import Diagnostic, diagnostic, from_source_error
from autoform.ir.restriction import restricted
from autoform.source import SourceError, SourceFile, Span, read_source

from .sources import Request, Requests, unknown_names

__all__ = ["LiftedFile", "lift_requests"]


@dataclass(frozen=True, slots=True)
class LiftedFile:
    """One file of a call, lifted as far as it goes.

    `lifted` is None when there is no text to lift. `findings` are those about the file and about
    the functions that were asked for and are not in it; those about functions are in `lifted`.
    """

    request: Request
    source: SourceFile | None
    lifted: autoform.Lifted | None
    findings: tuple[Diagnostic, ...]

    @property
    def names(self) -> list[str]:
        """The functions in question: those asked for, or all, in source order."""
        if self.lifted is None:
            return []
        found = {function.name for function in self.lifted.named}
        found |= self.lifted.refused.keys()
        wanted = self.request.names
        names = [name for name in found if wanted is None or name in wanted]
        return sorted(names, key=lambda name: (self.line(name), name))

    def line(self, name: str) -> int:
        """The line on which a function begins."""
        if self.lifted is None or self.source is None:
            return 0
        for function in self.lifted.module.functions:
            if function.name == name:
                return function.span.start_line
        defined = re.compile(rf"^(?:async +)?(?:pub +)?(?:def|fn) +{re.escape(name)}\b")
        for number, line in enumerate(self.source.lines, 1):
            if defined.match(line):
                return number
        return next((found.span.start_line for found in self.lifted.refused[name]), 0)


def lift_requests(requests: Requests, *, selected: frozenset[str]) -> Iterator[LiftedFile]:
    """Read and lift file after file. `selected` are names that need not be in every file."""
    for request in requests.files:
        try:
            source = read_source(request.path)
        except SourceError as error:
            yield LiftedFile(request, None, None, (from_source_error(error),))
            continue
        lifted = autoform.lift(source, select=request.names)
        if request.names is not None:
            lifted = replace(lifted, module=restricted(lifted.module, request.names))
        yield LiftedFile(request, source, lifted, tuple(_file_findings(request, lifted, selected)))


def _file_findings(
    request: Request, lifted: autoform.Lifted, selected: frozenset[str]
) -> Iterator[Diagnostic]:
    of_functions = {id(found) for each in lifted.refused.values() for found in each}
    general = [found for found in lifted.diagnostics if id(found) not in of_functions]
    yield from general
    if not (general or lifted.refused or lifted.module.functions):
        place = Span(lifted.source.path, 0, 0, 0, 0)
        yield diagnostic("empty-file", f"`{lifted.source.path}` defines no function", place)
    if request.names is not None:
        known = {f.name for f in lifted.module.functions} | set(lifted.refused)
        yield from unknown_names(request.names - selected, known, f"`{request.path}`")
