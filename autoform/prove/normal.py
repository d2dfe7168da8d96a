"""Candidates in a plain form, so that one condition is tried once.

Before:

    forall k in seq.range(0, seq.len(seq.slice_to(xs, i + 1 - 1)), 1): seq.at(xs, k) > 0

A candidate is a guess, so a rewriting need not keep its meaning: a place is taken to lie inside
its sequence, where the length of a prefix is the place.

After:

    forall k in seq.range(0, i, 1): seq.at(xs, k) > 0
"""

from __future__ import annotations

from typing import Final, cast

from autoform.ir.exprs import (
    TRUE,
    Apply,
    BoolLit,
    Expr,
    IntLit,
    Quant,
    Quantifier,
    Var,
    type_of,
)
from autoform.ir.node import Node
from autoform.ir.ops import apply
from autoform.ir.text import print_expr
from autoform.ir.traversal import free_vars, map_children
from autoform.ir.types import BOOL, INT
from autoform.prove.candidate import length
from autoform.prove.settled import settled

_ZERO: Final = IntLit(0, INT)
_PREFIX: Final = frozenset({"seq.slice_to", "str.slice_to"})
_SUFFIX: Final = frozenset({"seq.slice_from", "str.slice_from"})
_LENGTHS: Final = frozenset({"seq.len", "str.len"})


def normal(condition: Expr) -> Expr:
    """The condition in plain form."""
    return cast(Expr, _node(condition))


def _node(node: Node) -> Node:
    node = settled(map_children(node, _node))
    match node:
        case Apply("add" | "sub", _, type_) if type_ == INT:
            return _sum(node)
        case Apply(op, (Apply(inner, (whole, place)),)) if op in _LENGTHS:
            if inner in _PREFIX:
                return place
            return _sum(apply("sub", length(whole), place)) if inner in _SUFFIX else node
        case Apply(op, (whole, bound)) if op in _PREFIX | _SUFFIX:
            return _slice(op, whole, bound, node)
        case Quant(Quantifier.FORALL, _, Apply("seq.range", (low, high, _)), body) if (
            low == high or body == TRUE
        ):
            return TRUE
        case Quant(Quantifier.FORALL, body=body) if body == TRUE:
            return TRUE
        case Quant(Quantifier.FORALL, _, Apply("seq.range", (IntLit(low), IntLit(high), _))) if (
            low >= high
        ):
            return TRUE
        case Apply("eq" | "le" | "ge", (left, right)) if left == right:
            return TRUE
        case Apply("implies", (BoolLit(value), conclusion)):
            return conclusion if value else TRUE
        case _:
            return node


def _slice(op: str, whole: Expr, bound: Expr, node: Node) -> Node:
    """`xs[:len(xs)]` and `xs[0:]` are `xs`; of a prefix of a prefix the shorter bound stays."""
    if op in _PREFIX and bound == length(whole):
        return whole
    if op in _SUFFIX and bound == _ZERO:
        return whole
    if op in _PREFIX and isinstance(whole, Apply) and whole.op in _PREFIX:
        return Apply(op, (whole.args[0], bound), whole.type)
    return node


def _sum(expr: Expr) -> Expr:
    """Sums and differences with equal terms cancelled and literals added up."""
    counts: dict[Expr, int] = {}
    constant = _gather(expr, 1, counts)
    positive = [term for term, count in counts.items() for _ in range(count)]
    negative = [term for term, count in counts.items() for _ in range(-count)]
    if len(positive) + len(negative) > _MOST_TERMS:
        return expr
    whole: Expr | None = None
    for term in positive:
        whole = term if whole is None else apply("add", whole, term)
    for term in negative:
        whole = apply("sub", _ZERO if whole is None else whole, term)
    if whole is None:
        return IntLit(constant, INT)
    if constant > 0:
        return apply("add", whole, IntLit(constant, INT))
    return apply("sub", whole, IntLit(-constant, INT)) if constant < 0 else whole


_MOST_TERMS: Final = 12


def _gather(expr: Expr, sign: int, counts: dict[Expr, int]) -> int:
    match expr:
        case IntLit(value):
            return sign * value
        case Apply("add", (left, right), type_) if type_ == INT:
            return _gather(left, sign, counts) + _gather(right, sign, counts)
        case Apply("sub", (left, right), type_) if type_ == INT:
            return _gather(left, sign, counts) + _gather(right, -sign, counts)
        case _:
            counts[expr] = counts.get(expr, 0) + sign
            return 0


def key(condition: Expr) -> str:
    """A text that says of two conditions whether they are one: `i + 1 == n` and `n - i == 1`."""

    def change(node: Node) -> Node:
        node = map_children(node, change)
        match node:
            case Apply("eq", (left, right)) if type_of(left) == INT:
                return _one_sided(left, right, signed=False)
            case Apply("le" | "lt", (left, right)) if type_of(left) == INT:
                shift = IntLit(1 if node.op == "lt" else 0, INT)
                return _one_sided(apply("add", left, shift), right, signed=True)
            case Apply("ge" | "gt" as op, (left, right)) if type_of(left) == INT:
                shift = IntLit(1 if op == "gt" else 0, INT)
                return _one_sided(apply("add", right, shift), left, signed=True)
            case _:
                return node

    return print_expr(cast(Expr, change(binders_numbered(condition))))


def _one_sided(left: Expr, right: Expr, *, signed: bool) -> Expr:
    """`left - right` against zero, its terms in the order of their texts."""
    counts: dict[Expr, int] = {}
    constant = _gather(left, 1, counts) + _gather(right, -1, counts)
    terms = sorted((print_expr(term), count) for term, count in counts.items() if count)
    if terms and terms[0][1] < 0 and not signed:
        terms, constant = [(text, -count) for text, count in terms], -constant
    text = " ".join(f"{count}*({term})" for term, count in terms)
    return Var(f"{text} {constant} {'<=' if signed else '=='} 0", BOOL)


def binders_numbered(condition: Expr) -> Expr:
    """The condition with its quantifiers' variables named by depth: to compare, not to prove."""

    def change(node: Node, level: int) -> Node:
        if isinstance(node, Quant):
            from autoform.ir.traversal import substitute

            name = f"?{level}"
            inner = substitute(node.body, {node.binder.name: Var(name, node.binder.type)})
            return Quant(
                node.kind,
                type(node.binder)(name, node.binder.type),
                cast(Expr, change(node.domain, level)),
                cast(Expr, change(inner, level + 1)),
            )
        return map_children(node, lambda child: change(child, level))

    return cast(Expr, change(condition, 0))


def is_closed(expr: Expr, names: frozenset[str]) -> bool:
    """Whether the expression speaks of none of the names."""
    return names.isdisjoint(free_vars(expr))
