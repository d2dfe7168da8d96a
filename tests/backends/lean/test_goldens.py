"""Whole Lean files. `python -m tests.backends.lean.test_goldens` writes them anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from autoform.backends.emitted import Emitted
from autoform.backends.lean import emit_lean
from autoform.backends.lean.layout import parse_lean
from autoform.ir.text import parse_module

FOLDER: Final = Path(__file__).parent / "goldens"
NAMES: Final = tuple(sorted(path.stem for path in FOLDER.glob("*.ir")))


def emitted(name: str) -> Emitted:
    module = parse_module((FOLDER / f"{name}.ir").read_text(encoding="utf-8"))
    return emit_lean(replace(module, path=f"samples/{name}.ir"))


@pytest.mark.parametrize("name", NAMES)
def test_file_is_its_golden_and_parses(name: str) -> None:
    text = emitted(name).text
    assert text == (FOLDER / f"{name}.lean").read_text(encoding="utf-8")
    parse_lean(text)


def test_what_lean_cannot_say_is_refused_with_its_callers() -> None:
    found = emitted("types")
    assert [(d.code, d.message) for d in found.diagnostics] == [
        (
            "unsupported-by-backend",
            "`shout` cannot be printed in Lean: "
            "`py.upper` has no definition in Lean's core library",
        ),
        (
            "unsupported-by-backend",
            "`shout_twice` calls `shout`, which cannot be printed in Lean",
        ),
    ]
    assert "shout" not in found.names
    assert "shout" not in found.text


def main() -> None:
    for name in NAMES:
        (FOLDER / f"{name}.lean").write_text(emitted(name).text, encoding="utf-8")


if __name__ == "__main__":
    main()
