"""Public sets as units, read as their manifests say, one record at a time."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from autoform.corpus.licences import NO_LICENCE, header_licence, is_spdx
from autoform.corpus.row import Licence
from autoform.corpus.sources.files import SUFFIXES
from autoform.corpus.sources.manifest import Manifest
from autoform.corpus.sources.unit import Json, Unit, UnitLanguage
from autoform.source import SourceError, read_source

__all__ = ["set_units"]

_LANGUAGES: Final[dict[str, UnitLanguage]] = {"python": "python", "rust": "rust"}
_SUFFIX: Final[dict[UnitLanguage, str]] = {"python": ".py", "rust": ".rs"}


def set_units(
    manifest: Manifest, path: Path, *, skipped: list[str] | None = None
) -> Iterator[Unit]:
    """The units of a public set; `skipped` is told of records that are none."""
    told = skipped if skipped is not None else []
    if manifest.format == "folder":
        yield from _folder_units(manifest, path, told)
        return
    for place in _record_files(path):
        for number, record in _records(place, told):
            yield from _record_units(manifest, f"{place.stem}:{number}", record, told)


# ── Records ───────────────────────────────────────────────────────────────────────────────────


def _record_files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(p for p in path.rglob("*") if p.name.endswith((".jsonl", ".jsonl.gz")))


def _records(path: Path, told: list[str]) -> Iterator[tuple[int, Json]]:
    with _open(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield number, json.loads(line)
            except ValueError as error:
                told.append(f"{path}:{number}: {error}")


def _open(path: Path) -> IO[str]:
    if path.name.endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _record_units(manifest: Manifest, place: str, record: Json, told: list[str]) -> Iterator[Unit]:
    fields = manifest.fields
    spoken = _at(record, fields.language) or manifest.language
    language = _LANGUAGES.get(spoken) if isinstance(spoken, str) else None
    if language is None:
        told.append(f"{manifest.name} {place}: the language {spoken!r} is not read")
        return
    stated = _at(record, fields.id)
    name = place if stated is None else str(stated)
    point = _at(record, fields.entry_point)
    licence = _licence(manifest, _at(record, fields.licence))
    for suffix, program in _programs(manifest, record):
        text = _handed_over(program, point) if isinstance(point, str) else program
        yield Unit(
            corpus=manifest.name,
            item=name + suffix,
            path=_file_name(name, suffix, language),
            text=text,
            language=language,
            licence=header_licence(text) or licence,
            repository=manifest.homepage or None,
            derivation=(f"assembled from {', '.join(_used(manifest, record))}",),
            entry_points=(point,) if isinstance(point, str) else None,
        )


def _handed_over(program: str, point: str) -> str:
    """The program with the call by which the set's own harness hands the function to its test.

    Without it the text does not say whom the test is about.
    """
    test = _TEST.search(program)
    if test is None or re.search(rf"^{test[1]}\({re.escape(point)}\)", program, re.MULTILINE):
        return program
    return f"{program}\n\n{test[1]}({point})\n"


_TEST: Final = re.compile(r"^def (\w+)\(candidate\):", re.MULTILINE)


def _programs(manifest: Manifest, record: Json) -> Iterator[tuple[str, str]]:
    """The programs of a record, and what tells them apart."""
    fields = manifest.fields
    before = _joined(_texts(record, fields.before))
    tests = _joined(_texts(record, fields.tests))
    if fields.solutions is None:
        parts = list(_texts(record, fields.source))
        if parts:
            yield "", _joined([before, fields.join.join(parts), tests])
        return
    for number, text in enumerate(_list(_at(record, fields.solutions))[: fields.most]):
        if isinstance(text, str):
            yield f"#{number}", _joined([before, text, tests])


def _used(manifest: Manifest, record: Json) -> list[str]:
    """The fields of the record that make a program."""
    fields = manifest.fields
    main = fields.source if fields.solutions is None else (fields.solutions,)
    named = (*fields.before, *main, *fields.tests)
    return [f"`{name}`" for name in named if _at(record, name)]


def _at(record: Json, field: str | None) -> Json:
    """A field of a record; None where there is no such field."""
    if field is None:
        return None
    for part in field.split("."):
        if not isinstance(record, dict):
            return None
        record = record.get(part)
    return record


def _texts(record: Json, fields: Iterable[str]) -> Iterator[str]:
    """The texts of fields; of a field that is a list, one after the other."""
    for field in fields:
        found = _at(record, field)
        parts = found if isinstance(found, list) else [found]
        yield from (part for part in parts if isinstance(part, str))


def _list(found: Json) -> list[Json]:
    """A list as such, or from its JSON text; anything else by itself."""
    if isinstance(found, str) and found.lstrip().startswith("["):
        try:
            read = json.loads(found)
        except ValueError:
            return [found]
        return read if isinstance(read, list) else [found]
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def _joined(parts: Iterable[str]) -> str:
    """Parts on lines of their own."""
    return "".join(f"{part.rstrip()}\n\n\n" for part in parts if part.strip()).rstrip() + "\n"


def _file_name(name: str, suffix: str, language: UnitLanguage) -> str:
    safe = "".join(c if c.isalnum() or c in "/._-" else "_" for c in name + suffix).strip("/")
    ending = _SUFFIX[language]
    return safe if safe.endswith(ending) else safe + ending


def _licence(manifest: Manifest, stated: Json) -> Licence:
    if isinstance(stated, str) and is_spdx(stated):
        return {"spdx": stated, "evidence": "record", "detail": f"`{manifest.fields.licence}`"}
    if manifest.licence is not None:
        return {"spdx": manifest.licence, "evidence": "manifest", "detail": manifest.homepage}
    return NO_LICENCE


# ── Folders ───────────────────────────────────────────────────────────────────────────────────


def _folder_units(manifest: Manifest, root: Path, told: list[str]) -> Iterator[Unit]:
    """The files that lie in a folder named for their language, in the order of their paths."""
    for folder, folders, names in os.walk(root):
        folders.sort()
        inside = Path(folder).relative_to(root).parts
        if manifest.folders and not set(manifest.folders) & set(inside):
            continue
        for name in sorted(names):
            path = Path(folder, name)
            if path.suffix not in SUFFIXES:
                continue
            try:
                text = read_source(path).text
            except SourceError as error:
                told.append(f"{path}: {error.message}")
                continue
            place = path.relative_to(root).as_posix()
            licence = header_licence(text) or _licence(manifest, None)
            language = SUFFIXES[path.suffix]
            yield Unit(
                manifest.name,
                place,
                place,
                text,
                language,
                licence,
                repository=manifest.homepage or None,
            )
