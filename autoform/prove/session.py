"""Many files proved together: with a cache, and on several processes.

What comes out, and in which order, does not depend on either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

from autoform.diagnostics import Diagnostic
from autoform.frontends.lifted import Lifted
from autoform.ir.decls import Module
from autoform.prove.cache import Cache
from autoform.prove.connected import connected
from autoform.prove.memory import Memory
from autoform.prove.pipeline import ProofResult, ProofSettings, Remember, lowered, prove
from autoform.prove.refute import Refuter
from autoform.prove.workers import Part, Workers
from autoform.verifiers.verdict import Unsupported

__all__ = ["ProofSession", "Wanted"]

Wanted: TypeAlias = tuple[Lifted, Sequence[str]]
"""A file, and the functions of it to judge."""


@dataclass(slots=True)
class ProofSession:
    """How proofs are done: how thoroughly, on how many processes, with which memory."""

    settings: ProofSettings = field(default_factory=ProofSettings)
    jobs: int = 1
    cache: Cache | None = None
    findings: list[Diagnostic] = field(default_factory=list)
    """What went wrong beside the functions: a cache that cannot be used, a lost process."""

    def prove(
        self, files: Sequence[Wanted], progress: Callable[[str], None] | None = None
    ) -> list[tuple[ProofResult, ...]]:
        """The results of each file, in source order.

        With a model everything is done in this process, which alone has the network and the key,
        and nothing is remembered: tomorrow the model may answer better.
        """
        has_model = self.settings.model is not None
        if self.jobs == 1 or has_model:
            found = [
                prove(
                    lifted,
                    names,
                    settings=self.settings,
                    progress=progress,
                    remember=None if has_model else remembering(self.cache, self.settings),
                )
                for lifted, names in files
            ]
        else:
            found = self._in_parallel(files, progress)
        if self.cache is not None:
            self.findings.extend(self.cache.warnings)
            self.cache.warnings.clear()
        return found

    def _in_parallel(
        self, files: Sequence[Wanted], progress: Callable[[str], None] | None
    ) -> list[tuple[ProofResult, ...]]:
        results = [list(_refused(lifted, names)) for lifted, names in files]
        parts = [
            Part(place, lifted, lowered(lifted.module), group)
            for place, (lifted, names) in enumerate(files)
            for group in connected(lifted.module, _known(names, lifted))
        ]
        path = self.cache.path if self.cache is not None else None
        with Workers(self.jobs, self.settings, path) as workers:
            for part, answer in workers.prove(parts, progress):
                results[part.file].extend(answer.results)
                self.findings.extend(f for f in answer.findings if f not in self.findings)
        return [
            tuple(sorted(each, key=lambda result: (result.span.start_line, result.name)))
            for each in results
        ]


def remembering(cache: Cache | None, settings: ProofSettings) -> Remember | None:
    """How one file is remembered, if there is a cache."""
    return None if cache is None else partial(_open, cache, settings)


def _open(
    cache: Cache, settings: ProofSettings, lifted: Lifted, low: Module, refuter: Refuter
) -> Memory:
    return Memory(cache, settings, lifted, low, refuter)


def _known(names: Sequence[str], lifted: Lifted) -> list[str]:
    there = {function.name for function in lifted.module.functions}
    return [name for name in names if name in there]


def _refused(lifted: Lifted, names: Sequence[str]) -> Iterator[ProofResult]:
    for name in names:
        if found := lifted.refused.get(name, ()):
            yield ProofResult(name, found[0].span, Unsupported(found))
