"""Examples in docstrings, as Python's own `doctest` finds them.

    >>> double(4)
    8
    >>> double("a")
    Traceback (most recent call last):
    TypeError: ...

What is printed is read as a literal; where it is none (an ellipsis, an object), only the call is
taken. Skipped examples are not taken at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.docstrings import docstring_lines
from autoform.frontends.python.examples.evaluate import NotLiteralError, Scope, evaluate
from autoform.frontends.python.examples.host import (
    Equals,
    HostExample,
    HostValue,
    Outcome,
    Raises,
    Unstated,
)
from autoform.frontends.python.examples.prompts import (
    MalformedSessionError,
    Prompt,
    read_prompts,
)
from autoform.frontends.python.examples.session import Session
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.python.snippets import read_expression, read_statements
from autoform.frontends.syntax import SyntaxTree
from autoform.source import Span

__all__ = ["read_doctests"]

_SKIPPED: Final = "+SKIP"
_PRINTED: Final = Scope({"inf": float("inf"), "nan": float("nan")})
_SIMPLE: Final[dict[str, HostValue]] = {"True": True, "False": False, "None": None}
_INTEGER: Final = re.compile(r"-?(?:0|[1-9]\d{0,300})\Z")
_FLOAT: Final = re.compile(r"-?\d{1,300}\.\d{1,300}\Z")
_TEXT: Final = re.compile(r"'([^'\\\n]*)'\Z")


def read_doctests(
    docstring: tree.Str, syntax: SyntaxTree, session: Session
) -> Iterator[HostExample]:
    """The examples of one docstring, read as the session it is."""
    if ">>>" not in docstring.value:
        return
    try:
        prompts = read_prompts(docstring_lines(docstring, syntax))
    except MalformedSessionError:
        return
    prompts = [prompt for prompt in prompts if _SKIPPED not in prompt.options]
    for prompt, statements in zip(prompts, _read_all(prompts), strict=True):
        span = _span(prompt, docstring, syntax)
        if statements is None:
            session.forget(list(session.values))
            continue
        for statement in statements:
            yield from _read(session, statement, prompt, span)


def _read(
    session: Session, statement: tree.Stmt, prompt: Prompt, span: Span
) -> Iterator[HostExample]:
    match statement:
        case tree.ExprStmt(value=value):
            yield from session.stated(value, _outcome(prompt), span)
        case tree.Assign() | tree.AnnAssign():
            yield from session.assign(statement, span)
        case tree.Assert(condition=condition):
            yield from session.asserted(condition, span)
        case _:
            session.forget(list(session.values))


def _read_all(prompts: Sequence[Prompt]) -> list[list[tree.Stmt] | None]:
    """The statements of each prompt, or `None` where it cannot be read.

    All are parsed as one text, which is several times faster; if that fails, one by one.
    """
    texts = [prompt.source.encode() + b"\n" for prompt in prompts]
    try:
        statements = read_statements(b"".join(texts).decode())
    except Refusal:
        return [_read_one(prompt) for prompt in prompts]
    ends, end = [], 0
    for text in texts:
        end += len(text)
        ends.append(end)
    found: list[list[tree.Stmt] | None] = []
    at = 0
    for end in ends:
        here: list[tree.Stmt] = []
        while at < len(statements) and statements[at].start < end:
            here.append(statements[at])
            at += 1
        found.append(here)
    return found


def _read_one(prompt: Prompt) -> list[tree.Stmt] | None:
    try:
        return list(read_statements(prompt.source))
    except Refusal:
        return None


def _outcome(prompt: Prompt) -> Outcome:
    if prompt.exception is not None:
        name = prompt.exception.partition(":")[0].strip()
        return Raises(name) if name.isidentifier() else Unstated()
    want = prompt.want.strip()
    if not want:
        return Equals(None)
    if want in _SIMPLE:
        return Equals(_SIMPLE[want])
    if _INTEGER.match(want):
        return Equals(int(want))
    if _FLOAT.match(want):
        return Equals(float(want))
    if text := _TEXT.match(want):
        return Equals(text[1])
    try:
        return Equals(evaluate(read_expression(want), _PRINTED))
    except (Refusal, NotLiteralError):
        return Unstated()


def _span(prompt: Prompt, docstring: tree.Str, syntax: SyntaxTree) -> Span:
    line = prompt.line
    if line.offset is None:
        return syntax.span(docstring.start, docstring.end)
    return syntax.span(line.offset + line.indent, line.offset + len(line.text.rstrip().encode()))
