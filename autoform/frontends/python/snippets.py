"""Python text that stands inside a file, in docstrings: read by itself, with offsets of its own."""

from __future__ import annotations

from autoform.frontends.python import tree
from autoform.frontends.python.reader import Reader
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.python.rewriting import walk
from autoform.frontends.syntax import SyntaxTree, parse
from autoform.source import SourceFile

__all__ = ["place_at", "read_expression", "read_statements"]

_NAME = "<docstring>"


def read_expression(text: str) -> tree.Expr:
    """The one expression that the text is. Raises `Refusal` with offsets into the text."""
    match read_statements(text):
        case (tree.ExprStmt(value=value),):
            return value
        case _:
            message = f"`{text.strip()}` is not one expression"
            raise Refusal("syntax-error", message, tree.Tree(0, len(text.encode())))


def place_at(expr: tree.Expr, place: tree.Tree, *, text_starts: int | None = None) -> None:
    """Say where in the file a snippet's expression stands: as a whole, or from an offset on.

    For an expression that was just read, and that nobody else has seen.
    """
    for node in walk(expr):
        if text_starts is None:
            node.start, node.end = place.start, place.end
        else:
            node.start += text_starts
            node.end += text_starts


def read_statements(text: str) -> tree.Body:
    """The statements of the text. Raises `Refusal` with offsets into the text."""
    syntax = parse(SourceFile(_NAME, text), "python")
    for error in syntax.errors(syntax.root):
        message = f"`{text.strip()}` does not parse"
        raise Refusal("syntax-error", message, tree.Tree(error.start_byte, error.end_byte))
    return _body(syntax)


def _body(syntax: SyntaxTree) -> tree.Body:
    return Reader(syntax).body(syntax.root)
