"""Calls that change what they are given: inout arguments are variables, written back if need be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from autoform.frontends.rust import tree
from autoform.frontends.rust.lower_exprs import lower
from autoform.frontends.rust.lower_places import assign, place_of
from autoform.frontends.rust.lowering import UNIT_VALUE, Lower
from autoform.frontends.rust.names import FunctionName
from autoform.frontends.rust.places import Place, type_at
from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.types import UNIT


@dataclass(slots=True, eq=False)
class _Inout:
    """An argument that the callee changes: its place, and the variable that is passed."""

    place: Place
    variable: ir.Var
    node: tree.Expr


def call_with_inouts(
    low: Lower, target: FunctionName, args: list[tree.Expr], node: tree.Expr
) -> ir.Expr:
    """A call as a statement; its value in a variable, if it has one."""
    inouts: list[_Inout] = []

    def argument(at: int) -> ir.Expr:
        if not target.signature.mutable[at]:
            return lower(low, args[at])
        place = place_of(low, args[at], stored=True)
        inouts.append(_Inout(place, _variable(low, place), args[at]))
        return ir.BoolLit(value=False)  # a place holder, which needs no keeping

    values = low.in_order([partial(argument, at) for at in range(len(args))])
    passed = iter(inouts)
    final = tuple(
        next(passed).variable if is_mutable else value
        for value, is_mutable in zip(values, target.signature.mutable, strict=True)
    )
    span = low.span(node)
    type_ = low.type_of(node)
    name: str | None = None
    if type_ != UNIT:
        name = low.fresh("result")
        low.emit(stmts.VarDecl(name, type_, span=span))
    low.emit(stmts.CallStmt(name, target.name, final, span=span))
    for each in inouts:
        if each.place.steps or each.variable != each.place.root:
            assign(low, each.place, each.variable, each.node)
    if name is None:
        return UNIT_VALUE
    low.frozen.add(name)
    return ir.Var(name, type_, span=span)


def _variable(low: Lower, place: Place) -> ir.Var:
    """The variable at a place, or a new one with the value that stands there."""
    root = place.root
    if not place.steps and isinstance(root, ir.Var) and root.name not in low.frozen:
        return root
    type_ = type_at(place)
    name = low.fresh("part")
    low.emit(stmts.VarDecl(name, type_, low.read(place)))
    return ir.Var(name, type_)
