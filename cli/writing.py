"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from autoform.diagnostics import Diagnostic, diagnostic
from autoform.source import Span
from autoform.specify.hosts.edits import Edit, with_edits

__all__ = ["cannot_write", "insert_lines", "write_whole"]


def write_whole(path: Path, text: str) -> None:
    """Put a text at a path, folders included, or raise `OSError` and leave what was there.

    The text is written beside its place first, forced to the disk, and then put into place in one
    step, so that no reader and no crash ever sees half of it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def insert_lines(path: Path, edits: Iterable[Edit]) -> None:
    """Put lines into a source file, whole or not at all; its bytes stay as they are otherwise."""
    mode = path.stat().st_mode & 0o777
    text = path.read_bytes().decode("utf-8")
    write_whole(path.resolve(), with_edits(text, edits))
    os.chmod(path, mode)


def _umask() -> int:
    """The permissions that new files do not get; there is no way to read it but to set it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def cannot_write(path: Path, error: OSError) -> Diagnostic:
    """The finding behind a file that could not be written."""
    reason = (error.strerror or str(error)).lower()
    span = Span(str(path), 0, 0, 0, 0)
    return diagnostic("cannot-write", f"cannot write `{path}`: {reason}", span)
