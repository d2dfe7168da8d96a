"""Whether what is printed is accepted: by the Dafny that is installed, by Lean's grammar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from lark.exceptions import UnexpectedInput

from autoform.backends.lean.layout import parse_lean
from autoform.verifiers.dafny import Budget, DafnyTool, find_dafny
from tests.bench.measure import Measured

__all__ = ["accepted_by_dafny", "accepted_by_grammar", "rejected_by_dafny"]

_BATCH: Final = 40
_BUDGET: Final = Budget(cpu_seconds=600)


def accepted_by_dafny(measured: Sequence[Measured]) -> dict[str, Any]:
    """Resolve all files in the dialect of the Dafny found, many as modules of one text.

    A batch that is rejected is halved until the files that are to blame stand alone.
    """
    tool = find_dafny()
    if tool is None:
        return {"accepted": None, "reason": "Dafny is not installed"}
    files = [(each.sample.name, each.dafny[tool.dialect]) for each in measured if each.dafny]
    rejected = rejected_by_dafny(tool, files)
    return {
        "by": f"Dafny {tool.version}",
        "files": len(files),
        "accepted": len(files) - len(rejected),
        "rejected": rejected,
    }


def rejected_by_dafny(tool: DafnyTool, files: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The first message about each file, given by name and text, that the resolver rejects."""
    rejected: dict[str, str] = {}
    for start in range(0, len(files), _BATCH):
        rejected |= _rejected(tool, files[start : start + _BATCH])
    return rejected


def _rejected(tool: DafnyTool, files: Sequence[tuple[str, str]]) -> dict[str, str]:
    if not files:
        return {}
    modules = (f"module File{number} {{\n{text}\n}}\n" for number, (_, text) in enumerate(files))
    messages = tool.resolve("\n".join(modules), budget=_BUDGET)
    if not messages:
        return {}
    if len(files) == 1:
        return {files[0][0]: messages[0].text}
    half = len(files) // 2
    return _rejected(tool, files[:half]) | _rejected(tool, files[half:])


def accepted_by_grammar(measured: Sequence[Measured]) -> dict[str, Any]:
    """Parse every Lean file by the grammar of what the back end may print."""
    rejected: dict[str, str] = {}
    files = [(each.sample.name, each.lean) for each in measured if each.lean]
    for name, text in files:
        try:
            parse_lean(text)
        except UnexpectedInput as error:
            rejected[name] = str(error).partition("\n")[0]
    return {"files": len(files), "accepted": len(files) - len(rejected), "rejected": rejected}
