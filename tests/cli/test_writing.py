"""Files are written whole or not at all."""

import os
import resource
from pathlib import Path

import pytest
from autoform_cli.writing import cannot_write, write_whole


def test_writes_into_new_folders_with_ordinary_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b.dfy"
    write_whole(target, "é\n")
    assert target.read_bytes() == "é\n".encode()
    (tmp_path / "other").touch()
    assert target.stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "a.dfy"
    target.write_text("old")
    child = os.fork()
    if child == 0:
        # A limit on file sizes stands for a full disk; it cannot be raised again, hence the fork.
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            write_whole(target, "x" * 5000)
        except OSError:
            os._exit(0)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert status == 0
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.dfy"]


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OSError, match="out") as caught:
        write_whole(tmp_path / "out" / "a.dfy", "x")
    found = cannot_write(tmp_path / "out" / "a.dfy", caught.value)
    assert found.code == "cannot-write"
    assert "not a directory" in found.message or "file exists" in found.message
