"""How fast translation is on one core, beside parsers that do far less, in the same run."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable
from typing import Any

from autoform.backends.emit import emit
from autoform.frontends import lift
from autoform.frontends.syntax import parse
from autoform.ir.decls import Assumption
from autoform.source import SourceFile
from tests.bench.corpora import Sample

__all__ = ["speed"]


def speed(chosen: list[Sample]) -> dict[str, Any]:
    """Seconds of CPU for all files, and functions a second, for each of three programs.

    The functions are all that the files define at top level, lifted or not: refusing takes time.
    """
    sources = [SourceFile(f"{number}.py", sample.text) for number, sample in enumerate(chosen)]
    parsed = [source for source in sources if _parses(source)]
    functions = sum(_functions(source) for source in parsed)
    report: dict[str, Any] = {"files": len(parsed), "functions": functions}
    for name, work in (
        ("ast.parse", _ast),
        ("tree-sitter", _tree_sitter),
        ("translate", _translate),
    ):
        seconds = _seconds(work, parsed)
        report[f"{name} functions/s"] = round(functions / seconds) if seconds else None
        report[f"{name} seconds"] = round(seconds, 3)
    return report


def _seconds(work: Callable[[SourceFile], object], sources: list[SourceFile]) -> float:
    """CPU time, so that other programs on the machine do not count."""
    if sources:
        work(sources[0])  # what is made once, such as parsers, is made before
    start = time.process_time()
    for source in sources:
        work(source)
    return time.process_time() - start


def _parses(source: SourceFile) -> bool:
    try:
        ast.parse(source.text)
    except SyntaxError:
        return False
    return True


def _functions(source: SourceFile) -> int:
    return sum(isinstance(node, ast.FunctionDef) for node in ast.parse(source.text).body)


def _ast(source: SourceFile) -> object:
    return ast.parse(source.text)


def _tree_sitter(source: SourceFile) -> object:
    return parse(source, "python")


def _translate(source: SourceFile) -> object:
    return emit(lift(source).module, "dafny", allow=frozenset({Assumption.FLOAT_AS_REAL}))
