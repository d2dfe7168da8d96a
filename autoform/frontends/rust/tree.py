"""Rust as the reader hands it on: expressions, patterns, types and items, with byte offsets.

Nodes are found by identity. Inference writes the type of an expression into `ty`, and what a path
or a method call stands for into `target`; lowering reads both. Macros of the subset are read into
what they stand for: `vec![a; n]` is a `Repeat`, `matches!(e, p)` a `Match`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from autoform.frontends.rust.types import Ty


@dataclass(slots=True, eq=False)
class Tree:
    """Where a node stands: byte offsets into the file."""

    start: int
    end: int


# Types.


@dataclass(slots=True, eq=False)
class PathType(Tree):
    """`Vec<T>`, `std::collections::HashMap<K, V>`, `Self`."""

    segments: tuple[str, ...]
    args: tuple[TypeTree, ...] = ()


@dataclass(slots=True, eq=False)
class RefType(Tree):
    """`&T`, `&mut T`."""

    mutable: bool
    inner: TypeTree


@dataclass(slots=True, eq=False)
class ArrayType(Tree):
    """`[T; N]`, and `[T]` without a length."""

    element: TypeTree
    length: Expr | None


@dataclass(slots=True, eq=False)
class TupleTypeTree(Tree):
    """`(A, B)`, `()`."""

    items: tuple[TypeTree, ...]


@dataclass(slots=True, eq=False)
class FnTypeTree(Tree):
    """`fn(A) -> B`, `impl Fn(A) -> B`, and a bound `F: Fn(A) -> B`."""

    params: tuple[TypeTree, ...]
    result: TypeTree | None


@dataclass(slots=True, eq=False)
class InferType(Tree):
    """`_`."""


@dataclass(slots=True, eq=False)
class NeverType(Tree):
    """`!`."""


@dataclass(slots=True, eq=False)
class ImplType(Tree):
    """`impl Iterator<Item = T>`: the bounds, by name, with what is bound in them."""

    bounds: tuple[TypeTree, ...]


@dataclass(slots=True, eq=False)
class OtherType(Tree):
    """A type outside the subset: refused where it is asked for, with this code and message."""

    code: str
    message: str


TypeTree: TypeAlias = (
    PathType
    | RefType
    | ArrayType
    | TupleTypeTree
    | FnTypeTree
    | InferType
    | NeverType
    | ImplType
    | OtherType
)


# Patterns.


@dataclass(slots=True, eq=False)
class WildPattern(Tree):
    """`_`."""


@dataclass(slots=True, eq=False)
class RestPattern(Tree):
    """`..` inside a tuple or slice pattern."""


@dataclass(slots=True, eq=False)
class BindPattern(Tree):
    """`x`, `mut x`, `ref mut x`, `x @ p`. A plain name may turn out to be a constant or variant."""

    name: str
    mutable: bool = False
    by_ref_mut: bool = False
    sub: Pattern | None = None
    target: Any = None


@dataclass(slots=True, eq=False)
class TuplePattern(Tree):
    """`(a, b)`."""

    items: tuple[Pattern, ...]


@dataclass(slots=True, eq=False)
class RefPattern(Tree):
    """`&p`."""

    inner: Pattern


@dataclass(slots=True, eq=False)
class LiteralPattern(Tree):
    """`1`, `-1`, `'a'`, `"text"`, `true`."""

    value: Expr


@dataclass(slots=True, eq=False)
class RangePattern(Tree):
    """`1..=9`, `'a'..='z'`, `5..`."""

    low: Expr | None
    high: Expr | None
    inclusive: bool


@dataclass(slots=True, eq=False)
class OrPattern(Tree):
    """`a | b`."""

    items: tuple[Pattern, ...]


@dataclass(slots=True, eq=False)
class PathPattern(Tree):
    """`Shape::Point`, `i32::MAX`."""

    path: Path
    target: Any = None


@dataclass(slots=True, eq=False)
class TupleStructPattern(Tree):
    """`Some(x)`, `Shape::Circle(r)`."""

    path: Path
    items: tuple[Pattern, ...]
    target: Any = None


@dataclass(slots=True, eq=False)
class StructPattern(Tree):
    """`Point { x, y: 0, .. }`."""

    path: Path
    fields: tuple[tuple[str, Pattern], ...]
    target: Any = None


@dataclass(slots=True, eq=False)
class SlicePattern(Tree):
    """`[first, .., last]`, `[head, tail @ ..]`."""

    items: tuple[Pattern, ...]


Pattern: TypeAlias = (
    WildPattern
    | RestPattern
    | BindPattern
    | TuplePattern
    | RefPattern
    | LiteralPattern
    | RangePattern
    | OrPattern
    | PathPattern
    | TupleStructPattern
    | StructPattern
    | SlicePattern
)


# Expressions.


@dataclass(slots=True, eq=False)
class ExprTree(Tree):
    """Base of expressions: `ty` is written by inference."""

    ty: Ty = field(init=False, repr=False)
    target: Any = field(init=False, default=None, repr=False)


@dataclass(slots=True, eq=False)
class IntLiteral(ExprTree):
    """`42`, `0xFF_u8`, `b'a'`."""

    value: int
    suffix: str


@dataclass(slots=True, eq=False)
class FloatLiteral(ExprTree):
    """`2.5`, `1e-3`, `2f64`."""

    value: float
    suffix: str


@dataclass(slots=True, eq=False)
class BoolLiteral(ExprTree):
    """`true`."""

    value: bool


@dataclass(slots=True, eq=False)
class CharLiteral(ExprTree):
    """`'a'`."""

    value: str


@dataclass(slots=True, eq=False)
class StrLiteral(ExprTree):
    """`"text"`, raw strings."""

    value: str


@dataclass(slots=True, eq=False)
class ByteStrLiteral(ExprTree):
    """`b"text"`."""

    value: bytes


@dataclass(slots=True, eq=False)
class Path(ExprTree):
    """`x`, `i32::MAX`, `Vec::<u8>::new`: the type before the last segment in `owner`, if one."""

    segments: tuple[str, ...]
    owner: TypeTree | None = None
    generics: tuple[TypeTree, ...] = ()


@dataclass(slots=True, eq=False)
class Unary(ExprTree):
    """`-x`, `!x`, `*x`."""

    op: str
    value: Expr


@dataclass(slots=True, eq=False)
class Borrow(ExprTree):
    """`&x`, `&mut x`."""

    mutable: bool
    value: Expr


@dataclass(slots=True, eq=False)
class Binary(ExprTree):
    """`a + b`, `a && b`, `a < b`."""

    op: str
    left: Expr
    right: Expr


@dataclass(slots=True, eq=False)
class Assign(ExprTree):
    """`a = b`, and `a += b` with `op` `+`."""

    op: str
    left: Expr
    right: Expr


@dataclass(slots=True, eq=False)
class Cast(ExprTree):
    """`x as T`."""

    value: Expr
    type: TypeTree


@dataclass(slots=True, eq=False)
class Call(ExprTree):
    """`f(a)`, `Some(x)`, `Point::new(1, 2)`."""

    function: Expr
    args: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class MethodCall(ExprTree):
    """`x.f(a)`, `it.collect::<Vec<_>>()`."""

    receiver: Expr
    name: str
    generics: tuple[TypeTree, ...]
    args: tuple[Expr, ...]
    name_at: Tree
    extra: Any = field(init=False, default=None, repr=False)


@dataclass(slots=True, eq=False)
class Field(ExprTree):
    """`p.x`, `t.0`."""

    value: Expr
    name: str


@dataclass(slots=True, eq=False)
class Index(ExprTree):
    """`xs[i]`, `xs[a..b]`, `map[&key]`."""

    value: Expr
    index: Expr


@dataclass(slots=True, eq=False)
class Range(ExprTree):
    """`a..b`, `a..=b`, `..`."""

    low: Expr | None
    high: Expr | None
    inclusive: bool


@dataclass(slots=True, eq=False)
class Tuple(ExprTree):
    """`(a, b)`, `()`."""

    items: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Array(ExprTree):
    """`[a, b]`, `vec![a, b]`."""

    items: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Repeat(ExprTree):
    """`[x; n]`, `vec![x; n]`."""

    value: Expr
    count: Expr


@dataclass(slots=True, eq=False)
class Struct(ExprTree):
    """`Point { x: 1, ..base }`."""

    path: Path
    fields: tuple[tuple[str, Expr], ...]
    base: Expr | None


@dataclass(slots=True, eq=False)
class Block(ExprTree):
    """`{ a; b }`: statements, and the value of the last expression if there is one."""

    statements: tuple[Statement, ...]
    tail: Expr | None


@dataclass(slots=True, eq=False)
class If(ExprTree):
    """`if c { … } else { … }`; the condition may hold `let`."""

    condition: Expr
    then: Block
    orelse: Expr | None


@dataclass(slots=True, eq=False)
class LetCondition(ExprTree):
    """`let p = e` in a condition."""

    pattern: Pattern
    value: Expr


@dataclass(slots=True, eq=False)
class While(ExprTree):
    """`while c { … }`."""

    condition: Expr
    body: Block
    label: str | None


@dataclass(slots=True, eq=False)
class Loop(ExprTree):
    """`loop { … }`."""

    body: Block
    label: str | None


@dataclass(slots=True, eq=False)
class For(ExprTree):
    """`for p in e { … }`."""

    pattern: Pattern
    source: Expr
    body: Block
    label: str | None


@dataclass(slots=True, eq=False)
class Arm(Tree):
    """`p if guard => value`."""

    pattern: Pattern
    guard: Expr | None
    value: Expr


@dataclass(slots=True, eq=False)
class Match(ExprTree):
    """`match e { … }`."""

    value: Expr
    arms: tuple[Arm, ...]


@dataclass(slots=True, eq=False)
class Closure(ExprTree):
    """`|a, (b, c): T| body`."""

    params: tuple[tuple[Pattern, TypeTree | None], ...]
    result: TypeTree | None
    body: Expr
    moves: bool


@dataclass(slots=True, eq=False)
class Return(ExprTree):
    """`return e`."""

    value: Expr | None


@dataclass(slots=True, eq=False)
class Break(ExprTree):
    """`break 'a e`."""

    label: str | None
    value: Expr | None


@dataclass(slots=True, eq=False)
class Continue(ExprTree):
    """`continue 'a`."""

    label: str | None


@dataclass(slots=True, eq=False)
class Try(ExprTree):
    """`e?`."""

    value: Expr


@dataclass(slots=True, eq=False)
class Assertion(ExprTree):
    """`assert!`, `assert_eq!`, `assert_ne!` and their `debug_` forms, as one condition."""

    condition: Expr
    message: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Panic(ExprTree):
    """`panic!`, `unreachable!`, `todo!`, `unimplemented!`."""

    message: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Format(ExprTree):
    """`format!`: texts, and pairs of an expression and its format specification."""

    parts: tuple[str | tuple[Expr, str], ...]


Expr: TypeAlias = (
    IntLiteral
    | FloatLiteral
    | BoolLiteral
    | CharLiteral
    | StrLiteral
    | ByteStrLiteral
    | Path
    | Unary
    | Borrow
    | Binary
    | Assign
    | Cast
    | Call
    | MethodCall
    | Field
    | Index
    | Range
    | Tuple
    | Array
    | Repeat
    | Struct
    | Block
    | If
    | LetCondition
    | While
    | Loop
    | For
    | Match
    | Closure
    | Return
    | Break
    | Continue
    | Try
    | Assertion
    | Panic
    | Format
)


# Statements and items.


@dataclass(slots=True, eq=False)
class Let(Tree):
    """`let p: T = e else { … };`."""

    pattern: Pattern
    type: TypeTree | None
    value: Expr | None
    orelse: Block | None
    value_ty: Any = None


@dataclass(slots=True, eq=False)
class ExprStatement(Tree):
    """`e;`."""

    value: Expr


@dataclass(slots=True, eq=False)
class ItemStatement(Tree):
    """An item inside a function: `const`, `fn`, `use`."""

    item: Item


Statement: TypeAlias = Let | ExprStatement | ItemStatement


@dataclass(slots=True, eq=False)
class Param(Tree):
    """A parameter; `self` has the name `self` and a type made of how it is written."""

    pattern: Pattern
    type: TypeTree


@dataclass(slots=True, eq=False)
class TypeParam(Tree):
    """`T: Ord + Copy`, and what a `where` clause adds; `const N: usize` has `const`."""

    name: str
    bounds: list[TypeTree]
    const: bool = False


@dataclass(slots=True, eq=False)
class Attribute(Tree):
    """`#[path(arguments)]`: the path's last segment, and where the arguments' text stands."""

    name: str
    path: str
    arguments: Tree | None


@dataclass(slots=True, eq=False)
class FunctionItem(Tree):
    """`fn f<T>(a: A) -> B { … }`."""

    name: str
    generics: tuple[TypeParam, ...]
    params: tuple[Param, ...]
    result: TypeTree | None
    body: Block | None
    attributes: tuple[Attribute, ...]
    doc: str
    name_at: Tree
    doc_at: tuple[Tree, ...] = ()


@dataclass(slots=True, eq=False)
class StructItem(Tree):
    """`struct P { x: T }`, `struct P(T);`: fields of tuple structs are named `_0`, `_1`."""

    name: str
    generics: tuple[TypeParam, ...]
    fields: tuple[tuple[str, TypeTree], ...]
    is_tuple: bool
    derives: frozenset[str]


@dataclass(slots=True, eq=False)
class VariantItem(Tree):
    """One variant: names of fields where it has them, and an explicit discriminant."""

    name: str
    names: tuple[str, ...] | None
    types: tuple[TypeTree, ...]
    discriminant: Expr | None


@dataclass(slots=True, eq=False)
class EnumItem(Tree):
    """`enum E { A, B(T), C { x: T } }`."""

    name: str
    generics: tuple[TypeParam, ...]
    variants: tuple[VariantItem, ...]
    derives: frozenset[str]


@dataclass(slots=True, eq=False)
class ConstItem(Tree):
    """`const N: usize = 10;`, an immutable `static`."""

    name: str
    type: TypeTree
    value: Expr | None
    mutable: bool = False


@dataclass(slots=True, eq=False)
class AliasItem(Tree):
    """`type X = T;`."""

    name: str
    generics: tuple[TypeParam, ...]
    type: TypeTree


@dataclass(slots=True, eq=False)
class UseItem(Tree):
    """`use a::{b, c as d};`: names bound, each with its path; `*` for a glob."""

    names: tuple[tuple[str, tuple[str, ...]], ...]


Item: TypeAlias = FunctionItem | StructItem | EnumItem | ConstItem | AliasItem | UseItem
