"""Near-duplicates by MinHash: signatures are cut into bands, and rows that share one are a group.

The rows of a corpus need not fit into memory: bands are kept in a database on disk, and of each
row only one number is held.
"""

from __future__ import annotations

import hashlib
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

__all__ = ["Groups", "bands"]

_SHINGLE: Final = 5
_BANDS: Final = 16
_ROWS: Final = 8
"""16 bands of 8: of pairs alike by 0.6 a quarter meet, by 0.7 two thirds, by 0.8 nineteen of 20."""


def bands(tokens: list[str]) -> list[str]:
    """The bands of a token sequence's signature: equal ones make two sequences alike."""
    from datasketch import MinHash

    sketch = MinHash(num_perm=_BANDS * _ROWS, seed=1)
    width = min(_SHINGLE, len(tokens))
    shingles = {" ".join(tokens[i : i + width]) for i in range(len(tokens) - width + 1)}
    sketch.update_batch([shingle.encode("utf-8", "surrogatepass") for shingle in sorted(shingles)])
    values = sketch.digest()
    return [
        hashlib.sha256(
            bytes([band]) + values[band * _ROWS : (band + 1) * _ROWS].astype("<u8").tobytes()
        ).hexdigest()[:24]
        for band in range(_BANDS)
    ]


class Groups:
    """Which rows belong together, by what they share; rows are numbered as they come."""

    def __init__(self, path: Path) -> None:
        """Keep the bands in a database at this path, begun anew."""
        path.unlink(missing_ok=True)
        self._data = sqlite3.connect(path, isolation_level=None)
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32768"):
            self._data.execute(f"PRAGMA {setting}")
        self._data.execute("CREATE TABLE first (band TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID")
        self._data.execute("BEGIN")
        self._parents = array("q")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._data.close()

    def add(self, shared: Iterable[str]) -> int:
        """Add the next row with whatever it may share with others; its number."""
        row = len(self._parents)
        self._parents.append(row)
        for band in shared:
            found = self._data.execute("SELECT row FROM first WHERE band = ?", (band,)).fetchone()
            if found is None:
                self._data.execute("INSERT INTO first VALUES (?, ?)", (band, row))
            else:
                self._join(found[0], row)
        return row

    def first(self, row: int) -> int:
        """The first row of the row's group, by which the group is known."""
        parents = self._parents
        while parents[row] != row:
            parents[row] = parents[parents[row]]
            row = parents[row]
        return row

    def sizes(self) -> array[int]:
        """For each row that is the first of its group, how many the group has; else 0."""
        found = array("q", bytes(8 * len(self._parents)))
        for row in self._rows():
            found[self.first(row)] += 1
        return found

    def _rows(self) -> Iterator[int]:
        return iter(range(len(self._parents)))

    def _join(self, one: int, other: int) -> None:
        low, high = sorted((self.first(one), self.first(other)))
        self._parents[high] = low
