"""The command itself: what holds for every subcommand."""

from __future__ import annotations

import gc
from typing import Annotated

import typer

from autoform.version import VERSION

from .corpus import corpus
from .crosscheck import crosscheck
from .doctor import doctor
from .equiv import equiv
from .explain import explain
from .prove import prove
from .specify import specify
from .translate import translate

__all__ = ["app", "main"]

app = typer.Typer(
    name="autoform",
    help="Ordinary Python and Rust functions, made formal.",
    no_args_is_help=True,
    add_completion=False,
    # A traceback is a defect of autoform: it is shown whole, without the user's data around it.
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer hands the option's value over
    if wanted:
        typer.echo(f"autoform {VERSION}")
        raise typer.Exit


@app.callback()
def common(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and exit.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Ordinary Python and Rust functions, made formal."""


for command in (translate, prove, specify, crosscheck, equiv, doctor, explain):
    app.command()(command)
app.add_typer(corpus)


_COLLECTING = (50_000, 20, 50)
"""How seldom to look for garbage in cycles: there is little, among much that stays. Python's own
habit takes a twentieth of a proof."""


def main() -> None:
    """Run the command with the arguments of this process."""
    gc.set_threshold(*_COLLECTING)
    app()
