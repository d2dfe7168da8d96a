"""The parser of printed Lean: `grammars/lean.lark`, and the little layout that it needs.

Lean ends a `let`, a field and the arms of a `match` by indentation. Three tokens stand for that:
`_END` where a line that starts with `let`, or with a field's name, is over; `_OPEN` and `_CLOSE`
around the arms of a `match` whose `with` ends its line. Other line ends mean nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from lark import Lark, Token, Tree
from lark.lark import PostLex

from autoform.grammar_files import grammar

_NEWLINE: Final = "_NEWLINE"


@dataclass(slots=True)
class _Line:
    """What is open while tokens pass by."""

    column: int = 0
    is_item: bool = False
    items: list[int] = field(default_factory=list)
    arms: list[int] = field(default_factory=list)


class Layout(PostLex):
    """Turns line ends into the tokens of layout."""

    always_accept = (_NEWLINE,)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The tokens with layout."""
        state = _Line()
        tokens = _with_lookahead(stream)
        start_of_line = True
        after_with = False
        for token, following in tokens:
            if token.type == _NEWLINE:
                column = len(token.rsplit("\n", 1)[1])
                if following is None or following.type == _NEWLINE:
                    continue
                yield from _ended(state, column, following)
                if after_with:
                    state.arms.append(column)
                    yield Token("_OPEN", "")
                start_of_line, state.column = True, column
                continue
            if start_of_line and _is_item(token, following):
                state.items.append(state.column)
            start_of_line = False
            after_with = token.type == "WITH"
            yield token
        yield from _ended(state, -1, None)


def _with_lookahead(stream: Iterator[Token]) -> Iterator[tuple[Token, Token | None]]:
    previous: Token | None = None
    for token in stream:
        if previous is not None:
            yield previous, token
        previous = token
    if previous is not None:
        yield previous, None


def _is_item(token: Token, following: Token | None) -> bool:
    """Whether a line that starts with the token is a `let` or a field."""
    if token.type == "LET":
        return True
    return token.type == "NAME" and following is not None and following.type == "COLON"


def _ended(state: _Line, column: int, following: Token | None) -> Iterator[Token]:
    """What ends where a line starts at a column: items there or deeper, and deeper arms."""
    is_arm = following is not None and following.type == "BAR"
    while state.items or state.arms:
        item = state.items[-1] if state.items else -1
        arm = state.arms[-1] if state.arms else -1
        if item >= max(column, arm):
            state.items.pop()
            yield Token("_END", "")
        elif arm > column or (arm == column and not is_arm):
            state.arms.pop()
            yield Token("_CLOSE", "")
        else:
            return


@cache
def _parser() -> Lark:
    # The contextual lexer cannot look ahead, as the layout does.
    return Lark(grammar("lean"), parser="lalr", lexer="basic", postlex=Layout())


def parse_lean(text: str) -> Tree[Token]:
    """The syntax tree of a printed file. Raises `lark.exceptions.UnexpectedInput`."""
    return _parser().parse(text)
