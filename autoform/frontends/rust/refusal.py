"""How the front end gives up on a function: one exception, caught where functions are lifted."""

from __future__ import annotations

from typing import Final

from autoform.diagnostics import Note
from autoform.frontends.rust.tree import Tree

WAYS_OUT: Final = {
    "unsupported-type": (
        "use integers, `f64`, `bool`, `char`, strings, `Vec`, slices, arrays, tuples, `Option`,"
        " `Result`, maps and sets of the standard library, or structs and enums of the file"
    ),
    "unsupported-builtin": "write out what it computes with a loop or a method of the subset",
    "unknown-type": "annotate it, for example `let xs: Vec<i32>`",
    "set-order": "sort the items first, or use `BTreeMap` or `BTreeSet`",
    "type-mismatch": "convert one of the two explicitly, or annotate what is meant",
    "string-format": "use `{}` of integers, texts, characters and booleans",
}
"""The usual way out in Rust, where that of the code speaks of Python."""


class Refusal(Exception):
    """A construct that cannot be lifted exactly: a code of the register, and the node at fault."""

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
        self.help = help_ or WAYS_OUT.get(code)
        self.notes = notes
