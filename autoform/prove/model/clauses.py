"""What any answer of a model is made of: lines, with expressions of the contract grammar in them.

Each kind of answer has its own heads of lines and its own rules for where an expression may stand.
What cannot be read is dropped, with the reason, and the rest is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar, cast

from autoform.diagnostics.display import printable
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Expr, TupleLit, type_of
from autoform.ir.node import Node
from autoform.ir.text import IRSyntaxError, parse_expr
from autoform.ir.traversal import (
    all_names,
    binders_of,
    free_vars,
    fresh_name,
    map_children,
    rename,
    rewrite,
    walk,
)
from autoform.ir.types import BOOL, Type
from autoform.ir.wellformed import violations
from autoform.prove.houdini import with_function
from autoform.prove.model.places import names_called
from autoform.prove.model.report import Dropped
from autoform.prove.order import callees
from autoform.source import NOWHERE, Span

__all__ = [
    "MOST_CLAUSES",
    "PROPOSED",
    "Expressions",
    "Refused",
    "read_lines",
    "shown",
    "unlocated",
]

MOST_CLAUSES: Final = 40
LONGEST_CLAUSE: Final = 2_000
LONGEST_ANSWER: Final = 200_000
MOST_NODES: Final = 400
_SHOWN: Final = 160
_N = TypeVar("_N", bound=Node)
_T = TypeVar("_T")

PROPOSED: Final = "<model>"
"""The path of spans in what a model proposed; the line is the number of the proposal."""


class Refused(Exception):
    """A line is not taken; the message says why."""


def read_lines(text: str, take: Callable[[str], _T]) -> tuple[list[_T], list[Dropped]]:
    """What `take` makes of each line of an answer, and the lines that it refused."""
    taken: list[_T] = []
    dropped: list[Dropped] = []
    lines = list(_lines(text[:LONGEST_ANSWER]))
    if len(text) > LONGEST_ANSWER:
        dropped.append(Dropped("…", f"an answer is read up to {LONGEST_ANSWER} characters"))
    for line in lines[:MOST_CLAUSES]:
        try:
            taken.append(take(line))
        except Refused as refused:
            dropped.append(Dropped(shown(line), str(refused)))
    if (more := len(lines) - MOST_CLAUSES) > 0:
        reason = f"an answer may have {MOST_CLAUSES} clauses"
        dropped.append(Dropped(f"… and {more} more lines", reason))
    return taken, dropped


@dataclass(slots=True)
class Expressions:
    r"""Reads expressions about one function, over variables of the scope and, if typed, `\result`.

    Names that it has given to bound variables are not given again.
    """

    module: Module
    function: Function
    scope: Mapping[str, Type]
    result: Type | None = None
    _count: int = 0
    _taken: set[str] = field(default_factory=set)

    def condition(self, body: str) -> Expr:
        """The condition that a text describes. Raises `Refused`."""
        condition = self._expression(_bounded(body))
        if type_of(condition) != BOOL:
            raise Refused("it is no condition")
        return condition

    def parts(self, body: str) -> tuple[Expr, ...]:
        """The measures between commas: of several, the items of the tuple that they would be."""
        found = self._expression(f"({_bounded(body)}\n)")
        return found.items if isinstance(found, TupleLit) and found.items else (found,)

    def check(self, changed: Function) -> None:
        """Apply the rules of well-formed IR to the function with a proposal in it."""
        for violation in violations(with_function(self.module, changed)):
            if violation.name == changed.name:
                raise Refused(printable(violation.message)[:_SHOWN])

    def _expression(self, body: str) -> Expr:
        try:
            found = parse_expr(body, self.scope, self.module, result=self.result)
            if sum(1 for _ in walk(found)) > MOST_NODES:
                raise Refused(f"a clause may have {MOST_NODES} nodes")
            strangers = names_called(found) - callees(self.function) - {self.function.name}
            if strangers:
                raise Refused(f"it calls {sorted(strangers)[0]}, which the function does not call")
            found = self._separated(found)
        except IRSyntaxError as error:
            raise Refused(f"it does not parse: {printable(error.message)}"[:_SHOWN]) from None
        except RecursionError:
            raise Refused("it is nested too deeply") from None
        self._count += 1
        return _located(found, self._count)

    def _separated(self, expr: Expr) -> Expr:
        """The expression with binders that nothing else in the function is called."""
        self._taken |= all_names(self.function)

        def change(node: Node) -> Node:
            node = map_children(node, change)
            for binder in binders_of(node):
                if binder.name in free_vars(node):  # type: ignore[arg-type]  # binders are of expressions
                    raise Refused(f"{binder.name} is bound and free in it")
                fresh = fresh_name(binder.name, self._taken)
                self._taken.add(fresh)
                node = rename(node, {binder.name: fresh})
            return node

        return cast(Expr, change(expr))


def _bounded(body: str) -> str:
    if len(body) > LONGEST_CLAUSE:
        raise Refused(f"a clause may have {LONGEST_CLAUSE} characters")
    return body


def _lines(text: str) -> Iterator[str]:
    """The lines that are meant: those between fences where there are fences, after any thinking."""
    said = text.rpartition("</think>")[2]
    pieces = said.split("```")
    if len(pieces) > 2:
        # The first line of a fenced block names its language.
        said = "\n".join(piece.partition("\n")[2] for piece in pieces[1::2])
    yield from (line.strip() for line in said.splitlines() if line.strip())


def shown(text: str) -> str:
    """A text of a model's as it may be shown: one line, no controls, not too long."""
    line = printable(" ".join(text.split()))
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


def _located(expr: Expr, number: int) -> Expr:
    """The expression with spans that say from which proposal it comes."""
    span = Span(PROPOSED, number, 0, number, 1)
    return rewrite(expr, lambda node: replace(node, span=span))


def unlocated(node: _N) -> _N:
    """The node without such spans."""

    def change(part: Node) -> Node:
        return replace(part, span=NOWHERE) if part.span.path == PROPOSED else part

    return rewrite(node, change)
