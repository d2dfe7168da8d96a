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
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_FORMATS: Final = {".parquet": "application/x-parquet", ".jsonl": "application/jsonlines"}
_SET: Final = "parquet-files"


def croissant(title: str, statistics: Statistics, root: Path, files: Iterable[Path]) -> str:
    """The metadata of the licensed part of a data set, as JSON-LD."""
    licences = [name for name, _ in statistics.get("licence") if name != "none"]
    names = [path for path in files if path.suffix in _FORMATS and "unlicensed" not in path.parts]
    document = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": title,
        "description": f"{statistics.rows} functions with specifications, verdicts and proofs.",
        "version": f"{SCHEMA_VERSION}.0.0",
        "license": [f"https://spdx.org/licenses/{name}.html" for name in licences],
        "creator": {"@type": "sc:SoftwareApplication", "name": f"autoform {VERSION}"},
        "distribution": [*(_file(root, path) for path in names), _file_set()],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "functions",
                "name": "functions",
                "key": {"@id": "functions/id"},
                "field": list(_fields(Row, "functions", ())),
            }
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


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


def _fields(of: type, parent: str, path: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The fields of a record; structures have theirs, lists of structures are columns."""
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
            field["subField"] = list(_fields(plain, f"{parent}/{name}", place))
        else:
            field["dataType"] = _data_type(plain)
            extract: dict[str, Any] = {"column": place[0]}
            source: dict[str, Any] = {"fileSet": {"@id": _SET}, "extract": extract}
            if len(place) > 1:
                source["transform"] = [{"jsonPath": "$." + ".".join(place[1:])}]
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
