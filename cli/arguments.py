"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from autoform.ir.decls import Assumption

__all__ = ["Allow", "Files", "JsonOption", "SarifOption", "Select"]

Files: TypeAlias = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help="Source files, folders of them, or FILE::name for one function.",
        show_default=False,
    ),
]
Select: TypeAlias = Annotated[
    list[str],
    typer.Option("--select", metavar="NAME", help="Only this function; may be repeated."),
]
JsonOption: TypeAlias = Annotated[
    bool, typer.Option("--json", help="Print one JSON document instead.")
]
Allow: TypeAlias = Annotated[
    list[Assumption],
    typer.Option(help="Take this for granted, and say so in the output; may be repeated."),
]
SarifOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--sarif", metavar="FILE", help="Also write the findings to FILE as SARIF 2.1."),
]
