"""Whole Dafny files. `python -m tests.backends.dafny.test_goldens` writes them anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from autoform.backends.dafny import emit_dafny
from autoform.backends.dafny.dialect import DialectNumber
from autoform.backends.emitted import Emitted
from autoform.ir.text import parse_module

FOLDER: Final = Path(__file__).parent / "golden"
NAMES: Final = tuple(sorted(path.stem for path in FOLDER.glob("*.ir")))
DIALECTS: Final[tuple[DialectNumber, ...]] = (2, 4)


def emitted(name: str, dialect: DialectNumber) -> Emitted:
    module = parse_module((FOLDER / f"{name}.ir").read_text(encoding="utf-8"))
    module = replace(module, path=f"{name}.ir")
    return emit_dafny(module, dialect=dialect, allow=frozenset(module.assumptions))


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", NAMES)
def test_file_is_its_golden(name: str, dialect: DialectNumber) -> None:
    golden = FOLDER / f"{name}.{dialect}.dfy"
    assert emitted(name, dialect).text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_function_is_printed_with_its_line(name: str) -> None:
    module = parse_module((FOLDER / f"{name}.ir").read_text(encoding="utf-8"))
    found = emitted(name, 4)
    assert not found.diagnostics
    lines = found.text.splitlines()
    for function in module.functions:
        declared = [
            number
            for number, line in enumerate(lines, 1)
            if line.startswith(("function", "predicate", "method"))
            and line.split("(")[0].split("<")[0].endswith(f" {found.names[function.name]}")
        ]
        assert len(declared) == 1
        span = found.source_of(declared[0])
        assert span is not None
        assert span.start_line == function.span.start_line


def main() -> None:
    for name in NAMES:
        for dialect in DIALECTS:
            text = emitted(name, dialect).text
            (FOLDER / f"{name}.{dialect}.dfy").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
