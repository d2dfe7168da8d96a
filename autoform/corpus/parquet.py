"""Rows, and records of views, as Parquet: nested as in JSON, compressed with zstd."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import (
    IO,
    Any,
    Final,
    Literal,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from autoform.corpus.row import SCHEMA_VERSION, Row

__all__ = ["ParquetFile", "arrow_schema", "schema_of", "without_none"]

_GROUP: Final = 256


@cache
def arrow_schema() -> Any:  # noqa: ANN401 - pyarrow has no types
    """The Arrow schema of a row, read from the types of `row.py`."""
    return schema_of(get_type_hints(Row))


def schema_of(hints: Mapping[str, object]) -> Any:  # noqa: ANN401 - the same
    """The Arrow schema of columns with these types."""
    import pyarrow as pa

    fields = [_field(name, hint) for name, hint in hints.items()]
    return pa.schema(fields, metadata={"autoform.corpus.schema": str(SCHEMA_VERSION)})


def _field(name: str, hint: object) -> Any:  # noqa: ANN401 - the same
    import pyarrow as pa

    inner, nullable = without_none(hint)
    return pa.field(name, _type(inner), nullable=nullable)


def without_none(hint: object) -> tuple[object, bool]:
    """What a field holds where it is not null, and whether it may be."""
    if get_origin(hint) in {Union, types.UnionType}:
        (inner,) = (part for part in get_args(hint) if part is not type(None))
        return inner, True
    return hint, False


def _type(hint: object) -> Any:  # noqa: ANN401 - the same
    import pyarrow as pa

    plain = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), float: pa.float64()}
    if isinstance(hint, type) and hint in plain:
        return plain[hint]
    if get_origin(hint) is Literal:
        return pa.string()
    if get_origin(hint) is list:
        return pa.list_(_field("element", get_args(hint)[0]))
    assert is_typeddict(hint), hint
    return pa.struct([_field(name, part) for name, part in get_type_hints(hint).items()])


class ParquetFile:
    """A Parquet file that rows are appended to; few are held before they are written."""

    def __init__(self, place: Path | IO[bytes], schema: Any = None) -> None:  # noqa: ANN401 - the same
        import pyarrow.parquet as pq

        if isinstance(place, Path):
            place.parent.mkdir(parents=True, exist_ok=True)
        self._schema = arrow_schema() if schema is None else schema
        self._writer = pq.ParquetWriter(place, self._schema, compression="zstd")
        self._held: list[Mapping[str, Any]] = []

    def add(self, row: Mapping[str, Any]) -> None:
        """Append a row."""
        self._held.append(row)
        if len(self._held) == _GROUP:
            self._write(self._held)
            self._held = []

    def close(self) -> None:
        """Write what is held, and the end of the file."""
        if self._held:
            self._write(self._held)
        self._writer.close()

    def _write(self, rows: Sequence[Mapping[str, Any]]) -> None:
        import pyarrow as pa

        self._writer.write_table(pa.Table.from_pylist(list(rows), schema=self._schema))
