"""`autoform corpus`: data sets of functions with what is formally known of them."""

from __future__ import annotations

import json as json_text
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autoform.diagnostics import Diagnostic, diagnostic
from autoform.source import Span

from .arguments import Allow, JsonOption
from .exits import Exit
from .output import finish, open_progress, print_findings, print_result
from .writing import cannot_write

if TYPE_CHECKING:
    from autoform.corpus.build import BuildOrder
    from autoform.corpus.engines import Engine
    from autoform.corpus.settings import BuildSettings
    from autoform.corpus.sources.spelled import Sources

__all__ = ["corpus"]

corpus = typer.Typer(
    name="corpus", help="Build, check, count and export data sets of verified functions."
)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A data set.", show_default=False)]


class EngineChoice(StrEnum):
    """Where rows are made."""

    LOCAL = "local"
    RAY = "ray"


@corpus.command()
def build(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE…",
            help="Files, folders, checkouts; MANIFEST=PATH for a public set; synthetic:N[:SEED].",
            show_default=False,
        ),
    ],
    *,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="Where it is made.")],
    against: Annotated[
        list[str],
        typer.Option(metavar="SOURCE", help="A benchmark that overlaps are flagged with."),
    ] = [],  # noqa: B006 - typer reads the default and never changes it
    title: Annotated[str, typer.Option(help="What the card calls it.")] = "autoform corpus",
    jobs: Annotated[int, typer.Option(metavar="N", min=0, help="Workers; 0: one a core.")] = 0,
    engine: Annotated[EngineChoice, typer.Option(help="Where rows are made.")] = EngineChoice.LOCAL,
    budget: Annotated[
        int, typer.Option(metavar="N", min=1, help="Solver steps a function may take.")
    ] = 3_000_000,
    seconds: Annotated[
        float, typer.Option(metavar="N", min=0.1, help="CPU seconds after which it is given up.")
    ] = 120.0,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Which test inputs.")] = 0,
    confirm: Annotated[bool, typer.Option(help="Have the real Dafny confirm proofs.")] = True,
    specify: Annotated[bool, typer.Option(help="Look for contracts, too.")] = True,
    grade: Annotated[bool, typer.Option(help="Grade contracts.")] = True,
    allow: Allow = [],  # noqa: B006 - the same
    restart: Annotated[bool, typer.Option("--restart", help="Forget what was built.")] = False,
    json: JsonOption = False,
) -> None:
    """Build a data set, or go on with one that was interrupted.

    One row a function: source with licence, IR, contract, verdict, proof, Dafny and Lean. The same
    sources and settings give the same rows, however often the build was killed on its way.
    """
    _need("pyarrow", "datasketch")
    from autoform.corpus.settings import BuildSettings

    settings = BuildSettings(
        steps=budget,
        cpu_seconds=seconds,
        seed=seed,
        confirm=confirm,
        specify=specify,
        grade=grade,
        allow=tuple(sorted(allow)),
    )
    with _refusals(out):
        found, marks = _sources(sources), _sources(against)
        order = _order(out, settings, found, marks, title)
        from autoform.corpus.build import build as run

        with open_progress() as advance:
            done = run(
                order,
                lambda chosen: _engine(engine, chosen, jobs),
                restart=restart,
                progress=advance,
            )
    for text in found.skipped:
        print_findings([diagnostic("unreadable-file", text, _NOWHERE)])
    if json:
        print_result(done.statistics.to_text())
    else:
        verdicts = ", ".join(f"{number} {kind}" for kind, number in done.statistics.get("verdict"))
        print_result(f"{done.rows} rows in {out}: {verdicts or 'none'}\n")
    finish(Exit.OPEN if found.skipped else Exit.DONE)


@corpus.command()
def validate(
    folder: Folder,
    *,
    sample: Annotated[
        float, typer.Option(metavar="SHARE", min=0, max=1, help="Of the rows, verified again.")
    ] = 0.1,
    all_rows: Annotated[bool, typer.Option("--all", help="Verify every row again.")] = False,
    jobs: Annotated[int, typer.Option(metavar="N", min=0, help="Workers; 0: one a core.")] = 1,
    json: JsonOption = False,
) -> None:
    """Check every row by the schema, and a share of them from their texts alone.

    Those are lifted, parsed and proved again, and confirmed again where Dafny is found. A proof
    that Dafny finds again only in other company or with another limit counts as unsteady.
    """
    _need("jsonschema", "datasketch")
    from autoform.corpus.validate import Validation
    from autoform.corpus.validate import validate as run

    if not folder.exists():
        _refuse("no-source-file", f"there is no `{folder}`", folder)
    seen = Validation()
    problems = []
    for problem in run(
        folder,
        share=1.0 if all_rows else sample,
        validation=seen,
        jobs=jobs or len(os.sched_getaffinity(0)),
    ):
        problems.append(problem)
        span = Span(str(problem.path), problem.line, 0, problem.line, 0)
        print_findings([diagnostic("wrong-row", problem.message, span)] if not json else [])
    counts = {
        "rows": seen.rows,
        "verified": seen.verified,
        "proved": seen.proved,
        "confirmed": seen.confirmed,
        "unsteady": seen.unsteady,
    }
    if json:
        told = [
            {"file": str(p.path), "line": p.line, "row": p.row, "message": p.message}
            for p in problems
        ]
        print_result(json_text.dumps({"schema": 1, **counts, "problems": told}, indent=2) + "\n")
    else:
        shown = ", ".join(f"{number} {what}" for what, number in counts.items())
        print_result(f"{shown}, {len(problems)} problems\n")
    if not seen.rows:
        _refuse("no-source-file", f"there is no row in `{folder}`", folder)
    finish(Exit.WRONG if problems else Exit.DONE)


@corpus.command()
def stats(
    folder: Folder,
    *,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="DIR", help="Write a page with plots there."),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Count what a data set holds: verdicts by construct, proof times, grades."""
    from autoform.corpus.statistics import read_statistics

    with _refusals(out or folder):
        found = read_statistics(folder)
        if out is not None:
            _need("matplotlib", "jinja2")
            from autoform.corpus.page import write_page

            write_page(found, out, folder.name)
    if json:
        print_result(found.to_text())
    else:
        print_result(found.to_table())
    finish(Exit.DONE)


@corpus.command()
def export(
    folder: Folder,
    *,
    view: Annotated[
        list[str], typer.Option("--as", metavar="VIEW", help="Which tasks or format; see --list.")
    ] = [],  # noqa: B006 - the same
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="Where to.")] = Path(),
    unlicensed: Annotated[
        bool, typer.Option("--unlicensed", help="Rows without a licence, too.")
    ] = False,
    list_views: Annotated[bool, typer.Option("--list", help="List the views and end.")] = False,
) -> None:
    """Export rows as tasks for a model, or in the format of another data set.

    Each view is a folder with its records as JSON lines and, with their types, as Parquet.
    """
    from autoform.corpus.export import VIEWS
    from autoform.corpus.export import export as run

    if list_views:
        print_result("".join(f"{each.name:<18} {each.doc}\n" for each in VIEWS.values()))
        finish(Exit.DONE)
    unknown = [name for name in view if name not in VIEWS]
    if unknown or not view:
        known = ", ".join(VIEWS)
        what = f"there is no view `{unknown[0]}`" if unknown else "no view is named"
        _refuse("no-such-view", f"{what}; there are {known}", folder)
    if not folder.exists():
        _refuse("no-source-file", f"there is no `{folder}`", folder)
    _need("pyarrow")
    with _refusals(out):
        for name in view:
            counts = run(folder, VIEWS[name], out, unlicensed=unlicensed)
            shown = ", ".join(f"{number} {split}" for split, number in sorted(counts.items()))
            print_result(f"{name}: {shown or 'none'}\n")
    finish(Exit.DONE)


# ── The parts of a build ──────────────────────────────────────────────────────────────────────


def _sources(spelled: list[str]) -> Sources:
    from autoform.corpus.sources.spelled import read_sources

    return read_sources(spelled)


def _order(
    out: Path, settings: BuildSettings, found: Sources, marks: Sources, title: str
) -> BuildOrder:
    from autoform.corpus.build import BuildOrder

    return BuildOrder(
        out,
        settings,
        found.units,
        marks.units,
        found.benchmarks,
        title,
        command=shlex.join(["autoform", *sys.argv[1:]]) if sys.argv[1:2] == ["corpus"] else "",
    )


def _engine(choice: EngineChoice, settings: BuildSettings, jobs: int) -> Engine:
    workers = jobs or len(os.sched_getaffinity(0))
    if choice is EngineChoice.RAY:
        _need("ray")
        from autoform.corpus.engines.ray import RayEngine

        return RayEngine(settings, workers)
    from autoform.corpus.engines.local import LocalEngine

    return LocalEngine(settings, workers)


# ── What goes wrong ───────────────────────────────────────────────────────────────────────────

_NOWHERE = Span("", 0, 0, 0, 0)
_EXTRAS = {"ray": "ray"}


def _need(*modules: str) -> None:
    """See that the libraries of an extra are installed, or say how to install them."""
    for module in modules:
        if find_spec(module) is None:
            extra = _EXTRAS.get(module, "corpus")
            message = f"`{module}` is not installed: pip install 'autoform[{extra}]'"
            _end([diagnostic("missing-tool", message, _NOWHERE)])


@contextmanager
def _refusals(out: Path) -> Iterator[None]:
    """Turn what a build refuses into a finding and an exit code."""
    from autoform.corpus.build import BuildBusy, PlanChanged
    from autoform.corpus.journal import SourcesChanged
    from autoform.corpus.sources.manifest import ManifestError
    from autoform.corpus.sources.spelled import SourceMissing
    from autoform.processes import ProcessFailure

    try:
        yield
    except SourceMissing as error:
        _refuse("no-source-file", str(error), out)
    except ManifestError as error:
        _refuse("bad-manifest", str(error), out)
    except (BuildBusy, PlanChanged, SourcesChanged) as error:
        _refuse("other-build", str(error), out)
    except ProcessFailure as error:
        _refuse("tool-failed", str(error), out)
    except OSError as error:
        _end([cannot_write(Path(error.filename or out), error)])


def _refuse(code: str, message: str, path: Path) -> None:
    _end([diagnostic(code, message, Span(str(path), 0, 0, 0, 0))])


def _end(findings: list[Diagnostic]) -> None:
    print_findings(findings)
    finish(Exit.CALL)
