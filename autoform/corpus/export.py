"""A data set as tasks, or in the format of another: a folder for each view.

SPLIT.jsonl       the records of a split
SPLIT.parquet     the same with their types, which JSON cannot tell where a list is empty
README.md         the card by which the folder loads
fields.json       what the fields hold
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Self

from autoform.corpus.card import view_card
from autoform.corpus.parquet import ParquetFile, schema_of
from autoform.corpus.shards import read_rows
from autoform.corpus.views import Record, View
from autoform.corpus.views.formats import FORMATS
from autoform.corpus.views.tasks import TASKS
from autoform.corpus.writing import write_whole, writing

__all__ = ["VIEWS", "export"]

VIEWS: Final[Mapping[str, View]] = {view.name: view for view in (*TASKS, *FORMATS)}


def export(folder: Path, view: View, out: Path, *, unlicensed: bool = False) -> Mapping[str, int]:
    """Write the records of a view to `VIEW/`; how many each split has.

    Rows without a licence are left out unless they are asked for.
    """
    counts: Counter[str] = Counter()
    files: dict[str, _Split] = {}
    with ExitStack() as stack:
        for _, _, row in read_rows(folder, unlicensed=unlicensed):
            split = row["split"]
            for record in view.records(row):
                if split not in files:
                    files[split] = _Split.open(out / view.name / split, view, stack)
                files[split].add(record)
                counts[split] += 1
    fields = {"view": view.name, "doc": view.doc, "fields": dict(view.fields)}
    write_whole(out / view.name / "fields.json", json.dumps(fields, indent=2) + "\n")
    write_whole(out / view.name / "README.md", view_card(view, list(counts)))
    return counts


@dataclass(frozen=True, slots=True)
class _Split:
    """The files of one split."""

    lines: IO[bytes]
    table: ParquetFile

    @classmethod
    def open(cls, place: Path, view: View, stack: ExitStack) -> Self:
        """Begin the files; they are put into place when the stack ends well."""
        lines = stack.enter_context(writing(place.with_name(f"{place.name}.jsonl")))
        held = stack.enter_context(writing(place.with_name(f"{place.name}.parquet")))
        table = ParquetFile(held, schema_of(view.columns))
        stack.callback(table.close)
        return cls(lines, table)

    def add(self, record: Record) -> None:
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        self.lines.write(f"{line}\n".encode("utf-8", "surrogatepass"))
        self.table.add(record)
