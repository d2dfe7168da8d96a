"""Declarations of the spec IR: functions with contracts, records, enums, constants, modules."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from autoform.ir.exprs import Binder, Expr
from autoform.ir.node import Node
from autoform.ir.stmts import Block, Clause, Origin
from autoform.ir.types import Type


class Language(StrEnum):
    """The language a function was lifted from; `IR` for functions written by passes and tests."""

    PYTHON = "python"
    RUST = "rust"
    IR = "ir"


class Assumption(StrEnum):
    """What a translation takes for granted on request; printed with every verdict on it."""

    FLOAT_AS_REAL = "float-as-real"


@dataclass(frozen=True, slots=True)
class Param(Node):
    """A parameter. An `inout` one is mutated by the function and its final value is observable.

    `default` is what a call that omits it passes (a literal). `host` is the type in the source
    language (`tuple[int, ...]`, `&[i32]`), for building arguments of the original; it is outside
    equality because it is no part of the meaning.
    """

    name: str
    type: Type
    inout: bool = False
    default: Expr | None = None
    host: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class RaisesClause(Node):
    """`raises E when c`: called with `c` at entry, the function raises `E`.

    Otherwise it raises no `E` on account of this clause. Of several clauses that hold, the first
    counts.
    """

    exception: str
    when: Expr
    origin: Origin


@dataclass(frozen=True, slots=True)
class Contract(Node):
    r"""`requires`, `raises … when`, `ensures` (with `\result`, `\old(e)`), `decreases`.

    `requires` and `raises` speak of the parameters at entry, `ensures` of a normal return.
    In `ensures` a parameter that is not inout stands for its value at entry.
    """

    requires: tuple[Clause, ...] = ()
    raises: tuple[RaisesClause, ...] = ()
    ensures: tuple[Clause, ...] = ()
    decreases: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Function(Node):
    """A function or procedure (result `()`), generic over `type_params`."""

    name: str
    params: tuple[Param, ...]
    result: Type
    body: Block
    contract: Contract = field(default_factory=Contract)
    type_params: tuple[str, ...] = ()
    language: Language = field(default=Language.IR, compare=False)
    host_result: str = field(default="", compare=False)
    doc: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class RecordDecl(Node):
    """`record Point { x: Int, y: Int }`."""

    name: str
    fields: tuple[Binder, ...]
    type_params: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant(Node):
    """One case of an enum with its payload."""

    name: str
    items: tuple[Type, ...] = ()


@dataclass(frozen=True, slots=True)
class EnumDecl(Node):
    """`enum Shape { Point, Circle(Int) }`."""

    name: str
    variants: tuple[Variant, ...]
    type_params: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConstDecl(Node):
    """`const LIMIT: Int = 10;` The value is closed: literals, operators, earlier constants."""

    name: str
    type: Type
    value: Expr


@dataclass(frozen=True, slots=True)
class Module(Node):
    """What was lifted from one source file, in source order."""

    functions: tuple[Function, ...] = ()
    records: tuple[RecordDecl, ...] = ()
    enums: tuple[EnumDecl, ...] = ()
    consts: tuple[ConstDecl, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    path: str = field(default="", compare=False)

    def function(self, name: str) -> Function:
        """The function of that name. Raises `KeyError` when there is none."""
        for function in self.functions:
            if function.name == name:
                return function
        raise KeyError(name)
