"""Workers that run programs of autoform's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from autoform.crosscheck.rust import rustc
from autoform.processes import Answer
from autoform.processes.python import python_worker
from autoform.verifiers.dafny import find, setting

PROGRAM = """\
import json
import os
import sys

for line in sys.stdin:
    print(json.dumps([os.environ.get(name) for name in json.loads(line)]), flush=True)
"""
PASSED_ON = sorted({*rustc._KEPT, *setting._KEPT, find.DAFNY_VARIABLE, find.Z3_VARIABLE})


def test_it_passes_on_what_the_programs_that_it_starts_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "environment_told.py").write_text(PROGRAM)
    monkeypatch.syspath_prepend(str(tmp_path))
    wanted = {name: f"the {name} of ours" for name in PASSED_ON}
    for name, value in wanted.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AUTOFORM_API_KEY", "secret")
    with python_worker("environment_told") as worker:
        reply = worker.ask([*wanted, "AUTOFORM_API_KEY"], timeout_cpu=10, timeout_wall=60)
    assert reply == Answer([*wanted.values(), None])
