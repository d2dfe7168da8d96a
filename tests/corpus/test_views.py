"""Views of rows: every record has the fields that its view lists."""

from pathlib import Path

from autoform.corpus.export import VIEWS, export
from autoform.corpus.shards import read_rows
from autoform.corpus.views.dafny_text import without_hints
from autoform.corpus.views.python_text import without_contract

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"

LOOP = """\
method total(xs: seq<int>) returns (result: int)
  ensures result == Sum(xs)
  decreases |xs|
{
  var place: int := 0;
  while place < |xs|
    invariant 0 <= place <= |xs|
    decreases |xs| - place
  {
    place := place + 1;
  }
  assert true;
}
"""


def test_hints_go_and_contracts_stay() -> None:
    bare = without_hints(LOOP)
    assert "invariant" not in bare
    assert "assert" not in bare
    assert bare.count("decreases") == 1
    assert "ensures result == Sum(xs)" in bare


def test_contracts_go_with_their_imports() -> None:
    text = (
        "import icontract\n\n\n@icontract.require(\n    lambda n: n > 0\n)\n"
        "@staticmethod\ndef f(n):\n    return n\n"
    )
    assert without_contract(text) == "@staticmethod\ndef f(n):\n    return n\n"
    assert without_contract("def f(:") is None


def test_the_sample_exports_to_every_view(tmp_path: Path) -> None:
    rows = [row for _, _, row in read_rows(SAMPLE)]
    assert rows
    for view in VIEWS.values():
        records = [record for row in rows for record in view.records(row)]
        counts = export(SAMPLE, view, tmp_path)
        assert sum(counts.values()) == len(records)
        if view.name != "repair":
            assert records, view.name
