"""Grammars are found from a checkout; the packaging tests look into the wheel."""

from __future__ import annotations

import pytest

from autoform.grammar_files import grammar


def test_an_unknown_grammar_is_a_missing_file() -> None:
    with pytest.raises(FileNotFoundError):
        grammar("no-such-language")
