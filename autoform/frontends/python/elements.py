"""What containers and iterables hold, and walking over them as sequences."""

from __future__ import annotations

from typing import cast

from autoform.frontends.python import tree
from autoform.frontends.python.coerce import as_seq
from autoform.frontends.python.context import Lowering
from autoform.frontends.python.types import (
    INT,
    RANGE,
    STR,
    Cell,
    DictT,
    HostType,
    IterT,
    ListT,
    OptionalT,
    RecordT,
    SetT,
    TupleT,
    VarTupleT,
    resolve,
    to_ir,
)
from autoform.frontends.python.values import Val
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types


def as_sequence(ctx: Lowering, val: Val, node: tree.Tree) -> Val:
    """The elements as a `Seq` in the order of iteration. Sets have none, and are refused."""
    type_, span = ctx.known_type(val, node), val.ir.span
    match type_:
        case ListT() | VarTupleT() | IterT():
            return val
        case TupleT():
            return as_seq(ctx, val, node)
        case DictT(key):
            keys = ir.Apply("map.keys", (val.ir,), ir_types.SeqType(to_ir(key)), span=span)
            return Val(keys, IterT(key))
        case SetT():
            raise ctx.refusal("set-order", "the result depends on the order of a set", node)
        case OptionalT():
            raise ctx.refusal("type-mismatch", f"{ctx.type_text(type_)} is walked over", node)
        case _ if type_ is STR:
            chars = ir.Apply("str.chars", (val.ir,), ir_types.SeqType(ir_types.STR), span=span)
            return Val(chars, ListT(STR))
        case _ if type_ is RANGE:
            return val
        case _:
            raise ctx.refusal(
                "type-mismatch", f"{ctx.type_text(type_)} cannot be walked over", node
            )


def type_of(ctx: Lowering, node: tree.Expr) -> HostType:
    """The type that an expression will have, without lowering it yet."""
    with ctx.collecting():
        return resolve(ctx.expr(node).type)


def without_listing(ctx: Lowering, node: tree.Expr) -> tree.Expr:
    """The set in `list(s)`, for those who do not ask in which order its elements come."""
    match node:
        case tree.Call(function=tree.Name(id="list" | "tuple") as name, args=(inner,), keywords=()):
            is_set = ctx.module.is_builtin(ctx, name) and isinstance(type_of(ctx, inner), SetT)
            return inner if is_set else node
        case _:
            return node


def as_source(ctx: Lowering, val: Val, node: tree.Tree) -> Val:
    """What the IR's loops and generators can walk over as it is: also text and maps."""
    type_ = ctx.known_type(val, node)
    return val if type_ is STR or isinstance(type_, DictT) else as_sequence(ctx, val, node)


def sequence_arg(ctx: Lowering, node: tree.Expr) -> Val:
    """An argument that is walked over from start to end, as a `Seq`."""
    val = ctx.expr(node)
    guess_iterable(ctx, val)
    return as_sequence(ctx, val, node)


def guess_iterable(ctx: Lowering, val: Val) -> None:
    """Where nothing else says what is walked over, take it for a list."""
    found = resolve(val.type)
    if isinstance(found, Cell) and ctx.info.guessing:
        ctx.solver.flow(ListT(Cell()), found)


def element_of(ctx: Lowering, val: Val, node: tree.Tree) -> HostType:
    """What walking over the value gives."""
    type_ = ctx.known_type(val, node)
    match type_:
        case ListT(element) | VarTupleT(element) | IterT(element) | SetT(element):
            return element
        case DictT(key):
            return key
        case _ if type_ is STR:
            return STR
        case _ if type_ is RANGE:
            return INT
        case TupleT():
            element_type = resolve(as_seq(ctx, val, node).type)
            element_type = cast("VarTupleT", element_type)
            return element_type.element
        case _:
            raise ctx.refusal(
                "type-mismatch", f"{ctx.type_text(type_)} cannot be walked over", node
            )


def require_hashable(ctx: Lowering, type_: HostType, node: tree.Tree) -> None:
    """Refuse elements of sets and keys of dicts whose equality the IR does not share."""
    found = resolve(type_)
    if isinstance(found, ListT | DictT) or (isinstance(found, SetT) and not found.frozen):
        raise ctx.refusal("type-mismatch", f"{ctx.type_text(found)} is not hashable", node)
    if isinstance(found, RecordT) and not ctx.module.records[found.name].hashable:
        raise ctx.refusal("type-mismatch", f"{ctx.type_text(found)} is not hashable", node)
    if isinstance(found, IterT):
        raise ctx.refusal("unsupported-type", "iterators in a set or as keys", node)
    if isinstance(found, TupleT | VarTupleT | OptionalT):
        items = found.items if isinstance(found, TupleT) else ()
        for part in items or (found.element,) if isinstance(found, VarTupleT) else items:
            require_hashable(ctx, part, node)
    if ctx.module.tells_nan(type_):
        raise ctx.refusal(
            "unsupported-type", "floats in a set or as keys: NaN is found by identity", node
        )
