"""Which files and functions a call names."""

from pathlib import Path

import pytest
from autoform_cli.sources import find_requests, unknown_names


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.py", "a.py", "deep/c.rs", "deep/notes.txt", ".hidden/d.py", "env/lib/e.py"):
        file = tmp_path / "src" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    (tmp_path / "src" / "env" / "pyvenv.cfg").write_text("")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("tree")
def test_a_folder_is_walked_in_a_fixed_order_and_environments_are_left_out() -> None:
    found = find_requests(["src"], [])
    assert [(str(r.path), str(r.place)) for r in found.files] == [
        ("src/a.py", "a.py"),
        ("src/b.py", "b.py"),
        ("src/deep/c.rs", "deep/c.rs"),
    ]
    assert found.problems == ()


@pytest.mark.usefixtures("tree")
def test_a_function_is_named_behind_two_colons() -> None:
    (request,) = find_requests(["src/a.py::f", "src/a.py::g"], []).files
    assert request.names == frozenset({"f", "g"})


@pytest.mark.usefixtures("tree")
def test_naming_the_file_as_well_means_all_of_it() -> None:
    for arguments in (["src/a.py::f", "src/a.py"], ["src/a.py", "src/a.py::f"]):
        (request,) = find_requests(arguments, []).files
        assert request.names is None


def test_a_file_may_have_colons_in_its_name(tree: Path) -> None:
    (tree / "odd::name.py").write_text("")
    (request,) = find_requests(["odd::name.py"], []).files
    assert (request.path, request.names) == (Path("odd::name.py"), None)


@pytest.mark.usefixtures("tree")
def test_a_missing_file_is_left_to_the_reader() -> None:
    assert [r.path for r in find_requests(["no.py"], []).files] == [Path("no.py")]


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("argument", ["empty", "src/deep/notes.txt"])
def test_what_holds_no_source_is_a_problem(argument: str) -> None:
    found = find_requests([argument], [])
    assert found.files == ()
    assert [problem.code for problem in found.problems] == ["no-source-file"]


def test_an_unknown_name_gets_a_suggestion() -> None:
    (found,) = unknown_names(["totl", "f"], ["total", "f"], "`a.py`")
    assert found.message == "there is no function `totl` in `a.py`"
    assert found.help == "did you mean `total`?"
