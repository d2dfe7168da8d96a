"""A data set as tasks, or in the format of another: one JSONL file for each view and split."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final

from autoform.corpus.shards import read_rows
from autoform.corpus.views import View
from autoform.corpus.views.formats import FORMATS
from autoform.corpus.views.tasks import TASKS
from autoform.corpus.writing import write_whole, writing

__all__ = ["VIEWS", "export"]

VIEWS: Final[Mapping[str, View]] = {view.name: view for view in (*TASKS, *FORMATS)}


def export(folder: Path, view: View, out: Path, *, unlicensed: bool = False) -> Mapping[str, int]:
    """Write the records of a view as `VIEW/SPLIT.jsonl`; how many each split has.

    Rows without a licence are left out unless they are asked for.
    """
    counts: Counter[str] = Counter()
    files: dict[str, IO[bytes]] = {}
    with ExitStack() as stack:
        for _, _, row in read_rows(folder, unlicensed=unlicensed):
            split = row["split"]
            for record in view.records(row):
                if split not in files:
                    path = out / view.name / f"{split}.jsonl"
                    files[split] = stack.enter_context(writing(path))
                line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
                files[split].write(f"{line}\n".encode("utf-8", "surrogatepass"))
                counts[split] += 1
    fields = {"view": view.name, "doc": view.doc, "fields": dict(view.fields)}
    write_whole(out / view.name / "fields.json", json.dumps(fields, indent=2) + "\n")
    return counts
