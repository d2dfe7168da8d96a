"""Cards and metadata name the files that are there, and are read by those they are written for."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from autoform.corpus.build import build
from autoform.corpus.page import write_page
from autoform.corpus.row import Licence
from autoform.corpus.shards import read_rows
from autoform.corpus.sources.synthetic import synthetic_units
from autoform.corpus.sources.unit import Unit
from autoform.corpus.statistics import read_statistics
from tests.corpus.programs import UNLICENSED, InProcess, many, order

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"
COUNT = 12


def without_licence(split: str, folder: Path) -> Callable[[], Iterator[Unit]]:
    """Generated functions, of which those that are in one split have no licence.

    The licence is a part of what places a row, so they are placed without one first.
    """
    build(order(folder, lambda: map(bare, synthetic_units(COUNT))), InProcess)
    apart = {row["origin"]["item"] for _, _, row in read_rows(folder) if row["split"] == split}
    assert 0 < len(apart) < COUNT
    return lambda: (bare(each) if each.item in apart else each for each in synthetic_units(COUNT))


def bare(each: Unit) -> Unit:
    return replace(each, licence=UNLICENSED)


def none() -> Iterator[Unit]:
    return iter(())


def no_licence() -> Iterator[Unit]:
    return map(bare, many(3)())


def places(card: Path) -> dict[str, list[Path]]:
    """The files of each split that a card names."""
    named = re.findall(r"  - split: (\S+)\n    path: (\S+)\n", card.read_text("utf-8"))
    return {split: sorted(card.parent.glob(pattern)) for split, pattern in named}


def metadata(folder: Path) -> dict[str, Any]:
    found = json.loads((folder / "croissant.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def test_a_split_without_a_licence_is_in_no_card(tmp_path: Path) -> None:
    made = tmp_path / "made"
    build(order(made, without_licence("test", tmp_path / "first")), InProcess)
    assert list((made / "unlicensed" / "data").glob("test-*.parquet"))
    for card in (made / "README.md", made / "jsonl" / "README.md"):
        named = places(card)
        assert "test" not in named
        assert "train" in named
        assert all(named.values())
    files = [each for each in metadata(made)["distribution"] if "contentUrl" in each]
    assert files
    assert all((made / each["contentUrl"]).is_file() for each in files)
    rows = sum(1 for _ in read_rows(made, unlicensed=False))
    assert metadata(made)["description"].startswith(f"{rows} functions")


@pytest.mark.parametrize(
    ("units", "told"),
    [(no_licence, "No row has a licence"), (none, "No function was found")],
)
def test_where_nothing_can_be_loaded_it_is_said(
    units: Callable[[], Iterator[Unit]], told: str, tmp_path: Path
) -> None:
    build(order(tmp_path, units), InProcess)
    assert "  data_files: []\n" in (tmp_path / "README.md").read_text("utf-8")
    assert told in (tmp_path / "README.md").read_text("utf-8")
    assert metadata(tmp_path)["distribution"] == metadata(tmp_path)["recordSet"] == []
    assert not (tmp_path / "jsonl").exists()
    page = write_page(read_statistics(tmp_path), tmp_path / "page", "nothing")[0]
    assert f"{sum(1 for _ in units())} rows." in page.read_text("utf-8")


def test_a_choice_of_licences_has_no_page_of_its_own(tmp_path: Path) -> None:
    either: Licence = {"spdx": "MIT OR Apache-2.0", "evidence": "manifest", "detail": "a test"}
    build(order(tmp_path, lambda: (replace(each, licence=either) for each in many(2)())), InProcess)
    assert metadata(tmp_path)["license"] == ["MIT OR Apache-2.0"]
    assert "\nlicense: other\n" in (tmp_path / "README.md").read_text("utf-8")


@pytest.mark.skipif(find_spec("datasets") is None, reason="the library datasets is not installed")
@pytest.mark.filterwarnings("ignore")  # those of libraries that it pulls in
def test_what_has_no_licence_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    from datasets import load_dataset
    from datasets.exceptions import DataFilesNotFoundError

    made, empty = tmp_path / "made", tmp_path / "empty"
    build(order(made, without_licence("test", tmp_path / "first")), InProcess)
    found = load_dataset(str(made), cache_dir=str(tmp_path / "cache"))
    rows = {row["id"]: row for _, _, row in read_rows(made, unlicensed=False)}
    assert {row["id"]: row for split in found for row in found[split]} == rows
    build(order(empty, no_licence), InProcess)
    with pytest.raises(DataFilesNotFoundError):
        load_dataset(str(empty), cache_dir=str(tmp_path / "cache"))


@pytest.mark.skipif(find_spec("mlcroissant") is None, reason="mlcroissant is not installed")
@pytest.mark.filterwarnings("ignore")  # those of libraries that it pulls in
@pytest.mark.parametrize("units", [None, no_licence, none])
def test_croissant_is_read_by_its_own_library(
    units: Callable[[], Iterator[Unit]] | None, tmp_path: Path
) -> None:
    import mlcroissant

    folder = SAMPLE if units is None else tmp_path
    if units is not None:
        build(order(folder, units), InProcess)
    found = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    assert not found.metadata.issues.errors
    if units is None:
        rows = {row["id"]: row for _, _, row in read_rows(folder)}
        records = {each["functions/id"].decode(): each for each in found.records("functions")}
        assert records.keys() == rows.keys()
        for name, record in records.items():
            tests = [
                {key.rpartition("/")[2]: text.decode() for key, text in test.items()}
                for test in record["functions/tests"]
            ]
            assert tests == rows[name]["tests"]
