"""The Ray engine: on a cluster, and on a stand-in for Ray that runs everything in this process."""

import os
import subprocess
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autoform.corpus.build import build
from autoform.corpus.engines.ray import RayEngine
from tests.corpus.programs import InProcess, data_of, many, order

ROOT = Path(__file__).parents[2]
needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="ray is not installed")

# A process of its own: Ray leaves threads and warnings behind.
SCRIPT = """
import os, signal, sys
from pathlib import Path
import ray
from autoform.corpus.build import build
from autoform.corpus.engines.ray import RayEngine
from tests.corpus.programs import many, order

try:
    ray.init(num_cpus=2, log_to_driver=False, include_dashboard=False)
except Exception as error:
    print(error)
    sys.exit(77)
killed = []

def units():
    for number, unit in enumerate(many(10)()):
        if number == 6:
            for entry in Path("/proc").iterdir():
                if entry.name.isdigit():
                    try:
                        title = (entry / "cmdline").read_bytes()
                        parents = (entry / "environ").read_bytes()
                    except OSError:
                        continue
                    if title.startswith(b"ray::_Maker") and MARK in parents:
                        os.kill(int(entry.name), signal.SIGKILL)
                        killed.append(entry.name)
                        break
        yield unit

MARK = ("AUTOFORM_TEST=" + os.environ["AUTOFORM_TEST"]).encode()
build(order(Path(sys.argv[1]), units), lambda settings: RayEngine(settings, 2))
print("killed", len(killed), flush=True)
"""


def stand_in() -> SimpleNamespace:
    """As much of Ray as the engine uses; a result is there as soon as it is asked for."""

    def remote(**_options: object) -> Any:
        def made(cls: type) -> SimpleNamespace:
            def actor(*arguments: object) -> SimpleNamespace:
                inner = cls(*arguments)
                return SimpleNamespace(
                    slot=inner._slot,
                    run=SimpleNamespace(remote=lambda *given: partial(inner.run, *given)),
                )

            return SimpleNamespace(remote=actor)

        return made

    def wait(waiting: list[Any], num_returns: int) -> tuple[list[Any], list[Any]]:
        # The last first, so that units come back out of order.
        return waiting[-num_returns:], waiting[:-num_returns]

    return SimpleNamespace(
        is_initialized=lambda: True,
        remote=remote,
        wait=wait,
        get=lambda ready: ready(),
        kill=lambda actor: actor.slot.__exit__(None, None, None),
    )


def test_units_that_come_back_out_of_order_make_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", stand_in())
    build(order(tmp_path / "ray", many(7)), lambda settings: RayEngine(settings, 2))
    build(order(tmp_path / "local", many(7)), InProcess)
    assert data_of(tmp_path / "ray") == data_of(tmp_path / "local")


@needs_ray
def test_ray_gives_the_local_rows_though_a_worker_is_killed(tmp_path: Path) -> None:
    build(order(tmp_path / "local", many(10)), InProcess)
    path = os.pathsep.join([str(ROOT), *sys.path])
    mark = f"{os.getpid()}-{tmp_path.name}"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT, str(tmp_path / "ray")],
        env={**os.environ, "PYTHONPATH": path, "AUTOFORM_TEST": mark},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 77:
        pytest.skip(f"ray cannot start a cluster here: {done.stdout.strip()[:80]}")
    assert done.returncode == 0, done.stderr
    assert "killed 1" in done.stdout.splitlines(), done.stdout  # Ray prints there, too
    assert data_of(tmp_path / "ray") == data_of(tmp_path / "local")
