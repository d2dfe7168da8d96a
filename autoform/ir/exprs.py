"""Expressions of the spec IR.

Evaluation is strictly left to right, innermost first, with short-circuit `And`, `Or`, `IfExpr`
and quantifiers; an operator that fails raises (see `autoform.ir.ops`). Expressions have no other
effect: mutation exists only as statements. Each node knows its type without an environment
(`type_of`), because variables, literals and applications carry theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias, assert_never, cast

from autoform.ir.node import Node
from autoform.ir.types import (
    BOOL,
    CHAR,
    FLOAT,
    STR,
    EnumType,
    FnType,
    IntType,
    MachineIntType,
    MapType,
    OptionType,
    RecordType,
    SeqType,
    SetType,
    TupleType,
    Type,
)


@dataclass(frozen=True, slots=True)
class IntLit(Node):
    """`42`, `42i32`: an integer literal of `Int` or of a machine type that holds it."""

    value: int
    type: IntType | MachineIntType


@dataclass(frozen=True, slots=True)
class BoolLit(Node):
    """`true`, `false`."""

    value: bool


@dataclass(frozen=True, slots=True)
class FloatLit(Node):
    """`2.5`. Holds the shortest `repr` of the double, so that `0.0` and `-0.0` differ."""

    text: str

    @property
    def value(self) -> float:
        """The double itself."""
        return float(self.text)


@dataclass(frozen=True, slots=True)
class CharLit(Node):
    """`'a'`: one Unicode scalar value."""

    value: str


@dataclass(frozen=True, slots=True)
class StrLit(Node):
    """`"text"`: a sequence of code points."""

    value: str


@dataclass(frozen=True, slots=True)
class Var(Node):
    """A parameter, local, binder, in the contract a parameter's current (final) value."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class ConstRef(Node):
    """`::LIMIT`: a constant declared in the module."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class SeqLit(Node):
    """`[a, b]` of a given element type."""

    element: Type
    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class TupleLit(Node):
    """`(a, b)`; `()` is the unit value."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class SetLit(Node):
    """`{a, b}` of a given element type."""

    element: Type
    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class MapLit(Node):
    """`{k: v}`, evaluated key, value, key, value.

    A repeated key keeps its first place and its last value, as in Python.
    """

    key: Type
    value: Type
    keys: tuple[Expr, ...]
    values: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class NoneLit(Node):
    """`none::<Option<T>>`, of `Option<item>`."""

    item: Type


@dataclass(frozen=True, slots=True)
class RecordLit(Node):
    """`new Point { x: 1, y: 2 }`, fields in declared order."""

    type: RecordType
    fields: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class VariantLit(Node):
    """`Shape::Circle(r)`."""

    type: EnumType
    variant: str
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class FieldGet(Node):
    """`r.x`; `type` is the field's."""

    record: Expr
    field: str
    type: Type


@dataclass(frozen=True, slots=True)
class FieldUpdate(Node):
    """`r with { x = v }`: a copy of the record with one field replaced."""

    record: Expr
    field: str
    value: Expr


@dataclass(frozen=True, slots=True)
class TupleGet(Node):
    """`t.0`: an item of a tuple, at a fixed position."""

    tuple: Expr
    index: int


@dataclass(frozen=True, slots=True)
class IsVariant(Node):
    """`e is Circle`: whether an enum value is the given variant."""

    value: Expr
    variant: str


@dataclass(frozen=True, slots=True)
class VariantGet(Node):
    """`e as Circle.0`: a payload item; raises `Panic` when the variant is another."""

    value: Expr
    variant: str
    index: int
    type: Type


@dataclass(frozen=True, slots=True)
class Apply(Node):
    """An operator of the catalogue applied to its arguments; `type` is the result's."""

    op: str
    args: tuple[Expr, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call of a module function without inout parameters. Calls with them are `CallStmt`."""

    function: str
    args: tuple[Expr, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class And(Node):
    """`a && b && c`, short-circuit; n-ary so that long chains stay shallow."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """`a || b || c`, short-circuit."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class IfExpr(Node):
    """`if c then a else b`: evaluates only the branch taken."""

    condition: Expr
    then: Expr
    orelse: Expr


@dataclass(frozen=True, slots=True)
class Let(Node):
    """`let x = e in body`."""

    name: str
    value: Expr
    body: Expr


@dataclass(frozen=True, slots=True)
class Binder(Node):
    """A bound name with its type: of a quantifier, comprehension, lambda, loop or field."""

    name: str
    type: Type


class Quantifier(StrEnum):
    """`forall` or `exists`."""

    FORALL = "forall"
    EXISTS = "exists"


@dataclass(frozen=True, slots=True)
class Quant(Node):
    """`forall x in domain: body`. The domain is a `Seq`, `Set`, `Map` (its keys) or `Str`.

    Executed in the domain's order and stopped at the first witness (`exists`) or counterexample
    (`forall`), so that a body that fails later does not fail the whole. This is Python's
    `all(body for x in domain)` as much as the contract's quantifier. `seq.range` is the usual
    domain over integers.
    """

    kind: Quantifier
    binder: Binder
    domain: Expr
    body: Expr


@dataclass(frozen=True, slots=True)
class Generator(Node):
    """`for x in source` inside a comprehension, over a `Seq`, a `Str`, or a `Map` (its keys).

    A `Set` is a source only where the comprehension builds a set.
    """

    binder: Binder
    source: Expr


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`if condition` inside a comprehension."""

    condition: Expr


class Collection(StrEnum):
    """What a comprehension builds."""

    SEQ = "seq"
    SET = "set"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Comprehension(Node):
    """`[element for x in xs if c]`, with any number of clauses, evaluated as nested loops.

    A set is written in braces, a map as `{key: element for …}`. The first source is evaluated
    once, before the loop; `key` is present exactly for maps.
    """

    kind: Collection
    element: Expr
    clauses: tuple[Generator | Filter, ...]
    key: Expr | None = None


@dataclass(frozen=True, slots=True)
class Lambda(Node):
    """`|x, y| body`: only as an argument of an operator such as `seq.sort_by`."""

    params: tuple[Binder, ...]
    body: Expr


@dataclass(frozen=True, slots=True)
class Old(Node):
    r"""`\old(e)`: in `ensures` and invariants, `e` with parameters as they were at entry."""

    value: Expr


@dataclass(frozen=True, slots=True)
class ResultValue(Node):
    r"""`\result`: in `ensures`, what the function returns."""

    type: Type


Expr: TypeAlias = (
    IntLit
    | BoolLit
    | FloatLit
    | CharLit
    | StrLit
    | Var
    | ConstRef
    | SeqLit
    | TupleLit
    | SetLit
    | MapLit
    | NoneLit
    | RecordLit
    | VariantLit
    | FieldGet
    | FieldUpdate
    | TupleGet
    | IsVariant
    | VariantGet
    | Apply
    | Call
    | And
    | Or
    | IfExpr
    | Let
    | Quant
    | Comprehension
    | Lambda
    | Old
    | ResultValue
)


TRUE: Final = BoolLit(value=True)
FALSE: Final = BoolLit(value=False)


def type_of(expr: Expr) -> Type:  # noqa: C901 - one case per node of a closed union
    """The type of an expression, from the expression alone. Assumes it is well-formed."""
    match expr:
        case (
            IntLit()
            | Var()
            | ConstRef()
            | RecordLit()
            | VariantLit()
            | FieldGet()
            | VariantGet()
            | Apply()
            | Call()
            | ResultValue()
        ):
            return expr.type
        case BoolLit() | IsVariant() | And() | Or() | Quant():
            return BOOL
        case FloatLit():
            return FLOAT
        case CharLit():
            return CHAR
        case StrLit():
            return STR
        case SeqLit():
            return SeqType(expr.element)
        case SetLit():
            return SetType(expr.element)
        case MapLit():
            return MapType(expr.key, expr.value)
        case TupleLit():
            return TupleType(tuple(map(type_of, expr.items)))
        case NoneLit():
            return OptionType(expr.item)
        case FieldUpdate():
            return type_of(expr.record)
        case TupleGet():
            return cast(TupleType, type_of(expr.tuple)).items[expr.index]
        case IfExpr():
            return type_of(expr.then)
        case Let():
            return type_of(expr.body)
        case Old():
            return type_of(expr.value)
        case Lambda():
            return FnType(tuple(p.type for p in expr.params), type_of(expr.body))
        case Comprehension():
            return _comprehension_type(expr)
        case _:
            assert_never(expr)


def _comprehension_type(expr: Comprehension) -> Type:
    match expr.kind:
        case Collection.SEQ:
            return SeqType(type_of(expr.element))
        case Collection.SET:
            return SetType(type_of(expr.element))
        case Collection.MAP:
            return MapType(type_of(cast(Expr, expr.key)), type_of(expr.element))
        case _:
            assert_never(expr.kind)
