"""Which of several findings decides the exit code."""

import pytest
from autoform_cli.exits import Exit, overall


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ([], 0),
        ([Exit.DONE, Exit.OPEN], 3),
        ([Exit.OPEN, Exit.WRONG, Exit.DONE], 1),
        ([Exit.WRONG, Exit.CALL], 2),
    ],
)
def test_overall(found: list[Exit], code: int) -> None:
    assert overall(found) == code
