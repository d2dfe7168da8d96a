"""Many files made into one program, so that hundreds of functions cost one run of rustc.

Each file becomes a module. What rustc does not accept is left out and the rest is tried again:
the function, type or import that an error is about, or the whole file where the error is about
nothing smaller. Only functions that lifted are called; those that are left out have a reason.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from autoform.crosscheck.rust.regions import Printed, Region, RustText, read_text
from autoform.crosscheck.rust.rustc import Complaint, compile_crate
from autoform.crosscheck.rust.wrappers import HEAD, Piece, calls_table, pieces
from autoform.ir.decls import Function, Module
from autoform.source import SourceFile

__all__ = ["BuildError", "Unit", "build"]

_CODEC: Final = Path(__file__).with_name("codec.rs")
_ROUNDS: Final = 40


class BuildError(Exception):
    """rustc made no program, and said nothing that a file could be blamed for."""


@dataclass(slots=True)
class Unit:
    """A file in the crate: what is left of it, and what is not, with the reasons."""

    source: SourceFile
    module: Module
    number: int
    failed: dict[str, str] = field(default_factory=dict)
    refused: str | None = None
    text: RustText = field(init=False)
    _out: set[Region] = field(default_factory=set)
    _codecs_out: set[str] = field(default_factory=set)
    _printed: Printed | None = None
    _tail: list[tuple[int, int, Piece]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Find the regions of the file."""
        self.text = read_text(self.source)

    @property
    def name(self) -> str:
        """The module's name."""
        return f"m{self.number}"

    def called(self) -> list[Function]:
        """The functions that have wrappers, in the order of their numbers."""
        known = self.text.generics
        return [
            function
            for function in self.module.functions
            if function.name not in self.failed and function.name.replace(".", "::") in known
        ]

    def write(self, folder: Path) -> None:
        """Write the module's file, and remember what stands where in it."""
        self._printed = self.text.printed(f"crate::{self.name}", self._out)
        data = bytearray(self._printed.data + HEAD.encode())
        self._tail = []
        called = self.called()
        for piece in pieces(self.module, called, self.text):
            if piece.function is None and piece.text in self._codecs_out:
                continue
            start = len(data)
            data += piece.text.encode()
            self._tail.append((start, len(data), piece))
        data += calls_table(len(called)).encode()
        (folder / f"{self.name}.rs").write_bytes(data)

    def blame(self, complaint: Complaint) -> None:
        """Leave out what an error is about."""
        assert self._printed is not None
        if complaint.start < len(self._printed.data):
            start, end = map(self._printed.original, (complaint.start, complaint.end))
            region = self.text.region_at(start, end)
            if region is None:
                self.refused = f"rustc: {complaint.message}"
                return
            self._out.add(region)
            for name in region.names:
                for spelled in (name, name.replace("::", ".")):
                    self.failed.setdefault(spelled, f"rustc: {complaint.message}")
            return
        for start, end, piece in self._tail:
            if start <= complaint.start < end:
                if piece.function is None:
                    self._codecs_out.add(piece.text)
                else:
                    self.failed.setdefault(piece.function, f"rustc: {complaint.message}")
                return
        self.refused = f"rustc: {complaint.message}"


def build(units: Sequence[Unit], folder: Path) -> Path:
    """Compile what can be compiled of the units. Raises `BuildError` or `ProcessFailure`."""
    shutil.copy(_CODEC, folder / "autoform_codec.rs")
    for _ in range(_ROUNDS):
        kept = [unit for unit in units if unit.refused is None]
        for unit in kept:
            unit.write(folder)
        (folder / "main.rs").write_text(_main(units, kept), encoding="utf-8")
        compiled = compile_crate(folder)
        if compiled.program is not None:
            return compiled.program
        if not _blame(kept, compiled.complaints):
            break
    raise BuildError(compiled.trouble)


def _blame(units: Iterable[Unit], complaints: Iterable[Complaint]) -> bool:
    """Whether anyone could be blamed."""
    files = {f"{unit.name}.rs": unit for unit in units}
    blamed = [c for c in complaints if c.file in files]
    for complaint in blamed:
        files[complaint.file].blame(complaint)
    return bool(blamed)


def _main(units: Sequence[Unit], kept: Sequence[Unit]) -> str:
    """The root of the crate. A unit that was set aside keeps its number, without functions."""
    names = {unit.number for unit in kept}
    modules = "".join(f"mod {unit.name};\n" for unit in kept)
    tables = ", ".join(
        f"{unit.name}::autoform_calls::CALLS" if unit.number in names else "&[]" for unit in units
    )
    return (
        f"#![allow(warnings)]\nmod autoform_codec;\n{modules}\n"
        f"fn main() {{\n    autoform_codec::serve(&[{tables}]);\n}}\n"
    )
