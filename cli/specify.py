"""`autoform specify`: which contract does a function keep that has none?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

import autoform
from autoform.diagnostics import Diagnostic, diagnostic
from autoform.processes import ProcessFailure
from autoform.source import Span

from .arguments import Allow, Files, JsonOption, SarifOption, Select
from .exits import Exit
from .grading import grade_entry, grade_lines
from .lifting import LiftedFile, lift_requests
from .model import (
    BaseUrl,
    ModelName,
    ModelRounds,
    ModelTimeout,
    ModelTokens,
    Replay,
    Transcript,
    model_entry,
    model_lines,
    model_settings,
    unavailable,
)
from .output import progress
from .report import Report, function_entry
from .sources import find_requests, unknown_names
from .writing import cannot_write, insert_lines

__all__ = ["specify"]

_INDENT = " " * 13
_EXITS = {
    autoform.Standing.SPECIFIED: Exit.DONE,
    autoform.Standing.UNSPECIFIED: Exit.OPEN,
    autoform.Standing.UNSUPPORTED: Exit.OPEN,
}


def specify(
    files: Files,
    *,
    select: Select = [],  # noqa: B006 - typer reads the default and never changes it
    examples: Annotated[
        int, typer.Option(metavar="N", min=1, help="Generated inputs a function.")
    ] = 60,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Which inputs.")] = 0,
    seconds: Annotated[
        float, typer.Option(metavar="N", min=1, help="CPU seconds for each step with a function.")
    ] = 120.0,
    allow: Allow = [],  # noqa: B006 - the same
    model: ModelName = None,
    base_url: BaseUrl = None,
    model_rounds: ModelRounds = 3,
    model_tokens: ModelTokens = 60_000,
    model_timeout: ModelTimeout = 300.0,
    transcript: Transcript = None,
    replay: Replay = None,
    write: Annotated[
        bool, typer.Option("--write", help="Insert what is proved into the files.")
    ] = False,
    json: JsonOption = False,
    sarif: SarifOption = None,
) -> None:
    """Find contracts for functions that have none, and prove them.

    Clauses are guessed from runs, docstrings and the code; what a run contradicts is dropped and
    only what is proved is told, in the form to paste: icontract's decorators for Python, attributes
    `requires` and `ensures` for Rust. A clause that follows from the others is left out. A function
    that outlasts `--seconds` when it is run or when it is proved is told as unspecified. A model is
    asked only if one is named, where the proved contract lets faults of the function pass.
    """
    requests = find_requests(files, select)
    report = Report(json=json, sarif=sarif)
    report.add_findings(requests.problems)
    seen: set[str] = set()
    lifted = list(lift_requests(requests, selected=frozenset(select)))
    try:
        asked = model_settings(
            model,
            base_url,
            rounds=model_rounds,
            tokens=model_tokens,
            timeout=model_timeout,
            transcript=transcript,
            replay=replay,
        )
        settings = autoform.SpecifySettings(examples=examples, seed=seed, model=asked)
        settings = replace(settings, proof=replace(settings.proof, allow=frozenset(allow)))
        total = sum(len(file.names) for file in lifted)
        with autoform.SpecifyApart(settings, seconds=seconds) as apart, progress(total) as advance:
            for file in lifted:
                seen.update(file.names)
                report.add_findings(file.findings)
                _specify_file(file, apart, report, advance, write=write)
    except autoform.ModelUnavailable as error:
        report.add_findings([unavailable(error)])
        report.finish()
    if requests.files:
        report.add_findings(unknown_names(select, seen, "the files named"))
    report.finish()


def _specify_file(
    file: LiftedFile,
    apart: autoform.SpecifyApart,
    report: Report,
    advance: Callable[[str], None],
    *,
    write: bool,
) -> None:
    """Find the contracts of one file and report them."""
    if file.source is None or file.lifted is None:
        return
    report.add_source(file.source)
    try:
        results = apart.specify(file.lifted, file.names, progress=advance)
    except ProcessFailure as error:
        place = Span(str(file.request.path), 0, 0, 0, 0)
        report.add_findings([diagnostic("tool-failed", str(error), place)])
        return
    for result in results:
        _report_result(result, file, report)
    if write:
        report.add_findings(_written(file.request.path, results))


def _written(path: Path, results: tuple[autoform.Specification, ...]) -> list[Diagnostic]:
    """Insert all contracts of a file at once; a finding when that is not possible."""
    edits = [edit for result in results for edit in (*result.edits, *result.imports)]
    if not edits:
        return []
    try:
        insert_lines(path, dict.fromkeys(edits))
    except OSError as error:
        return [cannot_write(path, error)]
    return []


def _report_result(result: autoform.Specification, file: LiftedFile, report: Report) -> None:
    line = result.span.start_line
    entry = function_entry(
        result.name, line, str(result.standing), result.diagnostics, path=file.request.path
    )
    report.add_function(entry | _details(result), result.diagnostics, _EXITS[result.standing])
    report.add_text(_shown(result, file))


def _details(result: autoform.Specification) -> dict[str, Any]:
    """What the entry of `--json` says beyond the verdict."""
    if result.standing is autoform.Standing.UNSUPPORTED:
        return {}
    found: dict[str, Any] = {
        "requires": [_clause(clause) for clause in result.requires],
        "ensures": [_clause(clause) for clause in result.ensures],
        "likely": [_clause(clause) for clause in result.likely],
        "properties": [{"text": p.text, "calls": p.calls} for p in result.properties],
        "text": list(result.lines),
        "assumptions": [str(each) for each in result.assumptions],
        "seconds": round(result.seconds, 3),
    }
    if result.grade is not None:
        found["grade"] = grade_entry(result.grade)
    if result.unsaid:
        found["unsaid"] = list(result.unsaid)
    if result.model is not None:
        found["model"] = model_entry(result.model)
    return found | ({"reason": result.reason} if result.reason else {})


def _clause(clause: autoform.MinedClause) -> dict[str, Any]:
    return {"text": clause.text, "family": clause.family, "killed": clause.killed}


def _shown(result: autoform.Specification, file: LiftedFile) -> str:
    """What was found of a function, ready to paste, and what to think of it.

    ::

        specified    sums.py:12 total (0.84 s)
                     @icontract.ensure(lambda xs, result: result == sum(xs))
                     grade     7 of 7 mutants rejected, met by total([])
        unspecified  sums.py:31 merge (4.10 s)
                     because   the index may be out of bounds: i < len(xs)
                     likely    len(result) == len(xs) + len(ys)
    """
    place = f"{file.request.path}:{result.span.start_line or file.line(result.name)}"
    lines = [f"{result.standing:<12} {place} {result.name}"]
    if result.standing is autoform.Standing.UNSUPPORTED:
        return lines[0]
    lines[0] += f" ({result.seconds:.2f} s)"
    lines += [_INDENT + line for line in result.lines]
    if result.lines:
        lines += [f"{_INDENT}assuming  {each}" for each in result.assumptions]
    if result.reason:
        lines.append(f"{_INDENT}because   {result.reason}")
    if result.unsaid:
        lines.append(f"{_INDENT}left out  what takes {', '.join(result.unsaid)}")
    lines += [f"{_INDENT}likely    {clause.text}" for clause in result.likely]
    lines += [f"{_INDENT}tested    {found.text}" for found in result.properties]
    if result.model is not None:
        lines += [f"{_INDENT}{head:<9} {text}" for head, text in _model_lines(result.model)]
    if result.grade is not None and result.ensures:
        lines += [_INDENT + line for line in grade_lines(result.grade)]
    return "\n".join(lines)


def _model_lines(report: autoform.ModelReport) -> Iterator[tuple[str, str]]:
    yield from model_lines(report)
    if report.failure:
        yield "", report.failure
