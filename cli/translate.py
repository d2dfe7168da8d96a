"""`autoform translate`: functions to Dafny, Lean or the spec IR's text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import typer

import autoform
from autoform.ir.decls import Assumption
from autoform.processes import ProcessFailure
from autoform.source import Span

from .arguments import Allow, Files, JsonOption, SarifOption, Select
from .exits import Exit
from .lifting import LiftedFile, lift_requests
from .output import progress
from .proving import Budget, Jobs, NoCache, Proofs, Seed, proof_settings, prove_files
from .report import Report, function_entry
from .sources import find_requests, unknown_names
from .writing import cannot_write, write_whole

__all__ = ["translate"]


Target: TypeAlias = Literal["dafny", "lean", "ir"]
Results: TypeAlias = "Mapping[str, autoform.ProofResult]"
"""What the search for proofs found in one file, by function."""

_SUFFIX = {"dafny": ".dfy", "lean": ".lean", "ir": ".ir"}


class Dialect(StrEnum):
    """Dafny 4, or Dafny 2 as Debian has it."""

    TWO = "2"
    FOUR = "4"


def translate(
    files: Files,
    *,
    to: Annotated[Target, typer.Option("--to", help="What to write.")] = "dafny",
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="DIR", help="Write one file a source file into DIR."),
    ] = None,
    select: Select = [],  # noqa: B006 - typer reads the default and never changes it
    dialect: Annotated[
        Dialect | None, typer.Option(help="Which Dafny; that of the one installed, or else 4.")
    ] = None,
    allow: Allow = [],  # noqa: B006 - the same
    prove: Annotated[
        bool,
        typer.Option("--prove", help="Search for proofs and put what they state in place."),
    ] = False,
    budget: Budget = None,
    seed: Seed = 0,
    jobs: Jobs = 1,
    no_cache: NoCache = False,
    json: JsonOption = False,
    sarif: SarifOption = None,
) -> None:
    """Translate functions to Dafny, Lean or the text of the spec IR.

    What cannot be translated exactly is refused, with a code, a place and a way out. With
    `--prove`, loops carry the invariants and measures of the proof that was found, and each
    function is said to be proved or not.
    """
    requests = find_requests(files, select)
    settings = proof_settings(budget, seed, allow)
    proofs = Proofs(settings, jobs=jobs, no_cache=no_cache) if prove else None
    options = _Options(to, _dialect(to, dialect), frozenset(allow), out, proofs)
    report = Report(json=json, sarif=sarif)
    report.add_findings(requests.problems)
    seen: set[str] = set()
    found: Iterable[LiftedFile] = lift_requests(requests, selected=frozenset(select))
    results: dict[Path, Results] = {}
    if options.proofs is not None:
        found = list(found)
        proved = prove_files(found, options.proofs, report)
        for file, each in zip(found, proved, strict=True):
            results[file.request.path] = {result.name: result for result in each}
    with progress(len(requests.files)) as advance:
        for file in found:
            advance(file.request.path.name)
            seen.update(file.names)
            _translate_file(file, options, results.get(file.request.path, {}), report)
    if requests.files:
        report.add_findings(unknown_names(select, seen, "the files named"))
    report.finish()


def _dialect(target: Target, chosen: Dialect | None) -> Literal[2, 4]:
    """The dialect to print: without a choice, the one that the Dafny found here would read."""
    if chosen is not None:
        return 2 if chosen is Dialect.TWO else 4
    if target != "dafny":
        return 4
    from autoform.verifiers.dafny import find_dafny

    try:
        tool = find_dafny()
    except ProcessFailure:
        return 4  # printing needs no Dafny; `autoform doctor` tells what is wrong with this one
    return tool.dialect if tool is not None else 4


@dataclass(frozen=True, slots=True)
class _Options:
    target: Target
    dialect: Literal[2, 4]
    allow: frozenset[Assumption]
    folder: Path | None
    proofs: Proofs | None


def _translate_file(file: LiftedFile, options: _Options, results: Results, report: Report) -> None:
    """Emit one file, write it or hand it to the report, and report each of its functions."""
    report.add_findings(file.findings)
    if file.source is None or file.lifted is None:
        return
    report.add_source(file.source)
    emitted = autoform.emit(
        _completed(file.lifted.module, results, options),
        options.target,
        dialect=options.dialect,
        allow=options.allow,
    )
    for name in file.names:
        _report_function(name, file, file.lifted, emitted, results.get(name), report)
    if not emitted.names:
        return  # nothing was translated, so there is nothing to write
    path = None
    if options.folder is not None:
        path = options.folder / file.request.place.with_suffix(_SUFFIX[options.target])
        _write(path, file, emitted, report)
    report.add_output(file.request.path, path, emitted.text)


def _completed(module: autoform.Module, results: Results, options: _Options) -> autoform.Module:
    """The module with the proofs in place that were found."""
    if options.proofs is None or not results:
        return module
    from autoform.prove.completed import completed, stated_proofs

    return completed(module, stated_proofs(module, results.values(), options.proofs.settings))


def _report_function(
    name: str,
    file: LiftedFile,
    lifted: autoform.Lifted,
    emitted: autoform.Emitted,
    proof: autoform.ProofResult | None,
    report: Report,
) -> None:
    found = lifted.refused.get(name, ())
    if found and any(function.name == name for function in lifted.module.functions):
        # Two functions of that name: the first is refused, the last is what the name means.
        line = found[0].span.start_line
        entry = function_entry(name, line, "unsupported", found, path=file.request.path)
        report.add_function(entry, found, Exit.OPEN)
        found = ()
    if not found and name not in emitted.names:
        span = lifted.module.function(name).span
        found = tuple(d for d in emitted.diagnostics if _is_inside(d.span, span))
    extra: dict[str, Any] = {}
    if emitted.assumptions and not found:
        extra["assumptions"] = [str(assumption) for assumption in emitted.assumptions]
    if proof is not None:
        extra["proof"] = type(proof.verdict).__name__.lower()
        if not found:
            report.add_remark(f"{extra['proof']:<12} {file.request.path}:{file.line(name)} {name}")
    verdict = "unsupported" if found else "translated"
    entry = function_entry(name, file.line(name), verdict, found, path=file.request.path) | extra
    report.add_function(entry, found, Exit.OPEN if found else Exit.DONE)


def _is_inside(inner: Span, outer: Span) -> bool:
    return outer.start_line <= inner.start_line <= inner.end_line <= outer.end_line


def _write(path: Path, file: LiftedFile, emitted: autoform.Emitted, report: Report) -> None:
    """Write one output file. Two sources never share one: the second is refused."""
    first = report.written.setdefault(path, file.request.path)
    if first != file.request.path:
        message = f"`{path}` was written for `{first}` already"
        report.add_findings([cannot_write(path, OSError(message))])
        return
    try:
        write_whole(path, emitted.text)
    except OSError as error:
        report.add_findings([cannot_write(path, error)])
