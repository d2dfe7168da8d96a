"""What is exported has the fields that others document, and loads with their own loaders."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from autoform.corpus.columns import columns
from autoform.corpus.export import VIEWS, export
from autoform.corpus.parquet import arrow_schema, schema_of
from autoform.corpus.row import CANARY
from autoform.corpus.shards import read_rows
from autoform.corpus.views.lean_text import lean_signature, lean_value
from tests.corpus.documented import DOCUMENTED, VERINA_FILES, fits

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"

TASKS = [name for name in VIEWS if name not in DOCUMENTED]


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


def test_a_test_of_verina_is_one_of_its_files(tmp_path: Path) -> None:
    records = exported("verina", tmp_path)
    assert any(record["tests"] for record in records)
    for record in records:
        files = {name: record[name] for name in VERINA_FILES}
        files["tests"] = [{**each, "input": json.loads(each["input"])} for each in record["tests"]]
        assert fits(files, VERINA_FILES)
        names = [each["param_name"] for each in record["signature"]["parameters"]]
        for each in files["tests"]:
            assert list(each["input"]) == names
            for name, type_ in zip(names, record["signature"]["parameters"], strict=True):
                wanted = {"Int": int, "Bool": bool}.get(type_["param_type"], str)
                assert type(each["input"][name]) is wanted


def test_a_unit_of_fvapps_is_a_call_that_lean_checks(tmp_path: Path) -> None:
    records = {record["apps_id"]: record for record in exported("fvapps", tmp_path)}
    checked = 0
    for _, _, row in read_rows(SAMPLE):
        units = records.get(row["id"], {"units": ""})["units"]
        checked += units.count("#guard_msgs in\n#eval ")
        lines = [line for line in units.splitlines() if line.startswith("-- ")]
        told = [f"-- {each['call']} {each['outcome']}" for each in row["tests"]]
        assert all(line in told for line in lines)
        if units:
            assert units.count("#eval ") + len(lines) == len(row["tests"])
    assert checked


def test_what_no_row_knows_is_not_made_up(tmp_path: Path) -> None:
    assert {record["difficulty"] for record in exported("verina", tmp_path)} == {"unknown"}
    lean = exported("fvapps", tmp_path)
    assert {(r["apps_difficulty"], r["assurance_level"]) for r in lean} == {(None, "unguarded")}
    sizes = {row["id"]: row["twins"] for _, _, row in read_rows(SAMPLE)}
    for record in exported("vericoding", tmp_path):
        twins = sizes[record["id"]]
        assert record["qa-near-duplicate-group"] == (twins["group"] if twins["size"] > 1 else "")
        assert record["qa-issue"] == record["qa-score"] == -1


def test_a_lean_signature_is_read_with_its_types() -> None:
    found = lean_signature(
        "def f (n m : Int) (p : (Int × Int)) : Except Err (List Int) := do\n", "f"
    )
    assert found is not None
    assert [each["param_name"] for each in found["parameters"]] == ["n", "m", "p"]
    assert found["parameters"][2]["param_type"] == "(Int × Int)"
    assert found["return_type"] == "Except Err (List Int)"
    assert lean_signature("theorem f : True := by trivial\n", "f") is None


@pytest.mark.parametrize(
    ("literal", "type_", "term"),
    [
        ("-3", "Int", "-3"),
        ("True", "Bool", "true"),
        ("'ab'", "List Char", '"ab".toList'),
        ("['a', '']", "List (List Char)", '["a".toList, "".toList]'),
        ("(1, (2, 3))", "Int × (Int × Int)", "(1, (2, 3))"),
        ("(([1], []), [2])", "(List Int × List Int) × List Int", "(([1], []), [2])"),
        ("-2", "Option Int", "some (-2)"),
        ("None", "Option Int", "none"),
        ("[-2]", "Except Err (List Int)", "Except.ok [-2]"),
        ("True", "Int", None),
        ("1", "Bool", None),
        ("'\\n'", "List Char", None),
        ("'é'", "List Char", None),
        ("{1}", "Py.Set Int", None),
        ("1.5", "Float", None),
        ("(1, 2)", "List Int", None),
        ("(1,)", "Int × Int", None),
        ("[1, 2]", "Int × Int", None),
        ("0, xs becomes []", "Int", None),
        ("[1", "List Int", None),
    ],
)
def test_a_literal_of_python_is_a_term_of_lean(literal: str, type_: str, term: str | None) -> None:
    assert lean_value(literal, type_) == term


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


@pytest.mark.parametrize("view", VIEWS)
def test_an_exported_view_is_the_same_in_parquet(view: str, tmp_path: Path) -> None:
    records = exported(view, tmp_path)
    tables = [pq.read_table(path) for path in sorted((tmp_path / view).glob("*.parquet"))]
    schema = schema_of(VIEWS[view].columns)
    assert all(table.schema.equals(schema) for table in tables)
    assert [record for table in tables for record in table.to_pylist()] == records


@pytest.mark.skipif(find_spec("datasets") is None, reason="the library datasets is not installed")
@pytest.mark.filterwarnings("ignore")  # those of libraries that it pulls in
@pytest.mark.parametrize("view", VIEWS)
def test_an_exported_view_loads_with_datasets(
    view: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its folder, and by its Parquet files, whichever of them is read first."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    from datasets import load_dataset

    cache = str(tmp_path / "cache")
    wanted = sorted(map(json.dumps, exported(view, tmp_path)))
    folder = load_dataset(str(tmp_path / view), cache_dir=cache)
    assert sorted(json.dumps(row) for split in folder for row in folder[split]) == wanted
    paths = sorted((tmp_path / view).glob("*.parquet"), reverse=True)
    files = {path.stem: str(path) for path in paths}
    found = load_dataset("parquet", data_files=files, cache_dir=cache)
    assert sorted(json.dumps(row) for split in found for row in found[split]) == wanted


@pytest.mark.skipif(find_spec("datasets") is None, reason="the library datasets is not installed")
@pytest.mark.filterwarnings("ignore")  # those of libraries that it pulls in
def test_a_list_that_is_empty_in_the_first_file_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    from datasets import load_dataset

    view = VIEWS["write-contract"]
    rows = [row for _, _, row in read_rows(SAMPLE) if any(view.records(row))]
    bare = next(row for row in rows if row["contract"] and not row["contract"]["requires"])
    bound = next(row for row in rows if row["contract"] and row["contract"]["requires"])
    made = tmp_path / "made" / "jsonl" / "all.jsonl"
    made.parent.mkdir(parents=True)
    split = [{**bare, "split": "train"}, {**bound, "split": "test"}]
    made.write_text("".join(json.dumps(row) + "\n" for row in split), encoding="utf-8")
    export(tmp_path / "made", view, tmp_path)
    files = {name: str(tmp_path / view.name / f"{name}.parquet") for name in ("train", "test")}
    cache = str(tmp_path / "cache")
    for found in (
        load_dataset("parquet", data_files=files, cache_dir=cache),
        load_dataset(str(tmp_path / view.name), cache_dir=cache),
    ):
        assert found["train"][0]["contract"]["requires"] == []
        assert found["test"][0]["contract"] == bound["contract"]


def test_a_view_without_a_record_says_so(tmp_path: Path) -> None:
    (tmp_path / "made" / "jsonl").mkdir(parents=True)
    assert not export(tmp_path / "made", VIEWS["repair"], tmp_path)
    card = (tmp_path / "repair" / "README.md").read_text("utf-8")
    assert "  data_files: []\n" in card
    assert "No row has such a record, so there is nothing to load." in card


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
