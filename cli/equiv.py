"""`autoform equiv`: are two functions, in one language or in two, the same?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

import autoform

from .arguments import JsonOption, SarifOption
from .exits import Exit
from .lifting import LiftedFile, lift_requests
from .report import Report, function_entry
from .sources import Requests, find_requests, unknown_names

__all__ = ["equiv"]

_EXITS = {
    "equivalent": Exit.DONE,
    "differs": Exit.WRONG,
    "same-on-inputs": Exit.OPEN,
    "unsupported": Exit.OPEN,
}
_INDENT = " " * 16


def equiv(
    first: Annotated[
        str, typer.Argument(metavar="FILE::f", help="A function.", show_default=False)
    ],
    second: Annotated[
        str, typer.Argument(metavar="FILE::g", help="Another one.", show_default=False)
    ],
    *,
    requires: Annotated[
        list[str],
        typer.Option(
            "--requires",
            metavar="EXPR",
            help="Compare only where this holds of f's parameters; may be repeated.",
        ),
    ] = [],  # noqa: B006 - typer reads the default and never changes it
    examples: Annotated[int, typer.Option(metavar="N", min=0, help="Generated inputs.")] = 200,
    budget: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Solver steps an obligation may take.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Which inputs.")] = 0,
    json: JsonOption = False,
    sarif: SarifOption = None,
) -> None:
    """Say whether two functions, in any mixture of languages, are the same.

    Equivalent is proved: on every input that both preconditions and --requires allow, both end,
    and give the same or fail both. A difference is a call on which both originals were run.
    Without --requires, a precondition under which differing functions agree is looked for.
    """
    report = Report(json=json, sarif=sarif)
    files = [_lift(argument, report) for argument in (first, second)]
    names = [_name(file, report) if file is not None else None for file in files]
    if files[0] and files[1] and names[0] and names[1]:
        _compare(files[0], names[0], files[1], names[1], report, requires, examples, budget, seed)
    report.finish()


def _compare(
    f_file: LiftedFile,
    f: str,
    g_file: LiftedFile,
    g: str,
    report: Report,
    requires: list[str],
    examples: int,
    budget: int | None,
    seed: int,
) -> None:
    settings = autoform.ProofSettings(seed=seed)
    if budget is not None:
        settings = replace(settings, steps=budget)
    assert f_file.lifted is not None
    assert g_file.lifted is not None
    from autoform.equiv.requires import CannotRead

    try:
        result = autoform.equivalent(
            f_file.lifted,
            f,
            g_file.lifted,
            g,
            requires=requires,
            examples=examples,
            settings=settings,
        )
    except CannotRead as error:
        report.add_wrong_call(error.found)
        return
    entry = function_entry(
        f, f_file.line(f), str(result.verdict), result.diagnostics, path=f_file.request.path
    )
    entry["other"] = {"name": g, "file": str(g_file.request.path), "line": g_file.line(g) or None}
    report.add_function(entry | _details(result), result.diagnostics, _EXITS[result.verdict])
    report.add_text(_shown(result, f_file, g_file))


def _lift(argument: str, report: Report) -> LiftedFile | None:
    requests: Requests = find_requests([argument], [])
    report.add_findings(requests.problems)
    for file in lift_requests(requests, selected=frozenset()):
        report.add_findings(file.findings)
        if file.source is not None and file.lifted is not None:
            report.add_source(file.source)
            return file
    return None


def _name(file: LiftedFile, report: Report) -> str | None:
    """The function that was named, or the only one of the file."""
    named = file.request.names
    if named is not None:
        (name,) = named
        return name if name in file.names else None
    if len(file.names) == 1:
        return file.names[0]
    path: Path = file.request.path
    report.add_findings(unknown_names([""], [], f"`{path}`: say which, as `{path}::name`"))
    return None


def _details(result: autoform.EquivResult) -> dict[str, Any]:
    """What the entry of `--json` says beyond the verdict."""
    entry: dict[str, Any] = {"inputs": result.inputs, "requires": list(result.requires)}
    if (found := result.difference) is not None:
        entry["counterexample"] = {
            "call": found.first_call,
            "expected": found.first_result,
            "observed": found.second_result,
            "other_call": found.second_call,
            "replayed": True,
        }
    if (domain := result.domain) is not None:
        entry["domain"] = {
            "requires": domain.requires,
            "proved": domain.proved,
            "inputs": domain.inputs,
        }
    if result.by:
        entry["by"] = list(result.by)
        entry["assumptions"] = [str(each) for each in result.assumptions]
    if result.open:
        entry["open"] = result.open
    if result.notes:
        entry["notes"] = list(result.notes)
    return entry | {"seconds": round(result.seconds, 3)}


def _shown(result: autoform.EquivResult, f_file: LiftedFile, g_file: LiftedFile) -> str:
    """The verdict in a line, and below it what one must know of it.

    ::

        equivalent      a.py:1 gcd = b.rs:3 gcd (0.41 s, autoform 0.1.0: a product of the two)
        differs         a.py:9 mean = b.rs:12 mean
                        call      mean(-3, 2)
                        gives     returns -1
                        call      mean(-3_i64, 2_i64)
                        gives     returns 0
                        agree     with --requires 'a >= 0' (tried on 212 inputs)
    """
    first = f"{f_file.request.path}:{f_file.line(result.first)} {result.first}"
    second = f"{g_file.request.path}:{g_file.line(result.second)} {result.second}"
    lines = [f"{result.verdict:<15} {first} = {second}"]
    match result.verdict:
        case "equivalent":
            lines[0] += f" ({result.seconds:.2f} s, {', '.join(result.by)})"
        case "same-on-inputs":
            lines[0] += f": {result.inputs} inputs"
            lines.append(f"{_INDENT}open      {result.open}")
        case _:
            pass
    if (found := result.difference) is not None:
        lines += [
            f"{_INDENT}call      {found.first_call}",
            f"{_INDENT}gives     {found.first_result}",
            f"{_INDENT}call      {found.second_call}",
            f"{_INDENT}gives     {found.second_result}",
        ]
    if (domain := result.domain) is not None:
        how = "proved" if domain.proved else f"tried on {domain.inputs} inputs"
        lines.append(f"{_INDENT}agree     with --requires '{domain.requires}' ({how})")
    lines += [f"{_INDENT}assuming  {each}" for each in result.assumptions]
    lines += [f"{_INDENT}note: {note}" for note in result.notes]
    return "\n".join(lines)
