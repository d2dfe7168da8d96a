"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

__all__ = ["write_whole", "writing"]


@contextmanager
def writing(path: Path) -> Iterator[IO[bytes]]:
    """A file that is put into place, in one step, when the context ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def write_whole(path: Path, text: str) -> None:
    """Put a text at a path."""
    with writing(path) as file:
        file.write(text.encode("utf-8", "surrogatepass"))
