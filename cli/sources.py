"""The files and functions that a call names: `FILE`, a folder, `FILE::name`."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autoform.diagnostics import Diagnostic, diagnostic
from autoform.source import Span

__all__ = ["Request", "Requests", "find_requests", "unknown_names"]

SUFFIXES = frozenset({".py", ".rs"})


@dataclass(frozen=True, slots=True)
class Request:
    """One source file, and the functions wanted of it: all when `names` is None.

    `place` is where the file stands below the folder that was named, or its bare name: where its
    output goes below the output folder.
    """

    path: Path
    place: Path
    names: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Requests:
    """What a call asks for, and what is wrong with the asking."""

    files: tuple[Request, ...]
    problems: tuple[Diagnostic, ...]


def find_requests(arguments: Sequence[str], select: Sequence[str]) -> Requests:
    """Find the files of a call. A file named twice is one request."""
    chosen = frozenset(select) or None
    found: dict[Path, Request] = {}
    problems: list[Diagnostic] = []
    for argument in arguments:
        path, name = _split(argument)
        names = frozenset({name}) if name else chosen
        if path.is_dir():
            files = [replace(r, names=chosen) for r in _walk(path)]
            if not files:
                problems.append(_problem(path, f"`{path}` holds no Python or Rust file"))
        elif path.suffix not in SUFFIXES and path.exists():
            problems.append(_problem(path, f"`{path}` is neither a `.py` nor a `.rs` file"))
            continue
        else:
            files = [Request(path, Path(path.name), names)]
        for request in files:
            found[request.path] = _joined(found.get(request.path), request)
    return Requests(tuple(found.values()), tuple(problems))


def _split(argument: str) -> tuple[Path, str]:
    """`FILE::name` apart; a file whose own name holds `::` is taken as it is."""
    path, separator, name = argument.rpartition("::")
    if not separator or not path or Path(argument).exists():
        return Path(argument), ""
    return Path(path), name


def _walk(folder: Path) -> Iterator[Request]:
    """The source files below a folder, in a fixed order.

    Hidden folders, caches and virtual environments hold nothing that was meant.
    """
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if _is_searched(Path(place, name)))
        for name in sorted(names):
            path = Path(place, name)
            if path.suffix in SUFFIXES and not name.startswith("."):
                yield Request(path, path.relative_to(folder), None)


def _is_searched(folder: Path) -> bool:
    hidden = folder.name.startswith(".") or folder.name in {"__pycache__", "node_modules"}
    return not hidden and not (folder / "pyvenv.cfg").exists()


def _joined(first: Request | None, second: Request) -> Request:
    if first is None or second.names is None:
        return second
    return first if first.names is None else replace(first, names=first.names | second.names)


def _problem(path: Path, message: str) -> Diagnostic:
    return diagnostic("no-source-file", message, Span(str(path), 0, 0, 0, 0))


def unknown_names(wanted: Iterable[str], known: Iterable[str], where: str) -> list[Diagnostic]:
    """A finding for each function that was asked for and is not there."""
    known = sorted(known)
    findings = []
    for name in sorted(set(wanted) - set(known)):
        close = difflib.get_close_matches(name, known, n=1)
        way_out = f"did you mean `{close[0]}`?" if close else None
        message = f"there is no function `{name}` in {where}"
        span = Span("", 0, 0, 0, 0)
        findings.append(diagnostic("no-such-function", message, span, help=way_out))
    return findings
