"""Statements of the spec IR. A block is a tuple of statements.

Every name of a function (parameters, locals, loop variables, binders) is unique in it: no
shadowing, so that a pass may move expressions without capturing. A local is visible from its
`VarDecl` to the end of the block that holds it, and is read only where it was surely assigned.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from autoform.ir.exprs import Binder, Expr
from autoform.ir.node import Node
from autoform.ir.types import Type


class Origin(StrEnum):
    """Where a clause comes from."""

    DECORATOR = "decorator"
    DOCSTRING = "docstring"
    ASSERT = "assert"
    GUARD = "guard"
    TYPE = "type"
    DOCTEST = "doctest"
    MINED = "mined"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Clause(Node):
    """A condition with its origin: of `requires`, `ensures` or a loop's `invariant`."""

    condition: Expr
    origin: Origin


@dataclass(frozen=True, slots=True)
class VarDecl(Node):
    """`var x: T = e;` or, assigned later, `var x: T;`."""

    name: str
    type: Type
    value: Expr | None = None


@dataclass(frozen=True, slots=True)
class Assign(Node):
    """`x = e;` In-place mutation of a local is such an assignment: `xs = seq.append(xs, v)`."""

    name: str
    value: Expr


@dataclass(frozen=True, slots=True)
class CallStmt(Node):
    """`call t = f(a, b);` The arguments at inout positions are distinct variables, and are updated.

    When the callee raises, inout variables keep what the callee had done to them.
    """

    target: str | None
    function: str
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if c { … } else { … }`."""

    condition: Expr
    then: Block
    orelse: Block = ()


@dataclass(frozen=True, slots=True)
class While(Node):
    """`while c invariant … decreases … { … }`. The label names the loop for `break`."""

    condition: Expr
    body: Block
    invariants: tuple[Clause, ...] = ()
    decreases: tuple[Expr, ...] = ()
    label: str | None = None


@dataclass(frozen=True, slots=True)
class ForRange(Node):
    """`for i in start..stop by step { … }`, Python's `range`: bounds evaluated once, before.

    The variable is fresh in each round and not assigned in the body. All three bounds have the
    variable's integer type; the counting itself is done in `Int`, so that it cannot overflow. An
    invariant sees the variable: at the head of a round as this round's value, and after the last
    as `start + rounds * step`, unbounded. A step of zero raises `ValueError`. Always terminates:
    it has no measure.
    """

    binder: Binder
    start: Expr
    stop: Expr
    step: Expr
    body: Block
    invariants: tuple[Clause, ...] = ()
    label: str | None = None


@dataclass(frozen=True, slots=True)
class ForEach(Node):
    """`for x in source { … }` over a `Seq`, `Str`, or `Map` (its keys), evaluated once, before.

    The variable is fresh in each round and not assigned in the body. `Set` has no order and
    cannot be iterated. Always terminates. Its invariants do not see the variable.
    """

    binder: Binder
    source: Expr
    body: Block
    invariants: tuple[Clause, ...] = ()
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Break(Node):
    """`break;` out of the innermost loop, or of the labelled one."""

    label: str | None = None


@dataclass(frozen=True, slots=True)
class Continue(Node):
    """`continue;` with the innermost loop, or with the labelled one."""

    label: str | None = None


@dataclass(frozen=True, slots=True)
class Return(Node):
    """`return e;`; a procedure returns `()`."""

    value: Expr


@dataclass(frozen=True, slots=True)
class Raise(Node):
    """`raise ValueError("…");` The message is evaluated first, and is no part of the meaning."""

    exception: str
    message: Expr | None = None


@dataclass(frozen=True, slots=True)
class Assert(Node):
    """`assert c;` raises `AssertionError` when the condition is false: an obligation."""

    condition: Expr
    origin: Origin = Origin.ASSERT


Stmt: TypeAlias = (
    VarDecl
    | Assign
    | CallStmt
    | If
    | While
    | ForRange
    | ForEach
    | Break
    | Continue
    | Return
    | Raise
    | Assert
)
Block: TypeAlias = tuple[Stmt, ...]
Loop: TypeAlias = While | ForRange | ForEach
