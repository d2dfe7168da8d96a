"""The JSON Schema of rows, shipped so that anybody can check a corpus without autoform."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from autoform.corpus.row import SCHEMA_VERSION

__all__ = ["row_schema", "schema_problems"]


@cache
def row_schema() -> dict[str, Any]:
    """The JSON Schema of a row, in the version that this autoform writes."""
    text = resources.files(__name__).joinpath(f"row-{SCHEMA_VERSION}.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def schema_problems(row: object) -> Iterator[str]:
    """What is wrong with a row by the schema alone: a place in it and a message each."""
    for error in _validator().iter_errors(row):
        place = "/".join(map(str, error.absolute_path)) or "the row"
        yield f"{place}: {error.message[:200]}"


@cache
def _validator() -> Any:  # noqa: ANN401 - jsonschema's own, made when first asked for
    from jsonschema import Draft202012Validator

    return Draft202012Validator(row_schema())
