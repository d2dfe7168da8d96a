"""The rules on statements: visibility, definite assignment, loops and what ends a block.

A check of a statement returns the variables that may be unassigned after it, or `None` when what
follows is never reached. Few locals are declared without a value, so these sets stay small.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias, assert_never

from autoform.ir.exprs import TRUE, Expr, Var
from autoform.ir.node import Node
from autoform.ir.stmts import (
    Assert,
    Assign,
    Block,
    Break,
    CallStmt,
    Clause,
    Continue,
    ForEach,
    ForRange,
    If,
    Loop,
    Raise,
    Return,
    Stmt,
    VarDecl,
    While,
)
from autoform.ir.types import BOOL, STR, format_type, is_integer
from autoform.ir.wellformed.expressions import (
    Scope,
    check,
    check_is,
    check_ordered_source,
    check_signature,
    require,
)
from autoform.ir.wellformed.naming import Violated, require_identifier

Unassigned: TypeAlias = frozenset[str] | None

UNREACHED: Final = None


def _join(one: Unassigned, other: Unassigned) -> Unassigned:
    if one is None:
        return other
    return one if other is None else one | other


@dataclass(slots=True)
class _OpenLoop:
    label: str | None
    exits: Unassigned = UNREACHED


@dataclass(slots=True)
class Flow:
    """Checks the body of one function."""

    scope: Scope
    assignable: set[str]
    loops: list[_OpenLoop] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)

    def block(self, block: Block, state: Unassigned) -> Unassigned:
        """Check the statements in order; their locals are not visible after."""
        locals_ = []
        for stmt in block:
            self.scope.unassigned = state or frozenset()
            if type(stmt) is VarDecl:
                locals_.append(stmt.name)
            state = self._statement(stmt, state)
        for name in locals_:
            del self.scope.visible[name]
        return state

    def _statement(self, stmt: Stmt, state: Unassigned) -> Unassigned:
        match stmt:
            case Assign():
                return self._assign(stmt, state)
            case VarDecl():
                return self._declare(stmt, state)
            case If():
                check_is(self.scope, stmt.condition, BOOL, "the condition")
                then = self.block(stmt.then, state)
                return _join(then, self.block(stmt.orelse, state))
            case Return():
                if self.scope.result is not None:
                    check_is(self.scope, stmt.value, self.scope.result, "the value")
                return UNREACHED
            case While():
                return self._while(stmt, state)
            case ForRange():
                return self._for_range(stmt, state)
            case ForEach():
                return self._for_each(stmt, state)
            case CallStmt():
                return self._call(stmt, state)
            case Break():
                loop = self._loop_of(stmt)
                loop.exits = _join(loop.exits, state)
                return UNREACHED
            case Continue():
                self._loop_of(stmt)
                return UNREACHED
            case Raise():
                require_identifier(stmt.exception, stmt, dotted=True)
                if stmt.message is not None:
                    check_is(self.scope, stmt.message, STR, "the message")
                return UNREACHED
            case Assert():
                check_is(self.scope, stmt.condition, BOOL, "the condition")
                return state
            case _:
                assert_never(stmt)

    def _declare(self, stmt: VarDecl, state: Unassigned) -> Unassigned:
        if stmt.value is not None:
            found = check(self.scope, stmt.value)
            self.scope.declare(stmt.name, stmt.type, stmt)
            require(stmt, found, stmt.type, f"the value of {stmt.name}")
        else:
            self.scope.declare(stmt.name, stmt.type, stmt)
            state = None if state is None else state | {stmt.name}
        self.assignable.add(stmt.name)
        return state

    def _assign(self, stmt: Assign, state: Unassigned) -> Unassigned:
        found = check(self.scope, stmt.value)
        self._require_assignable(stmt.name, stmt)
        require(stmt, found, self.scope.visible[stmt.name], f"the value of {stmt.name}")
        return _assigned(state, stmt.name)

    def _require_assignable(self, name: str, node: Node) -> None:
        if name not in self.scope.visible:
            raise Violated(node, f"{name} is not visible here")
        if name not in self.assignable:
            raise Violated(node, f"{name} is neither a parameter nor a local: it is not assigned")

    def _call(self, stmt: CallStmt, state: Unassigned) -> Unassigned:
        function = self.scope.tables.functions.get(stmt.function)
        if function is None:
            raise Violated(stmt, f"no function {stmt.function} is declared")
        args = [check(self.scope, arg) for arg in stmt.args]
        target = None
        if stmt.target is not None:
            self._require_assignable(stmt.target, stmt)
            target = self.scope.visible[stmt.target]
        check_signature(function, args, target, stmt)
        changed = set() if stmt.target is None else {stmt.target}
        for param, arg in zip(function.params, stmt.args, strict=True):
            if param.inout:
                self._require_own_variable(arg, changed, param.name)
        return state if stmt.target is None else _assigned(state, stmt.target)

    def _require_own_variable(self, arg: Expr, changed: set[str], param: str) -> None:
        if not isinstance(arg, Var):
            raise Violated(arg, f"the inout argument {param} is not a variable")
        self._require_assignable(arg.name, arg)
        if arg.name in changed:
            raise Violated(arg, f"{arg.name} would be changed twice by one call")
        changed.add(arg.name)

    def _while(self, stmt: While, state: Unassigned) -> Unassigned:
        check_is(self.scope, stmt.condition, BOOL, "the condition")
        check_clauses(self.scope, stmt.invariants, old_allowed=True)
        check_measures(self.scope, stmt.decreases)
        exits = self._body(stmt, state)
        return exits if stmt.condition == TRUE else _join(state, exits)

    def _for_range(self, stmt: ForRange, state: Unassigned) -> Unassigned:
        binder = stmt.binder
        if not is_integer(binder.type):
            raise Violated(binder, f"{binder.name} counts, but is {format_type(binder.type)}")
        for bound in (stmt.start, stmt.stop, stmt.step):
            check_is(self.scope, bound, binder.type, "the bound")
        with self.scope.binding(binder):
            check_clauses(self.scope, stmt.invariants, old_allowed=True)
            return _join(state, self._body(stmt, state))

    def _for_each(self, stmt: ForEach, state: Unassigned) -> Unassigned:
        check_ordered_source(stmt.binder, check(self.scope, stmt.source))
        check_clauses(self.scope, stmt.invariants, old_allowed=True)
        with self.scope.binding(stmt.binder):
            return _join(state, self._body(stmt, state))

    def _body(self, stmt: Loop, state: Unassigned) -> Unassigned:
        """Check a loop's body; returns the state after `break`."""
        if stmt.label is not None:
            require_identifier(stmt.label, stmt)
            if stmt.label in self.labels:
                raise Violated(stmt, f"the label {stmt.label} is used twice in this function")
            self.labels.add(stmt.label)
        self.loops.append(_OpenLoop(stmt.label))
        self.block(stmt.body, state)
        return self.loops.pop().exits

    def _loop_of(self, stmt: Break | Continue) -> _OpenLoop:
        for loop in reversed(self.loops):
            if stmt.label is None or stmt.label == loop.label:
                return loop
        where = f"in a loop labelled {stmt.label}" if stmt.label else "in a loop"
        raise Violated(stmt, f"{type(stmt).__name__.lower()} does not stand {where}")


def _assigned(state: Unassigned, name: str) -> Unassigned:
    return state - {name} if state and name in state else state


def check_clauses(
    scope: Scope,
    clauses: tuple[Clause, ...],
    *,
    old_allowed: bool = False,
    result_allowed: bool = False,
) -> None:
    """Check the conditions of `requires`, `ensures` or `invariant`."""
    for clause in clauses:
        check_condition(
            scope, clause.condition, old_allowed=old_allowed, result_allowed=result_allowed
        )


def check_condition(
    scope: Scope, condition: Expr, *, old_allowed: bool = False, result_allowed: bool = False
) -> None:
    """Check one condition of a contract."""
    scope.in_contract, scope.old_allowed = True, old_allowed
    scope.result_allowed = result_allowed
    check_is(scope, condition, BOOL, "the condition")
    scope.in_contract = scope.old_allowed = scope.result_allowed = False


def check_measures(scope: Scope, measures: tuple[Expr, ...]) -> None:
    """Check the measures of a `decreases`."""
    for measure in measures:
        found = check(scope, measure)
        if not is_integer(found):
            raise Violated(measure, f"the measure is {format_type(found)}, not an integer")
