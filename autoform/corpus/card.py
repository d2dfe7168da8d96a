"""The dataset card, as the Hugging Face Hub shows it: made from the data, by no hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from autoform.corpus.columns import columns
from autoform.corpus.row import CANARY, SCHEMA_VERSION
from autoform.corpus.statistics import Statistics
from autoform.corpus.views import View
from autoform.version import VERSION

__all__ = ["card", "lines_card", "view_card"]

_SIZES: Final = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)


def card(title: str, statistics: Statistics, command: str, splits: Sequence[str]) -> str:
    """The card of a data set with these figures, and with rows under a licence in these splits."""
    licences = [name for name, _ in statistics.get("licence") if name != "none"]
    return "\n".join(
        [
            "---",
            *_metadata(title, statistics, licences, splits),
            "---",
            "",
            f"# {title}",
            "",
            "Functions with what is formally known of them: one row a function, with its source,",
            "an executable specification (IR), its contract, the verdict of a prover, the proof's",
            "invariants, and the function printed for Dafny and Lean. Made by autoform",
            f"{VERSION}, row schema {SCHEMA_VERSION}.",
            "",
            *_command(command),
            "## Figures",
            "",
            f"{statistics.rows} rows.",
            "",
            *([] if splits else _nothing(statistics)),
            *_tables(statistics),
            "## How to read a row",
            "",
            "- `source.text` is a program by itself, with no more than the function needs.",
            "- `ir` is what it was lifted to; `proof` is the same with loops as `while` and with",
            "  the invariants and measures that prove it; `hints` lists these.",
            "- `printed` holds whole files: Dafny 2 and 4 and Lean, without and with hints.",
            "- `verdict.kind`: `proved` (on all calls that meet `requires` the function raises",
            "  only what it declares, keeps `ensures`, and ends), `refuted` (with a call of the",
            "  original that shows it), `unknown`, `unsupported` (with the diagnostic), `failed`.",
            "  `confirmed`: the real Dafny verified the printed proof as well.",
            "- `tests` are calls with what they do; `checked` says on how many inputs the original",
            "  and its IR agreed.",
            "- `twins.group` joins near-duplicates, which share a split. A group of which some row",
            "  is in a public benchmark is in `test`, and `overlap` names the benchmark.",
            "",
            "`autoform corpus validate` checks every row by the schema and, from its text alone,",
            "lifts, prints and proves it again.",
            "",
            "## Licences",
            "",
            "`licence` holds an SPDX expression and its evidence, row by row. Rows for which no",
            "licence was found are in `unlicensed/` and in no configuration above.",
            "",
            "## Canary",
            "",
            "Every row holds this text. Whoever finds it in a model's output, or filters a",
            "training set, knows what it means.",
            "",
            f"    {CANARY}",
            "",
        ]
    )


def _metadata(
    title: str, statistics: Statistics, licences: Sequence[str], splits: Sequence[str]
) -> Iterable[str]:
    yield f"pretty_name: {title}"
    if len(licences) == 1 and " " not in licences[0]:
        yield f"license: {licences[0].lower()}"
    elif licences:
        yield "license: other"
        yield "license_name: per-row"
    yield "language:"
    yield "- en"
    yield "tags:"
    yield from (f"- {tag}" for tag in ("code", "formal-verification", "dafny", "lean", "synthetic"))
    yield "task_categories:"
    yield "- text-generation"
    size = next((name for most, name in _SIZES if statistics.rows < most), "n>10M")
    yield "size_categories:"
    yield f"- {size}"
    yield from _configuration(splits, "data/{}-*.parquet")


def lines_card(splits: Sequence[str]) -> str:
    """The card of the folder of JSON lines, which is a data set by itself to whoever loads it.

    It tells the types of columns: they cannot be seen where a list is empty in the first rows.
    """
    told = "The rows of the folder above, as JSON lines."
    return "\n".join([*_typed(splits, "{}-*.jsonl", columns()), "", told, ""])


def view_card(view: View, splits: Sequence[str]) -> str:
    """The card of the folder that a view is exported to."""
    said = [*_typed(splits, "{}.parquet", columns(view.columns)), "", view.doc, ""]
    said += [] if splits else ["No row has such a record, so there is nothing to load.", ""]
    said += ["| Field | what it holds |", "| --- | --- |"]
    said += [f"| `{name}` | {what} |" for name, what in view.fields.items()]
    return "\n".join([*said, ""])


def _typed(splits: Sequence[str], place: str, features: Sequence[str]) -> Iterable[str]:
    """The metadata of a folder with these columns."""
    yield "---"
    yield from _configuration(splits, place)
    yield from ("dataset_info:", "- config_name: default", "  features:")
    yield from (f"  {line}" for line in features)
    yield "---"


def _configuration(splits: Sequence[str], place: str) -> Iterable[str]:
    """Where the rows of each split are.

    Without a split the list of files is empty and not left out: a loader that is told nothing
    takes all it finds, what has no licence with it.
    """
    yield "configs:"
    yield "- config_name: default"
    yield "  data_files:" if splits else "  data_files: []"
    for split in sorted(splits, key=_ORDER.index):
        yield f"  - split: {split}"
        yield f"    path: {place.format(split)}"


_ORDER: Final = ("train", "validation", "test")


def _nothing(statistics: Statistics) -> list[str]:
    what = "No row has a licence" if statistics.rows else "No function was found"
    return [f"{what}, so there is nothing to load.", ""]


def _command(command: str) -> list[str]:
    return ["Rebuilt by", "", f"    {command}", ""] if command else []


def _tables(statistics: Statistics) -> Iterable[str]:
    for what, heading in (
        ("verdict", "Verdict"),
        ("contract", "Contract"),
        ("confirmed", "Confirmed by"),
        ("checked", "Cross-check"),
        ("language", "Language"),
        ("corpus", "Source"),
        ("licence", "Licence"),
        ("evidence", "Evidence of the licence"),
        ("split", "Split"),
        ("groups", "Near-duplicate groups"),
        ("overlap", "Overlap with benchmarks"),
        ("refused", "Refused by"),
    ):
        found = statistics.get(what)
        if found:
            yield f"| {heading} | rows |"
            yield "| --- | --: |"
            yield from (f"| {name.replace(chr(9), ', ')} | {number} |" for name, number in found)
            yield ""
    yield from _constructs(statistics)


def _constructs(statistics: Statistics) -> Iterable[str]:
    """Verdicts by construct, as a share of the functions that have it."""
    by: dict[str, dict[str, int]] = {}
    for place, number in statistics.get("construct and verdict"):
        construct, kind = place.split("\t")
        by.setdefault(construct, {})[kind] = number
    if not by:
        return
    yield "| Construct | rows | proved | refuted | unknown |"
    yield "| --- | --: | --: | --: | --: |"
    for construct, kinds in sorted(by.items(), key=lambda pair: (-sum(pair[1].values()), pair[0])):
        counts = " | ".join(str(kinds.get(kind, 0)) for kind in ("proved", "refuted", "unknown"))
        yield f"| {construct} | {sum(kinds.values())} | {counts} |"
    yield ""
