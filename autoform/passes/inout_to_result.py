r"""Inout parameters become results.

Before:

    fn push(inout xs: Seq<Int>, x: Int) -> () ensures seq.len(xs) == seq.len(\old(xs)) + 1 {
      xs = seq.append(xs, x);
    }
    push(ys, 3);

The final values come back after the result: `(result, first inout, second inout)`. A unit result
is left out, and a single value stands for itself. In the contract the parameter means its final
value in `ensures`, which is now a part of the result.

After:

    fn push(xs: Seq<Int>, x: Int) -> Seq<Int> ensures seq.len(\result) == seq.len(xs) + 1 {
      var xs_out: Seq<Int> = xs;
      xs_out = seq.append(xs_out, x);
      return xs_out;
    }
    ys = push(ys, 3);

What an inout parameter holds when the function raises is lost: a raise returns nothing. No
statement of the IR catches an exception, so only the outermost caller could have seen it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from autoform.ir.decls import Contract, Function, Module, Param
from autoform.ir.exprs import Call, Expr, Old, ResultValue, TupleGet, TupleLit, Var, type_of
from autoform.ir.node import Node
from autoform.ir.stmts import (
    Assign,
    Block,
    CallStmt,
    Clause,
    Return,
    Stmt,
    VarDecl,
)
from autoform.ir.traversal import map_children, rename
from autoform.ir.types import UNIT, TupleType, Type, match_type, substitute_type
from autoform.passes.blocks import Names, contains, expand, falls_through, map_functions

_V = TypeVar("_V")  # a value of the interpreter, which passes do not see


def inout_to_result(module: Module) -> Module:
    """Make every parameter an input, and every `CallStmt` a `Call`. See the module's docstring."""
    changed = map_functions(module, lambda function: _body(function, module))
    return map_functions(changed, _signature)


def result_parts(function: Function) -> tuple[Type, ...]:
    """The types that a call of the function yields after the pass, in order."""
    own = () if function.result == UNIT else (function.result,)
    return (*own, *(param.type for param in function.params if param.inout))


def packed(parts: Sequence[Type]) -> Type:
    """The type that holds values of several types."""
    return parts[0] if len(parts) == 1 else TupleType(tuple(parts))


def split_result(function: Function, value: _V) -> tuple[_V, tuple[_V, ...]]:
    """What a call returned after the pass, as the value and inouts of the original function."""
    count = len(result_parts(function))
    parts = (value,) if count == 1 else cast(tuple[_V, ...], value)
    return (cast(_V, ()), parts) if function.result == UNIT else (parts[0], parts[1:])


def _inouts(function: Function) -> tuple[Param, ...]:
    return tuple(param for param in function.params if param.inout)


def _outs(function: Function) -> dict[str, str]:
    """The locals in which the final values of inout parameters are computed."""
    if not _inouts(function):
        return {}
    names = Names.of(function)
    return {param.name: names.fresh(f"{param.name}_out") for param in _inouts(function)}


def _body(function: Function, module: Module) -> Function:
    """The calls in the body rewritten; the signature still the old one."""
    if not contains(function.body, CallStmt):
        return function
    names = Names.of(function)
    names.taken.update(_outs(function).values())
    return replace(function, body=expand(function.body, _Calls(module, names).stmt))


@dataclass(frozen=True, slots=True)
class _Calls:
    """Rewrites calls as statements into calls as expressions."""

    module: Module
    names: Names

    def stmt(self, stmt: Stmt) -> Block:
        return self._call(stmt) if isinstance(stmt, CallStmt) else (stmt,)

    def _call(self, stmt: CallStmt) -> Block:
        callee = self.module.function(stmt.function)
        bindings = type_bindings(callee, stmt)
        parts = tuple(substitute_type(part, bindings) for part in result_parts(callee))
        call = Call(stmt.function, stmt.args, packed(parts), span=stmt.span)
        targets = self._targets(callee, stmt)
        if len(parts) == 1 and targets[0] is not None:
            return (Assign(targets[0], call, span=stmt.span),)
        base = "called" if any(targets) else "ignored"
        held = Var(self.names.fresh(base), call.type, span=stmt.span)
        out: list[Stmt] = [VarDecl(held.name, held.type, call, span=stmt.span)]
        for position, target in enumerate(targets):
            if target is not None:
                out.append(Assign(target, TupleGet(held, position), span=stmt.span))
        return tuple(out)

    @staticmethod
    def _targets(callee: Function, stmt: CallStmt) -> tuple[str | None, ...]:
        inouts = tuple(
            cast(Var, arg).name
            for param, arg in zip(callee.params, stmt.args, strict=True)
            if param.inout
        )
        return inouts if callee.result == UNIT else (stmt.target, *inouts)


def _signature(function: Function) -> Function:
    if not _inouts(function):
        return function
    outs = _outs(function)
    parts = result_parts(function)
    body = _returning(function, rename_block(function.body, outs), outs)
    begins = tuple(
        VarDecl(outs[p.name], p.type, Var(p.name, p.type, span=p.span), span=p.span)
        for p in _inouts(function)
    )
    return replace(
        function,
        params=tuple(replace(param, inout=False) for param in function.params),
        result=packed(parts),
        body=(*begins, *body),
        contract=_contract(function),
    )


def rename_block(block: Block, names: dict[str, str]) -> Block:
    """The block with names changed, except inside `old(…)`, which speaks of the entry."""

    def restore(node: Node) -> Node:
        if isinstance(node, Old):
            return rename(node, {new: old for old, new in names.items()}).value
        return map_children(node, restore)

    return tuple(cast(Stmt, restore(rename(stmt, names))) for stmt in block)


def _returning(function: Function, body: Block, outs: dict[str, str]) -> Block:
    finals = tuple(Var(outs[p.name], p.type, span=p.span) for p in _inouts(function))

    names = Names(set(Names.of(function).taken) | set(outs.values()))

    def change(stmt: Stmt) -> Block:
        if not isinstance(stmt, Return):
            return (stmt,)
        if function.result != UNIT:
            return (Return(_pack((stmt.value, *finals)), span=stmt.span),)
        leave = Return(_pack(finals), span=stmt.span)
        if isinstance(stmt.value, TupleLit):
            return (leave,)
        # A unit value that is computed, by a call say, is still evaluated.
        return (VarDecl(names.fresh("ignored"), UNIT, stmt.value, span=stmt.span), leave)

    changed = expand(body, change)
    if falls_through(body):
        return (*changed, Return(_pack(finals), span=function.span))
    return changed


def _pack(parts: tuple[Expr, ...]) -> Expr:
    return parts[0] if len(parts) == 1 else TupleLit(parts)


def _contract(function: Function) -> Contract:
    """`ensures` about the parts of the new result."""
    parts = result_parts(function)
    whole = ResultValue(packed(parts))

    def part(position: int) -> Expr:
        return whole if len(parts) == 1 else TupleGet(whole, position)

    shift = 0 if function.result == UNIT else 1
    finals = {p.name: part(i + shift) for i, p in enumerate(_inouts(function))}

    def change(node: Node) -> Node:
        match node:
            case Old(value):
                return value
            case ResultValue():
                return TupleLit(()) if function.result == UNIT else part(0)
            case Var(name) if name in finals:
                return finals[name]
            case _:
                return map_children(node, change)

    ensures = tuple(cast(Clause, change(clause)) for clause in function.contract.ensures)
    return replace(function.contract, ensures=ensures)


def type_bindings(callee: Function, stmt: CallStmt) -> dict[str, Type]:
    """What the type parameters of the callee stand for in a call."""
    bindings: dict[str, Type] = {}
    for param, arg in zip(callee.params, stmt.args, strict=True):
        match_type(param.type, type_of(arg), bindings)
    return bindings
