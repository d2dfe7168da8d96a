"""Rows as tasks for a model, and in the formats that others use: each view is a stream of records.

A view takes a row and yields a record for each task that the row has, or none. The fields of each
are listed in `fields`, which `corpus export` also writes beside what it exports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from autoform.corpus.row import Row

__all__ = ["Record", "View"]

Record: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """One kind of task or format."""

    name: str
    doc: str
    fields: Mapping[str, str]
    """The fields of a record, each with what it holds."""
    make: Callable[[Row], Iterator[Record]]
    types: Mapping[str, object] = field(default_factory=dict)
    """The types of the fields that are not text, as annotations."""

    @property
    def columns(self) -> dict[str, object]:
        """The types of all fields, in order."""
        return {name: self.types.get(name, str) for name in self.fields}

    def records(self, row: Row) -> Iterator[Record]:
        """The records of a row, each with exactly the fields of the view."""
        for record in self.make(row):
            assert record.keys() == self.fields.keys(), (self.name, sorted(record))
            yield record
