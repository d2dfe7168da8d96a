"""What a clause is made of, and in which other form Rust says it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from autoform.ir.exprs import (
    And,
    Apply,
    Collection,
    Comprehension,
    Expr,
    FieldGet,
    Generator,
    IntLit,
    Old,
    ResultValue,
    TupleGet,
    Var,
    type_of,
)
from autoform.ir.node import Node
from autoform.ir.ops import apply
from autoform.ir.traversal import rewrite, substitute, walk
from autoform.ir.types import INT, SeqType
from autoform.specify.expressions import ZERO, eq, every, fresh, item, items_of, places, span

_PLACES: Final = frozenset({"seq.at", "seq.slice_to", "seq.slice_from", "seq.slice"})
_LEAVES: Final = frozenset(
    {"seq.at", "seq.at_neg", "map.at", "option.unwrap", "seq.count"}
    | {"seq.len", "str.len", "set.len", "map.len"}
)


def expanded(condition: Apply) -> Expr | None:
    """`len(set(xs)) == len(xs)` and `set(xs) == set(ys)` without sets; None for all else.

    Without sets they say that no two places hold the same, and that each is among the other's.
    """
    match condition:
        case Apply(
            "eq", (Apply("set.len", (Apply("seq.to_set", (xs,)),)), Apply("seq.len", (ys,)))
        ):
            return _distinct(xs) if xs == ys else None
        case Apply("seq.distinct", (xs,)):
            return _distinct(xs)
        case Apply("eq", (Apply("seq.to_set", (xs,)), Apply("seq.to_set", (ys,)))):
            return And((_among(xs, ys), _among(ys, xs)))
        case _:
            return None


def _distinct(xs: Expr) -> Expr:
    i = Var(fresh("i", xs), INT)
    j = Var(fresh("j", xs, i), INT)
    differ = apply("not", eq(item(xs, j), item(xs, i)))
    return every(i.name, places(xs), every(j.name, span(ZERO, i), differ))


def _among(xs: Expr, ys: Expr) -> Expr:
    element = items_of(type_of(xs))
    assert element is not None
    assert isinstance(type_of(ys), SeqType)
    x = Var(fresh("x", xs, ys), element)
    return every(x.name, xs, apply("seq.contains", ys, x))


def is_leaf(expr: Expr) -> bool:
    """Whether an integer has a type of its own in Rust."""
    match expr:
        case Var() | ResultValue() | Old() | TupleGet() | FieldGet():
            return True
        case Apply("int.widen" | "int.narrow", (inner,)):
            return is_leaf(inner)
        case Apply("seq.sum", (terms,)):
            return counted_by(terms) is not None
        case Apply("seq.max" | "seq.min", (terms,)):
            return not isinstance(terms, Comprehension)
        case Apply(op):
            return op in _LEAVES
        case _:
            return False


def counted_by(terms: Expr) -> Comprehension | None:
    """The comprehension whose items a sum of ones counts."""
    match terms:
        case Comprehension(Collection.SEQ, IntLit(1), (Generator(binder, _), *_)):
            return replace(terms, element=Var(binder.name, binder.type))
        case _:
            return None


def is_place(name: str, body: Expr) -> bool:
    """Whether a variable is part of a place in a sequence."""
    return any(
        isinstance(node, Apply)
        and node.op in _PLACES
        and any(isinstance(n, Var) and n.name == name for arg in node.args[1:] for n in walk(arg))
        for node in walk(body)
    )


def shifted(domain: Expr, name: str, body: Expr) -> tuple[Expr, Expr]:
    """`i` from 0 to `n - 1` as `i` from 1 to `n`, with `i - 1` for it: a length has no `- 1`."""
    match domain:
        case Apply("seq.range", (IntLit(0) as start, Apply("sub", (stop, IntLit(1) as by)), step)):
            var = Var(name, start.type)
            earlier = Apply("sub", (var, by), start.type)
            changed = substitute(body, {name: earlier})
            return Apply("seq.range", (by, stop, step), domain.type), _simpler(changed)
        case _:
            return domain, body


def _simpler(body: Expr) -> Expr:
    """`i - 1 + 1` as `i`."""

    def change(node: Node) -> Node:
        match node:
            case Apply("add", (Apply("sub", (value, IntLit(one))), IntLit(other))) if one == other:
                return value
            case _:
                return node

    return rewrite(body, change)


def is_made(expr: Expr) -> bool:
    """Whether a sequence is computed rather than found in a place."""
    return isinstance(expr, Apply) and expr.op in {
        "seq.reverse",
        "str.reverse",
        "seq.concat",
        "seq.range",
    }


def is_chars(expr: Expr) -> bool:
    """Whether a sequence is the characters of a text."""
    return isinstance(expr, Apply) and expr.op in {"str.chars", "str.to_chars"}


def plainer_slice(whole: Expr, start: Expr, stop: Expr) -> str:
    """The slice without the bound that is its whole's own end."""
    if start == IntLit(0, INT):
        return "seq.slice_to"
    is_to_end = stop == Apply("seq.len", (whole,), INT)
    return "seq.slice_from" if is_to_end else "seq.slice"
