"""Reading an answer: lines of annotations, and nothing else.

    invariant L1: x == i * i * i
    decreases L1: n - i
    assert before P3: i <= n
    assert after P4: seq.len(out) == i

The heads are words of ours, what follows them is an expression of the contract grammar. An
`assume`, a changed statement, a clause of the contract: none of them is in this language, so that
none can be read. What cannot be read is dropped, with the reason, and the rest is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias, TypeVar, cast

from autoform.diagnostics.display import printable
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Apply, Expr, Or, TupleLit, type_of
from autoform.ir.node import Node
from autoform.ir.ops import apply
from autoform.ir.stmts import Clause, Origin
from autoform.ir.text import IRSyntaxError, parse_expr
from autoform.ir.traversal import (
    all_names,
    binders_of,
    declared_names,
    free_vars,
    fresh_name,
    map_children,
    rename,
    rewrite,
    walk,
)
from autoform.ir.types import BOOL
from autoform.ir.wellformed import violations
from autoform.prove.houdini import with_function
from autoform.prove.model.places import (
    PlacedAssert,
    is_left,
    labelled,
    names_called,
    with_asserts,
)
from autoform.prove.model.report import Dropped
from autoform.prove.order import callees
from autoform.source import NOWHERE, Span
from autoform.vc.loops import Annotation, annotate, loop_sites

MOST_CLAUSES: Final = 40
LONGEST_CLAUSE: Final = 2_000
LONGEST_ANSWER: Final = 200_000
MOST_NODES: Final = 400
_SHOWN: Final = 160
_N = TypeVar("_N", bound=Node)

PROPOSED: Final = "<model>"
"""The path of spans in what a model proposed; the line is the number of the proposal."""

_LINE: Final = re.compile(
    r"[\s>*`-]*(?:\d+[.)]\s+)?`*"
    r"(?P<word>invariant|decreases|assert)\b\s*(?P<side>before\b|after\b|at\b)?\s*"
    r"(?P<label>[LP]\d{1,6})?\s*:(?P<body>[^:=].*?)[;`\s]*"
)


@dataclass(frozen=True, slots=True)
class LoopInvariant:
    """`invariant L1: e`."""

    loop: int
    condition: Expr
    text: str


@dataclass(frozen=True, slots=True)
class LoopMeasure:
    """`decreases L1: e, e`; without a label the measure of the function's recursion."""

    loop: int | None
    parts: tuple[Expr, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Assertion:
    """`assert before P3: e`."""

    placed: PlacedAssert
    text: str


Proposal: TypeAlias = LoopInvariant | LoopMeasure | Assertion


class _Refused(Exception):
    """A line is not taken; the message says why."""


@dataclass(slots=True)
class Reader:
    """Reads answers about one lowered function. Names it has given are not given again."""

    module: Module
    function: Function
    recursive: bool
    _count: int = 0
    _taken: set[str] = field(default_factory=set)

    def read(self, text: str) -> tuple[list[Proposal], list[Dropped]]:
        """What an answer proposes, and what of it was not taken."""
        proposals: list[Proposal] = []
        dropped: list[Dropped] = []
        lines = list(_lines(text[:LONGEST_ANSWER]))
        if len(text) > LONGEST_ANSWER:
            dropped.append(Dropped("…", f"an answer is read up to {LONGEST_ANSWER} characters"))
        for line in lines[:MOST_CLAUSES]:
            try:
                proposals.append(self._line(line))
            except _Refused as refused:
                dropped.append(Dropped(shown(line), str(refused)))
        if (more := len(lines) - MOST_CLAUSES) > 0:
            reason = f"an answer may have {MOST_CLAUSES} clauses"
            dropped.append(Dropped(f"… and {more} more lines", reason))
        return proposals, dropped

    def _line(self, line: str) -> Proposal:
        found = _LINE.fullmatch(line)
        if found is None:
            raise _Refused("it is no invariant, decreases or assert")
        body, label = found["body"].strip(), found["label"]
        if len(body) > LONGEST_CLAUSE:
            raise _Refused(f"a clause may have {LONGEST_CLAUSE} characters")
        match found["word"]:
            case "invariant":
                return self._invariant(label, body)
            case "decreases":
                return self._measure(label, body)
            case _:
                return self._assertion(label, found["side"], body)

    def _invariant(self, label: str | None, body: str) -> LoopInvariant:
        number = self._loop(label)
        condition = self._condition(body)
        site = next(site for site in loop_sites(self.function) if site.number == number)
        clauses = (*site.loop.invariants, Clause(condition, Origin.MODEL))
        self._check(annotate(self.function, {number: Annotation(clauses, site.loop.decreases)}))
        return LoopInvariant(number, condition, f"invariant {label}: {shown(body)}")

    def _measure(self, label: str | None, body: str) -> LoopMeasure:
        parts = self._parts(body)
        if label is None:
            if not self.recursive or self.function.contract.decreases:
                raise _Refused("the function needs no measure of its own; name a loop")
            contract = replace(self.function.contract, decreases=parts)
            self._check(replace(self.function, contract=contract))
            return LoopMeasure(None, parts, f"decreases: {shown(body)}")
        number = self._loop(label)
        site = next(site for site in loop_sites(self.function) if site.number == number)
        if site.loop.decreases:
            raise _Refused("the loop has a measure of its own")
        self._check(annotate(self.function, {number: Annotation(site.loop.invariants, parts)}))
        return LoopMeasure(number, parts, f"decreases {label}: {shown(body)}")

    def _assertion(self, label: str | None, side: str | None, body: str) -> Assertion:
        stmt = labelled(self.function).get(label or "")
        if label is None or stmt is None:
            raise _Refused("it names no statement of the function")
        after = side == "after"
        if after and is_left(stmt):
            raise _Refused("nothing comes after that statement")
        condition = _as_code(self._condition(body))
        placed = PlacedAssert(label, after, condition)
        self._check(with_asserts(self.function, [placed]))
        return Assertion(placed, f"assert {'after' if after else 'before'} {label}: {shown(body)}")

    def _loop(self, label: str | None) -> int:
        number = int(label[1:]) - 1 if label is not None and label.startswith("L") else -1
        if not any(site.number == number for site in loop_sites(self.function)):
            raise _Refused("it names no loop of the function")
        return number

    def _condition(self, body: str) -> Expr:
        condition = self._expression(body)
        if type_of(condition) != BOOL:
            raise _Refused("it is no condition")
        return condition

    def _parts(self, body: str) -> tuple[Expr, ...]:
        """The measures between commas: of several, the items of the tuple that they would be."""
        found = self._expression(f"({body}\n)")
        return found.items if isinstance(found, TupleLit) and found.items else (found,)

    def _expression(self, body: str) -> Expr:
        scope = {param.name: param.type for param in self.function.params}
        scope |= declared_names(*self.function.body)
        try:
            found = parse_expr(body, scope, self.module)
            if sum(1 for _ in walk(found)) > MOST_NODES:
                raise _Refused(f"a clause may have {MOST_NODES} nodes")
            strangers = names_called(found) - callees(self.function) - {self.function.name}
            if strangers:
                raise _Refused(f"it calls {sorted(strangers)[0]}, which the function does not call")
            found = self._separated(found)
        except IRSyntaxError as error:
            raise _Refused(f"it does not parse: {printable(error.message)}"[:_SHOWN]) from None
        except RecursionError:
            raise _Refused("it is nested too deeply") from None
        self._count += 1
        return _located(found, self._count)

    def _separated(self, expr: Expr) -> Expr:
        """The expression with binders that nothing else in the function is called."""
        self._taken |= all_names(self.function)

        def change(node: Node) -> Node:
            node = map_children(node, change)
            for binder in binders_of(node):
                if binder.name in free_vars(node):  # type: ignore[arg-type]  # binders are of expressions
                    raise _Refused(f"{binder.name} is bound and free in it")
                fresh = fresh_name(binder.name, self._taken)
                self._taken.add(fresh)
                node = rename(node, {binder.name: fresh})
            return node

        return cast(Expr, change(expr))

    def _check(self, changed: Function) -> None:
        """The rules of well-formed IR, for the function with the proposal in it."""
        for violation in violations(with_function(self.module, changed)):
            if violation.name == changed.name:
                raise _Refused(printable(violation.message)[:_SHOWN])


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


def _as_code(condition: Expr) -> Expr:
    """A condition as it may stand in code, where there is no `==>`."""

    def change(node: Node) -> Node:
        match node:
            case Apply("implies", (premise, conclusion)):
                return Or((apply("not", premise), conclusion), span=node.span)
            case _:
                return node

    return rewrite(condition, change)
