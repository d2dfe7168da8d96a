"""`autoform prove`: does a function keep its contract on every call?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from textwrap import indent
from typing import Any, assert_never

import autoform
from autoform.verifiers.verdict import Proved, Refuted, Unknown, Unsupported, Verdict

from .arguments import Allow, Files, JsonOption, SarifOption, Select
from .exits import Exit, overall
from .grading import Graded, grade_text, graded, with_grade
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
from .proving import Budget, Jobs, NoCache, Proofs, Prover, Seed, With, proof_settings, prove_files
from .report import Report, function_entry
from .sources import find_requests, unknown_names

__all__ = ["prove"]

_INDENT = " " * 13


def prove(
    files: Files,
    *,
    select: Select = [],  # noqa: B006 - typer reads the default and never changes it
    prover: With = Prover.Z3,
    budget: Budget = None,
    seed: Seed = 0,
    allow: Allow = [],  # noqa: B006 - the same
    model: ModelName = None,
    base_url: BaseUrl = None,
    model_rounds: ModelRounds = 3,
    model_tokens: ModelTokens = 60_000,
    model_timeout: ModelTimeout = 300.0,
    transcript: Transcript = None,
    replay: Replay = None,
    jobs: Jobs = 1,
    no_cache: NoCache = False,
    grade: Graded = False,
    json: JsonOption = False,
    sarif: SarifOption = None,
) -> None:
    """Prove contracts, or refute them by a call; no invariants are asked for.

    Proved is that a function raises nothing but what it declares, keeps every `ensures` and ends,
    on all calls that meet its `requires`. A refutation is a call of the original that was run.
    """
    requests = find_requests(files, select)
    report = Report(json=json, sarif=sarif)
    report.add_findings(requests.problems)
    seen: set[str] = set()
    lifted = list(lift_requests(requests, selected=frozenset(select)))
    settings = proof_settings(budget, seed, allow)
    for file in lifted:
        seen.update(file.names)
        report.add_findings(file.findings)
        if file.source is not None:
            report.add_source(file.source)
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
        proofs = Proofs(replace(settings, model=asked), prover, jobs, no_cache)
        found = prove_files(lifted, proofs, report)
    except autoform.ModelUnavailable as error:
        report.add_findings([unavailable(error)])
        report.finish()
    for file, results in zip(lifted, found, strict=True):
        grades = graded(file.lifted, file.names, settings) if grade else {}
        for result in results:
            _report_result(result, file, report, grades.get(result.name))
    if requests.files:
        report.add_findings(unknown_names(select, seen, "the files named"))
    report.finish()


def _report_result(
    result: autoform.ProofResult,
    file: LiftedFile,
    report: Report,
    graded_as: autoform.GradeResult | None,
) -> None:
    verdict = result.verdict
    found = verdict.diagnostics if isinstance(verdict, Unsupported) else ()
    name = type(verdict).__name__.lower()
    line, path = result.span.start_line, file.request.path
    entry = function_entry(result.name, line, name, (*found, *result.findings), path=path)
    code = _exit(verdict)
    if result.findings:
        code = overall((code, Exit.OPEN))
    entry = with_grade(entry | _details(result), graded_as)
    report.add_function(entry, found, code, shown=result.findings)
    shown = _shown(result, file, name) + grade_text(graded_as, _INDENT)
    report.add_text(shown + "".join(_snippets(result, report)))


def _snippets(result: autoform.ProofResult, report: Report) -> Iterator[str]:
    """What is to be told of a function at its lines, indented below its verdict."""
    for found in result.findings:
        yield "\n" + indent(report.snippet(found), _INDENT)


def _exit(verdict: Verdict) -> Exit:
    match verdict:
        case Proved():
            return Exit.DONE
        case Refuted():
            return Exit.WRONG
        case Unsupported(found) if any(each.code == "contract-impossible" for each in found):
            return Exit.WRONG
        case Unknown() | Unsupported():
            return Exit.OPEN
        case _:
            assert_never(verdict)


def _details(result: autoform.ProofResult) -> dict[str, Any]:
    """What the entry of `--json` says beyond the verdict."""
    if result.model is not None:
        return _details(replace(result, model=None)) | {"model": model_entry(result.model)}
    seconds = round(result.seconds, 3)
    match result.verdict:
        case Proved(by, assumptions):
            taken = [str(each) for each in assumptions]
            return {"by": list(by), "assumptions": taken, "seconds": seconds}
        case Refuted(example):
            shown = {
                "call": example.call,
                "expected": example.expected,
                "observed": example.observed,
                "replayed": True,
            }
            return {"counterexample": shown, "seconds": seconds}
        case Unknown(obligation, reason, span):
            line = span.start_line or None
            opened = {"text": obligation, "reason": reason, "line": line}
            return {"obligation": opened, "seconds": seconds}
        case Unsupported():
            return {}
        case _:
            assert_never(result.verdict)


def _shown(result: autoform.ProofResult, file: LiftedFile, name: str) -> str:
    """A function's verdict in a line, and below it what one must know of it.

    ::

        proved       sums.py:12 total (0.21 s, autoform 0.1.0)
        refuted      sums.py:20 mean
                     call      mean([])
                     expected  no ZeroDivisionError
                     observed  raises ZeroDivisionError
        unknown      sums.py:31 merge (1.20 s)
                     open      no call can meet the precondition (line 29)
                     because   no call that meets the precondition was found

    What has a finding of its own is shown at its lines instead.
    """
    lines = [f"{name:<12} {file.request.path}:{result.span.start_line} {result.name}"]
    match result.verdict:
        case Proved(by, assumptions):
            lines[0] += f" ({result.seconds:.2f} s, {', '.join(by)})"
            lines += [f"{_INDENT}assuming  {assumption}" for assumption in assumptions]
        case Refuted(example):
            lines[0] += f" ({result.seconds:.2f} s)"
            lines += [
                f"{_INDENT}call      {example.call}",
                f"{_INDENT}expected  {example.expected}",
                f"{_INDENT}observed  {example.observed}",
            ]
        case Unknown(obligation, reason, span):
            place = f" (line {span.start_line})" if span.known else ""
            lines[0] += f" ({result.seconds:.2f} s)"
            if not result.findings:
                lines += [f"{_INDENT}open      {obligation}{place}", f"{_INDENT}because   {reason}"]
        case Unsupported():
            pass
        case _:
            assert_never(result.verdict)
    if result.model is not None:
        lines += [f"{_INDENT}{head:<9} {text}" for head, text in model_lines(result.model)]
    return "\n".join(lines)
