"""Croissant metadata (mlcommons.org/croissant/1.0): the files of a data set and their fields."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints, is_typeddict

from autoform.corpus.row import SCHEMA_VERSION, Row
from autoform.corpus.statistics import Statistics
from autoform.version import VERSION

__all__ = ["croissant"]

_CONTEXT: Final = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_FORMATS: Final = {".parquet": "application/x-parquet", ".jsonl": "application/jsonlines"}
_SET: Final = "parquet-files"


def croissant(title: str, statistics: Statistics, root: Path, files: Iterable[Path]) -> str:
    """The metadata of the licensed part of a data set, as JSON-LD.

    Who publishes a data set, where and when, is not known here: `creator`, `url` and
    `datePublished` are left to them. Where no row has a licence, no file and no record is named.
    """
    licences = [(name, count) for name, count in statistics.get("licence") if name != "none"]
    names = [path for path in files if path.suffix in _FORMATS and "unlicensed" not in path.parts]
    rows = sum(count for _, count in licences)
    document = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": title,
        "description": f"{rows} functions with specifications, verdicts and proofs, "
        f"made by autoform {VERSION}.",
        "version": f"{SCHEMA_VERSION}.0.0",
        "license": [_licence(name) for name, _ in licences],
        "distribution": [*(_file(root, path) for path in names), _file_set()] if names else [],
        "recordSet": [_record_set()] if names else [],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _licence(expression: str) -> str:
    """The page of a licence; a choice of several has none, and is given as SPDX writes it."""
    return expression if " " in expression else f"https://spdx.org/licenses/{expression}.html"


def _record_set() -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": "functions",
        "name": "functions",
        "description": "One function each. Lists of structures that stand within such a list "
        "are in the files only.",
        "key": {"@id": "functions/id"},
        "field": list(_fields(Row, "functions", (), in_list=False)),
    }


def _file(root: Path, path: Path) -> dict[str, Any]:
    name = path.relative_to(root).as_posix()
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "encodingFormat": _FORMATS[path.suffix],
        "contentSize": f"{path.stat().st_size} B",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def _file_set() -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": _SET,
        "name": _SET,
        "encodingFormat": _FORMATS[".parquet"],
        "includes": "data/*.parquet",
    }


def _fields(
    of: type, parent: str, path: tuple[str, ...], *, in_list: bool
) -> Iterator[dict[str, Any]]:
    """The fields of a record; structures have theirs, lists of structures are columns.

    A path is taken step by step, and each step goes into the items of a list. It cannot go into
    a list within a list, so structures that lie there have no field.
    """
    for name, hint in get_type_hints(of).items():
        place = (*path, name)
        plain = _plain(hint)
        repeated = get_origin(plain) is list
        field: dict[str, Any] = {
            "@type": "cr:Field",
            "@id": f"{parent}/{name}",
            "name": f"{parent}/{name}",
        }
        if repeated:
            field["repeated"] = True
            plain = _plain(get_args(plain)[0])
        if is_typeddict(plain) and isinstance(plain, type):
            if repeated and in_list:
                continue
            inner = _fields(plain, f"{parent}/{name}", place, in_list=in_list or repeated)
            field["subField"] = list(inner)
        else:
            field["dataType"] = _data_type(plain)
            extract: dict[str, Any] = {"column": place[0]}
            source: dict[str, Any] = {"fileSet": {"@id": _SET}, "extract": extract}
            if len(place) > 1:
                source["transform"] = [{"jsonPath": f"$.{step}"} for step in place[1:]]
            field["source"] = source
        yield field


def _plain(hint: object) -> object:
    """The hint without `None`."""
    parts = [part for part in get_args(hint) if part is not type(None)]
    is_optional = type(None) in get_args(hint)
    return parts[0] if is_optional else hint


def _data_type(hint: object) -> str:
    if get_origin(hint) is Literal or hint is str:
        return "sc:Text"
    return "sc:Boolean" if hint is bool else "sc:Integer"
