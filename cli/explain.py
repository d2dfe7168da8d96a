"""`autoform explain CODE`: what a code means, why it is refused, and what to do instead."""

from __future__ import annotations

import difflib
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown

from autoform.diagnostics import CODES, diagnostic, page
from autoform.source import NOWHERE

from .exits import Exit
from .output import finish, is_colored, print_findings, print_result

__all__ = ["explain"]


def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="As in `error[CODE]: …`.")],
) -> None:
    """Say what a diagnostic code means and what to do about it."""
    if code not in CODES:
        close = difflib.get_close_matches(code, CODES, n=1)
        way_out = f"did you mean `{close[0]}`?" if close else f"known are {', '.join(CODES)}"
        message = f"there is no diagnostic code `{code}`"
        print_findings([diagnostic("unknown-code", message, NOWHERE, help=way_out)])
        finish(Exit.CALL)
    if is_colored(sys.stdout):
        Console().print(Markdown(page(code)))
    else:
        print_result(page(code))
    finish(Exit.DONE)
