"""The faults: what each makes of a node. A table, so that a new one is a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from autoform.ir.build import negation
from autoform.ir.exprs import (
    And,
    Apply,
    BoolLit,
    Expr,
    Filter,
    IfExpr,
    IntLit,
    Or,
    Quant,
    Quantifier,
    SeqLit,
    StrLit,
    type_of,
)
from autoform.ir.node import Node
from autoform.ir.ops import apply
from autoform.ir.stmts import (
    Assign,
    Break,
    CallStmt,
    Continue,
    ForEach,
    ForRange,
    If,
    Return,
    While,
)
from autoform.ir.types import BoolType, MachineIntType, SeqType, StrType, is_integer

Changes: TypeAlias = Iterator[Node | None]
"""What may stand in a node's place; None for nothing at all, which only a statement may be."""


@dataclass(frozen=True, slots=True)
class Operator:
    """A kind of fault: its name, what it does, and the nodes it puts in a node's place."""

    name: str
    doc: str
    change: Callable[[Node], Changes]


_ARITHMETIC: Final = {
    "add": ("sub",),
    "sub": ("add",),
    "mul": ("add",),
    "floor_div": ("mul", "floor_mod"),
    "floor_mod": ("floor_div",),
    "trunc_div": ("mul", "trunc_rem"),
    "trunc_rem": ("trunc_div",),
    "euclid_div": ("mul", "euclid_mod"),
    "euclid_mod": ("euclid_div",),
    "min2": ("max2",),
    "max2": ("min2",),
    "seq.min": ("seq.max",),
    "seq.max": ("seq.min",),
}
_RELATIONS: Final = {
    "lt": ("le", "ge"),
    "le": ("lt", "gt"),
    "gt": ("ge", "le"),
    "ge": ("gt", "lt"),
    "eq": ("ne",),
    "ne": ("eq",),
}
_INDEXED: Final = frozenset(
    {"seq.at", "seq.at_neg", "seq.update", "seq.update_neg", "str.at", "str.at_neg", "seq.slice"}
    | {"seq.slice_from", "seq.slice_to", "str.slice", "str.slice_from", "str.slice_to"}
)


def _arithmetic(node: Node) -> Changes:
    return _other_operator(node, _ARITHMETIC)


def _relation(node: Node) -> Changes:
    return _other_operator(node, _RELATIONS)


def _other_operator(node: Node, others: dict[str, tuple[str, ...]]) -> Changes:
    if isinstance(node, Apply):
        for op in others.get(node.op, ()):
            yield replace(node, op=op)


def _constant(node: Node) -> Changes:
    match node:
        case IntLit(value, MachineIntType() as type_):
            near = (value + 1, value - 1)
            yield from (IntLit(n, type_) for n in near if type_.minimum <= n <= type_.maximum)
        case IntLit(value, type_):
            yield from (IntLit(n, type_) for n in (value + 1, value - 1))
        case BoolLit(value):
            yield BoolLit(not value)
        case StrLit(value):
            yield StrLit("" if value else "x")
        case _:
            pass


def _bound(node: Node) -> Changes:
    match node:
        case ForRange(_, start, stop):
            yield replace(node, start=_moved(start, 1))
            yield replace(node, stop=_moved(stop, 1))
            yield replace(node, stop=_moved(stop, -1))
        case Apply(op, (_, *_)) if op in _INDEXED:
            first, second, *rest = node.args
            for by in (1, -1):
                yield replace(node, args=(first, _moved(second, by), *rest))
        case _:
            pass


def _moved(expr: Expr, by: int) -> Expr:
    type_ = type_of(expr)
    assert is_integer(type_)
    return apply("add" if by > 0 else "sub", expr, IntLit(1, type_))  # type: ignore[arg-type]  # an integer type


def _logic(node: Node) -> Changes:
    match node:
        case And(items) | Or(items):
            yield (Or if isinstance(node, And) else And)(items, span=node.span)
            for place in range(len(items)):
                rest = items[:place] + items[place + 1 :]
                yield rest[0] if len(rest) == 1 else replace(node, items=rest)
        case Quant(kind):
            other = Quantifier.EXISTS if kind is Quantifier.FORALL else Quantifier.FORALL
            yield replace(node, kind=other)
        case Apply("not", (inner,)):
            yield inner
        case _:
            pass


def _negation(node: Node) -> Changes:
    match node:
        case If() | While() | IfExpr() | Filter():
            yield replace(node, condition=negation(node.condition))
        case _:
            pass


def _branches(node: Node) -> Changes:
    match node:
        case If(_, then, orelse) if orelse:
            yield replace(node, then=orelse, orelse=then)
        case IfExpr(_, one, other):
            yield replace(node, then=other, orelse=one)
        case _:
            pass


def _removal(node: Node) -> Changes:
    if isinstance(node, Assign | CallStmt | If | While | ForRange | ForEach | Break | Continue):
        yield None
    if isinstance(node, If) and node.orelse:
        yield replace(node, orelse=())


def _jump(node: Node) -> Changes:
    match node:
        case Break(label):
            yield Continue(label, span=node.span)
        case Continue(label):
            yield Break(label, span=node.span)
        case _:
            pass


def _result(node: Node) -> Changes:
    if not isinstance(node, Return):
        return
    value = node.value
    match type_of(value):
        case BoolType():
            yield replace(node, value=negation(value))
        case SeqType(element):
            yield replace(node, value=SeqLit(element, ()))
        case StrType():
            yield replace(node, value=StrLit(""))
        case type_ if is_integer(type_):
            yield replace(node, value=_moved(value, 1))
            yield replace(node, value=IntLit(0, type_))  # type: ignore[arg-type]  # an integer type
        case _:
            pass


OPERATORS: Final = (
    Operator("arithmetic", "another operator of numbers: `a + b` becomes `a - b`", _arithmetic),
    Operator("relation", "a bound included or left out, or turned round: `<`, `<=`", _relation),
    Operator("constant", "a number one more or less, a truth value turned, a text", _constant),
    Operator("bound", "a bound of a range, or an index, moved by one", _bound),
    Operator("logic", "and for or, an operand left out, all for some, a lost `not`", _logic),
    Operator("negation", "a condition negated", _negation),
    Operator("branches", "the branches of a condition exchanged", _branches),
    Operator("removal", "a statement left out, or an `else`", _removal),
    Operator("jump", "`break` for `continue`, and the other way round", _jump),
    Operator("result", "another result: one more, zero, nothing, its negation", _result),
)
