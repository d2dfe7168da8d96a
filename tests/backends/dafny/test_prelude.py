"""The prelude keeps its own contracts: the real Dafny verifies it.

The whole of it takes minutes, `python -m tests.bench.prelude`; here the parts that proofs about
machine integers, dictionaries and orders lean on.
"""

from __future__ import annotations

import pytest

from autoform.verifiers.dafny import Budget
from tests.backends.dafny.prelude_text import prelude_text, unproved
from tests.backends.dafny.real import needs_dafny, tool

PARTS = {
    "machine": ("MachineShiftRight", "MachineSum", "MachineProduct", "CheckedDiv"),
    "dicts": ("DictMerge", "DictRemove"),
    "order": ("Sorted", "SortBy"),
}
BUDGET = Budget(cpu_seconds=300)


@needs_dafny
@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_prelude_is_verified(part: str) -> None:
    assert unproved(tool(), prelude_text(tool(), PARTS[part]), BUDGET) == []


@needs_dafny
def test_a_wrong_prelude_is_not_verified() -> None:
    right = prelude_text(tool(), ["QuotientShrinks"])
    wrong = right.replace("0 <= a / b <= a", "0 < a / b <= a")
    assert wrong != right
    assert unproved(tool(), wrong, BUDGET)
