"""What was found before, in one SQLite file under the user's cache folder.

A cache is a convenience: where it is broken, full or forbidden, the work is done without it and
one warning says so. A record is taken only when its checksum is that of its key and its text, so
that no half-written or foreign record is ever believed. Many processes may use the file at once,
and any of them may be killed at any moment.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from autoform.diagnostics import Diagnostic, diagnostic
from autoform.source import Span

__all__ = ["Cache", "cache_file"]

_SCHEMA: Final = 1
_BUSY_SECONDS: Final = 5.0
_MOST_RECORDS: Final = 200_000

_OF_THE_MACHINE: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_NOLFS,
    }
)
"""Errors that say nothing against the file."""


def cache_file() -> Path:
    """Where the cache is: below XDG_CACHE_HOME, or else `~/.cache`."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(named) if named and Path(named).is_absolute() else Path.home() / ".cache"
    return base / "autoform" / f"verdicts-{_SCHEMA}.sqlite"


@dataclass(slots=True)
class Cache:
    """Records by key. After the first failure it holds nothing and says so once in `warnings`."""

    path: Path
    warnings: list[Diagnostic] = field(default_factory=list)
    hits: int = 0
    _connection: sqlite3.Connection | None = None
    _is_off: bool = False

    def get(self, key: str) -> Any | None:  # noqa: ANN401 - whatever was put
        """The record under a key, if there is a sound one."""
        row = self._try(lambda db: _row(db, key))
        if row is None:
            return None
        text, checksum = row
        if not isinstance(text, str) or checksum != _checksum(key, text):
            return None
        try:
            found = json.loads(text)
        except ValueError:
            return None
        self.hits += 1
        return found

    def put(self, key: str, record: object) -> None:
        """Keep a record. Should that fail, nothing is lost but time."""
        text = json.dumps(record, separators=(",", ":"))
        values = (key, text, _checksum(key, text), int(time.time()))
        self._try(lambda db: _write(db, values))

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _try(self, act: Callable[[sqlite3.Connection], Any]) -> Any:  # noqa: ANN401 - its result
        """Do something with the file: a broken one is set aside once, then the cache is off."""
        if self._is_off:
            return None
        try:
            return act(self._open())
        except sqlite3.DatabaseError as error:
            if not _is_corrupt(error):
                return self._give_up(str(error))
        except (OSError, RuntimeError) as error:
            return self._give_up(str(error))
        return self._after_corruption(act)

    def _after_corruption(self, act: Callable[[sqlite3.Connection], Any]) -> Any:  # noqa: ANN401 - its result
        self.close()
        aside = self.path.with_name(f"{self.path.name}.broken-{os.getpid()}-{time.time_ns()}")
        try:
            if self.path.exists():
                os.replace(self.path, aside)
            # What belongs to the broken file must not be read as part of the new one.
            for suffix in ("-wal", "-shm"):
                with suppress(FileNotFoundError):
                    os.unlink(f"{self.path}{suffix}")
            self._warn(f"the cache was broken, and is kept as `{aside}`; a new one is begun")
            return act(self._open())
        except (OSError, sqlite3.Error) as error:
            return self._give_up(str(error))

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)
            self._connection = db
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute(
                "CREATE TABLE IF NOT EXISTS records "
                "(key TEXT PRIMARY KEY, text TEXT, checksum TEXT, made INTEGER) WITHOUT ROWID"
            )
        return self._connection

    def _give_up(self, reason: str) -> None:
        self.close()
        self._is_off = True
        self._warn(f"the cache cannot be used, so nothing is kept: {reason}")

    def _warn(self, message: str) -> None:
        span = Span(str(self.path), 0, 0, 0, 0)
        if not self.warnings:
            self.warnings.append(diagnostic("cache-unusable", message, span))


def _row(db: sqlite3.Connection, key: str) -> tuple[object, object] | None:
    found: tuple[object, object] | None = db.execute(
        "SELECT text, checksum FROM records WHERE key = ?", (key,)
    ).fetchone()
    return found


def _write(db: sqlite3.Connection, values: tuple[str, str, str, int]) -> None:
    db.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?)", values)
    (count,) = db.execute("SELECT count(*) FROM records").fetchone()
    if count > _MOST_RECORDS:
        db.execute(
            "DELETE FROM records WHERE key IN (SELECT key FROM records ORDER BY made LIMIT ?)",
            (_MOST_RECORDS // 10,),
        )


def _checksum(key: str, text: str) -> str:
    return hashlib.sha256(f"{key}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()


def _is_corrupt(error: sqlite3.DatabaseError) -> bool:
    """Whether the file is to blame, and not another process, the disk or the rights to it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF not in _OF_THE_MACHINE
