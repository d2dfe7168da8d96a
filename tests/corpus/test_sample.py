"""The sample corpus in the repository: small, sound, and what its command makes."""

from itertools import islice
from pathlib import Path

from autoform.corpus.row import Row
from autoform.corpus.schema import schema_problems
from autoform.corpus.settings import BuildSettings
from autoform.corpus.shards import read_rows
from autoform.corpus.sources.synthetic import synthetic_units
from autoform.corpus.validate import Validation, validate
from autoform.corpus.workshop import Workshop

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"
SLICE = 3


def test_it_is_small_and_of_the_schema() -> None:
    rows = [row for _, _, row in read_rows(SAMPLE)]
    assert 50 <= len(rows) < 300
    assert sum(p.stat().st_size for p in SAMPLE.rglob("*") if p.is_file()) < 4 * 1024 * 1024
    assert [problem for row in rows for problem in schema_problems(row)] == []
    assert all(row["licence"]["spdx"] == "Apache-2.0" for row in rows)


def test_its_texts_bear_it_out() -> None:
    seen = Validation()
    assert list(validate(SAMPLE, share=0.2, prove_again=False, validation=seen)) == []
    assert seen.verified


def test_a_rebuilt_slice_is_the_same() -> None:
    rows = {row["id"]: row for _, _, row in read_rows(SAMPLE)}
    settings = BuildSettings(confirm=False, specify=False, grade=False)
    for unit in islice(synthetic_units(40), 0, None, 40 // SLICE):
        workshop = Workshop(unit, settings)
        for name in workshop.names:
            made = workshop.make(name)["row"]
            assert without_context(made) == without_context(rows[made["id"]])


def without_context(row: Row) -> dict[str, object]:
    """What of a row depends on its function alone: not on other rows, nor on the machine."""
    dropped = {"split", "twins", "overlap", "tools"}
    return {key: value for key, value in row.items() if key not in dropped}
