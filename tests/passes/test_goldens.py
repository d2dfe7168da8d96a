"""Each pass on a text, and the whole text that it makes of it.

`goldens/NAME.before.ir` becomes `goldens/NAME.after.ir`, never edited by hand: run
`python -m tests.passes.test_goldens` to write the files anew, and read the difference.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from autoform.ir.text import parse_module, print_module
from autoform.passes import Pass, run
from autoform.passes.catalogue import PASSES

FOLDER: Final = Path(__file__).parent / "goldens"


def lowered(each: Pass) -> str:
    before = (FOLDER / f"{each.name}.before.ir").read_text(encoding="utf-8")
    return print_module(run(parse_module(before), [each]))


@pytest.mark.parametrize("each", PASSES, ids=lambda each: each.name)
def test_pass_writes_its_golden(each: Pass) -> None:
    after = (FOLDER / f"{each.name}.after.ir").read_text(encoding="utf-8")
    assert lowered(each) == after


@pytest.mark.parametrize("each", PASSES, ids=lambda each: each.name)
def test_pass_has_nothing_more_to_do(each: Pass) -> None:
    after = (FOLDER / f"{each.name}.after.ir").read_text(encoding="utf-8")
    assert print_module(run(parse_module(after), [each])) == after


def main() -> None:
    for each in PASSES:
        (FOLDER / f"{each.name}.after.ir").write_text(lowered(each), encoding="utf-8")


if __name__ == "__main__":
    main()
