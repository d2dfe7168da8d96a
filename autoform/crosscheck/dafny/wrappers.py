r"""Calls written as IR, so that the back end under test prints their arguments, too.

For `f(3)`, which the interpreter says is 6, the module gets

    fn f_call0() -> Bool { return f(3) == 6; }

and for `push([1], 2)`, whose first parameter is inout and becomes `[1, 2]`,

    fn push_call0() -> Bool {
      var xs: Seq<Int> = [1];
      push(xs, 2);
      return xs == [1, 2];
    }

The main program prints what each returns: `true` where Dafny computes what the interpreter does.
"""

from __future__ import annotations

from collections.abc import Iterable

from autoform.crosscheck.literals import literal
from autoform.crosscheck.observation import Gave, Input
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import TRUE, And, Call, Expr, Var
from autoform.ir.ops import apply
from autoform.ir.stmts import CallStmt, Return, Stmt, VarDecl
from autoform.ir.traversal import fresh_name
from autoform.ir.types import BOOL, INT, UNIT, Type, substitute_type

__all__ = ["comparison", "names_taken"]


def names_taken(module: Module) -> set[str]:
    """The names of functions, which those of wrappers must not be."""
    return {function.name for function in module.functions}


def comparison(
    function: Function, given: Input, expected: Gave, module: Module, taken: set[str]
) -> Function:
    """A function that says whether a call gives what is expected. `taken` gains its name."""
    name = fresh_name(f"{function.name}_call", taken)
    taken.add(name)
    plain: dict[str, Type] = dict.fromkeys(function.type_params, INT)
    types = [substitute_type(param.type, plain) for param in function.params]
    args = [literal(value, type_, module) for value, type_ in zip(given, types, strict=True)]
    result = substitute_type(function.result, plain)
    if result == UNIT or any(param.inout for param in function.params):
        body = _statement(function, args, types, result, expected, module)
    else:
        call = Call(function.name, tuple(args), result)
        body = (Return(apply("eq", call, literal(expected.value, result, module))),)
    return Function(name, (), BOOL, body)


def _statement(
    function: Function,
    args: Iterable[Expr],
    types: list[Type],
    result: Type,
    expected: Gave,
    module: Module,
) -> tuple[Stmt, ...]:
    """A call with inout parameters: locals hold them, and are compared afterwards."""
    body: list[Stmt] = []
    passed: list[Expr] = []
    compared: list[Expr] = []
    finals = iter(expected.finals)
    for param, arg, type_ in zip(function.params, args, types, strict=True):
        if not param.inout:
            passed.append(arg)
            continue
        local = Var(f"{param.name}_arg", type_)
        body.append(VarDecl(local.name, type_, arg))
        passed.append(local)
        compared.append(apply("eq", local, literal(next(finals), type_, module)))
    target = None if result == UNIT else "returned_value"
    if target is not None:
        body.append(VarDecl(target, result))
        value = literal(expected.value, result, module)
        compared.append(apply("eq", Var(target, result), value))
    body.append(CallStmt(target, function.name, tuple(passed)))
    body.append(Return(_all(compared)))
    return tuple(body)


def _all(conditions: list[Expr]) -> Expr:
    """A procedure that changes nothing has nothing to compare: it must only return."""
    return And(tuple(conditions)) if len(conditions) > 1 else next(iter(conditions), TRUE)
