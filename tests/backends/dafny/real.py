"""The Dafny that is installed, for tests that ask it."""

from __future__ import annotations

import pytest

from autoform.verifiers.dafny import DafnyTool, find_dafny

__all__ = ["needs_dafny", "tool"]

needs_dafny = pytest.mark.skipif(
    find_dafny() is None, reason="needs Dafny, which is not on PATH (see `autoform doctor`)"
)


def tool() -> DafnyTool:
    """The tool, which is there where `needs_dafny` did not skip."""
    found = find_dafny()
    assert found is not None
    return found
