"""The original functions of a file, whatever their language: one protocol, opened in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

from autoform.crosscheck.observation import Input, Observation
from autoform.crosscheck.python.runner import Limits, PythonOriginal
from autoform.frontends.lifted import Lifted
from autoform.ir.decls import Function

__all__ = ["Limits", "Original", "open_original"]


class Original(Protocol):
    """Runs the functions of one file in their own language, and writes calls in it."""

    @property
    def refused(self) -> str | None:
        """Why the file cannot be run at all, if it cannot; known after `load`."""

    @property
    def failed(self) -> Mapping[str, str]:
        """Why single functions cannot be run; known after `load`."""

    def load(self) -> None: ...

    def observe(self, function: Function, inputs: Sequence[Input]) -> list[Observation]: ...

    def show_call(self, function: Function, given: Input) -> str:
        """The call as one would type it."""

    def show(self, function: Function, seen: Observation) -> str:
        """What was seen, in words and in the language's own values."""


@contextmanager
def open_original(lifted: Lifted, limits: Limits | None = None) -> Iterator[Original]:
    """The original of a lifted file, ready to run; its process ends with the context."""
    with PythonOriginal(lifted.source, lifted.module, limits) as original:
        yield original
