"""The cache: never a wrong record, whatever happens to the file or to those who write it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import autoform
from autoform.prove.cache import Cache, cache_file

ROOT = Path(autoform.__file__ or "").parent.parent
WRITER = """\
import sys
from pathlib import Path
from autoform.prove.cache import Cache

with Cache(Path(sys.argv[1])) as cache:
    print("ready", flush=True)
    for number in range(int(sys.argv[3])):
        cache.put(f"{sys.argv[2]}-{number}", {"number": number, "text": "x" * 2000})
    assert not cache.warnings, cache.warnings
"""


def writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_what_was_put_is_got_by_another(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "c.sqlite"
    with Cache(path) as cache:
        assert cache.get("a") is None
        cache.put("a", [1, {"b": None}])
    with Cache(path) as cache:
        assert cache.get("a") == [1, {"b": None}]
        assert (cache.hits, cache.warnings) == (1, [])


def test_it_is_below_the_users_cache_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_file().parent == tmp_path / "autoform"
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert cache_file().parent == tmp_path / "home" / ".cache" / "autoform"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE records SET text = replace(text, 'proved', 'refuted')",
        "UPDATE records SET key = 'b'",
        "UPDATE records SET text = NULL",
        "UPDATE records SET checksum = ''",
    ],
)
def test_a_changed_record_is_no_record(tmp_path: Path, change: str) -> None:
    path = tmp_path / "c.sqlite"
    with Cache(path) as cache:
        cache.put("a", {"verdict": "proved"})
    with sqlite3.connect(path) as db:
        db.execute(change)
    db.close()
    with Cache(path) as cache:
        assert cache.get("a") is None
        assert cache.get("b") is None


@pytest.mark.parametrize("size", [0, 40, 4096, 9000])
def test_a_broken_file_is_set_aside_with_one_warning(tmp_path: Path, size: int) -> None:
    path = tmp_path / "c.sqlite"
    with Cache(path) as cache:
        for number in range(50):
            cache.put(str(number), "x" * 500)
    whole = path.read_bytes()
    path.write_bytes(whole[:size] + os.urandom(len(whole) - size))
    with Cache(path) as cache:
        for number in range(50):
            assert cache.get(str(number)) in {None, "x" * 500}
        cache.put("new", 1)
        assert cache.get("new") == 1
        assert [each.code for each in cache.warnings] == ["cache-unusable"]
    aside = [each.name for each in tmp_path.iterdir() if "broken" in each.name]
    assert len(aside) == 1


def test_no_place_for_it_is_one_warning_and_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Cache(tmp_path / "file" / "c.sqlite") as cache:
        cache.put("a", 1)
        assert cache.get("a") is None
        assert cache.get("b") is None
        assert [each.code for each in cache.warnings] == ["cache-unusable"]


def test_a_folder_in_its_place_is_one_warning(tmp_path: Path) -> None:
    (tmp_path / "c.sqlite").mkdir()
    with Cache(tmp_path / "c.sqlite") as cache:
        cache.put("a", 1)
        assert cache.get("a") is None
        assert [each.code for each in cache.warnings] == ["cache-unusable"]


def test_a_full_disk_is_one_warning(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with Cache(path) as cache:
        cache.put("a", 1)
        assert cache._connection is not None
        cache._connection.execute("PRAGMA max_page_count = 3")
        cache.put("b", "x" * 100_000)
        assert cache.get("b") is None
        assert [each.code for each in cache.warnings] == ["cache-unusable"]
    with Cache(path) as cache:
        assert cache.get("a") == 1


def test_many_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    writers = [writer(path, name, 60) for name in "abc"]
    said = [each.communicate()[0] for each in writers]
    assert said == ["ready\n"] * 3
    assert [each.returncode for each in writers] == [0, 0, 0]
    with Cache(path) as cache:
        for name in "abc":
            for number in range(60):
                found = cache.get(f"{name}-{number}")
                assert found is not None
                assert found["number"] == number
        assert not cache.warnings


@pytest.mark.parametrize("moment", [0.0, 0.01, 0.05])
def test_a_killed_writer_leaves_a_sound_file(tmp_path: Path, moment: float) -> None:
    path = tmp_path / "c.sqlite"
    victim = writer(path, "v", 100_000)
    assert victim.stdout is not None
    victim.stdout.readline()
    time.sleep(moment)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    victim.stdout.close()
    with Cache(path) as cache:
        known = [cache.get(f"v-{number}") for number in range(2000)]
        count = sum(each is not None for each in known)
        assert all(each is not None and each["number"] == n for n, each in enumerate(known[:count]))
        cache.put("after", 1)
        assert cache.get("after") == 1
        assert not cache.warnings
