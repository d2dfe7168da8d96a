"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from autoform.diagnostics import Diagnostic, diagnostic
from autoform.source import Span

__all__ = ["cannot_write", "write_whole"]


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
