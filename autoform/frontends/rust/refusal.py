"""How the front end gives up on a function: one exception, caught where functions are lifted."""

from __future__ import annotations

from autoform.frontends.rust.tree import Tree


class Refusal(Exception):
    """A construct that cannot be lifted exactly: a code of the register, and the node at fault."""

    def __init__(self, code: str, message: str, node: Tree, help_: str | None = None) -> None:
        """Keep what the diagnostic needs; `help_` replaces the code's own way out."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.node = node
        self.help = help_
