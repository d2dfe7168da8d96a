"""Manifests: how the records of a public set are read. `corpora/manifests/README.md` has the keys.

They stand in `corpora/manifests/` and travel in the package.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from autoform.corpus.licences import is_spdx

__all__ = ["Fields", "Manifest", "ManifestError", "find_manifest", "manifest_names"]

_PACKAGED: Final = "autoform.manifests"
_CHECKOUT: Final = Path(__file__).parents[3] / "corpora" / "manifests"
_KEYS: Final = {
    *("name", "homepage", "format", "licence", "language", "benchmark", "fields", "folder"),
}
_FIELDS: Final = {
    *("id", "source", "join", "before", "tests", "solutions", "most", "entry_point"),
    *("licence", "language"),
}


class ManifestError(Exception):
    """A manifest that is not there or does not say what it must; the message tells which."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Which field of a record is what; dots go into nested objects."""

    id: str | None = None
    source: tuple[str, ...] = ()
    join: str = ""
    before: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    solutions: str | None = None
    most: int = 1
    entry_point: str | None = None
    licence: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """One public set."""

    name: str
    homepage: str
    format: str
    licence: str | None
    language: str | None
    fields: Fields
    folders: tuple[str, ...] = ()
    benchmark: bool = False
    """Whether models are measured by it, so that nothing like it is to be trained on."""


def manifest_names() -> list[str]:
    """The manifests that come with autoform."""
    return sorted(p.name.removesuffix(".toml") for p in _home().iterdir() if _is_manifest(p))


def find_manifest(name: str) -> Manifest:
    """The manifest of that name, or at that path where the name ends in `.toml`.

    Raises `ManifestError`.
    """
    place: Traversable = Path(name) if name.endswith(".toml") else _home() / f"{name}.toml"
    try:
        data = tomllib.loads(place.read_text(encoding="utf-8"))
    except OSError:
        known = ", ".join(manifest_names())
        raise ManifestError(f"there is no manifest `{name}`; there are {known}") from None
    except ValueError as error:
        raise ManifestError(f"`{name}` is no TOML: {error}") from None
    return _read(name, data)


def _home() -> Traversable:
    try:
        packaged = resources.files(_PACKAGED)
    except ModuleNotFoundError:
        return _CHECKOUT  # not installed: run from the checkout's root
    return packaged


def _is_manifest(place: Traversable) -> bool:
    return place.name.endswith(".toml")


def _read(name: str, data: Mapping[str, Any]) -> Manifest:
    fields = data.get("fields", {})
    for key in [*(data.keys() - _KEYS), *(fields.keys() - _FIELDS)]:
        raise ManifestError(f"`{name}` has a key `{key}` that means nothing")
    if not isinstance(data.get("name"), str):
        raise ManifestError(f"`{name}` has no `name`")
    if data.get("format") not in {"jsonl", "folder"}:
        raise ManifestError(f"the `format` of `{name}` is neither `jsonl` nor `folder`")
    if data["format"] == "jsonl" and bool(fields.get("source")) == bool(fields.get("solutions")):
        raise ManifestError(f"`{name}` must have one of `fields.source` and `fields.solutions`")
    licence = data.get("licence")
    if licence is not None and not is_spdx(licence):
        raise ManifestError(f"the `licence` of `{name}` is no SPDX expression")
    read: dict[str, Any] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in fields.items()
    }
    return Manifest(
        data["name"],
        data.get("homepage", ""),
        data["format"],
        licence,
        data.get("language"),
        Fields(**read),
        tuple(data.get("folder", {}).get("languages", ())),
        benchmark=data.get("benchmark", False) is True,
    )
