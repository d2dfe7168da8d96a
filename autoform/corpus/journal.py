"""What is finished, on disk, so that a build that was killed at any moment goes on where it was.

Units are numbered, and kept by the block. The units of an open block are appended to its journal
as they finish, each as one line with its checksum; a line that a kill cut short does not count.
When all units of a block are there, the block is sealed: written in order, in one step.

    journal/00000003.jsonl    open: units in the order in which they finished
    sealed/00000003.jsonl     sealed: all units of the block in their order
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final, TypedDict

from autoform.corpus.confirming import Made
from autoform.corpus.engines import Finished
from autoform.corpus.sources.unit import Json
from autoform.corpus.writing import write_whole

__all__ = ["Journal", "SourcesChanged", "UnitRecord"]

_CHECK: Final = 16
DEFAULT_BLOCK: Final = 64


class SourcesChanged(Exception):
    """A unit that is finished is not the unit that the sources now have in its place."""


class UnitRecord(TypedDict):
    """A finished unit as it is kept."""

    number: int
    digest: str
    made: list[Made]
    seconds: list[float]


@dataclass(slots=True)
class _Block:
    """An open block: its finished units by number, as lines, and the end of its journal."""

    path: Path
    lines: dict[int, str] = field(default_factory=dict)
    digests: dict[int, str] = field(default_factory=dict)
    file: IO[bytes] | None = None


@dataclass(slots=True)
class Journal:
    """The finished units of a build, below a folder."""

    folder: Path
    size: int = DEFAULT_BLOCK
    _open: dict[int, _Block] = field(default_factory=dict)
    _sealed: tuple[int, dict[int, str]] | None = None

    def __post_init__(self) -> None:
        for name in ("journal", "sealed"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
            for left in (self.folder / name).glob(".*.part"):
                left.unlink()

    def has(self, number: int, digest: str) -> bool:
        """Whether a unit is finished. Raises `SourcesChanged` when it was another then."""
        kept = self._digests(number // self.size).get(number)
        if kept is not None and kept != digest:
            raise SourcesChanged(f"unit {number} is not what it was when the build began")
        return kept is not None

    def add(self, finished: Finished, digest: str) -> None:
        """Keep a unit that is finished; it is on the disk when this returns."""
        record: UnitRecord = {
            "number": finished.number,
            "digest": digest,
            "made": list(finished.made),
            "seconds": list(finished.seconds),
        }
        line = json.dumps(record, separators=(",", ":"), ensure_ascii=True)
        block = self._block(finished.number // self.size)
        if block.file is None:
            block.file = block.path.open("ab")
        block.file.write(f"{_checksum(line)} {line}\n".encode())
        block.file.flush()
        os.fsync(block.file.fileno())
        block.lines[finished.number] = line
        block.digests[finished.number] = digest
        if len(block.lines) == self.size:
            self._seal(finished.number // self.size)

    def finish(self, count: int) -> None:
        """Seal what is open: there are `count` units, all of them finished.

        Raises `SourcesChanged` when more were finished once.
        """
        for number in sorted(self._open):
            if self._open[number].lines:
                self._seal(number)
        self._open.clear()
        last = max((self.folder / "sealed").glob("*.jsonl"), default=None)
        if last is not None and max(self._digests(int(last.stem))) >= count:
            raise SourcesChanged(f"there are {count} units, and were more when the build began")

    def close(self) -> None:
        """Let go of the files; what is finished is on the disk."""
        for block in self._open.values():
            if block.file is not None:
                block.file.close()
        self._open.clear()

    def records(self) -> Iterator[UnitRecord]:
        """All units of sealed blocks, in order."""
        for path in sorted((self.folder / "sealed").glob("*.jsonl")):
            with path.open(encoding="ascii") as lines:
                for line in lines:
                    yield json.loads(line)

    # ── Blocks ────────────────────────────────────────────────────────────────────────────────

    def _digests(self, number: int) -> dict[int, str]:
        is_open = number in self._open or self._journal_path(number).exists()
        if is_open or not self._sealed_path(number).exists():
            return self._block(number).digests
        if self._sealed is None or self._sealed[0] != number:
            lines = self._sealed_lines(number)
            self._sealed = (number, dict(_number_and_digest(json.loads(x)) for x in lines))
        return self._sealed[1]

    def _block(self, number: int) -> _Block:
        """An open block, with what the disk holds of it when it is first asked for.

        A kill between sealing and the end of the journal leaves both; a block that was sealed as
        the last, with fewer units, is opened again when there are more.
        """
        if number in self._open:
            return self._open[number]
        block = _Block(self._journal_path(number))
        for line in (*self._sealed_lines(number), *_whole_lines(block.path)):
            unit, digest = _number_and_digest(json.loads(line))
            block.lines[unit], block.digests[unit] = line, digest
        self._open[number] = block
        if len(block.lines) == self.size:
            self._seal(number)
        return block

    def _sealed_lines(self, number: int) -> list[str]:
        with suppress(FileNotFoundError):
            return self._sealed_path(number).read_text(encoding="ascii").splitlines()
        return []

    def _journal_path(self, number: int) -> Path:
        return self.folder / "journal" / f"{number:08}.jsonl"

    def _seal(self, number: int) -> None:
        block = self._open.pop(number)
        if block.file is not None:
            block.file.close()
        self._sealed = None
        lines = (block.lines[unit] for unit in sorted(block.lines))
        write_whole(self._sealed_path(number), "".join(f"{line}\n" for line in lines))
        block.path.unlink(missing_ok=True)

    def _sealed_path(self, number: int) -> Path:
        return self.folder / "sealed" / f"{number:08}.jsonl"


def _whole_lines(path: Path) -> Iterator[str]:
    """The lines of a journal up to the first that is not whole, which is cut off."""
    with suppress(FileNotFoundError), path.open("rb+") as file:
        good = 0
        for line in file:
            check, _, text = line.decode("ascii", "replace").rstrip("\n").partition(" ")
            if not line.endswith(b"\n") or check != _checksum(text):
                break
            good += len(line)
            yield text
        file.truncate(good)


def _checksum(line: str) -> str:
    return hashlib.sha256(line.encode("ascii", "replace")).hexdigest()[:_CHECK]


def _number_and_digest(record: Json) -> tuple[int, str]:
    return record["number"], record["digest"]
