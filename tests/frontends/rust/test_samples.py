"""Sample files whose asserts hold under rustc and in the interpreter of what is lifted.

The expected values were printed by the functions themselves, compiled with overflow checks.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from autoform.frontends import lift
from autoform.frontends.rust.lower_exprs import METHODS
from autoform.frontends.rust.plans import ADAPTORS
from autoform.frontends.rust.prelude import library
from autoform.semantics.interpreter import Returned, call
from autoform.semantics.values import same
from autoform.source import SourceFile

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.rs"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_interpreter_gives_what_the_asserts_claim(path: Path) -> None:
    found = lift(SourceFile(path.name, path.read_text(encoding="utf-8")))
    assert not found.diagnostics
    count = 0
    for name, examples in found.examples.items():
        for example in examples:
            outcome = call(found.module, name, example.args)
            assert isinstance(outcome, Returned), (name, example.args, outcome)
            assert example.expected is not None
            assert same(outcome.value, example.expected), (name, example.args, outcome.value)
            count += 1
    assert count >= 60


@pytest.mark.skipif(shutil.which("rustc") is None, reason="needs rustc")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_asserts_hold_under_rustc(path: Path, tmp_path: Path) -> None:
    program = tmp_path / "sample"
    flags = ["--edition", "2021", "--test", "-A", "warnings", "-o", str(program)]
    subprocess.run(["rustc", *flags, str(path)], check=True)
    subprocess.run([program], check=True, capture_output=True)


def test_every_method_with_a_signature_has_a_meaning_or_is_refused() -> None:
    """A meaning without a signature would never be reached."""
    known = {signature.key for group in library().values() for signature in group.values()}
    assert (METHODS.keys() | ADAPTORS.keys()) - known <= {"Wrapper.new"}
