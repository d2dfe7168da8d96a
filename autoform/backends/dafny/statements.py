"""Statements of methods.

What raises in the source is an assertion: Dafny must show that it is never reached. `for` and
`continue` were lowered before; `break` and labels are Dafny's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from autoform.backends.dafny.code import call, comma, negation
from autoform.backends.dafny.unit import Scope
from autoform.backends.dafny.writer import Writer
from autoform.ir.decls import Function
from autoform.ir.exprs import Call, Expr, Var, type_of
from autoform.ir.stmts import (
    Assert,
    Assign,
    Block,
    Break,
    CallStmt,
    Continue,
    ForEach,
    ForRange,
    If,
    Raise,
    Return,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.types import INT, UNIT, Type, match_type, substitute_type
from autoform.source import Span

__all__ = ["Body", "is_guard"]


def is_guard(stmt: Stmt) -> bool:
    """Whether the statement is `if c { raise … }`: the assertion of `!c`."""
    match stmt:
        case If(_, (Raise(),), ()):
            return True
        case _:
            return False


class Body:
    """Prints the body of one method."""

    def __init__(
        self,
        scope: Scope,
        writer: Writer,
        outs: tuple[str, ...],
        result: str,
        lemmas: Mapping[str, tuple[str, ...]],
    ) -> None:
        """`outs` are the out-parameters for inout ones; `result` is empty for a procedure.

        `lemmas` are called on a variable as soon as it has its value.
        """
        self._scope = scope
        self._writer = writer
        self._outs = outs
        self._result = result
        self._lemmas = lemmas
        self._labels: dict[str, str] = {}

    def recall(self, name: str, span: Span) -> None:
        """Calls the lemmas about a variable that has its value now."""
        for lemma in self._lemmas.get(name, ()):
            self._writer.line(
                f"{self._scope.unit.use(lemma)}({self._scope.variables[name]});", span
            )

    def block(self, block: Block) -> None:
        """The statements, one after the other."""
        for stmt in block:
            self._statement(stmt)

    def _text(self, expr: Expr) -> str:
        return self._scope.code(expr).text

    def _line(self, text: str, stmt: Stmt) -> None:
        self._writer.line(text, stmt.span)

    def _statement(self, stmt: Stmt) -> None:
        match stmt:
            case VarDecl(name, type_, value):
                self._declare(stmt, name, self._scope.unit.type(type_), value)
            case Assign(name, value):
                self._assign(self._scope.variables[name], value, stmt)
            case CallStmt():
                self._call(stmt)
            case If(condition, (Raise(exception),), ()):
                negated = negation(self._scope.code(condition)).text
                self._line(f"assert {negated};  // else raises {exception}", stmt)
            case If():
                self._if(stmt)
            case While():
                self._while(stmt)
            case Break(label):
                self._line("break;" if label is None else f"break {self._labels[label]};", stmt)
            case Return():
                self._return(stmt)
            case Raise(exception):
                self._line(f"assert false;  // raises {exception}", stmt)
            case Assert(condition):
                self._line(f"assert {self._text(condition)};", stmt)
            case ForRange() | ForEach() | Continue():
                raise AssertionError("lowered before printing")
            case _:
                assert_never(stmt)

    def _declare(self, stmt: Stmt, name: str, type_: str, value: Expr | None) -> None:
        if value is None:
            self._line(f"var {self._scope.bind(name)}: {type_};", stmt)
            return
        if isinstance(value, Call) and self._gives_nothing(value.function):
            self._line(f"{self._text(value)};", stmt)
            self._line(f"var {self._scope.bind(name)}: () := ();", stmt)
            return
        text = self._text(value)
        self._line(f"var {self._scope.bind(name)}: {type_} := {text};", stmt)
        self.recall(name, stmt.span)

    def _assign(self, target: str, value: Expr, stmt: Stmt) -> None:
        """An assignment. A procedure gives no value to assign but the unit."""
        if isinstance(value, Call) and self._gives_nothing(value.function):
            self._line(f"{self._text(value)};", stmt)
            self._line(f"{target} := ();", stmt)
        else:
            self._line(f"{target} := {self._text(value)};", stmt)

    def _gives_nothing(self, function: str) -> bool:
        unit = self._scope.unit
        return function in unit.procedures and unit.module.function(function).result == UNIT

    def _call(self, stmt: CallStmt) -> None:
        unit = self._scope.unit
        callee = unit.module.function(stmt.function)
        targets = self._targets(stmt, callee)
        text = call(unit.functions[stmt.function], *map(self._scope.code, stmt.args)).text
        if targets:
            self._line(f"{', '.join(targets)} := {text};", stmt)
        elif stmt.function in unit.procedures:
            self._line(f"{text};", stmt)
        else:
            self._line(f"var {self._scope.fresh('unused')} := {text};", stmt)
        if stmt.target is not None and self._gives_nothing(stmt.function):
            self._line(f"{self._scope.variables[stmt.target]} := ();", stmt)

    def _targets(self, stmt: CallStmt, callee: Function) -> list[str]:
        """Where the results go: the value, then the inout arguments."""
        variables, targets = self._scope.variables, []
        inouts = [
            variables[arg.name]
            for param, arg in zip(callee.params, stmt.args, strict=True)
            if param.inout and isinstance(arg, Var)
        ]
        if not self._gives_nothing(stmt.function):
            if stmt.target is not None:
                targets.append(variables[stmt.target])
            elif inouts or stmt.function in self._scope.unit.procedures:
                unused = self._scope.fresh("unused")
                result = _result_of(stmt, callee)
                self._line(f"var {unused}: {self._scope.unit.type(result)};", stmt)
                targets.append(unused)
        return targets + inouts

    def _if(self, stmt: If, keyword: str = "if") -> None:
        self._line(f"{keyword} {self._text(stmt.condition)} {{", stmt)
        self._indented(stmt.then)
        match stmt.orelse:
            case ():
                self._writer.line("}")
            case (If() as other,) if not is_guard(other):
                self._if(other, "} else if")
            case _:
                self._writer.line("} else {")
                self._indented(stmt.orelse)
                self._writer.line("}")

    def _indented(self, block: Block) -> None:
        with self._writer.indented():
            self.block(block)

    def _while(self, loop: While) -> None:
        prefix = ""
        if loop.label is not None:
            self._labels[loop.label] = self._scope.fresh(loop.label)
            prefix = f"label {self._labels[loop.label]}: "
        self._line(f"{prefix}while {self._text(loop.condition)}", loop)
        with self._writer.indented():
            for clause in loop.invariants:
                span = clause.span
                self._writer.line(f"invariant {self._text(clause.condition)}", span)
            if loop.decreases:
                self._measure(loop.decreases, loop.span)
        self._writer.line("{")
        self._indented(loop.body)
        self._writer.line("}")

    def _measure(self, measure: tuple[Expr, ...], span: Span) -> None:
        codes = map(self._scope.code, measure)
        self._writer.line(f"decreases {comma(codes)}", span)

    def _return(self, stmt: Return) -> None:
        """`return value, inouts;`, the value first; a procedure has none."""
        scope, outs = self._scope, ", ".join(self._outs)
        if self._result:
            value = scope.code(stmt.value)
            if isinstance(stmt.value, Call) and stmt.value.function in scope.unit.procedures:
                self._line(f"{self._result} := {value.text};", stmt)
                self._line("return;", stmt)
            else:
                self._line(f"return {', '.join(filter(None, (comma([value]), outs)))};", stmt)
            return
        if isinstance(stmt.value, Call):
            self._line(f"{self._text(stmt.value)};", stmt)
        elif type_of(stmt.value) == UNIT and not isinstance(stmt.value, Var):
            pass  # `()` itself: there is nothing to evaluate
        self._line("return;", stmt)


def _result_of(stmt: CallStmt, callee: Function) -> Type:
    """The type of what the call returns; any will do where its arguments do not tell."""
    bindings: dict[str, Type] = {}
    for param, arg in zip(callee.params, stmt.args, strict=True):
        match_type(param.type, type_of(arg), bindings)
    return substitute_type(callee.result, dict.fromkeys(callee.type_params, INT) | bindings)
