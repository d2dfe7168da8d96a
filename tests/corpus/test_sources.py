"""Sources: which units they give, and with which licence on which evidence."""

import gzip
import json
import subprocess
from pathlib import Path

import pytest

from autoform.corpus.licences import header_licence, is_spdx, known_text, repository_licence
from autoform.corpus.sources.files import file_units
from autoform.corpus.sources.manifest import ManifestError, find_manifest, manifest_names
from autoform.corpus.sources.public_sets import set_units
from autoform.corpus.sources.spelled import SourceMissing, read_sources

ROOT = Path(__file__).parents[2]
FUNCTION = "def f(n: int) -> int:\n    return n\n"


def write(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def test_each_manifest_reads() -> None:
    assert {"humaneval", "mbpp", "apps", "livecodebench", "codenet"} <= set(manifest_names())
    for name in manifest_names():
        assert find_manifest(name).name


def test_records_are_assembled_as_the_manifest_says(tmp_path: Path) -> None:
    record = {
        "task_id": "HumanEval/900",
        "prompt": "def f(n: int) -> int:\n",
        "canonical_solution": "    return n\n",
        "test": "def check(candidate):\n    assert candidate(1) == 1\n",
        "entry_point": "f",
    }
    (unit,) = set_units(find_manifest("humaneval"), write(tmp_path / "rows.jsonl", record))
    assert unit.text.startswith(FUNCTION + "\n\ndef check(candidate):")
    assert unit.text.endswith("\n\ncheck(f)\n"), "or the text does not say whom the test is about"
    assert (unit.item, unit.entry_points) == ("HumanEval/900", ("f",))
    assert (unit.licence["spdx"], unit.licence["evidence"]) == ("MIT", "manifest")


def test_a_record_may_hold_several_solutions_as_json(tmp_path: Path) -> None:
    solutions = json.dumps([FUNCTION, FUNCTION.replace("n", "m"), "x", "y"])
    path = tmp_path / "rows.jsonl.gz"
    with gzip.open(path, "wt") as file:
        file.write(json.dumps({"problem_id": 4, "solutions": solutions}) + "\n\n{broken\n")
    skipped: list[str] = []
    units = list(set_units(find_manifest("apps"), path, skipped=skipped))
    assert [unit.item for unit in units] == ["4#0", "4#1", "4#2"]
    assert [":3:" in text for text in skipped] == [True]


def test_a_record_states_its_own_licence_and_language(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "language": "python", "license": "CC-BY-4.0", "source": FUNCTION},
        {"id": "b", "language": "python", "license": "ask me", "source": FUNCTION},
        {"id": "c", "language": "cobol", "license": "MIT", "source": FUNCTION},
    ]
    skipped: list[str] = []
    path = write(tmp_path / "rows.jsonl", *rows)
    first, second = set_units(find_manifest("plain"), path, skipped=skipped)
    assert (first.licence["spdx"], first.licence["evidence"]) == ("CC-BY-4.0", "record")
    assert second.licence == {
        "spdx": None,
        "evidence": "none",
        "detail": "no licence was found",
    }
    assert len(skipped) == 1


def test_a_checkout_gives_its_commit_and_its_licence(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "src").mkdir(parents=True)
    (root / "src" / "a.py").write_text(FUNCTION)
    (root / "src" / "b.py").write_text("# SPDX-License-Identifier: MPL-2.0\n" + FUNCTION)
    (root / "LICENSE").write_text((ROOT / "LICENSE").read_text())

    def git(*arguments: str) -> str:
        names = ("-c", "user.name=a", "-c", "user.email=a@b")
        return subprocess.run(
            ["git", *names, *arguments], cwd=root, check=True, capture_output=True, text=True
        ).stdout

    git("init", "-q")
    git("remote", "add", "origin", "https://me:secret@example.org/a/project.git")
    git("add", ".")
    git("commit", "-q", "-m", "all")
    (root / "src" / "a.py").write_text(FUNCTION + "\n")
    first, second = file_units(root / "src")
    assert first.item == "src/a.py"
    assert first.commit == git("rev-parse", "HEAD").strip()
    assert first.repository == "https://example.org/a/project.git"
    assert first.derivation == ("changed since the commit",)
    assert first.licence == {"spdx": "Apache-2.0", "evidence": "repository", "detail": "LICENSE"}
    assert second.derivation == ()
    assert (second.licence["spdx"], second.licence["evidence"]) == ("MPL-2.0", "file-header")


def test_licences_are_never_guessed(tmp_path: Path) -> None:
    assert known_text("You may use this as you like.") is None
    assert known_text("Permission is hereby granted, free of charge, to any person") is None
    assert header_licence("# SPDX-License-Identifier: (MIT OR Apache-2.0)\n") is not None
    assert header_licence("# License: MIT\n") is None
    assert not is_spdx("see LICENSE")
    (tmp_path / "LICENSE").write_text("All rights reserved.")
    assert repository_licence(tmp_path) is None
    (tmp_path / "pyproject.toml").write_text('[project]\nlicense = "ISC"\n')
    found = repository_licence(tmp_path)
    assert found is not None
    assert (found["spdx"], found["detail"]) == ("ISC", "pyproject.toml")


def test_sources_as_they_are_spelled(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(FUNCTION)
    spelled = [str(tmp_path / "a.py"), "synthetic:3:5"]
    sources = read_sources(spelled)
    items = [unit.item for unit in sources.units()]
    assert items == ["a.py", "5/0", "5/1", "5/2"]
    assert [unit.item for unit in sources.units()] == items
    with pytest.raises(SourceMissing):
        read_sources(["nowhere"])
    with pytest.raises(ManifestError, match="there are apps"):
        read_sources([f"nothing={tmp_path}"])
    assert read_sources([f"humaneval={tmp_path}"]).benchmarks == {"HumanEval"}
