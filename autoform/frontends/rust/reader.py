"""The reader's context: texts, places, depth, and text inside macros and attributes.

Reading is recursive and counts its depth, so that nesting beyond `MAX_DEPTH` is refused before it
could exhaust Python's stack. Everything that a file holds as a bare token tree (macro arguments,
attributes) is parsed by itself and read by a reader whose offsets are those of the file.
"""

from __future__ import annotations

from typing import Final

from autoform.frontends.rust import tree
from autoform.frontends.rust.kinds import REFUSED, SKIPPED
from autoform.frontends.rust.refusal import Refusal
from autoform.frontends.syntax import Node, SyntaxTree, parse
from autoform.source import SourceFile

MAX_DEPTH: Final = 48
"""How deep expressions, patterns and types may nest."""


class Reader:
    """Reads the nodes of one syntax tree; `base` is added to every offset."""

    def __init__(self, syntax: SyntaxTree, base: int = 0, depth: int = 0) -> None:
        """`depth` is that of the place where a snippet stands."""
        self.syntax = syntax
        self.base = base
        self.depth = depth

    def text(self, node: Node) -> str:
        """The text of a node."""
        return self.syntax.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def span(self, node: Node) -> tuple[int, int]:
        """The offsets of a node in the file."""
        return node.start_byte + self.base, node.end_byte + self.base

    def place(self, node: Node) -> tree.Tree:
        """A node to blame."""
        return tree.Tree(*self.span(node))

    def enter(self, node: Node) -> None:
        """Go one level down. Raises `Refusal` beyond the bound."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} deep"
            raise Refusal("too-deeply-nested", message, self.place(node))

    def leave(self) -> None:
        """Go up again."""
        self.depth -= 1

    def refusal(self, node: Node) -> Refusal:
        """What to say of a node that nothing reads."""
        place = self.place(node)
        if node.is_error or node.is_missing:
            return Refusal("syntax-error", f"`{shortened(self.text(node))}` does not parse", place)
        code, what = REFUSED.get(node.type, ("unsupported-syntax", ""))
        what = what or f"`{shortened(self.text(node))}`"
        return Refusal(code, f"{what} is outside the lifted subset", place)

    def field(self, node: Node, name: str) -> Node:
        """A child that the grammar always has; it lacks only where the file does not parse."""
        found = node.child_by_field_name(name)
        if found is None:
            raise Refusal("syntax-error", f"the {name} is missing", self.place(node))
        return found

    def snippet(self, before: str, start: int, end: int, after: str) -> tuple[Reader, Node]:
        """Parse a stretch of the text between two others: its reader, and the root node.

        `start` and `end` are offsets into this reader's text. Raises `Refusal`.
        """
        data = self.syntax.data[start:end]
        text = f"{before}{data.decode('utf-8', 'replace')}{after}"
        syntax = parse(SourceFile("<snippet>", text), "rust")
        base = self.base + start - len(before)
        for error in syntax.errors(syntax.root):
            first = min(max(error.start_byte + base, start + self.base), end + self.base)
            last = min(max(error.end_byte + base, first), end + self.base)
            message = f"`{shortened(text[len(before) : -len(after) or None])}` is not read"
            raise Refusal("unsupported-macro", message, tree.Tree(first, last))
        return Reader(syntax, base, self.depth), syntax.root


def shortened(text: str) -> str:
    """A text for a message: one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "..."


def meaningful(node: Node) -> list[Node]:
    """The named children that are read: no comments, no attributes on expressions."""
    return [child for child in node.named_children if child.type not in SKIPPED]
