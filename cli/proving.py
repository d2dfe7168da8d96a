"""What the commands that prove have in common: how, on how much, and confirmed by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

import autoform
from autoform.diagnostics import diagnostic
from autoform.ir.decls import Assumption
from autoform.processes import ProcessFailure
from autoform.source import Span

from .lifting import LiftedFile
from .output import progress
from .report import Report

if TYPE_CHECKING:
    from autoform.prove.cache import Cache
    from autoform.verifiers.dafny import DafnyTool

__all__ = [
    "Budget",
    "Jobs",
    "NoCache",
    "Proofs",
    "Prover",
    "Seed",
    "With",
    "proof_settings",
    "prove_files",
]


class Prover(StrEnum):
    """Who has the last word on a proof."""

    Z3 = "z3"
    DAFNY = "dafny"
    LEAN = "lean"


With: TypeAlias = Annotated[
    Prover,
    typer.Option("--with", help="Whose proof it is to be: `dafny` confirms what is proved."),
]
Budget: TypeAlias = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="Solver steps an obligation may take.")
]
Seed: TypeAlias = Annotated[int, typer.Option(metavar="N", min=0, help="Which test inputs.")]
Jobs: TypeAlias = Annotated[
    int,
    typer.Option(
        "--jobs", "-j", metavar="N", min=1, help="Prove on so many processes; one, with a model."
    ),
]
NoCache: TypeAlias = Annotated[
    bool, typer.Option("--no-cache", help="Neither use nor keep verdicts of other runs.")
]


def proof_settings(
    budget: int | None, seed: int, allow: Sequence[Assumption]
) -> autoform.ProofSettings:
    """What the options ask of the search."""
    settings = autoform.ProofSettings(seed=seed, allow=frozenset(allow))
    return settings if budget is None else replace(settings, steps=budget)


@dataclass(frozen=True, slots=True)
class Proofs:
    """How a call asks for proofs."""

    settings: autoform.ProofSettings
    prover: Prover = Prover.Z3
    jobs: int = 1
    no_cache: bool = False


def prove_files(
    files: Sequence[LiftedFile], asked: Proofs, report: Report
) -> list[tuple[autoform.ProofResult, ...]]:
    """The results of each file; none where the prover asked for is not there."""
    from autoform.prove.cache import Cache, cache_file
    from autoform.prove.session import ProofSession

    tool, is_ready = _confirmer(asked.prover, report)
    if not is_ready:
        return [() for _ in files]
    cache = None if asked.no_cache else Cache(cache_file())
    session = ProofSession(asked.settings, asked.jobs, cache)
    wanted = [(file.lifted, file.names) for file in files if file.lifted is not None]
    total = sum(len(names) for _, names in wanted)
    with progress(total) as advance:
        found = iter(session.prove(wanted, advance))
    results = [() if file.lifted is None else next(found) for file in files]
    if tool is not None:
        results = _confirmed(files, results, asked, tool, cache)
    if cache is not None:
        session.findings.extend(cache.warnings)
        cache.close()
    report.add_findings(session.findings)
    return results


def _confirmed(
    files: Sequence[LiftedFile],
    results: Sequence[tuple[autoform.ProofResult, ...]],
    asked: Proofs,
    tool: DafnyTool,
    cache: Cache | None,
) -> list[tuple[autoform.ProofResult, ...]]:
    from autoform.prove.confirm import confirm

    confirmed = []
    with progress(len(files)) as advance:
        for file, found in zip(files, results, strict=True):
            advance(f"{tool.name}: {file.request.path.name}")
            if file.lifted is not None:
                found = confirm(file.lifted.module, found, tool, asked.settings, cache)  # noqa: PLW2901 - with Dafny's word
            confirmed.append(found)
    return confirmed


def _confirmer(prover: Prover, report: Report) -> tuple[DafnyTool | None, bool]:
    """The tool that confirms, if one was asked for, and whether there is anything to wait for."""
    nowhere = Span("", 0, 0, 0, 0)
    if prover is Prover.Z3:
        return None, True
    if prover is Prover.LEAN:
        message = "`--with lean` needs Lean to check the proofs that are printed for it"
        report.add_findings([diagnostic("missing-tool", message, nowhere)])
        return None, False
    from autoform.verifiers.dafny import find_dafny

    try:
        tool = find_dafny()
    except ProcessFailure as error:
        message = f"{error}; no proof is confirmed"
        report.add_findings([diagnostic("tool-failed", message, nowhere)])
        return None, True
    if tool is None:
        message = "`--with dafny` needs Dafny, which is not on PATH"
        report.add_findings([diagnostic("missing-tool", message, nowhere)])
    return tool, tool is not None
