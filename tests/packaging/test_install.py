"""Installed either way, autoform carries all it needs and claims no name that is not its own."""

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("autoform", "cli", "grammars", "corpora/manifests")
FILES = ("pyproject.toml", "README.md", "LICENSE")

PROBE = """
import importlib.util
from importlib.resources import files
import autoform
from autoform.diagnostics import CODES, page, pages
from autoform.processes import run

assert pages() == set(CODES)
assert (files("autoform") / "py.typed").is_file()
assert importlib.util.find_spec("autoform_cli") is not None
for name in ("cli", "grammars", "tests", "corpora", "setup"):
    assert importlib.util.find_spec(name) is None, name
assert run(["true"], timeout_cpu=5, timeout_wall=60).returncode == 0
print(*sorted(entry.name for entry in files("autoform.grammars").iterdir()))
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources, so that building leaves nothing in the real ones."""
    copy = tmp_path_factory.mktemp("checkout")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in FILES:
        shutil.copy(ROOT / file, copy)
    return copy


def build(checkout: Path, kind: str, folder: Path) -> Path:
    """Build with the backend that pyproject.toml names, as pip would, without the network."""
    code = f"import sys, setuptools.build_meta as b; b.build_{kind}(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", code, str(folder)], cwd=checkout, check=True, capture_output=True
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Path:
    """Install into a fresh, empty environment and return its Python."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps"]
    subprocess.run([*pip, "--no-index", str(wheel)], check=True)
    return python


def probe(python: Path) -> set[str]:
    """Run the probe far from the sources; the names of the grammars it found."""
    done = subprocess.run(
        [python, "-I", "-c", PROBE], cwd="/", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def shipped_grammars() -> set[str]:
    return {path.name for path in (ROOT / "grammars").iterdir() if path.suffix in {".lark", ".md"}}


def test_wheel(checkout: Path, tmp_path: Path) -> None:
    wheel = build(checkout, "wheel", tmp_path)
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"autoform", "autoform_cli"}
    assert shipped_grammars() <= probe(install(wheel, tmp_path / "env"))


def test_editable(checkout: Path, tmp_path: Path) -> None:
    python = install(build(checkout, "editable", tmp_path), tmp_path / "env")
    assert shipped_grammars() <= probe(python)
    (checkout / "grammars" / "later.lark").write_text("start: \n")
    assert "later.lark" in probe(python)
