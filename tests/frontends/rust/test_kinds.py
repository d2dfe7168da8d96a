"""Every kind of node that the grammar knows is lifted, skipped or refused: nothing slips by."""

import pytest

from autoform.diagnostics import CODES
from autoform.frontends.rust.kinds import LIFTED, REFUSED, SKIPPED
from autoform.frontends.rust.read_expr import EXPRESSIONS
from autoform.frontends.syntax import named_kinds


def test_the_three_tables_are_the_grammar() -> None:
    assert LIFTED | SKIPPED | REFUSED.keys() == named_kinds("rust")


def test_no_kind_is_in_two_tables() -> None:
    assert not LIFTED & SKIPPED
    assert not LIFTED & REFUSED.keys()
    assert not SKIPPED & REFUSED.keys()


def test_what_the_reader_reads_is_lifted() -> None:
    assert EXPRESSIONS.keys() <= LIFTED


@pytest.mark.parametrize("kind", REFUSED)
def test_refusals_have_registered_codes(kind: str) -> None:
    code, what = REFUSED[kind]
    assert code in CODES
    assert what
