"""What a command has found so far, and how it is told in the end."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Never

from autoform.diagnostics import Diagnostic, diagnostic_to_json, render_sarif, render_terminal
from autoform.source import SourceFile
from autoform.version import VERSION

from .exits import Exit, overall
from .output import finish, is_colored, print_findings, print_json, print_remarks, print_result
from .writing import cannot_write, write_whole

__all__ = ["Report", "exit_of", "function_entry"]

_CALL_ERRORS = frozenset(
    {
        "unreadable-file",
        "no-source-file",
        "no-such-function",
        "cannot-write",
        "missing-tool",
        "model-unavailable",
    }
)


def function_entry(
    name: str, line: int, verdict: str, found: Iterable[Diagnostic], *, path: Path
) -> dict[str, Any]:
    """A function's entry in the document of `--json`."""
    entry: dict[str, Any] = {
        "name": name,
        "file": str(path),
        "line": line or None,
        "verdict": verdict,
    }
    findings = [diagnostic_to_json(each) for each in found]
    return entry | {"diagnostics": findings} if findings else entry


def exit_of(found: Diagnostic) -> Exit:
    """What a finding about a file or about the call means for the exit code."""
    if found.code in _CALL_ERRORS:
        return Exit.CALL
    return Exit.OPEN if found.severity == "error" else Exit.DONE


class Report:
    """Collects entries, findings and exit codes; prints them when the command ends."""

    def __init__(self, *, json: bool, sarif: Path | None = None) -> None:
        self.written: dict[Path, Path] = {}
        """Output files, and the source file of each."""
        self._json = json
        self._sarif = sarif
        self._functions: list[dict[str, Any]] = []
        self._outputs: list[dict[str, Any]] = []
        self._general: list[Diagnostic] = []
        self._all: list[Diagnostic] = []
        self._shown: list[Diagnostic] = []
        self._sources: dict[str, SourceFile] = {}
        self._texts: list[str] = []
        self._remarks: list[str] = []
        self._exits: list[Exit] = []

    def add_source(self, source: SourceFile) -> None:
        """Have the lines of a file shown with findings in it."""
        self._sources[source.path] = source

    def add_findings(self, found: Iterable[Diagnostic]) -> None:
        """Findings about files and the call."""
        for each in found:
            self._general.append(each)
            self._all.append(each)
            self._exits.append(exit_of(each))

    def add_wrong_call(self, found: Diagnostic) -> None:
        """A finding about an argument, whatever its code says of files."""
        self._general.append(found)
        self._all.append(found)
        self._exits.append(Exit.CALL)

    def add_function(
        self,
        entry: dict[str, Any],
        found: Iterable[Diagnostic],
        code: Exit,
        *,
        shown: Iterable[Diagnostic] = (),
    ) -> None:
        """A function's entry with its findings; `shown` are those that its text shows already."""
        self._functions.append(entry)
        self._all.extend(found)
        self._shown.extend(shown)
        self._exits.append(code)

    def snippet(self, found: Diagnostic) -> str:
        """A finding as stdout shows it below a result, with its source lines."""
        return render_terminal([found], self._sources, color=is_colored(sys.stdout))

    def add_output(self, source: Path, path: Path | None, text: str) -> None:
        """What a file was translated to, and where that was written, if it was."""
        entry: dict[str, Any] = {"file": str(source), "output": str(path) if path else None}
        self._outputs.append(entry if path else entry | {"text": text})
        if path is None:
            self._texts.append(text)

    def add_remark(self, text: str) -> None:
        """A line on a result, for stderr: stdout holds a translated text."""
        self._remarks.append(text)

    def add_text(self, text: str) -> None:
        """Text for stdout, which a JSON document replaces."""
        self._texts.append(text)

    def finish(self) -> Never:
        """Print everything and end with the code that it amounts to."""
        if self._sarif is not None:
            self._write_sarif(self._sarif)
        print_findings(self._all, self._sources)
        if self._remarks and not self._json:
            print_remarks(self._remarks)
        if self._json:
            print_json(self._functions, self._outputs, self._general)
        else:
            print_result(
                "".join(text if text.endswith("\n") else f"{text}\n" for text in self._texts)
            )
        finish(overall(self._exits))

    def _write_sarif(self, path: Path) -> None:
        try:
            write_whole(path, render_sarif([*self._all, *self._shown], version=VERSION))
        except OSError as error:
            self.add_findings([cannot_write(path, error)])
