"""Contracts that a body states by how it begins: raise guards and leading asserts.

    fn isqrt(n: Int, xs: Seq<Int>) -> Int {         raises ValueError when n < 0
        if n < 0 { raise ValueError; }              raises IndexError when
        var m: Int = seq.len(xs);                       seq.len(xs) == 0
        if m == 0 { raise IndexError; }
        …

A raise is a guard when it is reached without a loop, a mutation or a call before it, and then
the clause says exactly when that is: the branches taken and the values of locals are part of its
condition, evaluated in the order in which the function evaluates them. A condition may therefore
fail, as it does in the function. Guards do not excuse a raise that the contract forbids. What an
operation raises of itself (`.unwrap()`, `a, b = xs`), though a front end spells it out as `if` and
`raise`, is one only where the contract permits the exception: else nobody has said that it may.

The asserts that a body begins with, over parameters alone, are what it takes for granted of its
caller: they become `requires`, and stay in the body, where they then hold. An assert behind any
other statement is a check of the function's own, an obligation.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, TypeAlias

from autoform.ir.build import conjunction, disjunction, negation
from autoform.ir.decls import Function, RaisesClause
from autoform.ir.definedness import conditions
from autoform.ir.exprs import (
    FALSE,
    TRUE,
    And,
    Apply,
    Call,
    Expr,
    IfExpr,
    Let,
    Or,
    Var,
    VariantGet,
    type_of,
)
from autoform.ir.node import Node
from autoform.ir.ops import OPS
from autoform.ir.stmts import (
    Assert,
    Assign,
    Block,
    CallStmt,
    Clause,
    If,
    Origin,
    Raise,
    Return,
    Stmt,
    VarDecl,
)
from autoform.ir.traversal import (
    all_names,
    binders_of,
    free_vars,
    fresh_name,
    freshen,
    substitute,
    walk,
)
from autoform.source import Span

__all__ = ["may_raise", "with_guards"]

_MAX_NODES: Final = 200
"""A condition beyond this size explains nothing any more."""


def with_guards(
    function: Function,
    *,
    raises_only: frozenset[str] | None = None,
    implied: AbstractSet[Span] = frozenset(),
) -> Function:
    """The function with the clauses that its guards and leading asserts state.

    `raises_only` are the exceptions that its contract permits, `None` when it says nothing;
    `implied` are the places of raises that stand for an operation's own.
    Exceptions that already have a clause get no other: the author has said when.
    """
    finder = _Finder(function, raises_only, implied)
    finder.block(function.body, _Point((), {}))
    if not (finder.found or finder.leading):
        return function
    requires = (
        Clause(freshen(each.condition, finder.taken), Origin.ASSERT, span=each.span)
        for each in finder.leading
    )
    contract = replace(
        function.contract,
        requires=(*function.contract.requires, *requires),
        raises=(*function.contract.raises, *finder.found),
    )
    return replace(function, contract=contract)


def may_raise(function: Function, exception: str) -> Node | None:
    """A part of the body that may raise the exception where no guard says when.

    Asked of a function whose contract permits the exception at any time, which the IR cannot say.
    """
    finder = _Finder(replace(function, contract=replace(function.contract, raises=())), None)
    finder.block(function.body, _Point((), {}))
    for node in walk(*function.body):
        match node:
            case Raise(exception=raised):
                found = raised == exception and id(node) not in finder.guards
            case Apply(op=op):
                found = exception in OPS[op].raises and exception in dict(conditions(node))
            case VariantGet():
                found = exception in dict(conditions(node))
            case Assert():
                found = exception == "AssertionError"
            case Call() | CallStmt():
                found = True
            case _:
                found = False
        if found:
            return node
    return None


@dataclass(frozen=True, slots=True)
class _Assumed:
    """A branch was taken, or an assert passed."""

    condition: Expr


@dataclass(frozen=True, slots=True)
class _Evaluated:
    """A local got a value whose evaluation may fail; `name` is used for nothing else."""

    name: str
    value: Expr


_Trail: TypeAlias = tuple[_Assumed | _Evaluated, ...]


@dataclass(frozen=True, slots=True)
class _Point:
    """A point of the body: how it was reached, and the locals as expressions over parameters."""

    trail: _Trail
    values: Mapping[str, Expr]

    def then(self, step: _Assumed | _Evaluated) -> _Point:
        """The point after one more step."""
        return replace(self, trail=(*self.trail, step))

    def where(self, name: str, value: Expr) -> _Point:
        """The point after an assignment."""
        return replace(self, values={**self.values, name: value})

    def without_step(self, step: int) -> _Point:
        """The point with one step of the trail taken for granted."""
        return replace(self, trail=(*self.trail[:step], *self.trail[step + 1 :]))


@dataclass(frozen=True, slots=True)
class _End:
    """How a block ends: at which point, if it is left at its end at all.

    `left` says that the function may have been left inside it other than by a guard, `known` that
    all of it was understood.
    """

    point: _Point | None
    left: bool = False
    known: bool = True


_UNKNOWN: Final = _End(None, known=False)


class _Finder:
    """One walk over the beginning of a body."""

    def __init__(
        self,
        function: Function,
        raises_only: frozenset[str] | None,
        implied: AbstractSet[Span] = frozenset(),
    ) -> None:
        self.found: list[RaisesClause] = []
        self.guards: set[int] = set()
        self._function = function
        self.leading = _leading_asserts(function)
        self._params = frozenset(param.name for param in function.params)
        self._raises_only = raises_only
        self._implied = implied
        self._stated = frozenset(clause.exception for clause in function.contract.raises)
        self._assumed = {id(each) for each in self.leading}

    @cached_property
    def taken(self) -> set[str]:
        """The names that clauses must not bind again."""
        return set(all_names(self._function))

    def block(self, block: Block, point: _Point) -> _End:
        """Walk the statements up to the first that is not understood."""
        left = False
        for statement in block:
            end = self._statement(statement, point)
            left = left or end.left
            if end.point is None:
                return replace(end, left=left)
            point = end.point
        return _End(point, left)

    def _statement(self, statement: Stmt, point: _Point) -> _End:
        match statement:
            case VarDecl(name=name, value=value) | Assign(name=name, value=value):
                return _End(point) if value is None else self._assign(name, value, point)
            case If():
                return self._if(statement, point)
            case Raise():
                return self._raise(statement, point)
            case Return():
                return _End(None, left=True)
            case Assert(condition=condition):
                if id(statement) in self._assumed:
                    return _End(point)
                known = self._over_parameters(condition, point)
                return _UNKNOWN if known is None else _End(point.then(_Assumed(known)))
            case _:
                return _UNKNOWN

    def _assign(self, name: str, value: Expr, point: _Point) -> _End:
        known = self._over_parameters(value, point)
        if known is None or name in self._params:
            return _UNKNOWN
        if _is_total(known):
            return _End(point.where(name, known))
        fresh = fresh_name(name, self.taken)
        self.taken.add(fresh)
        variable = Var(fresh, type_of(known), span=known.span)
        return _End(point.then(_Evaluated(fresh, known)).where(name, variable))

    def _raise(self, statement: Raise, point: _Point) -> _End:
        if statement.message is not None:
            message = self._over_parameters(statement.message, point)
            if message is None or not _is_total(message):
                return _UNKNOWN
        exception = statement.exception
        forbidden = self._raises_only is not None and exception not in self._raises_only
        untold = self._raises_only is None and statement.span in self._implied
        if forbidden or untold or exception in self._stated:
            return _End(None, left=True)
        condition = _holding(point.trail)
        if not (_is_small(condition) and _has_unique_binders(condition)):
            return _UNKNOWN
        self.guards.add(id(statement))
        if condition != FALSE:
            condition = freshen(condition, self.taken)
            clause = RaisesClause(exception, condition, Origin.GUARD, span=statement.span)
            self.found.append(clause)
        return _End(None)

    def _if(self, statement: If, point: _Point) -> _End:
        condition = self._over_parameters(statement.condition, point)
        if condition is None:
            return _UNKNOWN
        condition = _simplified(condition)
        then = self.block(statement.then, point.then(_Assumed(condition)))
        # Where a branch only raises, what follows is asked only if that did not happen.
        raises = then.known and then.point is None and not then.left
        denied = _Assumed(_negated(condition, condition.span))
        orelse = self.block(statement.orelse, point if raises else point.then(denied))
        if not (then.known and orelse.known):
            return _UNKNOWN
        left = then.left or orelse.left
        if then.point is None:
            return _End(orelse.point, left)
        if orelse.point is None:
            known = then.point if orelse.left else then.point.without_step(len(point.trail))
            return _End(known, left)
        return _End(_merged(condition, point, then.point, orelse.point), left)

    def _over_parameters(self, expr: Expr, point: _Point) -> Expr | None:
        """The expression over parameters alone; `None` for one that calls or grows too large."""
        if any(isinstance(node, Call) for node in walk(expr)):
            return None
        local = {name: point.values[name] for name in free_vars(expr) if name in point.values}
        evaluated = {step.name for step in point.trail if isinstance(step, _Evaluated)}
        known = substitute(expr, local)
        if not free_vars(known).keys() <= self._params | evaluated or not _is_small(known):
            return None
        return known


def _leading_asserts(function: Function) -> list[Assert]:
    """The asserts over parameters that the body begins with, each only once."""
    params = {param.name for param in function.params}
    found: list[Assert] = []
    for statement in function.body:
        if not isinstance(statement, Assert):
            break
        calls = any(isinstance(node, Call) for node in walk(statement.condition))
        if calls or not free_vars(statement.condition).keys() <= params:
            break
        found.append(statement)
    return found


def _holding(trail: _Trail) -> Expr:
    """That the steps are taken, evaluated in their order."""
    condition: Expr = TRUE
    for step in reversed(trail):
        if isinstance(step, _Assumed):
            condition = conjunction((step.condition, condition))
        elif condition != FALSE:
            condition = Let(step.name, step.value, condition, span=step.value.span)
    return condition


def _merged(condition: Expr, before: _Point, then: _Point, orelse: _Point) -> _Point:
    """The point after two branches that are both left at their end, perhaps not always."""
    start = len(before.trail)
    reach = _holding(then.trail[start + 1 :]), _holding(orelse.trail[start + 1 :])
    after = before
    if reach != (TRUE, TRUE):
        after = before.then(_Assumed(IfExpr(condition, *reach)))
    # What a branch had to evaluate is seen only inside it.
    inner = {
        step.name
        for step in (*then.trail[start:], *orelse.trail[start:])
        if isinstance(step, _Evaluated)
    }
    values: dict[str, Expr] = {}
    for name in then.values.keys() & orelse.values.keys():
        one, other = then.values[name], orelse.values[name]
        value = one if one == other else IfExpr(condition, one, other)
        if inner.isdisjoint(free_vars(value)):
            values[name] = value
    return replace(after, values=values)


def _simplified(condition: Expr) -> Expr:
    """Without the literals that types decide: `isinstance(n, int)` is `true` where n is one."""
    match condition:
        case Apply(op="not", args=(inner,)):
            return _negated(_simplified(inner), condition.span)
        case And(items=items):
            return replace(conjunction(map(_simplified, items)), span=condition.span)
        case Or(items=items):
            return replace(disjunction(map(_simplified, items)), span=condition.span)
        case _:
            return condition


def _has_unique_binders(condition: Expr) -> bool:
    names = [binder.name for node in walk(condition) for binder in binders_of(node)]
    return len(names) == len(set(names))


def _negated(condition: Expr, span: Span) -> Expr:
    if isinstance(condition, Apply) and condition.op == "not":
        return condition.args[0]
    return replace(negation(condition), span=span)


def _is_total(expr: Expr) -> bool:
    return all(not conditions(node) for node in walk(expr) if isinstance(node, Apply | VariantGet))


def _is_small(expr: Expr) -> bool:
    return sum(1 for _ in walk(expr)) <= _MAX_NODES
