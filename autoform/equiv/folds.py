"""Sums, comprehensions, quantifiers and sets become loops, to be run in step with loops.

Before:

    return seq.sum([x * x for x in xs]);

After:

    var sum: Int = 0;
    for x in xs { sum = sum + x * x; }
    return sum;

What `all` and `any` say is found by a loop that stops where it is known; `set(xs)` is filled item
by item. The value is the same. Which of several failures comes first may not be: this is for proofs
that there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import replace
from typing import Final

from autoform.equiv.builders import builders_to_loops, has_builders, in_loops, over_ordered
from autoform.equiv.mirrors import mirrors_by_places
from autoform.ir.build import negation
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import (
    Apply,
    Binder,
    BoolLit,
    Comprehension,
    Expr,
    Generator,
    IntLit,
    Quant,
    Quantifier,
    SetLit,
    Var,
    type_of,
)
from autoform.ir.ops import apply
from autoform.ir.stmts import Assign, Break, If, Stmt, VarDecl
from autoform.ir.traversal import walk
from autoform.ir.types import BOOL, INT, IntType, MachineIntType, SeqType, SetType, StrType
from autoform.passes.blocks import Names, map_functions
from autoform.passes.linearize import Linearizer
from autoform.passes.lower_comprehensions import can_loop, lower_comprehensions

__all__ = ["folds_to_loops", "has_folds"]

_FOLDS: Final = {"seq.sum": ("add", 0), "seq.product": ("mul", 1), "seq.len": ("add", 0)}


def has_folds(module: Module) -> bool:
    """Whether there is anything that becomes a loop."""
    return any(
        _wanted(expr) or can_loop(expr) or _searches(expr)
        for function in module.functions
        for expr in walk(*function.body)
        if isinstance(expr, Apply | Comprehension | Quant)
    ) or (has_builders(module) or mirrors_by_places(module) is not module)


def folds_to_loops(module: Module, kept: Container[str] = ()) -> Module:
    """The module with loops in their place, but for the builders to keep."""
    added = builders_to_loops(mirrors_by_places(module), kept)
    summed = map_functions(added, lambda f: _unfolded(f, _wanted, _unfold))
    built = lower_comprehensions(summed)
    return map_functions(built, lambda f: _unfolded(f, _searches, _search))


def _unfolded(
    function: Function,
    wanted: Callable[[Expr], bool],
    unfold: Callable[[Linearizer, Expr, list[Stmt]], Expr],
) -> Function:
    linearizer = Linearizer(Names.of(function), wanted, unfold)
    body = linearizer.block(function.body)
    return function if body == function.body else replace(function, body=body)


def _wanted(expr: Expr) -> bool:
    match expr:
        case Apply("seq.sum" | "seq.product", _, IntType() | MachineIntType()):
            return True
        case Apply("seq.len", (Comprehension() as counted,)):
            return over_ordered(counted)
        case _:
            return False


def _unfold(linearizer: Linearizer, expr: Expr, out: list[Stmt]) -> Expr:
    assert isinstance(expr, Apply)
    assert isinstance(expr.type, IntType | MachineIntType)
    op, start = _FOLDS[expr.op]
    total = Var(linearizer.names.fresh(expr.op.removeprefix("seq.")), expr.type)
    out.append(VarDecl(total.name, total.type, IntLit(start, expr.type), span=expr.span))
    source = expr.args[0]
    if isinstance(source, Comprehension) and over_ordered(source):
        amount = IntLit(1, INT) if expr.op == "seq.len" else source.element
        step = Assign(total.name, apply(op, total, amount))
        out += in_loops(source.clauses, (step,))
        return total
    source_type = type_of(source)
    assert isinstance(source_type, SeqType)
    item = Binder(linearizer.names.fresh("item"), source_type.element)
    step = Assign(total.name, apply(op, total, Var(item.name, item.type)))
    out += in_loops((Generator(item, source),), (step,))
    return total


def _searches(expr: Expr) -> bool:
    """A quantifier over what has an order, or a set made of a sequence."""
    match expr:
        case Quant(domain=domain):
            return isinstance(type_of(domain), SeqType | StrType)
        case Apply("seq.to_set", _, SetType()):
            return True
        case _:
            return False


def _search(linearizer: Linearizer, expr: Expr, out: list[Stmt]) -> Expr:
    match expr:
        case Quant(kind, binder, domain, body):
            holds = kind is Quantifier.FORALL
            found = Var(linearizer.names.fresh("holds"), BOOL)
            out.append(VarDecl(found.name, BOOL, BoolLit(holds), span=expr.span))
            leave = (Assign(found.name, BoolLit(not holds)), Break())
            test = If(negation(body) if holds else body, leave)
            out += in_loops((Generator(binder, domain),), (test,))
            return found
        case Apply("seq.to_set", (source,), SetType(element) as type_):
            items = Var(linearizer.names.fresh("set"), type_)
            out.append(VarDecl(items.name, type_, SetLit(element, ()), span=expr.span))
            item = Binder(linearizer.names.fresh("item"), element)
            step = Assign(items.name, apply("set.add", items, Var(item.name, element)))
            out += in_loops((Generator(item, source),), (step,))
            return items
        case _:
            raise AssertionError(expr)
