"""Bodies that are expressions: no loop, no reassignment, no call of a method.

    if n <= 1 { return 1; }
    var m: Int = f(n - 1);
    return m * n;

is printed as `if n <= 1 then 1 else var m: int := f(n - 1); m * n`.
"""

from __future__ import annotations

from autoform.backends.dafny.code import negation
from autoform.backends.dafny.statements import is_guard
from autoform.backends.dafny.unit import Scope
from autoform.backends.dafny.writer import Writer
from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Call
from autoform.ir.stmts import Assert, Block, If, Raise, Return, VarDecl
from autoform.ir.traversal import walk
from autoform.ir.types import UNIT

__all__ = ["expression_functions", "write_body"]


def expression_functions(module: Module) -> frozenset[str]:
    """The functions that can be printed as functions: so can all that they call."""
    found = {f.name for f in module.functions if _is_candidate(f)}
    callees = {
        f.name: {node.function for node in walk(f) if isinstance(node, Call)}
        for f in module.functions
    }
    while dropped := {name for name in found if not callees[name] <= found}:
        found -= dropped
    return frozenset(found)


def _is_candidate(function: Function) -> bool:
    if function.result == UNIT or any(param.inout for param in function.params):
        return False
    return _is_expression(function.body)


def _is_expression(block: Block) -> bool:
    """Whether the block ends on every path with `return` or `raise`, and only names on the way."""
    match block:
        case ():
            return False
        case (Return() | Raise(), *_):
            return True
        case (VarDecl(value=value), *rest):
            return value is not None and _is_expression(tuple(rest))
        case (Assert(), *rest):
            return _is_expression(tuple(rest))
        case (If() as stmt, *rest):
            if is_guard(stmt):
                return _is_expression(tuple(rest))
            return _branches(stmt, tuple(rest)) is not None
        case _:
            return False


def _branches(stmt: If, rest: Block) -> tuple[Block, Block] | None:
    """Both branches with what follows them; None where it would have to be printed twice."""
    if _is_expression(stmt.then):
        orelse = (*stmt.orelse, *rest)
        return (stmt.then, orelse) if _is_expression(orelse) else None
    if stmt.orelse and _is_expression(stmt.orelse):
        then = (*stmt.then, *rest)
        return (then, stmt.orelse) if _is_expression(then) else None
    return None


def write_body(writer: Writer, scope: Scope, function: Function) -> None:
    """The body of an expression function, a line for each step."""
    _write(writer, scope, function, function.body)


def _write(writer: Writer, scope: Scope, function: Function, block: Block) -> None:
    stmt, rest = block[0], block[1:]
    match stmt:
        case Return(value):
            writer.line(scope.code(value).text, stmt.span)
        case Raise(exception):
            spelled = scope.unit.type(function.result)
            unreachable = scope.unit.use("Unreachable")
            writer.line(f"{unreachable}<{spelled}>()  // raises {exception}", stmt.span)
        case VarDecl(name, type_, value):
            text = "" if value is None else f" := {scope.code(value).text}"
            writer.line(f"var {scope.bind(name)}: {scope.unit.type(type_)}{text};", stmt.span)
            _write(writer, scope, function, rest)
        case Assert(condition):
            writer.line(f"assert {scope.code(condition).text};", stmt.span)
            _write(writer, scope, function, rest)
        case If(condition, (Raise(exception),), ()):
            negated = negation(scope.code(condition)).text
            writer.line(f"assert {negated};  // else raises {exception}", stmt.span)
            _write(writer, scope, function, rest)
        case If():
            _write_if(writer, scope, function, stmt, rest)
        case _:
            raise AssertionError("not an expression")


def _write_if(writer: Writer, scope: Scope, function: Function, stmt: If, rest: Block) -> None:
    then, orelse = _branches(stmt, rest) or (stmt.then, stmt.orelse)
    writer.line(f"if {scope.code(stmt.condition).text} then", stmt.span)
    with writer.indented():
        _write(writer, scope, function, then)
    writer.line("else")
    with writer.indented():
        _write(writer, scope, function, orelse)
