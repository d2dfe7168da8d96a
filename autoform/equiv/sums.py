"""Sums, products and counts become loops, so that they run in step with loops that add.

Before:

    return seq.sum([x * x for x in xs]);

After:

    var sum: Int = 0;
    for x in xs { sum = sum + x * x; }
    return sum;

The value is the same. Which of several failures comes first may not be: this is for proofs that
there are none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, cast

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import (
    Apply,
    Binder,
    Collection,
    Comprehension,
    Expr,
    Filter,
    Generator,
    IntLit,
    Var,
    type_of,
)
from autoform.ir.ops import apply
from autoform.ir.stmts import Assign, Block, ForEach, ForRange, If, Stmt, VarDecl
from autoform.ir.traversal import walk
from autoform.ir.types import INT, IntType, MachineIntType, SeqType, SetType
from autoform.passes.blocks import Names, map_functions
from autoform.passes.linearize import Linearizer

__all__ = ["has_sums", "sums_to_loops"]

_FOLDS: Final = {"seq.sum": ("add", 0), "seq.product": ("mul", 1), "seq.len": ("add", 0)}


def has_sums(module: Module) -> bool:
    """Whether there is a sum that becomes a loop."""
    return any(_wanted(cast(Expr, node)) for f in module.functions for node in walk(*f.body))


def sums_to_loops(module: Module) -> Module:
    """The module without sums and products of integers. See the module's docstring."""
    return map_functions(module, _in_function)


def _in_function(function: Function) -> Function:
    linearizer = Linearizer(Names.of(function), _wanted, _unfold)
    body = linearizer.block(function.body)
    return function if body == function.body else replace(function, body=body)


def _wanted(expr: Expr) -> bool:
    match expr:
        case Apply("seq.sum" | "seq.product", _, IntType() | MachineIntType()):
            return True
        case Apply("seq.len", (Comprehension() as counted,)):
            return _has_order(counted)
        case _:
            return False


def _unfold(linearizer: Linearizer, expr: Expr, out: list[Stmt]) -> Expr:
    assert isinstance(expr, Apply)
    assert isinstance(expr.type, IntType | MachineIntType)
    op, start = _FOLDS[expr.op]
    total = Var(linearizer.names.fresh(expr.op.removeprefix("seq.")), expr.type)
    out.append(VarDecl(total.name, total.type, IntLit(start, expr.type), span=expr.span))
    source = expr.args[0]
    if isinstance(source, Comprehension) and _has_order(source):
        amount = IntLit(1, INT) if expr.op == "seq.len" else source.element
        step = Assign(total.name, apply(op, total, amount))
        out += _loops(source.clauses, (step,))
        return total
    source_type = type_of(source)
    assert isinstance(source_type, SeqType)
    item = Binder(linearizer.names.fresh("item"), source_type.element)
    step = Assign(total.name, apply(op, total, Var(item.name, item.type)))
    out += _loops((Generator(item, source),), (step,))
    return total


def _has_order(source: Comprehension) -> bool:
    return source.kind is Collection.SEQ and not any(
        isinstance(clause, Generator) and isinstance(type_of(clause.source), SetType)
        for clause in source.clauses
    )


def _loops(clauses: tuple[Generator | Filter, ...], body: Block) -> Block:
    if not clauses:
        return body
    inner = _loops(clauses[1:], body)
    match clauses[0]:
        case Filter(condition):
            return (If(condition, inner),)
        case Generator(binder, Apply("seq.range", (start, stop, step))):
            return (ForRange(binder, start, stop, step, inner),)
        case Generator(binder, source):
            return (ForEach(binder, source, inner),)
