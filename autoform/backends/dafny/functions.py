"""Functions and methods with their contracts.

`raises E when C` becomes `requires !C`: the text speaks of calls that return normally.
"""

from __future__ import annotations

from dataclasses import replace

from autoform.backends.dafny.bodies import write_body
from autoform.backends.dafny.code import comma, negation
from autoform.backends.dafny.expressions import expression
from autoform.backends.dafny.hints import lemmas_of
from autoform.backends.dafny.statements import Body
from autoform.backends.dafny.unit import Scope, Unit
from autoform.backends.dafny.writer import Writer
from autoform.ir.decls import Function
from autoform.ir.exprs import TupleLit
from autoform.ir.stmts import Block, Return
from autoform.ir.traversal import assigned_names
from autoform.ir.types import UNIT

__all__ = ["write_function"]


def write_function(writer: Writer, unit: Unit, function: Function) -> None:
    """The function, as a Dafny function where its body is an expression, else as a method."""
    span = function.span
    writer.line(
        f"// {function.name}, line {span.start_line}" if span.start_line else f"// {function.name}",
        span,
    )
    scope = _scope(unit, function)
    if function.name in unit.procedures:
        _write_method(writer, scope, function)
    else:
        _write_function(writer, scope, function)


def _scope(unit: Unit, function: Function) -> Scope:
    names = unit.names.inside()
    entry = {param.name: names.take(param.name) for param in function.params}
    return Scope(unit, expression, names, dict(entry), entry)


def _head(scope: Scope, function: Function) -> str:
    """`f<T(==)>(x: int)`."""
    unit = scope.unit
    params = ", ".join(f"{scope.entry[p.name]}: {unit.type(p.type)}" for p in function.params)
    generics = ", ".join(f"{unit.types[name]}(==)" for name in function.type_params)
    return unit.functions[function.name] + (f"<{generics}>" if generics else "") + f"({params})"


def _write_function(writer: Writer, scope: Scope, function: Function) -> None:
    unit = scope.unit
    boolean = unit.type(function.result) == "bool"
    keyword = unit.dialect.predicate if boolean else unit.dialect.function
    head = f"{keyword} {_head(scope, function)}"
    # In its own contract a function is spoken of by calling it.
    arguments = ", ".join(scope.entry[param.name] for param in function.params)
    scope.result = f"{unit.functions[function.name]}({arguments})"
    writer.line(head if boolean else f"{head}: {unit.type(function.result)}", function.span)
    _write_contract(writer, scope, function, scope)
    writer.line("{")
    with writer.indented():
        write_body(writer, scope, function)
    writer.line("}")


def _write_method(writer: Writer, scope: Scope, function: Function) -> None:
    unit = scope.unit
    inouts = [param for param in function.params if param.inout]
    outs = {param.name: scope.fresh(param.name) for param in inouts}
    returns = [f"{outs[param.name]}: {unit.type(param.type)}" for param in inouts]
    result = ""
    if function.result != UNIT:
        result = scope.result = scope.names.take("result")
        returns.insert(0, f"{result}: {unit.type(function.result)}")
    clause = f" returns ({', '.join(returns)})" if returns else ""
    writer.line(f"method {_head(scope, function)}{clause}", function.span)
    after = replace(scope, variables=scope.variables | outs)
    _write_contract(writer, scope, function, after)
    writer.line("{")
    with writer.indented():
        _write_method_body(writer, scope, function, outs, result)
    writer.line("}")


def _write_method_body(
    writer: Writer, scope: Scope, function: Function, outs: dict[str, str], result: str
) -> None:
    """The statements, after copies of the parameters that they assign."""
    assigned = assigned_names(function.body, scope.unit.module)
    for param in function.params:
        entry = scope.entry[param.name]
        if param.inout:
            scope.variables[param.name] = outs[param.name]
            writer.line(f"{outs[param.name]} := {entry};", param.span)
        elif param.name in assigned:
            scope.variables[param.name] = scope.fresh(param.name)
            spelled = scope.unit.type(param.type)
            writer.line(f"var {scope.variables[param.name]}: {spelled} := {entry};", param.span)
    lemmas = lemmas_of(function, scope.unit.module)
    body = Body(scope, writer, tuple(outs.values()), result, lemmas)
    for param in function.params:
        body.recall(param.name, param.span)
    body.block(_without_last_return(function.body))


def _without_last_return(body: Block) -> Block:
    """A `return;` at the very end says nothing."""
    match body:
        case (*before, Return(TupleLit(()))):
            return tuple(before)
        case _:
            return body


def _write_contract(writer: Writer, scope: Scope, function: Function, after: Scope) -> None:
    """`after` is the scope of `ensures`, where an inout parameter has its final value."""
    contract, entry = function.contract, scope.at_entry()
    with writer.indented():
        for clause in contract.requires:
            writer.line(f"requires {entry.code(clause.condition).text}", clause.span)
        for raising in contract.raises:
            negated = negation(entry.code(raising.when)).text
            writer.line(f"requires {negated}  // else raises {raising.exception}", raising.span)
        for clause in contract.ensures:
            writer.line(f"ensures {after.code(clause.condition).text}", clause.span)
        if contract.decreases:
            measure = comma(map(entry.code, contract.decreases))
            writer.line(f"decreases {measure}", function.span)
