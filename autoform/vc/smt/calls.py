"""Calls in formulas: an uninterpreted symbol that unfolds to the function's body and contract.

    fn fact(n: Int) -> Int requires n >= 0 { return if n == 0 then 1 else n * fact(n - 1); }

gives for each ground `fact(t)`, a bounded number of times:

    t >= 0  ==>  fact(t) == (if t == 0 then 1 else t * fact(t - 1))

That is so because `fact` is proved to end wherever its precondition holds. Of the function at
hand, and of those that it recurs with, nothing is known yet: they do not unfold.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from autoform.ir import stmts
from autoform.ir.decls import Function
from autoform.ir.exprs import Expr, IfExpr, Let
from autoform.ir.stmts import Block
from autoform.ir.traversal import walk
from autoform.ir.types import IntType, MachineIntType
from autoform.vc.smt.binding import z3
from autoform.vc.smt.scope import Scope, Term
from autoform.vc.smt.sorts import NotEncodable

if TYPE_CHECKING:
    from autoform.vc.smt.encoder import Encoder


def define(encoder: Encoder, name: str, result: Term) -> None:
    """Let the symbol of a call unfold, once for each symbol."""
    universe, symbol = encoder.universe, result.decl()
    function = universe.module.function(name)
    if name in universe.own or universe.unfolds(symbol) or not _is_usable(function):
        return

    def unfold(*args: Term) -> Iterator[z3.BoolRef]:
        try:
            yield from _facts(encoder, function, symbol(*args), args)
        except NotEncodable:
            return

    universe.define_unfolding(symbol, unfold)


def _is_usable(function: Function) -> bool:
    changes = any(param.inout for param in function.params)
    return not function.type_params and not changes and not function.contract.raises


def _facts(
    encoder: Encoder, function: Function, value: Term, args: tuple[Term, ...]
) -> Iterator[z3.BoolRef]:
    names = {param.name: arg for param, arg in zip(function.params, args, strict=True)}
    scope = Scope(names, names)
    allowed = [encoder.formula(clause.condition, scope) for clause in function.contract.requires]
    for param in function.params:
        if isinstance(param.type, MachineIntType):
            allowed += encoder.fits(param.type, names[param.name])
    premise = z3.And(allowed)
    if isinstance(function.result, IntType | MachineIntType):
        for fact in encoder.fits(function.result, value):
            yield z3.Implies(premise, fact)
    for clause in function.contract.ensures:
        said = encoder.formula(clause.condition, Scope(names, names, value))
        yield z3.Implies(premise, said)
    body = as_expression(function.body)
    if body is not None:
        yield z3.Implies(premise, value == encoder.term(body, scope))


def as_expression(block: Block) -> Expr | None:
    """What a body of returns, conditions and single assignments computes."""
    if not block:
        return None
    first, *rest = block
    match first:
        case stmts.Return(value):
            return value
        case stmts.If(condition, then, orelse):
            one = as_expression((*then, *rest))
            other = as_expression((*orelse, *rest))
            return None if one is None or other is None else IfExpr(condition, one, other)
        case stmts.VarDecl(name, _, value) if value is not None and not _assigned(rest, name):
            body = as_expression(tuple(rest))
            return None if body is None else Let(name, value, body)
        case _:
            return None


def _assigned(block: list[stmts.Stmt], name: str) -> bool:
    return any(isinstance(node, stmts.Assign) and node.name == name for node in walk(*block))


__all__ = ["as_expression", "define"]
