"""Generated functions: they lift, they differ, and they are what their seed says."""

from autoform.corpus.sources.synthetic import families, synthetic_units
from autoform.frontends import lift
from autoform.source import SourceFile

SOME = 120


def test_every_function_lifts() -> None:
    for unit in synthetic_units(SOME, seed=3):
        lifted = lift(SourceFile(unit.path, unit.text))
        assert not lifted.diagnostics, unit.text
        names = {function.name for function in lifted.module.functions}
        assert set(unit.entry_points or ()) <= names


def test_a_longer_stream_begins_with_the_shorter() -> None:
    assert list(synthetic_units(SOME))[:20] == list(synthetic_units(20))
    first, other = list(synthetic_units(5)), list(synthetic_units(5, seed=1))
    assert first != other


def test_functions_differ_and_every_family_comes() -> None:
    units = list(synthetic_units(600))
    assert len({unit.text for unit in units}) > 550
    drawn = {unit.derivation[0].split("`")[1] for unit in units}
    assert drawn == set(families())
