"""From text to a tree by the grammar, and the error that says where the text is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, TypeAlias, cast

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken
from lark.lexer import PatternStr

from autoform.grammar_files import grammar
from autoform.source import Span

Syntax: TypeAlias = Tree[Token]
Child: TypeAlias = Syntax | Token | None

_MOST_EXPECTED: Final = 6
_READABLE: Final = {
    "NAME": "a name",
    "QUOTED": "a name",
    "INTEGER": "a number",
    "STRING": "a text",
    "FLOAT": "a number",
    "MACHINE_INTEGER": "a number",
    "CHARACTER": "a character",
    "OPERATOR": "an operator",
    "PRODUCT": "an operator",
    "PLUS": "an operator",
    "MINUS": "an operator",
    "COMPARISON": "an operator",
    "LESS": "an operator",
    "GREATER": "an operator",
    "$END": "the end",
}


class IRSyntaxError(Exception):
    """The text is not IR. Lines count from 1, columns from 0."""

    def __init__(self, message: str, line: int, column: int, source: str = "") -> None:
        shown = f"\n    {source}\n    {' ' * column}^" if source else ""
        super().__init__(f"{message} at line {line}, column {column}{shown}")
        self.message = message
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Text:
    """A text being parsed, for places and messages."""

    content: str
    path: str = ""

    def error(self, message: str, where: Syntax | Token) -> IRSyntaxError:
        """An error at a place."""
        span = self.span(where)
        return self.error_at(message, span.start_line, span.start_column)

    def error_at(self, message: str, line: int, column: int) -> IRSyntaxError:
        """An error on a line, counted from 1, and a column, counted from 0."""
        lines = self.content.split("\n")
        source = lines[line - 1] if 0 < line <= len(lines) else ""
        return IRSyntaxError(message, line, column, source)

    def span(self, where: Syntax | Token) -> Span:
        """The place of a piece of syntax in this text."""
        place = where if isinstance(where, Token) else where.meta
        if not isinstance(place, Token) and place.empty:
            return Span(self.path, 1, 0, 1, 0)
        start, end = (place.line or 1, place.column or 1), (place.end_line, place.end_column)
        return Span(self.path, start[0], start[1] - 1, end[0] or start[0], (end[1] or start[1]) - 1)


@cache
def ir_parser() -> Lark:
    """The parser that the grammar defines."""
    return Lark(
        grammar("ir"),
        parser="lalr",
        start=["module", "expr"],
        propagate_positions=True,
        maybe_placeholders=True,
    )


def parse_syntax(text: Text, start: Literal["module", "expr"]) -> Syntax:
    """The tree of a text. Raises `IRSyntaxError`."""
    try:
        return ir_parser().parse(text.content, start=start)
    except UnexpectedInput as error:
        raise _explained(text, error) from None


def _explained(text: Text, error: UnexpectedInput) -> IRSyntaxError:
    match error:
        case UnexpectedToken(token=token) if token.type != "$END":
            message = f"unexpected `{token}`{_expected(error.accepts or error.expected)}"
        case UnexpectedToken():
            lines = text.content.split("\n")
            message = f"the text ends too early{_expected(error.accepts or error.expected)}"
            return text.error_at(message, len(lines), len(lines[-1]))
        case UnexpectedCharacters(char=char, allowed=allowed):
            message = f"unexpected {char!r}{_expected(allowed or ())}"
        case UnexpectedEOF():
            message = "the text ends too early"
        case _:
            message = str(error)
    return text.error_at(message, error.line, error.column - 1)


def _expected(terminals: Iterable[str]) -> str:
    """`, expected …`, when what may stand here is little enough to help."""
    patterns = {terminal.name: terminal.pattern for terminal in ir_parser().terminals}
    names: set[str] = set()
    for terminal in terminals:
        pattern = patterns.get(terminal)
        literal = f"`{pattern.value}`" if isinstance(pattern, PatternStr) else terminal.lower()
        names.add(_READABLE.get(terminal, literal))
    return f", expected {' or '.join(sorted(names))}" if 0 < len(names) <= _MOST_EXPECTED else ""


def subtrees(syntax: Syntax) -> list[Syntax]:
    """The children that are trees: not tokens, and not options left out."""
    return [child for child in syntax.children if isinstance(child, Tree)]


def optional(children: Sequence[Child]) -> list[Syntax | None]:
    """The trees in their places, with `None` for the options left out; tokens dropped."""
    return [child for child in children if not isinstance(child, Token)]


def present(syntax: Syntax | None) -> Syntax:
    """A part that the grammar does not leave out."""
    return cast(Syntax, syntax)


def name_in(syntax: Syntax) -> str:
    """The name that is the first tree inside."""
    return only_name(subtrees(syntax)[0])


def only_name(syntax: Syntax) -> str:
    """The name that a `name` tree holds, without backquotes."""
    (token,) = syntax.children
    return str(token).strip("`")
