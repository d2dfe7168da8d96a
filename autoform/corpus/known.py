"""What was seen before, on disk: the rows by their names, the functions of public benchmarks."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final, Literal, Self

from autoform.corpus.row import Benchmark, Row

__all__ = ["Known"]

_WAYS: Final[tuple[Literal["exact", "normal", "ir"], ...]] = ("exact", "normal", "ir")
_MOST: Final = 20


class Known:
    """Row names and benchmark functions, in a database that is begun anew."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._data = sqlite3.connect(path, isolation_level=None)
        self._data.execute("PRAGMA journal_mode = OFF")
        self._data.execute("PRAGMA synchronous = OFF")
        self._data.execute("CREATE TABLE rows (id TEXT PRIMARY KEY) WITHOUT ROWID")
        self._data.execute("CREATE TABLE names (number INTEGER PRIMARY KEY, id TEXT)")
        self._data.execute(
            "CREATE TABLE marks (key TEXT, benchmark TEXT, item TEXT,"
            " PRIMARY KEY (key, benchmark, item)) WITHOUT ROWID"
        )
        self._data.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._data.close()

    def is_new(self, identifier: str) -> bool:
        """Whether a row of this name comes for the first time."""
        done = self._data.execute("INSERT OR IGNORE INTO rows VALUES (?)", (identifier,))
        return done.rowcount == 1

    def forget_rows(self) -> None:
        """Begin anew with the rows."""
        self._data.execute("DELETE FROM rows")

    def name(self, number: int, identifier: str) -> None:
        """Remember the name of a row by its number."""
        self._data.execute("INSERT INTO names VALUES (?, ?)", (number, identifier))

    def name_of(self, number: int) -> str:
        """The name of a row that has one remembered."""
        query = "SELECT id FROM names WHERE number = ?"
        (found,) = self._data.execute(query, (number,)).fetchone()
        return str(found)

    def mark(self, row: Row) -> None:
        """Remember the function of a public benchmark."""
        for way in _WAYS:
            if (key := _key(row, way)) is not None:
                place = (key, row["origin"]["corpus"], row["origin"]["item"])
                self._data.execute("INSERT OR IGNORE INTO marks VALUES (?, ?, ?)", place)

    def overlap(self, row: Row) -> list[Benchmark]:
        """The functions of benchmarks that a row coincides with, each in the strictest way."""
        found: dict[tuple[str, str], Benchmark] = {}
        for way in _WAYS:
            query = "SELECT benchmark, item FROM marks WHERE key = ? ORDER BY 1, 2 LIMIT ?"
            for name, item in self._data.execute(query, (_key(row, way), _MOST)):
                found.setdefault((name, item), {"benchmark": name, "item": item, "how": way})
        return [found[place] for place in sorted(found)]


def _key(row: Row, way: Literal["exact", "normal", "ir"]) -> str | None:
    found = row["shape"] if way == "ir" else row["source"][way]
    return None if found is None else f"{way}:{found}"
