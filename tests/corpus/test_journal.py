"""The journal: what a kill leaves of it is read up to the first line that is not whole."""

from pathlib import Path

import pytest

from autoform.corpus.engines import Finished
from autoform.corpus.journal import Journal


def finished(number: int) -> Finished:
    return Finished(number, (), ())


def digest(number: int) -> str:
    return f"digest {number}"


@pytest.mark.parametrize("cut", range(0, 200, 23))
def test_a_cut_line_does_not_count_and_does_no_harm(tmp_path: Path, cut: int) -> None:
    journal = Journal(tmp_path, size=4)
    for number in (2, 0, 1):
        journal.add(finished(number), digest(number))
    journal.close()
    (path,) = (tmp_path / "journal").iterdir()
    path.write_bytes(path.read_bytes()[:cut])
    again = Journal(tmp_path, size=4)
    missing = [number for number in range(4) if not again.has(number, digest(number))]
    for number in missing:
        again.add(finished(number), digest(number))
    assert [record["number"] for record in again.records()] == [0, 1, 2, 3]
    assert list((tmp_path / "journal").iterdir()) == []


def test_a_kill_between_sealing_and_the_end_of_the_journal(tmp_path: Path) -> None:
    journal = Journal(tmp_path, size=2)
    journal.add(finished(0), digest(0))
    assert not list((tmp_path / "sealed").iterdir())
    (path,) = (tmp_path / "journal").iterdir()
    left = path.read_bytes()
    journal.add(finished(1), digest(1))
    path.write_bytes(left)
    again = Journal(tmp_path, size=2)
    assert again.has(0, digest(0))
    assert again.has(1, digest(1))
    again.finish(2)
    assert [record["number"] for record in again.records()] == [0, 1]


def test_a_damaged_line_is_made_anew(tmp_path: Path) -> None:
    journal = Journal(tmp_path, size=4)
    for number in range(3):
        journal.add(finished(number), digest(number))
    journal.close()
    (path,) = (tmp_path / "journal").iterdir()
    path.write_bytes(path.read_bytes().replace(b'"number":1', b'"number":7'))
    again = Journal(tmp_path, size=4)
    assert [again.has(number, digest(number)) for number in range(3)] == [True, False, False]
    again.close()
