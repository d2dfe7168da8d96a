"""The Ray engine on a local cluster of two workers: the rows of the local engine, and no loss."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from autoform.corpus.build import build
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

ray.init(num_cpus=2, log_to_driver=False, include_dashboard=False)
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
print(len(killed))
"""


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
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1:] == ["1"], done.stderr
    assert data_of(tmp_path / "ray") == data_of(tmp_path / "local")
