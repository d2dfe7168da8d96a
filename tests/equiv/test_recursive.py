"""Recursive functions are compared with their casts, their widths and all that they call."""

import pytest

from autoform.equiv.matching import Side
from autoform.equiv.proof import Proof, prove_pair
from autoform.equiv.runs import Pair
from autoform.frontends import Lifted, lift
from autoform.ir.decls import Language
from autoform.prove.pipeline import ProofSettings
from autoform.source import SourceFile

PYTHON = """\
def deep(n: int, x: int) -> bool:
    if n <= 0:
        return x == 7
    return not deep(n - 1, x)


def cast(n: int, x: int) -> bool:
    if n <= 0:
        return x == 7
    return not cast(n - 1, x)


def flipped(n: int, x: int) -> bool:
    if n <= 0:
        return ~x == 7
    return not flipped(n - 1, x)


def square(x: int) -> int:
    return x * x


def squares(n: int, x: int) -> bool:
    if n <= 0:
        return square(x) == 7
    return not squares(n - 1, x)
"""

RUST = """\
pub fn deep(n: i64, x: i64) -> bool { if n <= 0 { return x == 7; } !deep(n - 1, x) }
pub fn cast(n: i64, x: i64) -> bool { if n <= 0 { return x as u32 as i64 == 7; } !cast(n - 1, x) }
pub fn flipped(n: u32, x: u32) -> bool { if n <= 0 { return !x == 7; } !flipped(n - 1, x) }
fn square(x: i64) -> i64 { x * x }
pub fn squares(n: i64, x: i64) -> bool { if n <= 0 { return square(x) == 7; } !squares(n - 1, x) }
"""


@pytest.fixture(scope="module")
def files() -> tuple[Lifted, Lifted]:
    return (
        lift(SourceFile("a.py", PYTHON), language=Language.PYTHON),
        lift(SourceFile("b.rs", RUST), language=Language.RUST),
    )


def judged(files: tuple[Lifted, Lifted], name: str) -> Proof:
    """The proof alone, kept from running into a difference."""
    py, rs = files
    pair = Pair(
        py, rs, Side(py.module, py.module.function(name)), Side(rs.module, rs.module.function(name))
    )
    return prove_pair(pair, [(0, 1), (2, 1)], ProofSettings(steps=100_000))


def test_the_same_form_is_proved(files: tuple[Lifted, Lifted]) -> None:
    assert judged(files, "deep").by[0].endswith("the same recursive form")


@pytest.mark.parametrize("name", ["cast", "flipped", "squares"])
def test_a_width_that_only_one_has_is_seen(files: tuple[Lifted, Lifted], name: str) -> None:
    assert not judged(files, name).by
