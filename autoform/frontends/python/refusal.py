"""How the front end gives up on a function: one exception, caught where functions are lifted."""

from __future__ import annotations

from autoform.diagnostics import Note
from autoform.frontends.python.tree import Tree


class Refusal(Exception):
    """A construct that cannot be lifted exactly: a code of the register, and the node at fault.

    Raised anywhere below the lifting of one function, caught there, and never seen outside.
    """

    def __init__(
        self,
        code: str,
        message: str,
        node: Tree,
        help_: str | None = None,
        notes: tuple[Note, ...] = (),
    ) -> None:
        """Keep what the diagnostic needs; `help_` replaces the code's own way out."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.node = node
        self.help = help_
        self.notes = notes
