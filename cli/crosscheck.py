"""`autoform crosscheck`: does a function do the same as what autoform makes of it?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

import autoform
from autoform.diagnostics import diagnostic
from autoform.processes import ProcessFailure
from autoform.source import Span

from .arguments import Files, JsonOption, SarifOption, Select
from .exits import Exit
from .lifting import LiftedFile, lift_requests
from .output import progress
from .report import Report, function_entry
from .sources import find_requests, unknown_names

__all__ = ["crosscheck"]

_EXITS = {
    "agrees": Exit.DONE,
    "disagrees": Exit.WRONG,
    "refuted": Exit.WRONG,
    "unsupported": Exit.OPEN,
}


def crosscheck(
    files: Files,
    *,
    select: Select = [],  # noqa: B006 - typer reads the default and never changes it
    examples: Annotated[
        int, typer.Option(metavar="N", min=0, help="Generated inputs a function.")
    ] = 100,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Which inputs.")] = 0,
    json: JsonOption = False,
    sarif: SarifOption = None,
) -> None:
    """Run functions and their translations on the same inputs and compare.

    The original runs in a limited process; the interpreter of the spec IR, the functional form
    and, where Dafny is installed, the compiled Dafny must do the same: value, mutation, exception.
    A contract clause that fails on the original is a refutation, shown as a call to paste.
    """
    requests = find_requests(files, select)
    report = Report(json=json, sarif=sarif)
    report.add_findings(requests.problems)
    seen: set[str] = set()
    lifted = list(lift_requests(requests, selected=frozenset(select)))
    engines = _engines(report) if requests.files else frozenset[autoform.EngineName]()
    with progress(sum(len(file.names) for file in lifted)) as advance:
        for file in lifted:
            seen.update(file.names)
            report.add_findings(file.findings)
            if file.source is None or file.lifted is None:
                continue
            report.add_source(file.source)
            results = autoform.crosscheck(
                file.lifted,
                select=file.names,
                examples=examples,
                seed=seed,
                engines=engines,
                progress=advance,
            )
            for result in results:
                _report_result(result, file, report)
    if requests.files:
        report.add_findings(unknown_names(select, seen, "the files named"))
    report.finish()


def _engines(report: Report) -> frozenset[autoform.EngineName]:
    """All engines, but a Dafny that is there and does not work is told of and left out."""
    from autoform.verifiers.dafny import find_dafny

    engines = frozenset(autoform.EngineName)
    try:
        find_dafny()
    except ProcessFailure as error:
        message = f"{error}; its Dafny is not compared"
        report.add_findings([diagnostic("tool-failed", message, Span("", 0, 0, 0, 0))])
        return engines - {autoform.EngineName.DAFNY}
    return engines


def _report_result(result: autoform.CheckResult, file: LiftedFile, report: Report) -> None:
    entry = function_entry(
        result.name,
        file.line(result.name),
        str(result.verdict),
        result.diagnostics,
        path=file.request.path,
    )
    if (example := result.counterexample) is not None:
        entry["counterexample"] = {
            "call": example.call,
            "expected": example.expected,
            "observed": example.observed,
            "replayed": True,
            "engines": [str(name) for name in example.engines],
        }
    if result.counts.engines is not None:
        entry["inputs"] = _counts(result)
    if result.notes:
        entry["notes"] = list(result.notes)
    report.add_function(entry, result.diagnostics, _EXITS[result.verdict])
    report.add_text(_shown(result, file))


def _counts(result: autoform.CheckResult) -> dict[str, Any]:
    counts = result.counts
    engines = counts.engines or {}
    return {
        "examples": counts.examples,
        "corners": counts.corners,
        "generated": counts.generated,
        "rejected": counts.rejected,
        "engines": {
            str(name): {"claims": count.claims, "discarded": dict(count.discarded)}
            for name, count in engines.items()
        },
    }


def _shown(result: autoform.CheckResult, file: LiftedFile) -> str:
    """A function's verdict in a line, and below it what one must know of it.

    ::

        agrees       sums.py:12 total: 164 inputs on original, interpreter, functional, dafny
                     dafny: 3 discarded (outside the subset)
        refuted      sums.py:20 mean
                     call      mean([])
                     expected  postcondition: result >= 0
                     observed  raises ZeroDivisionError
    """
    place = f"{file.request.path}:{file.line(result.name)}"
    lines = [f"{result.verdict:<12} {place} {result.name}"]
    indent = " " * 13
    if result.verdict == "agrees" and result.counts.engines is not None:
        names = ", ".join(result.counts.engines)
        lines[0] += f": {result.counts.inputs} inputs on {names}"
    if (example := result.counterexample) is not None:
        lines += [
            f"{indent}call      {example.call}",
            f"{indent}expected  {example.expected}",
            f"{indent}observed  {example.observed}",
        ]
    if result.verdict == "disagrees":
        lines.append(f"{indent}this is a bug of autoform, not of your program")
    lines += [indent + text for text in _discarded(result)]
    lines += [f"{indent}note: {note}" for note in result.notes]
    return "\n".join(lines)


def _discarded(result: autoform.CheckResult) -> list[str]:
    found = []
    for name, count in (result.counts.engines or {}).items():
        if count.discarded and name != "original":
            reasons = ", ".join(f"{number} {reason}" for reason, number in count.discarded.items())
            found.append(f"{name}: no claim on {reasons}")
    return found
