"""The one door to tree-sitter: parsing, and offsets turned into spans.

tree-sitter never fails: what it cannot parse becomes ERROR and MISSING nodes, which
`SyntaxTree.errors` finds and which no front end may lift.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Final, Literal

import tree_sitter_python
import tree_sitter_rust
from tree_sitter import Language as Grammar
from tree_sitter import Node, Parser

from autoform.diagnostics import Diagnostic, diagnostic
from autoform.source import SourceFile, Span

__all__ = ["Node", "SyntaxTree", "named_kinds", "parse"]

_SHOWN: Final = 40
"""Characters of what does not parse that a message shows."""
_GRAMMARS = {"python": tree_sitter_python.language, "rust": tree_sitter_rust.language}


@cache
def _grammar(language: str) -> Grammar:
    return Grammar(_GRAMMARS[language]())


@cache
def _parser(language: str) -> Parser:
    return Parser(_grammar(language))


def named_kinds(language: str) -> frozenset[str]:
    """Every kind of named node that the grammar of a language can produce."""
    grammar = _grammar(language)
    return frozenset(
        kind
        for number in range(grammar.node_kind_count)
        if grammar.node_kind_is_named(number)
        and grammar.node_kind_is_visible(number)
        and (kind := grammar.node_kind_for_id(number)) is not None
    )


class SyntaxTree:
    """A parsed file: its root node, its bytes, and spans for offsets into them."""

    def __init__(self, source: SourceFile, data: bytes, root: Node) -> None:
        """Wrap what the parser made of `data`, the UTF-8 form of the file."""
        self.source = source
        self.data = data
        self.root = root
        self._spans: dict[tuple[int, int], Span] = {}

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, at = [0], self.data.find(b"\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.data.find(b"\n", at + 1)
        return starts

    @cached_property
    def _ascii(self) -> bool:
        return self.data.isascii()

    def span(self, start: int, end: int) -> Span:
        """The span between two byte offsets."""
        found = self._spans.get((start, end))
        if found is None:
            starts = self._line_starts
            first = bisect_right(starts, start)
            is_one_line = first == len(starts) or end < starts[first]
            last = first if is_one_line else bisect_right(starts, end)
            column, end_column = start - starts[first - 1], end - starts[last - 1]
            if not self._ascii:
                column = self.source.column(first, column)
                end_column = self.source.column(last, end_column)
            found = Span(self.source.path, first, column, last, end_column)
            self._spans[start, end] = found
        return found

    def offsets(self, span: Span) -> tuple[int, int]:
        """The offsets that `span` made a span of."""
        return (
            self._offset(span.start_line, span.start_column),
            self._offset(span.end_line, span.end_column),
        )

    def _offset(self, line: int, column: int) -> int:
        text = self.source.line(line)
        width = column if text.isascii() else len(text[:column].encode())
        return self._line_starts[line - 1] + width

    def span_of(self, node: Node) -> Span:
        """The span of a parser node."""
        return self.span(node.start_byte, node.end_byte)

    def text(self, node: Node) -> str:
        """The text of a parser node."""
        return self.data[node.start_byte : node.end_byte].decode()

    def errors(self, node: Node) -> Iterator[Node]:
        """The outermost ERROR and MISSING nodes inside `node`, in source order."""
        pending = [node]
        while pending:
            inner = pending.pop()
            if inner.is_error or inner.is_missing:
                yield inner
            elif inner.has_error:
                pending.extend(reversed(inner.children))

    def stray_error(self, functions: str) -> Diagnostic | None:
        """What to say of the first part that does not parse outside nodes of the kind `functions`.

        Whoever reads the functions refuses those that hold one; the others may have been swallowed.
        """
        for wrong in self.errors(self.root):
            holder: Node | None = wrong
            while holder is not None and holder.type != functions:
                holder = holder.parent
            if holder is None:
                first = self.text(wrong).partition("\n")[0][:_SHOWN]
                what = f"`{first}` does not parse" if first else "something is missing here"
                return diagnostic("syntax-error", what, self.span_of(wrong))
        return None

    def respelled(self, form: Literal["NFC", "NFKC"]) -> Diagnostic | None:
        """What to say of the first name that the language reads as another one.

        Python takes `\N{LATIN SMALL LETTER LONG S}` for `s`: all names are of that normal form.
        """
        if self._ascii:
            return None
        pending = [self.root]
        while pending:
            node = pending.pop()
            pending.extend(reversed(node.named_children))
            if not node.type.endswith("identifier") or node.child_count:
                continue
            name = self.text(node)
            read = unicodedata.normalize(form, name)
            if read != name:
                message = f"the name `{name}` is read as `{read}`"
                return diagnostic(
                    "unsupported-syntax", message, self.span_of(node), help=f"write `{read}`"
                )
        return None


def parse(source: SourceFile, language: str) -> SyntaxTree:
    """Parse a file as `python` or `rust`. Never fails: see `SyntaxTree.errors`."""
    data = source.text.encode("utf-8", "replace")
    return SyntaxTree(source, data, _parser(language).parse(data).root_node)
