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
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Apply, Expr, Or
from autoform.ir.node import Node
from autoform.ir.ops import apply
from autoform.ir.stmts import Clause, Origin
from autoform.ir.traversal import (
    declared_names,
    rewrite,
)
from autoform.prove.model.clauses import Expressions, Refused, read_lines, shown
from autoform.prove.model.places import (
    PlacedAssert,
    is_left,
    labelled,
    with_asserts,
)
from autoform.prove.model.report import Dropped
from autoform.vc.loops import Annotation, annotate, loop_sites

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


@dataclass(slots=True)
class Reader:
    """Reads answers about one lowered function. Names it has given are not given again."""

    module: Module
    function: Function
    recursive: bool
    _expressions: Expressions = field(init=False)

    def __post_init__(self) -> None:
        """Let expressions speak of parameters and of what the body declares."""
        scope = {param.name: param.type for param in self.function.params}
        scope |= declared_names(*self.function.body)
        self._expressions = Expressions(self.module, self.function, scope)

    def read(self, text: str) -> tuple[list[Proposal], list[Dropped]]:
        """What an answer proposes, and what of it was not taken."""
        return read_lines(text, self._line)

    def _line(self, line: str) -> Proposal:
        found = _LINE.fullmatch(line)
        if found is None:
            raise Refused("it is no invariant, decreases or assert")
        body, label = found["body"].strip(), found["label"]
        match found["word"]:
            case "invariant":
                return self._invariant(label, body)
            case "decreases":
                return self._measure(label, body)
            case _:
                return self._assertion(label, found["side"], body)

    def _invariant(self, label: str | None, body: str) -> LoopInvariant:
        number = self._loop(label)
        condition = self._expressions.condition(body)
        site = next(site for site in loop_sites(self.function) if site.number == number)
        clauses = (*site.loop.invariants, Clause(condition, Origin.MODEL))
        self._expressions.check(
            annotate(self.function, {number: Annotation(clauses, site.loop.decreases)})
        )
        return LoopInvariant(number, condition, f"invariant {label}: {shown(body)}")

    def _measure(self, label: str | None, body: str) -> LoopMeasure:
        parts = self._expressions.parts(body)
        if label is None:
            if not self.recursive or self.function.contract.decreases:
                raise Refused("the function needs no measure of its own; name a loop")
            contract = replace(self.function.contract, decreases=parts)
            self._expressions.check(replace(self.function, contract=contract))
            return LoopMeasure(None, parts, f"decreases: {shown(body)}")
        number = self._loop(label)
        site = next(site for site in loop_sites(self.function) if site.number == number)
        if site.loop.decreases:
            raise Refused("the loop has a measure of its own")
        self._expressions.check(
            annotate(self.function, {number: Annotation(site.loop.invariants, parts)})
        )
        return LoopMeasure(number, parts, f"decreases {label}: {shown(body)}")

    def _assertion(self, label: str | None, side: str | None, body: str) -> Assertion:
        stmt = labelled(self.function).get(label or "")
        if label is None or stmt is None:
            raise Refused("it names no statement of the function")
        after = side == "after"
        if after and is_left(stmt):
            raise Refused("nothing comes after that statement")
        condition = _as_code(self._expressions.condition(body))
        placed = PlacedAssert(label, after, condition)
        self._expressions.check(with_asserts(self.function, [placed]))
        return Assertion(placed, f"assert {'after' if after else 'before'} {label}: {shown(body)}")

    def _check(self, loop: int, annotation: Annotation) -> None:
        self._expressions.check(annotate(self.function, {loop: annotation}))

    def _loop(self, label: str | None) -> int:
        number = int(label[1:]) - 1 if label is not None and label.startswith("L") else -1
        if not any(site.number == number for site in loop_sites(self.function)):
            raise Refused("it names no loop of the function")
        return number


def _as_code(condition: Expr) -> Expr:
    """A condition as it may stand in code, where there is no `==>`."""

    def change(node: Node) -> Node:
        match node:
            case Apply("implies", (premise, conclusion)):
                return Or((apply("not", premise), conclusion), span=node.span)
            case _:
                return node

    return rewrite(condition, change)
