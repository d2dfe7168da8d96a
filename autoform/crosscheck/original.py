"""The original functions of a file, whatever their language: one protocol, opened in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Protocol

from autoform.crosscheck.limits import Limits
from autoform.crosscheck.observation import Input, Observation
from autoform.crosscheck.python.runner import PythonOriginal
from autoform.crosscheck.rust.runner import Crate
from autoform.frontends.lifted import Lifted
from autoform.ir.decls import Function, Language

__all__ = ["Limits", "Original", "language_of", "open_original", "open_originals"]


class Original(Protocol):
    """Runs the functions of one file in their own language, and writes calls in it."""

    @property
    def refused(self) -> str | None:
        """Why the file cannot be run at all, if it cannot; known after `load`."""

    @property
    def missing(self) -> str | None:
        """The program that is not installed, where the file is refused because of it."""

    @property
    def failed(self) -> Mapping[str, str]:
        """Why single functions cannot be run; known after `load`."""

    def load(self) -> None: ...

    def observe(self, function: Function, inputs: Sequence[Input]) -> list[Observation]: ...

    def show_call(self, function: Function, given: Input) -> str:
        """The call as one would type it."""

    def show(self, function: Function, seen: Observation) -> str:
        """What was seen, in words and in the language's own values."""


def language_of(lifted: Lifted) -> Language:
    """The language of a lifted file: of its functions, or by its suffix when it has none."""
    for function in lifted.module.functions:
        if function.language is not Language.IR:
            return function.language
    return Language.RUST if lifted.source.path.endswith(".rs") else Language.PYTHON


@contextmanager
def open_original(lifted: Lifted, limits: Limits | None = None) -> Iterator[Original]:
    """The original of a lifted file, ready to run; its process ends with the context."""
    with open_originals([lifted], limits) as (original,):
        yield original


@contextmanager
def open_originals(
    files: Sequence[Lifted], limits: Limits | None = None
) -> Iterator[Sequence[Original]]:
    """The originals of many files, in their order; all that is Rust is compiled at once."""
    with ExitStack() as stack:
        rust = [file for file in files if language_of(file) is Language.RUST]
        crate = Crate([(file.source, file.module) for file in rust], limits)
        compiled = iter(stack.enter_context(crate).originals)
        yield [
            next(compiled)
            if language_of(file) is Language.RUST
            else stack.enter_context(PythonOriginal(file.source, file.module, limits))
            for file in files
        ]
