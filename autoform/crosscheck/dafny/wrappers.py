r"""Calls written as IR, so that the back end under test prints their arguments, too.

For `f(3)` and `f(5)`, which the interpreter says are 6 and 10, the module gets

    fn f_calls() -> Seq<Bool> {
      var answers: Seq<Bool> = [];
      for row in [(3, 6), (5, 10)] {
        var returned: Int;
        call returned = f(row.0);
        answers = seq.append(answers, returned == row.1);
      }
      return answers;
    }

An inout parameter is passed as a local, which is compared with its final value in the row. The
main program prints the answers: `true` where Dafny computes what the interpreter does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autoform.crosscheck.literals import literal
from autoform.crosscheck.observation import Gave, Input
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import TRUE, And, Binder, Expr, SeqLit, TupleGet, TupleLit, Var
from autoform.ir.ops import apply
from autoform.ir.stmts import Assign, CallStmt, ForEach, Return, Stmt, VarDecl
from autoform.ir.traversal import fresh_name
from autoform.ir.types import BOOL, UNIT, SeqType, TupleType, Type, substitute_type

__all__ = ["Wanted", "calls_of"]

_ANSWERS = Var("answers", SeqType(BOOL))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A call, and what it should give."""

    given: Input
    expected: Gave


def calls_of(
    function: Function,
    wanted: Sequence[Wanted],
    bindings: Mapping[str, Type],
    module: Module,
    taken: set[str],
) -> Function:
    """A function that says of each call whether it gives what is expected.

    `bindings` are the types for which a generic function is called. `taken` gains the new name.
    """
    name = fresh_name(f"{function.name}_calls", taken)
    taken.add(name)
    params = [substitute_type(param.type, dict(bindings)) for param in function.params]
    result = substitute_type(function.result, dict(bindings))
    finals = [t for t, param in zip(params, function.params, strict=True) if param.inout]
    types = (*params, *(() if result == UNIT else (result,)), *finals)
    rows = tuple(_row(each, types, result, module) for each in wanted)
    row = Var("row", TupleType(types))
    body: tuple[Stmt, ...] = (
        VarDecl(_ANSWERS.name, _ANSWERS.type, SeqLit(BOOL, ())),
        ForEach(Binder(row.name, row.type), SeqLit(row.type, rows), _round(function, row, result)),
        Return(_ANSWERS),
    )
    return Function(name, (), _ANSWERS.type, body)


def _row(wanted: Wanted, types: Sequence[Type], result: Type, module: Module) -> Expr:
    returned = () if result == UNIT else (wanted.expected.value,)
    values = (*wanted.given, *returned, *wanted.expected.finals)
    pairs = zip(values, types, strict=True)
    return TupleLit(tuple(literal(value, type_, module) for value, type_ in pairs))


def _round(function: Function, row: Var, result: Type) -> tuple[Stmt, ...]:
    """Call the function on a row and append the answer."""
    types = _items(row)
    body: list[Stmt] = []
    passed: list[Expr] = []
    compared: list[Expr] = []
    finals = len(types)
    finals -= sum(param.inout for param in function.params)
    for place, param in enumerate(function.params):
        arg = TupleGet(row, place)
        if not param.inout:
            passed.append(arg)
            continue
        local = Var(f"{param.name}_arg", types[place])
        body.append(VarDecl(local.name, local.type, arg))
        passed.append(local)
        compared.append(apply("eq", local, TupleGet(row, finals)))
        finals += 1
    target = None
    if result != UNIT:
        target = "returned"
        body.append(VarDecl(target, result))
        expected = TupleGet(row, len(function.params))
        compared.insert(0, apply("eq", Var(target, result), expected))
    body.append(CallStmt(target, function.name, tuple(passed)))
    body.append(Assign(_ANSWERS.name, apply("seq.append", _ANSWERS, _all(compared))))
    return tuple(body)


def _items(row: Var) -> tuple[Type, ...]:
    return row.type.items if isinstance(row.type, TupleType) else ()


def _all(conditions: Sequence[Expr]) -> Expr:
    """A procedure that changes nothing has nothing to compare: it must only return."""
    if len(conditions) > 1:
        return And(tuple(conditions))
    return conditions[0] if conditions else TRUE
