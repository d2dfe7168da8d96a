"""Files and folders; where they lie in a git checkout, its commit and its licence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from autoform.corpus.licences import NO_LICENCE, header_licence, repository_licence
from autoform.corpus.row import Licence
from autoform.corpus.sources.unit import Unit, UnitLanguage
from autoform.processes import MissingProgram, run
from autoform.source import SourceError, read_source

__all__ = ["SUFFIXES", "file_units", "source_paths"]

SUFFIXES: Final[dict[str, UnitLanguage]] = {".py": "python", ".rs": "rust"}
_GIT_SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class _Checkout:
    """What is known of the repository around a folder."""

    root: Path
    commit: str | None
    repository: str | None
    changed: frozenset[str]
    licence: Licence | None


def file_units(path: Path, *, skipped: list[str] | None = None) -> Iterator[Unit]:
    """A unit for each source file at or below a path, in the order of their names.

    A file that cannot be read is no unit; `skipped` is told of it.
    """
    path = path.absolute()
    folder = path if path.is_dir() else path.parent
    checkout = _checkout(folder)
    for each in source_paths(path):
        try:
            text = read_source(each).text
        except SourceError as error:
            if skipped is not None:
                skipped.append(f"{each}: {error.message}")
            continue
        yield _unit(each, text, folder, checkout)


def source_paths(path: Path) -> Iterator[Path]:
    """The source files at or below a path; hidden folders and environments hold nothing meant."""
    if path.is_file():
        yield path
        return
    for place, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if _is_searched(Path(place, name)))
        for name in sorted(names):
            if Path(name).suffix in SUFFIXES and not name.startswith("."):
                yield Path(place, name)


def _is_searched(folder: Path) -> bool:
    hidden = folder.name.startswith(".") or folder.name in {"__pycache__", "node_modules", "target"}
    return not hidden and not (folder / "pyvenv.cfg").exists()


def _unit(path: Path, text: str, folder: Path, checkout: _Checkout | None) -> Unit:
    root = checkout.root if checkout else folder
    place = path.relative_to(root).as_posix()
    licence = header_licence(text)
    if licence is None:
        licence = checkout.licence if checkout and checkout.licence else NO_LICENCE
    changed = bool(checkout and place in checkout.changed)
    return Unit(
        corpus=root.name,
        item=place,
        path=place,
        text=text,
        language=SUFFIXES[path.suffix],
        licence=licence,
        repository=checkout.repository if checkout else None,
        commit=checkout.commit if checkout else None,
        derivation=("changed since the commit",) if changed else (),
    )


# ── Checkouts ─────────────────────────────────────────────────────────────────────────────────


def _checkout(folder: Path) -> _Checkout | None:
    """The git checkout that a folder lies in, by the `.git` at its root."""
    root = next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)
    if root is None:
        licence = repository_licence(folder)
        return _Checkout(folder, None, None, frozenset(), licence) if licence else None
    commit = (_git(root, "rev-parse", "HEAD") or "").strip() or None
    remote = (_git(root, "config", "--get", "remote.origin.url") or "").strip()
    status = _git(root, "status", "--porcelain", "-z", "--no-renames") or ""
    changed = frozenset(line[3:] for line in status.split("\0") if line)
    return _Checkout(root, commit, _public(remote), changed, repository_licence(root))


def _git(root: Path, *arguments: str) -> str | None:
    """What git says of a checkout; nothing where there is none, or it does not trust the place."""
    env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    try:
        done = run(
            ["git", "-C", str(root), *arguments],
            timeout_cpu=_GIT_SECONDS,
            timeout_wall=3 * _GIT_SECONDS,
            env={**env, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8"},
        )
    except MissingProgram:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _public(remote: str) -> str | None:
    """The address of a repository without the user and password that it may hold.

    >>> _public("https://me:secret@example.org/a/b.git")
    'https://example.org/a/b.git'
    """
    scheme, separator, rest = remote.partition("://")
    if not separator:
        return remote if remote and not remote.startswith(("/", ".")) else None
    if scheme == "file":
        return None
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"
