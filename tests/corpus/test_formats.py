"""What is exported has the fields that others document, and loads with their own loaders."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from autoform.corpus.columns import columns
from autoform.corpus.export import VIEWS, export
from autoform.corpus.parquet import arrow_schema
from autoform.corpus.row import CANARY
from autoform.corpus.shards import read_rows
from autoform.corpus.views.formats import lean_signature

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"

# As the cards, and where there are models the loaders, of the data sets list them.
DOCUMENTED: dict[str, dict[str, Any]] = {
    "dafnybench": {"test_ID": str, "test_file": str, "ground_truth": str, "hints_removed": str},
    "fvapps": {
        "apps_id": str,
        "apps_question": str,
        "spec": str,
        "units": str,
        "sorries": int,
        "apps_difficulty": {"introductory", "interview", "competition"},
        "assurance_level": {"unguarded", "guarded", "guarded_and_plausible"},
    },
    "verina": {
        "id": str,
        "description": str,
        "lean_code": str,
        "signature": {
            "name": str,
            "parameters": [{"param_name": str, "param_type": str}],
            "return_type": str,
        },
        "metadata": dict,
        "tests": [{"input": dict, "expected": str, "unexpected": list}],
        "reject_inputs": list,
        "difficulty": {"basic", "advanced"},
    },
    "vericoding": {
        "id": str,
        "language": {"dafny", "lean", "verus"},
        "source": str,
        "source_id": str,
        "source_notes": str,
        "vc-description": str,
        "vc-preamble": str,
        "vc-helpers": str,
        "vc-spec": str,
        "vc-code": str,
        "vc-postamble": str,
    },
}
TASKS = [name for name in VIEWS if name not in DOCUMENTED]


def fits(value: object, wanted: Any) -> bool:
    """Whether a value has the documented form."""
    match wanted:
        case type():
            return type(value) is wanted
        case set():
            return value in wanted
        case [element]:
            return isinstance(value, list) and all(fits(each, element) for each in value)
        case dict():
            return (
                isinstance(value, dict)
                and value.keys() == wanted.keys()
                and all(fits(value[key], form) for key, form in wanted.items())
            )
        case _:
            return False


def exported(view: str, folder: Path) -> list[dict[str, Any]]:
    export(SAMPLE, VIEWS[view], folder)
    paths = sorted((folder / view).glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("view", DOCUMENTED)
def test_a_format_has_the_documented_fields(view: str, tmp_path: Path) -> None:
    records = exported(view, tmp_path)
    assert records
    assert [record for record in records if not fits(record, DOCUMENTED[view])] == []


def test_the_parts_of_a_dafny_file_make_it_again(tmp_path: Path) -> None:
    rows = {row["id"]: row for _, _, row in read_rows(SAMPLE)}
    for record in exported("vericoding", tmp_path):
        printed = rows[record["id"]]["printed"]
        parts = ("vc-preamble", "vc-spec", "vc-code", "vc-postamble")
        whole = "\n".join(record[part] for part in parts)
        assert whole == (printed["dafny4_hints"] or printed["dafny4"])
        assert record["vc-code"].startswith("{")
        assert rows[record["id"]]["name"] in record["vc-spec"]


def test_ground_truth_without_its_hints_is_what_is_asked(tmp_path: Path) -> None:
    for record in exported("dafnybench", tmp_path):
        asked = record["hints_removed"].splitlines()
        left = iter(record["ground_truth"].splitlines())
        assert all(line in left for line in asked), record["test_file"]


def test_a_lean_signature_is_read_with_its_types() -> None:
    found = lean_signature(
        "def f (n m : Int) (p : (Int × Int)) : Except Err (List Int) := do\n", "f"
    )
    assert found is not None
    assert [each["param_name"] for each in found["parameters"]] == ["n", "m", "p"]
    assert found["parameters"][2]["param_type"] == "(Int × Int)"
    assert found["return_type"] == "Except Err (List Int)"
    assert lean_signature("theorem f : True := by trivial\n", "f") is None


@pytest.mark.parametrize("view", TASKS)
def test_a_task_lists_its_fields_and_bears_the_canary(view: str, tmp_path: Path) -> None:
    records = exported(view, tmp_path)
    listed = json.loads((tmp_path / view / "fields.json").read_text("utf-8"))
    assert all(record.keys() == listed["fields"].keys() for record in records)
    assert all(record["canary"] == CANARY for record in records)
    assert all(record["licence"] for record in records)


def test_parquet_loads_with_pyarrow_row_for_row() -> None:
    rows = {row["id"]: row for _, _, row in read_rows(SAMPLE)}
    tables = [pq.read_table(path) for path in sorted((SAMPLE / "data").glob("*.parquet"))]
    assert all(table.schema.equals(arrow_schema()) for table in tables)
    assert {row["id"]: row for table in tables for row in table.to_pylist()} == rows


@pytest.mark.skipif(find_spec("datasets") is None, reason="the library datasets is not installed")
@pytest.mark.filterwarnings("ignore")  # those of libraries that it pulls in
def test_parquet_loads_with_datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    from datasets import load_dataset

    files = {
        split: [str(path) for path in sorted((SAMPLE / "data").glob(f"{split}-*.parquet"))]
        for split in ("train", "validation", "test")
    }
    found = load_dataset("parquet", data_files=files, cache_dir=str(tmp_path))
    rows = {row["id"]: row for _, _, row in read_rows(SAMPLE)}
    loaded = {row["id"]: (split, row) for split in files for row in found[split]}
    assert {split for split, _ in loaded.values()} == {row["split"] for row in rows.values()}
    assert {name: row for name, (_, row) in loaded.items()} == rows


@pytest.mark.skipif(find_spec("datasets") is None, reason="the library datasets is not installed")
@pytest.mark.filterwarnings("ignore")  # those of libraries that it pulls in
@pytest.mark.parametrize("folder", [SAMPLE, SAMPLE / "jsonl"])
def test_the_folder_loads_as_its_card_says(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    from datasets import load_dataset

    found = load_dataset(str(folder), cache_dir=str(tmp_path))
    rows = {row["id"]: row for _, _, row in read_rows(SAMPLE)}
    assert {row["id"]: row for split in found for row in found[split]} == rows


def test_a_card_lists_the_columns_of_a_row() -> None:
    lines = columns()
    assert lines[:2] == ["- name: schema", "  dtype: int64"]
    place = lines.index("- name: contract")
    assert lines[place + 1 : place + 6] == [
        "  struct:",
        "  - name: requires",
        "    list:",
        "    - name: text",
        "      dtype: string",
    ]
    assert lines[lines.index("- name: tools") + 1] == "  list: string"
    assert sum(not line.startswith(" ") for line in lines) == len(arrow_schema().names)
