"""Indexes that cannot be negative lose Python's counting from the end.

Before:

    for i in 0..n by 1 { s = s + seq.at_neg(xs, i); }

A lower bound of the index is computed from literals, lengths, range variables and locals that
are assigned once. Where it is not negative, both operators mean the same.

After:

    for i in 0..n by 1 { s = s + seq.at(xs, i); }
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import (
    Apply,
    Expr,
    Generator,
    IfExpr,
    IntLit,
    Let,
    Quant,
    Var,
    type_of,
)
from autoform.ir.node import Node
from autoform.ir.stmts import Assign, CallStmt, ForRange, VarDecl
from autoform.ir.traversal import assigned_names, map_children, walk
from autoform.ir.types import MachineIntType
from autoform.passes.blocks import map_functions

_NARROWED: Final = {
    "seq.at_neg": "seq.at",
    "seq.update_neg": "seq.update",
    "str.at_neg": "str.at",
}
_NATURAL_OPERATORS: Final = frozenset(
    {
        "seq.len",
        "str.len",
        "set.len",
        "map.len",
        "seq.index",
        "seq.count",
        "str.index",
        "str.rindex",
        "str.count",
        "bool.to_int",
        "abs",
        "int.bit_length",
        "int.bit_count",
        "int.gcd",
        "int.isqrt",
        "char.code",
        "py.ord",
    }
)
_LEAST: Final = {"str.find": -1, "str.rfind": -1, "str.find_from": -1}

_Facts = Mapping[str, int]


def narrow_indexes(module: Module) -> Module:
    """Replace `_neg` operators where the index is natural. See the module's docstring."""
    return map_functions(module, _in_function)


def _in_function(function: Function) -> Function:
    if not any(isinstance(node, Apply) and node.op in _NARROWED for node in walk(function)):
        return function
    facts = _facts_of(function)

    def change(node: Node) -> Node:
        node = map_children(node, change)
        if isinstance(node, Apply) and node.op in _NARROWED:
            least = lower_bound(node.args[1], facts)
            if least is not None and least >= 0:
                return replace(node, op=_NARROWED[node.op])
        return node

    return map_children(function, change)


def _facts_of(function: Function) -> dict[str, int]:
    """A lower bound for each variable that has one value all its life.

    Names are unique in a function, so a fact holds wherever the variable is visible. Facts may
    rest on variables bound outside, which come first in the walk.
    """
    changed = _reassigned(function)
    facts: dict[str, int] = {}
    for node in walk(function):
        name, least = _fact(node, facts)
        if name is not None and least is not None and name not in changed:
            facts[name] = least
    return facts


def _reassigned(function: Function) -> frozenset[str]:

    found = assigned_names(function.body)
    for node in walk(*function.body):
        match node:
            case Assign(name):
                found |= {name}
            case CallStmt(target, _, args):
                found |= {arg.name for arg in args if isinstance(arg, Var)} | {target or ""}
            case _:
                pass
    return found


def _fact(node: Node, facts: _Facts) -> tuple[str | None, int | None]:
    match node:
        case ForRange(binder, start, stop, step):
            return binder.name, _least_of_range((start, stop, step), facts)
        case (
            Generator(binder, Apply("seq.range", bounds))
            | Quant(binder=binder, domain=Apply("seq.range", bounds))
        ):
            return binder.name, _least_of_range(bounds, facts)
        case VarDecl(name, _, value) if value is not None:
            return name, lower_bound(value, facts)
        case Let(name, value):
            return name, lower_bound(value, facts)
        case _:
            return None, None


def _least_of_range(bounds: tuple[Expr, ...], facts: _Facts) -> int | None:
    start, stop, step = bounds
    if not isinstance(step, IntLit):
        return None
    if step.value > 0:
        return lower_bound(start, facts)
    if step.value == 0:
        return None
    end = lower_bound(stop, facts)
    return None if end is None else end + 1


def lower_bound(expr: Expr, facts: _Facts) -> int | None:
    """An integer that the expression is never below, when it has a value; None if unknown."""
    known = _bound_by_structure(expr, facts)
    type_ = type_of(expr)
    if isinstance(type_, MachineIntType):
        return type_.minimum if known is None else max(known, type_.minimum)
    return known


def _bound_by_structure(expr: Expr, facts: _Facts) -> int | None:
    match expr:
        case IntLit(value):
            return value
        case Var(name):
            return facts.get(name)
        case IfExpr(_, then, orelse):
            return _least((then, orelse), facts)
        case Let(_, _, body):
            return lower_bound(body, facts)
        case Apply(op, args):
            return _bound_of_operator(op, args, facts)
        case _:
            return None


def _bound_of_operator(op: str, args: tuple[Expr, ...], facts: _Facts) -> int | None:
    match op, args:
        case _ if op in _NATURAL_OPERATORS:
            return 0
        case _ if op in _LEAST:
            return _LEAST[op]
        case "add", (left, right):
            low, more = lower_bound(left, facts), lower_bound(right, facts)
            return None if low is None or more is None else low + more
        case "sub", (left, IntLit(value)):
            low = lower_bound(left, facts)
            return None if low is None else low - value
        case "mul", (left, right):
            factors = (lower_bound(left, facts), lower_bound(right, facts))
            return 0 if all(f is not None and f >= 0 for f in factors) else None
        case (("floor_div" | "trunc_div" | "euclid_div"), (left, IntLit(value))) if value > 0:
            low = lower_bound(left, facts)
            return 0 if low is not None and low >= 0 else None
        case (("floor_mod" | "euclid_mod"), (_, IntLit(value))) if value > 0:
            return 0
        case "min2", _:
            return _least(args, facts)
        case "max2", _:
            known = [b for b in (lower_bound(arg, facts) for arg in args) if b is not None]
            return max(known, default=None)
        case (("int.widen" | "int.narrow"), (inner,)):
            return lower_bound(inner, facts)
        case _:
            return None


def _least(args: tuple[Expr, ...], facts: _Facts) -> int | None:
    bounds = [lower_bound(arg, facts) for arg in args]
    if any(bound is None for bound in bounds):
        return None
    return min(bound for bound in bounds if bound is not None)
