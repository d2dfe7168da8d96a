"""Licences, each with its evidence: a line of the file, a file of the repository, a manifest.

A licence is never guessed. A text that is not recognised word for word in what marks it gives no
licence, and its rows are kept apart.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

from autoform.corpus.row import Licence

__all__ = ["NO_LICENCE", "header_licence", "is_spdx", "known_text", "repository_licence"]

NO_LICENCE: Final[Licence] = {"spdx": None, "evidence": "none", "detail": "no licence was found"}

_HEADER_LINES: Final = 30
_HEADER: Final = re.compile(r"SPDX-License-Identifier:\s*([A-Za-z0-9.+()\- ]+)")
_EXPRESSION: Final = re.compile(
    r"\(?[A-Za-z0-9][A-Za-z0-9.\-]*\+?\)?(?: (?:AND|OR|WITH) \(?[A-Za-z0-9][A-Za-z0-9.\-]*\+?\)?)*"
)
_FILES: Final = re.compile(r"(?:licen[cs]e|copying|unlicense)(?:[.-].*)?", re.IGNORECASE)
_MARKS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("Apache-2.0", ("apache license version 2.0",)),
    ("AGPL-3.0-only", ("gnu affero general public license version 3",)),
    ("LGPL-3.0-only", ("gnu lesser general public license version 3",)),
    ("LGPL-2.1-only", ("gnu lesser general public license version 2.1",)),
    ("GPL-3.0-only", ("gnu general public license version 3",)),
    ("GPL-2.0-only", ("gnu general public license version 2",)),
    ("MPL-2.0", ("mozilla public license version 2.0",)),
    ("CC-BY-SA-4.0", ("creative commons attribution-sharealike 4.0 international",)),
    ("CC-BY-4.0", ("creative commons attribution 4.0 international",)),
    ("CC0-1.0", ("cc0 1.0 universal",)),
    ("BSL-1.0", ("boost software license - version 1.0",)),
    ("Unlicense", ("this is free and unencumbered software released into the public domain",)),
    (
        "MIT",
        (
            "permission is hereby granted, free of charge, to any person obtaining a copy",
            "the above copyright notice and this permission notice shall be included",
        ),
    ),
    (
        "BSD-3-Clause",
        (
            "redistribution and use in source and binary forms",
            "redistributions in binary form must reproduce",
            "endorse or promote products",
        ),
    ),
    (
        "BSD-2-Clause",
        (
            "redistribution and use in source and binary forms",
            "redistributions in binary form must reproduce",
        ),
    ),
    (
        "ISC",
        (
            "permission to use, copy, modify, and/or distribute this software for any purpose",
            "provided that the above copyright notice",
        ),
    ),
)
"""What marks a licence's text, the more specific first."""


def is_spdx(text: str) -> bool:
    """Whether a text has the form of an SPDX expression; not whether its names are listed."""
    return _EXPRESSION.fullmatch(text) is not None


def header_licence(text: str) -> Licence | None:
    """The licence that a file states in its first lines.

    >>> header_licence("# SPDX-License-Identifier: MIT")["spdx"]
    'MIT'
    """
    for number, line in enumerate(text.split("\n", _HEADER_LINES)[:_HEADER_LINES], 1):
        found = _HEADER.search(line)
        if found is not None and is_spdx(name := found[1].strip(" -")):
            detail = f"SPDX-License-Identifier on line {number}"
            return {"spdx": name, "evidence": "file-header", "detail": detail}
    return None


def known_text(text: str) -> str | None:
    """The SPDX name of a licence whose text, or whose beginning, this is."""
    plain = re.sub(r"\s+", " ", text[:20_000].replace("*", " ")).lower()
    plain = plain.replace("license, version", "license version")
    for name, marks in _MARKS:
        if all(mark in plain for mark in marks):
            return name
    return None


def repository_licence(folder: Path) -> Licence | None:
    """The licence that the files at the root of a repository state."""
    for path in sorted(folder.iterdir()):
        if _FILES.fullmatch(path.name) and path.is_file():
            name = known_text(path.read_text(encoding="utf-8", errors="replace"))
            if name is not None:
                return {"spdx": name, "evidence": "repository", "detail": path.name}
    for name, table in (("pyproject.toml", "project"), ("Cargo.toml", "package")):
        stated = _stated(folder / name, table)
        if stated is not None:
            return {"spdx": stated, "evidence": "repository", "detail": name}
    return None


def _stated(path: Path, table: str) -> str | None:
    """The SPDX expression of a project file, where it has one."""
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8")).get(table, {}).get("license")
    except (OSError, ValueError, AttributeError):
        return None
    return stated if isinstance(stated, str) and is_spdx(stated) else None
