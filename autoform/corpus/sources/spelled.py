"""Sources as a command line spells them.

src/                     files and folders, with the licence of the checkout around them
humaneval=rows.jsonl     a public set, by the name of its manifest or by the manifest's path
synthetic:500            so many generated functions; `synthetic:500:7` with a seed
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from autoform.corpus.sources.files import file_units
from autoform.corpus.sources.manifest import Manifest, find_manifest
from autoform.corpus.sources.public_sets import set_units
from autoform.corpus.sources.synthetic import synthetic_units
from autoform.corpus.sources.unit import Unit

__all__ = ["SourceMissing", "Sources", "read_sources"]

_SYNTHETIC: Final = re.compile(r"synthetic:(\d+)(?::(\d+))?")
_SET: Final = re.compile(r"([\w./-]+)=(.+)")


class SourceMissing(Exception):
    """A source that is not there; the message names it."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The units of a call's sources, as often as one asks, and which of them are benchmarks."""

    streams: tuple[Callable[[list[str]], Iterator[Unit]], ...]
    benchmarks: frozenset[str]
    skipped: list[str]
    """What was no unit, in words, when the units have been read."""

    def units(self) -> Iterator[Unit]:
        """All units, source by source."""
        self.skipped.clear()
        return chain.from_iterable(stream(self.skipped) for stream in self.streams)


def read_sources(spelled: Sequence[str]) -> Sources:
    """Find the sources. Raises `SourceMissing` and `ManifestError`."""
    streams: list[Callable[[list[str]], Iterator[Unit]]] = []
    benchmarks: set[str] = set()
    for text in spelled:
        generated = _SYNTHETIC.fullmatch(text)
        of_set = None if Path(text).exists() else _SET.fullmatch(text)
        if generated is not None:
            streams.append(_synthetic(int(generated[1]), int(generated[2] or 0)))
        elif of_set is not None:
            manifest = find_manifest(of_set[1])
            streams.append(_public(manifest, _existing(of_set[2])))
            if manifest.benchmark:
                benchmarks.add(manifest.name)
        else:
            streams.append(_files(_existing(text)))
    return Sources(tuple(streams), frozenset(benchmarks), [])


def _existing(text: str) -> Path:
    path = Path(text)
    if not path.exists():
        raise SourceMissing(f"there is no `{text}`")
    return path


def _synthetic(count: int, seed: int) -> Callable[[list[str]], Iterator[Unit]]:
    return lambda _skipped: synthetic_units(count, seed)


def _public(manifest: Manifest, path: Path) -> Callable[[list[str]], Iterator[Unit]]:
    return lambda skipped: set_units(manifest, path, skipped=skipped)


def _files(path: Path) -> Callable[[list[str]], Iterator[Unit]]:
    return lambda skipped: file_units(path, skipped=skipped)
