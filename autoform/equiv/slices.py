"""Loops over a part of a sequence become loops over places in the whole.

Before:

    for x in seq.slice_from(xs, i) { body }

After:

    var part: Seq<Int> = seq.slice_from(xs, i);
    var start: Int = seq.len(xs) - seq.len(part);
    for place in start..start + seq.len(part) {
      var x: Int = seq.at(xs, place);
      body
    }

A loop of the other side that counts has the same places then. The part is still evaluated: what it
raises it raises, and its length says where it begins, whatever sign its bound has.
"""

from __future__ import annotations

from dataclasses import replace

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Apply, Binder, Expr, IntLit, Var, type_of
from autoform.ir.ops import apply
from autoform.ir.stmts import Block, ForEach, ForRange, Stmt, VarDecl
from autoform.ir.types import INT, IntType
from autoform.passes.blocks import Names, expand, map_functions

__all__ = ["over_wholes"]


def over_wholes(module: Module) -> Module:
    """The module with loops over places in wholes. See the module's docstring."""
    return map_functions(module, _in_function)


def _in_function(function: Function) -> Function:
    names = Names.of(function)
    body = expand(function.body, lambda stmt: _loop(stmt, names))
    return function if body == function.body else replace(function, body=body)


def _loop(stmt: Stmt, names: Names) -> Block:
    match stmt:
        case ForEach(binder, Apply("seq.slice_from" | "seq.slice_to" | "seq.subslice") as part):
            if not all(isinstance(type_of(bound), IntType) for bound in part.args[1:]):
                return (stmt,)
            return _over_places(stmt, binder, part, names)
        case _:
            return (stmt,)


def _over_places(stmt: ForEach, binder: Binder, part: Apply, names: Names) -> Block:
    whole = _local("whole", part.args[0], names)
    bounds = [_local("bound", bound, names) for bound in part.args[1:]]
    held = _local("part", replace(part, args=tuple(map(_read, (whole, *bounds)))), names)
    size = apply("seq.len", _read(held))
    start = _local("start", _start(part.op, _read(whole), _read(bounds[0]), size), names)
    place = Binder(names.fresh("place"), INT)
    item = apply("seq.at", _read(whole), Var(place.name, INT))
    loop = ForRange(
        place,
        _read(start),
        apply("add", _read(start), size),
        IntLit(1, INT),
        (VarDecl(binder.name, binder.type, item), *stmt.body),
        label=stmt.label,
        span=stmt.span,
    )
    return (whole, *bounds, held, start, loop)


def _start(op: str, whole: Expr, bound: Expr, size: Expr) -> Expr:
    """Where in the whole the part begins."""
    match op:
        case "seq.slice_to":
            return IntLit(0, INT)
        case "seq.subslice":
            return bound
        case _:
            return apply("sub", apply("seq.len", whole), size)


def _local(base: str, value: Expr, names: Names) -> VarDecl:
    return VarDecl(names.fresh(base), type_of(value), value)


def _read(local: VarDecl) -> Var:
    return Var(local.name, local.type)
