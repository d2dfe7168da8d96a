"""What a data set holds, counted while it is written: the card and the page are made of it.

Times are counted apart from the rest: they differ from build to build, and nothing that is
published with the rows holds them.
"""

from __future__ import annotations

import errno
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from autoform.corpus.journal import Journal
from autoform.corpus.row import Row
from autoform.corpus.shards import read_rows

__all__ = ["TIME_BUCKETS", "Statistics", "constructs", "read_statistics"]

TIME_BUCKETS: Final = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
_CONSTRUCTS: Final = {
    "While": "while",
    "ForRange": "for over a range",
    "ForEach": "for over a collection",
    "Comprehension": "comprehension",
    "Quant": "quantifier",
    "Call": "call",
    "CallStmt": "call",
    "Raise": "raise",
    "Assert": "assert",
    "Break": "break",
    "Continue": "continue",
    "inout": "parameter changed in place",
    "type:Seq": "sequence",
    "type:Str": "string",
    "type:Map": "map",
    "type:Set": "set",
    "type:Option": "option",
    "type:Tuple": "tuple",
    "type:Float": "float",
    "type:Record": "record",
    "type:Enum": "enum",
}


def constructs(row: Row) -> list[str]:
    """The constructs of a function by which figures are given."""
    found = {_CONSTRUCTS[each] for each in row["features"] if each in _CONSTRUCTS}
    loops = {"while", "for over a range", "for over a collection"}
    if row["ir"] is not None and not found & loops:
        found.add("no loop")
    return sorted(found)


@dataclass(slots=True)
class Statistics:
    """Counts of rows by what they are."""

    rows: int = 0
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    times: Counter[int] = field(default_factory=Counter)

    def add(self, row: Row, seconds: float) -> None:
        """Count a row."""
        verdict = row["verdict"]
        kind = verdict["kind"]
        self.rows += 1
        self.count_time(seconds)
        self._count("verdict", kind)
        self._count("language", row["language"])
        self._count("corpus", row["origin"]["corpus"])
        self._count("licence", row["licence"]["spdx"] or "none")
        self._count("evidence", row["licence"]["evidence"])
        self._count("split", row["split"])
        for construct in constructs(row):
            self._count("construct and verdict", f"{construct}\t{kind}")
        for finding in verdict["findings"][:1]:
            self._count("refused", finding["code"])
        for overlap in row["overlap"]:
            self._count("overlap", f"{overlap['benchmark']}\t{overlap['how']}")
        if row["checked"] is not None:
            self._count("checked", row["checked"]["verdict"])
        if row["twins"]["first"]:
            self._count("groups", "alone" if row["twins"]["size"] == 1 else "with twins")
        self._count_contract(row)
        if verdict["confirmed"]:
            self._count("confirmed", verdict["by"][-1])

    def count_time(self, seconds: float) -> None:
        """Count the time that a row took."""
        self.times[sum(seconds > edge for edge in TIME_BUCKETS)] += 1

    def _count_contract(self, row: Row) -> None:
        contract = row["contract"]
        if contract is None:
            return
        stated = bool(contract["ensures"] or contract["raises"])
        self._count("contract", "states a result" if stated else "absence of failures only")
        if stated and row["verdict"]["kind"] == "proved":
            self._count("contract", "states a result, and is proved")
        for clause in (*contract["requires"], *contract["ensures"]):
            self._count("clause origin", clause["origin"])
        grade = row["grade"]
        if grade is not None and (different := grade["mutants"] - grade["equivalent"]):
            self._count("grade", f"{10 * grade['rejected'] // different * 10}")

    def _count(self, what: str, value: str) -> None:
        self.counts.setdefault(what, Counter())[value] += 1

    def get(self, what: str) -> list[tuple[str, int]]:
        """The counts of one thing, the most frequent first."""
        found = self.counts.get(what, Counter())
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))

    def to_table(self) -> str:
        """The counts as lines to read."""
        lines = [f"{self.rows} rows"]
        for what in self.counts:
            lines += ["", what]
            shown = ((name.replace("\t", ": "), number) for name, number in self.get(what))
            lines += [f"{number:>8}  {name}" for name, number in shown]
        return "\n".join(lines) + "\n"

    def to_text(self) -> str:
        """The counts as JSON, without the times."""
        counts = {what: dict(self.get(what)) for what in sorted(self.counts)}
        document: dict[str, Any] = {"rows": self.rows, "counts": counts}
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def read_statistics(folder: Path) -> Statistics:
    """Count the rows of a data set; times, where the journal of its build is still there.

    Raises `FileNotFoundError` when there is no data set.
    """
    found = Statistics()
    for _, _, row in read_rows(folder):
        found.add(row, 0.0)
    if not found.rows and not (folder / "MANIFEST.json").exists():
        raise FileNotFoundError(errno.ENOENT, "there is no data set", str(folder))
    found.times.clear()
    journal = folder / ".build" / "units"
    if journal.is_dir():
        for record in Journal(journal).records():
            for seconds in record["seconds"]:
                found.count_time(seconds)
    return found
