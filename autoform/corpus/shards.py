"""Rows written as shards of JSONL and Parquet; what has no licence lies in a folder of its own.

data/train-00000.parquet        jsonl/train-00000.jsonl
unlicensed/data/…               unlicensed/jsonl/…
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final, Self

from autoform.corpus.parquet import ParquetFile
from autoform.corpus.row import Row, Split

__all__ = ["DATA", "JSONL", "UNLICENSED", "ShardWriter", "read_rows", "row_line"]

DATA: Final = "data"
JSONL: Final = "jsonl"
UNLICENSED: Final = "unlicensed"


def row_line(row: Row) -> str:
    """A row as a line of JSON, the same for the same row everywhere."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


@dataclass(slots=True)
class _Shard:
    """The shard of one split that is being written."""

    number: int
    lines: IO[str]
    table: ParquetFile
    rows: int = 0

    def close(self) -> None:
        self.lines.close()
        self.table.close()


@dataclass(slots=True)
class ShardWriter:
    """Writes rows below a folder, each to its split's shard; a full shard is closed."""

    folder: Path
    most: int
    _shards: dict[tuple[bool, Split], _Shard] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Write a row."""
        place = (row["licence"]["spdx"] is not None, row["split"])
        shard = self._shards.get(place)
        if shard is None or shard.rows == self.most:
            shard = self._next(place, shard)
        shard.lines.write(row_line(row))
        shard.table.add(row)
        shard.rows += 1

    def _next(self, place: tuple[bool, Split], last: _Shard | None) -> _Shard:
        if last is not None:
            last.close()
        number = last.number + 1 if last else 0
        licensed, split = place
        root = self.folder if licensed else self.folder / UNLICENSED
        name = f"{split}-{number:05}"
        (root / JSONL).mkdir(parents=True, exist_ok=True)
        lines = (root / JSONL / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n")
        shard = _Shard(number, lines, ParquetFile(root / DATA / f"{name}.parquet"))
        self._shards[place] = shard
        return shard

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        for shard in self._shards.values():
            shard.close()


def read_rows(folder: Path, *, unlicensed: bool = True) -> Iterator[tuple[Path, int, Row]]:
    """The rows of a data set, or of one JSONL file, each with its place."""
    if folder.is_file():
        paths = [folder]
    else:
        roots = [folder / JSONL, *([folder / UNLICENSED / JSONL] if unlicensed else [])]
        paths = [path for root in roots for path in sorted(root.glob("*.jsonl"))]
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                yield path, number, json.loads(line)
