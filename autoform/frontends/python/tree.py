"""The syntax of the Python subset as plain data: what the rest of the front end reads.

Closed unions, as in the IR, but not frozen: a front end makes one per source node and speed
counts. They are never changed after the reader made them, and compare by identity. `start` and
`end` are offsets in the UTF-8 form of the file; `autoform.frontends.syntax.SyntaxTree` turns
them into spans.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(slots=True, eq=False)
class Tree:
    """Base of every node: where it stands in the file."""

    start: int
    end: int


@dataclass(slots=True, eq=False)
class Name(Tree):
    """`x`."""

    id: str


@dataclass(slots=True, eq=False)
class Int(Tree):
    """`42`, `0x2A`, `1_000`."""

    value: int


@dataclass(slots=True, eq=False)
class Float(Tree):
    """`2.5`, `1e9`."""

    value: float


@dataclass(slots=True, eq=False)
class Str(Tree):
    """`"text"`, adjacent literals joined."""

    value: str


@dataclass(slots=True, eq=False)
class Bool(Tree):
    """`True`, `False`."""

    value: bool


@dataclass(slots=True, eq=False)
class NoneValue(Tree):
    """`None`."""


@dataclass(slots=True, eq=False)
class Dots(Tree):
    """`...`: in annotations such as `tuple[int, ...]` and as an empty body."""


@dataclass(slots=True, eq=False)
class Formatted(Tree):
    """`{value!r:spec}` inside an f-string; `spec` is plain text."""

    value: Expr
    conversion: str
    spec: str


@dataclass(slots=True, eq=False)
class FString(Tree):
    """`f"a{x}b"`: texts and values in order."""

    parts: tuple[Str | Formatted, ...]


@dataclass(slots=True, eq=False)
class TupleExpr(Tree):
    """`a, b`, as a value or as a target."""

    items: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class ListExpr(Tree):
    """`[a, b]`, as a value or as a target."""

    items: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class SetExpr(Tree):
    """`{a, b}`."""

    items: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class DictExpr(Tree):
    """`{k: v, **m}`; a `None` key marks an unpacked mapping."""

    keys: tuple[Expr | None, ...]
    values: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Starred(Tree):
    """`*xs` in a call, a display or a target."""

    value: Expr


@dataclass(slots=True, eq=False)
class Unary(Tree):
    """`-a`, `+a`, `~a`, `not a`."""

    op: str
    operand: Expr


@dataclass(slots=True, eq=False)
class Binary(Tree):
    """`a + b` and the other arithmetic and bitwise operators."""

    op: str
    left: Expr
    right: Expr


@dataclass(slots=True, eq=False)
class BoolOp(Tree):
    """`a and b and c` or `a or b or c`, in one node however long."""

    op: str
    operands: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Compare(Tree):
    """`a < b <= c`: the operands between are evaluated once."""

    left: Expr
    ops: tuple[str, ...]
    rights: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Conditional(Tree):
    """`a if c else b`."""

    condition: Expr
    then: Expr
    orelse: Expr


@dataclass(slots=True, eq=False)
class Walrus(Tree):
    """`(x := e)`."""

    target: Name
    value: Expr


@dataclass(slots=True, eq=False)
class Param(Tree):
    """A parameter of a function or lambda."""

    name: str
    annotation: Expr | None
    default: Expr | None


@dataclass(slots=True, eq=False)
class Lambda(Tree):
    """`lambda x: e`."""

    params: tuple[Param, ...]
    body: Expr


@dataclass(slots=True, eq=False)
class Keyword(Tree):
    """`name=value` in a call; a `None` name is `**value`."""

    name: str | None
    value: Expr


@dataclass(slots=True, eq=False)
class Call(Tree):
    """`f(a, k=v)`."""

    function: Expr
    args: tuple[Expr, ...]
    keywords: tuple[Keyword, ...]


@dataclass(slots=True, eq=False)
class Attribute(Tree):
    """`a.b`."""

    value: Expr
    name: str


@dataclass(slots=True, eq=False)
class Subscript(Tree):
    """`a[i]`, `a[i:j]`."""

    value: Expr
    index: Expr


@dataclass(slots=True, eq=False)
class Slice(Tree):
    """`i:j:k` inside a subscript."""

    lower: Expr | None
    upper: Expr | None
    step: Expr | None


@dataclass(slots=True, eq=False)
class ForClause(Tree):
    """`for target in source` of a comprehension."""

    target: Expr
    source: Expr


@dataclass(slots=True, eq=False)
class IfClause(Tree):
    """`if condition` of a comprehension."""

    condition: Expr


@dataclass(slots=True, eq=False)
class Comprehension(Tree):
    """A comprehension; `kind` is `list`, `set`, `dict` or `generator`, `key` is for dicts."""

    kind: str
    element: Expr
    key: Expr | None
    clauses: tuple[ForClause | IfClause, ...]


Expr: TypeAlias = (
    Name
    | Int
    | Float
    | Str
    | Bool
    | NoneValue
    | Dots
    | FString
    | TupleExpr
    | ListExpr
    | SetExpr
    | DictExpr
    | Starred
    | Unary
    | Binary
    | BoolOp
    | Compare
    | Conditional
    | Walrus
    | Lambda
    | Call
    | Attribute
    | Subscript
    | Slice
    | Comprehension
)


@dataclass(slots=True, eq=False)
class ExprStmt(Tree):
    """An expression for its effect, or a docstring."""

    value: Expr


@dataclass(slots=True, eq=False)
class Assign(Tree):
    """`a = b = value`: targets from left to right."""

    targets: tuple[Expr, ...]
    value: Expr


@dataclass(slots=True, eq=False)
class AugAssign(Tree):
    """`target op= value`; `op` without the `=`."""

    target: Expr
    op: str
    value: Expr


@dataclass(slots=True, eq=False)
class AnnAssign(Tree):
    """`x: T = value` or `x: T`."""

    target: Expr
    annotation: Expr
    value: Expr | None


@dataclass(slots=True, eq=False)
class If(Tree):
    """`if c: … else: …`; `elif` is an `If` in `orelse`."""

    condition: Expr
    then: Body
    orelse: Body


@dataclass(slots=True, eq=False)
class While(Tree):
    """`while c: … else: …`."""

    condition: Expr
    body: Body
    orelse: Body


@dataclass(slots=True, eq=False)
class For(Tree):
    """`for target in source: … else: …`."""

    target: Expr
    source: Expr
    body: Body
    orelse: Body


@dataclass(slots=True, eq=False)
class Break(Tree):
    """`break`."""


@dataclass(slots=True, eq=False)
class Continue(Tree):
    """`continue`."""


@dataclass(slots=True, eq=False)
class Pass(Tree):
    """`pass`."""


@dataclass(slots=True, eq=False)
class Return(Tree):
    """`return e`."""

    value: Expr | None


@dataclass(slots=True, eq=False)
class Raise(Tree):
    """`raise e`; a cause is kept only to be looked at: it is no part of the meaning."""

    exception: Expr | None
    cause: Expr | None


@dataclass(slots=True, eq=False)
class Assert(Tree):
    """`assert c, message`."""

    condition: Expr
    message: Expr | None


@dataclass(slots=True, eq=False)
class Delete(Tree):
    """`del a[i], b`."""

    targets: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Import(Tree):
    """`import m as n`, where `name` is `None`, or `from m import name as n`.

    One node for each name bound.
    """

    module: str
    name: str | None
    bound: str


@dataclass(slots=True, eq=False)
class FunctionDef(Tree):
    """`def f(params) -> returns: body` with its decorators.

    `positional_only` and `keyword_only` are positions: parameters before the first cannot be
    named in a call, those from the second on must be. `walrus` is false when the body surely
    holds no `:=`.
    """

    name: str
    params: tuple[Param, ...]
    returns: Expr | None
    body: Body
    decorators: tuple[Expr, ...]
    docstring: Str | None
    positional_only: int
    keyword_only: int
    walrus: bool = True


Stmt: TypeAlias = (
    ExprStmt
    | Assign
    | AugAssign
    | AnnAssign
    | If
    | While
    | For
    | Break
    | Continue
    | Pass
    | Return
    | Raise
    | Assert
    | Delete
    | Import
    | FunctionDef
)
Body: TypeAlias = tuple[Stmt, ...]
