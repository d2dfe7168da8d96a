"""What goes to stdout and what to stderr, and how.

Results go to stdout, findings to stderr in the shape of rustc's, or with `--json` one document to
stdout. Colour and progress are for terminals; `NO_COLOR` turns colour off there, too.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Never

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from autoform.diagnostics import Diagnostic, diagnostic_to_json, render_terminal
from autoform.source import SourceFile

from .exits import Exit
from .writing import cannot_write

__all__ = [
    "Advance",
    "finish",
    "is_colored",
    "print_findings",
    "print_json",
    "print_remarks",
    "print_result",
    "progress",
]


def is_colored(stream: IO[str]) -> bool:
    """Whether a stream is shown to someone who wants colour."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def print_result(text: str) -> None:
    """Print to stdout. Text that its encoding cannot hold is escaped, not lost in a traceback."""
    encoding = sys.stdout.encoding or "utf-8"
    with _to_stdout():
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))


def print_findings(
    findings: Iterable[Diagnostic], sources: Mapping[str, SourceFile] | None = None
) -> None:
    """Print findings to stderr, with their source lines where the source is at hand."""
    text = render_terminal(findings, sources or {}, color=is_colored(sys.stderr))
    if text:
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def print_remarks(lines: Iterable[str]) -> None:
    """Print lines about what was done to stderr."""
    encoding = sys.stderr.encoding or "utf-8"
    for line in lines:
        sys.stderr.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def print_json(
    functions: list[dict[str, Any]], outputs: list[dict[str, Any]], findings: Iterable[Diagnostic]
) -> None:
    """Print the one document of `--json`.

    `files` holds what was translated; `diagnostics` the findings about files and about the call
    itself, for those about a function stand with it. Both are left out when empty.
    """
    document: dict[str, Any] = {"schema": 1, "functions": functions}
    if outputs:
        document["files"] = outputs
    if general := [diagnostic_to_json(found) for found in findings]:
        document["diagnostics"] = general
    with _to_stdout():
        sys.stdout.write(json.dumps(document, ensure_ascii=True, indent=2) + "\n")


def finish(code: Exit) -> Never:
    """End the command, after everything printed has reached its reader."""
    with _to_stdout():
        sys.stdout.flush()
    raise typer.Exit(code)


@contextmanager
def _to_stdout() -> Iterator[None]:
    """End the command with the code of a wrong call where stdout takes no more.

    What could not be said must not look like a verdict. A reader that has gone is told nothing.
    """
    try:
        yield
    except OSError as error:
        # What is still in the buffer would fail once more when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            print_findings([cannot_write(Path("stdout"), error)])
        raise typer.Exit(Exit.CALL) from None


class Advance:
    """Moves a progress bar on by one, with a word on what is done now; does nothing in a pipe."""

    def __init__(self, bar: Progress | None, total: int) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=total) if bar else None

    def __call__(self, text: str) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, advance=1, description=text[:40])


@contextmanager
def progress(total: int) -> Iterator[Advance]:
    """Show a progress bar on stderr while the context lasts, if someone looks at it."""
    if total < 2 or not sys.stderr.isatty():
        yield Advance(None, total)
        return
    console = Console(stderr=True, no_color=not is_colored(sys.stderr))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        yield Advance(bar, total)


@contextmanager
def open_progress() -> Iterator[Advance]:
    """As `progress`, where nobody knows how much there is."""
    if not sys.stderr.isatty():
        yield Advance(None, 0)
        return
    console = Console(stderr=True, no_color=not is_colored(sys.stderr))
    columns = (TextColumn("{task.completed} {task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield Advance(bar, 0)
