"""Generated functions: they lift, they differ, and they are what their seed says."""

from pathlib import Path

from autoform.corpus.settings import BuildSettings
from autoform.corpus.similar import Groups
from autoform.corpus.sources.synthetic import families, synthetic_units
from autoform.corpus.workshop import Workshop
from autoform.frontends import lift
from autoform.source import SourceFile

SOME = 120


def test_every_function_lifts() -> None:
    for unit in (*synthetic_units(SOME, seed=3), *synthetic_units(5 * SOME)):
        lifted = lift(SourceFile(unit.path, unit.text))
        assert not lifted.diagnostics, unit.text
        names = {function.name for function in lifted.module.functions}
        assert set(unit.entry_points or ()) <= names


def test_a_longer_stream_begins_with_the_shorter() -> None:
    assert list(synthetic_units(SOME))[:20] == list(synthetic_units(20))
    first, other = list(synthetic_units(5)), list(synthetic_units(5, seed=1))
    assert first != other


def test_functions_differ_and_every_family_comes() -> None:
    units = list(synthetic_units(1_200))
    assert len({unit.text for unit in units}) > 1_150
    drawn = {unit.derivation[0].split("`")[1] for unit in units}
    assert drawn == set(families())


def test_most_are_no_near_duplicates_of_others(tmp_path: Path) -> None:
    settings = BuildSettings(depth="lift", confirm=False)
    with Groups(tmp_path / "groups") as groups:
        for unit in synthetic_units(SOME):
            workshop = Workshop(unit, settings)
            (name,) = workshop.names
            groups.add(workshop.make(name)["bands"])
        found = {groups.first(number) for number in range(SOME)}
    assert len(found) > 0.65 * SOME
