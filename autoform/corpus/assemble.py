"""From the journal to the data set: what is said of all rows together, and all files.

Rows are read twice and never held: first for near-duplicates and benchmarks, which need all of
them, then to be written. Files are made beside their places and put there together.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from autoform.corpus.card import card, lines_card
from autoform.corpus.croissant import croissant
from autoform.corpus.journal import Journal
from autoform.corpus.known import Known
from autoform.corpus.row import Row, Split
from autoform.corpus.shards import DATA, JSONL, UNLICENSED, ShardWriter
from autoform.corpus.similar import Groups
from autoform.corpus.statistics import Statistics
from autoform.corpus.writing import write_whole

__all__ = ["Assembly", "assemble"]

_PLACED: Final = (DATA, JSONL, UNLICENSED)
_HELD_BACK: Final = 20
"""One group of twenty goes to validation, and one to test."""


@dataclass(frozen=True, slots=True)
class Assembly:
    """A data set that is in place."""

    folder: Path
    rows: int
    statistics: Statistics
    files: tuple[Path, ...]


def assemble(
    folder: Path,
    units: Journal,
    benchmarks: Journal,
    *,
    benchmark_names: frozenset[str],
    title: str,
    shard_rows: int,
    command: str,
) -> Assembly:
    """Write the data set of a finished journal, and put it in the place of what was there."""
    work = units.folder.parent
    out = work / "out"
    shutil.rmtree(out, ignore_errors=True)
    (folder / "MANIFEST.json").unlink(missing_ok=True)
    statistics = Statistics()
    with ExitStack() as stack:
        groups = stack.enter_context(Groups(work / "groups.sqlite"))
        known = stack.enter_context(Known(work / "known.sqlite"))
        for row, _, _ in _made(benchmarks):
            known.mark(row)
        _survey(units, groups, known, benchmark_names)
        tainted = _tainted(units, groups, known)
        writer = stack.enter_context(ShardWriter(out, shard_rows))
        for row, seconds in _rows(units, groups, known, tainted):
            writer.add(row)
            statistics.add(row, seconds)
    write_whole(out / "statistics.json", statistics.to_text())
    splits = sorted({path.name.partition("-")[0] for path in (out / DATA).glob("*.parquet")})
    write_whole(out / "README.md", card(title, statistics, command, splits))
    if splits:
        write_whole(out / JSONL / "README.md", lines_card(splits))
    files = sorted(path for path in out.rglob("*") if path.is_file())
    write_whole(out / "croissant.json", croissant(title, statistics, out, files))
    _put(out, folder)
    placed = _written(folder)
    write_whole(folder / "MANIFEST.json", _manifest(folder, placed, statistics.rows))
    for name in ("groups.sqlite", "known.sqlite"):
        (work / name).unlink(missing_ok=True)
    return Assembly(folder, statistics.rows, statistics, tuple(placed))


def _made(journal: Journal) -> Iterator[tuple[Row, list[str], float]]:
    for record in journal.records():
        for made, seconds in zip(record["made"], record["seconds"], strict=True):
            yield made["row"], made["bands"], seconds


def _survey(units: Journal, groups: Groups, known: Known, benchmark_names: frozenset[str]) -> None:
    """Number the rows and join near-duplicates; a group has the name of its first row."""
    for row, shared, _ in _made(units):
        if not known.is_new(row["id"]):
            continue
        keys = [*shared, f"normal:{row['source']['normal']}"]
        number = groups.add(keys)
        if groups.first(number) == number:
            known.name(number, row["id"])
        if row["origin"]["corpus"] in benchmark_names:
            known.mark(row)


def _numbered(units: Journal, seen: Known) -> Iterator[tuple[int, Row, float]]:
    """The rows with their numbers, each name once."""
    seen.forget_rows()
    number = 0
    for row, _, seconds in _made(units):
        if seen.is_new(row["id"]):
            yield number, row, seconds
            number += 1


def _tainted(units: Journal, groups: Groups, known: Known) -> frozenset[int]:
    """The groups of which some row is in a benchmark: none of them is trained on."""
    return frozenset(
        groups.first(number) for number, row, _ in _numbered(units, known) if known.overlap(row)
    )


def _rows(
    units: Journal,
    groups: Groups,
    known: Known,
    tainted: frozenset[int],
) -> Iterator[tuple[Row, float]]:
    """The rows as they are written."""
    sizes = groups.sizes()
    for number, row, seconds in _numbered(units, known):
        first = groups.first(number)
        group = known.name_of(first)
        row["twins"] = {"group": group, "size": sizes[first], "first": first == number}
        row["overlap"] = known.overlap(row)
        row["split"] = "test" if first in tainted else _split(group)
        yield row, seconds


def _split(group: str) -> Split:
    """The split of a group, by nothing but its name."""
    place = int(hashlib.sha256(group.encode()).hexdigest()[:8], 16) % _HELD_BACK
    return "test" if place == 0 else "validation" if place == 1 else "train"


# ── Files ─────────────────────────────────────────────────────────────────────────────────────


def _put(out: Path, folder: Path) -> None:
    """Move what was made into its place; what was there before goes first."""
    for name in _PLACED:
        shutil.rmtree(folder / name, ignore_errors=True)
    for path in sorted(out.iterdir()):
        path.replace(folder / path.name)
    out.rmdir()


def _written(folder: Path) -> list[Path]:
    places = [*(folder / name for name in _PLACED), folder / "README.md"]
    places += [folder / "statistics.json", folder / "croissant.json"]
    found: list[Path] = []
    for place in places:
        found += sorted(place.rglob("*")) if place.is_dir() else [place]
    return [path for path in found if path.is_file()]


def _manifest(folder: Path, files: Iterable[Path], rows: int) -> str:
    """The files with their hashes: when this is there, the data set is whole."""
    hashes = {path.relative_to(folder).as_posix(): _hash(path) for path in files}
    return json.dumps({"rows": rows, "sha256": hashes}, indent=2) + "\n"


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
