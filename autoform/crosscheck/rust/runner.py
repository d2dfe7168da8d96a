"""The original Rust functions of files, compiled together and called in a limited process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self, assert_never

from autoform.crosscheck.limits import STOPPED, Limits
from autoform.crosscheck.observation import Gave, Input, NoClaim, Observation, Odd, Reason, Threw
from autoform.crosscheck.python.show import cut
from autoform.crosscheck.rust.build import BuildError, Unit, build
from autoform.crosscheck.rust.hosts import host_of
from autoform.crosscheck.rust.panics import OUT_OF_MEMORY, exception_of
from autoform.crosscheck.rust.show import Shower, suffixed
from autoform.crosscheck.rust.values import (
    NoCounterpartError,
    UnexpectedWordsError,
    Words,
    to_words,
)
from autoform.ir.decls import Function, Module
from autoform.ir.types import MachineIntType
from autoform.processes import Answer, MissingProgram, NoAnswer, ProcessFailure, Worker
from autoform.source import SourceFile

__all__ = ["Crate", "RustOriginal"]

_BATCH: Final = 64
_OUT_OF_TIME: Final = b"autoform: out of time"
_STACK: Final = b"has overflowed its stack"
_MEMORY: Final = b"memory allocation of"
_CELLS: Final = {"X": Reason.NO_COUNTERPART, "L": Reason.SIZE}


class Crate:
    """The functions of many files in one program. A context manager: it holds a process.

    A file that rustc does not accept is set aside, and so is a function; the others run.
    """

    def __init__(
        self, files: Iterable[tuple[SourceFile, Module]], limits: Limits | None = None
    ) -> None:
        self.limits = limits or Limits()
        self.units = [Unit(s, module, n) for n, (s, module) in enumerate(files)]
        self.originals = [RustOriginal(self, unit) for unit in self.units]
        self.missing: str | None = None
        self.refused: str | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="autoform-")
        self._worker: Worker | None = None
        self._built = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._worker is not None:
            self._worker.__exit__(kind, error, traceback)
        self._folder.cleanup()

    def load(self) -> None:
        """Compile now. What goes wrong is kept in `missing`, `refused` and the units."""
        if self._built:
            return
        self._built = True
        try:
            program = build(self.units, Path(self._folder.name))
        except MissingProgram as error:
            self.missing, self.refused = error.name, str(error)
            return
        except (BuildError, ProcessFailure) as error:
            self.refused = str(error)
            return
        self._worker = Worker(
            [str(program)],
            memory_bytes=self.limits.memory_bytes,
            max_processes=1,
            max_file_bytes=self.limits.file_bytes,
        ).__enter__()

    def ask(self, unit: Unit, place: int, cells: Sequence[str]) -> list[str | NoClaim]:
        """The answers of a function; calls that end the process end it for themselves only."""
        assert self._worker is not None
        seconds = self.limits.seconds
        head = f"{unit.number} {place} {int(seconds * 1000)}"
        budget = (seconds + 0.1) * len(cells) + 1
        reply = self._worker.ask(
            "|".join((head, *cells)), timeout_cpu=budget, timeout_wall=10 * budget + 30
        )
        if isinstance(reply, Answer):
            answers = str(reply.value).split("|")
            if len(answers) == len(cells):
                return list(answers)
        if len(cells) == 1:
            return [NoClaim(_reason(reply))]
        return [answer for cell in cells for answer in self.ask(unit, place, [cell])]


def _reason(reply: Answer | NoAnswer) -> Reason:
    """Why the process ended."""
    if isinstance(reply, Answer):
        return Reason.CRASH
    for mark, reason in (
        (_OUT_OF_TIME, Reason.TIME),
        (_STACK, Reason.RECURSION),
        (_MEMORY, Reason.MEMORY),
    ):
        if mark in reply.stderr:
            return reason
    return STOPPED.get(reply.stop, Reason.CRASH)


class RustOriginal:
    """The functions of one file of a crate."""

    def __init__(self, crate: Crate, unit: Unit) -> None:
        self._crate = crate
        self._unit = unit
        self._shower = Shower(unit.text.shapes)
        self._places: Mapping[str, int] = {}

    @property
    def missing(self) -> str | None:
        """The program that is not installed, if that is why nothing runs."""
        return self._crate.missing

    @property
    def refused(self) -> str | None:
        """Why the file cannot be run at all."""
        return self._crate.refused or self._unit.refused

    @property
    def failed(self) -> Mapping[str, str]:
        """Why single functions cannot be run."""
        return self._unit.failed

    def load(self) -> None:
        """Compile the crate, if that has not been done."""
        self._crate.load()
        if not self._places:
            called = self._unit.called()
            self._places = {function.name: place for place, function in enumerate(called)}

    def observe(self, function: Function, inputs: Sequence[Input]) -> list[Observation]:
        """Call the function once on each input, each time with fresh arguments."""
        self.load()
        place = self._places.get(function.name)
        if self.refused is not None or place is None:
            return [NoClaim(Reason.NOT_RUN)] * len(inputs)
        encoded = [self._encode(function, given) for given in inputs]
        found: list[Observation] = [NoClaim(Reason.NO_COUNTERPART)] * len(inputs)
        known = [(at, cell) for at, cell in enumerate(encoded) if cell is not None]
        for start in range(0, len(known), _BATCH):
            batch = known[start : start + _BATCH]
            answers = self._crate.ask(self._unit, place, [cell for _, cell in batch])
            for (at, _), answer in zip(batch, answers, strict=True):
                found[at] = self._read(function, answer)
        return found

    def _encode(self, function: Function, given: Input) -> str | None:
        try:
            return " ".join(
                word
                for value, param in zip(given, function.params, strict=True)
                for word in to_words(value, param.type, self._unit.module)
            )
        except NoCounterpartError:
            return None

    def _read(self, function: Function, answer: str | NoClaim) -> Observation:
        if isinstance(answer, NoClaim):
            return answer
        if answer in _CELLS:
            return NoClaim(_CELLS[answer])
        mark, *words = answer.split()
        if mark == "P":
            return _panicked(bytes.fromhex(words[0].removeprefix("s")).decode())
        if mark != "R":
            return Odd("its arguments are not of the types that its translation says")
        reader = Words(words, self._unit.module)
        try:
            value = reader.read(function.result)
            finals = tuple([reader.read(param.type) for param in function.params if param.inout])
            reader.end()
        except UnexpectedWordsError as error:
            return Odd(str(error))
        return Gave(value, finals)

    # ── Writing ───────────────────────────────────────────────────────────────────────────────

    def show_call(self, function: Function, given: Input) -> str:
        """The call as Rust source, a path as seen from the file."""
        shown = []
        for value, param in zip(given, function.params, strict=True):
            host = host_of(param.host, param.type)
            plain_int = isinstance(value, int) and not isinstance(value, bool)
            if plain_int and isinstance(param.type, MachineIntType) and host.name != "&mut":
                mark = "&" if host.name == "&" else ""
                shown.append(mark + suffixed(int(str(value)), param.type))
            else:
                shown.append(self._shower.show(value, host))
        return f"{function.name.replace('.', '::')}({', '.join(shown)})"

    def show(self, function: Function, seen: Observation) -> str:
        """What was seen, in words and in Rust's values."""
        match seen:
            case Gave(value, finals):
                shown = self._shower.show(value, host_of(function.host_result, function.result))
                return f"returns {cut(shown)}" + self._show_finals(function, finals)
            case Threw(exception, finals, message):
                said = f": {cut(message)}" if message else ""
                return f"panics ({exception}){said}" + self._show_finals(function, finals or ())
            case Odd(text):
                return text
            case NoClaim(reason):
                return str(reason)
            case _:
                assert_never(seen)

    def _show_finals(self, function: Function, finals: Input) -> str:
        inouts = [param for param in function.params if param.inout]
        text = ""
        for param, value in zip(inouts, finals, strict=False):
            host = host_of(param.host, param.type)
            owned = host.arg(0) if host.name == "&mut" else host
            text += f", {param.name} becomes {cut(self._shower.show(value, owned))}"
        return text


def _panicked(message: str) -> Observation:
    """A panic. What `&mut` held then is not told: only code that catches panics could see it."""
    if message in OUT_OF_MEMORY:
        return NoClaim(Reason.MEMORY)
    return Threw(exception_of(message), None, message)
