"""Obligations of evaluating an expression: every operator defined, every call allowed.

Walks in evaluation order. What short-circuits is checked under the condition that reaches it;
a binder stands for an arbitrary element of its domain. A quantifier's body is asked to be
defined on the whole domain, though evaluation may stop early: stricter, never weaker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autoform.ir import exprs as ir
from autoform.ir.definedness import conditions
from autoform.ir.exprs import Expr, type_of
from autoform.ir.text import print_expr
from autoform.ir.traversal import children
from autoform.ir.types import SeqType
from autoform.vc.calls import check_call
from autoform.vc.obligation import kind_of_exception
from autoform.vc.smt.encoder import member
from autoform.vc.smt.logic import disj, negate, true
from autoform.vc.smt.sorts import NotEncodable

if TYPE_CHECKING:
    from autoform.vc.execute import Execution, State


def check_expression(run: Execution, expr: Expr, state: State) -> None:
    """Add the obligations of evaluating `expr` in `state`."""
    match expr:
        case ir.And(items):
            _chain(run, items, state, until=False)
        case ir.Or(items):
            _chain(run, items, state, until=True)
        case ir.Apply("implies", (premise, conclusion)):
            check_expression(run, premise, state)
            check_expression(run, conclusion, state.branch(run.formula(premise, state)))
        case ir.IfExpr(condition, then, orelse):
            check_expression(run, condition, state)
            truth = run.formula(condition, state)
            check_expression(run, then, state.branch(truth))
            check_expression(run, orelse, state.branch(negate(truth)))
        case ir.Let(name, value, body):
            check_expression(run, value, state)
            inner = state.branch(true())
            inner.variables[name] = run.term(value, state)
            check_expression(run, body, inner)
        case ir.Quant(_, binder, domain, body):
            check_expression(run, domain, state)
            check_expression(run, body, bind_element(run, binder, domain, state))
        case ir.Comprehension():
            _comprehension(run, expr, state)
        case ir.Old(value):
            inner = run.at_entry(state)
            check_expression(run, value, inner)
        case ir.Lambda():
            pass  # checked at the operator that calls it
        case _:
            for child in children(expr):
                check_expression(run, child, state)  # type: ignore[arg-type]  # an expression's other children are expressions
            _node(run, expr, state)


def _node(run: Execution, expr: Expr, state: State) -> None:
    """The node's own obligations, its parts being defined."""
    match expr:
        case ir.Apply():
            _operator(run, expr, state)
            _lambdas(run, expr, state)
        case ir.VariantGet():
            _operator(run, expr, state)
        case ir.Call():
            check_call(run, expr, state)
        case _:
            pass


def _operator(run: Execution, expr: ir.Apply | ir.VariantGet, state: State) -> None:
    for exception, condition in conditions(expr):
        truth = run.formula(condition, state)
        goal = disj(truth, run.declared(exception))
        run.oblige(kind_of_exception(exception), state, goal, expr, print_expr(condition))
        run.assume(state, truth)


def _lambdas(run: Execution, expr: ir.Apply, state: State) -> None:
    """Functions given to an operator are defined on all that the operator may pass them."""
    for arg in expr.args:
        if not isinstance(arg, ir.Lambda):
            continue
        inner = state.branch(true())
        source = expr.args[0]
        for param in arg.params:
            inner.variables[param.name] = run.arbitrary(param.name, param.type, state)
        if isinstance(type_of(source), SeqType):
            element = arg.params[-1]
            inner = bind_element(run, element, source, inner)
        check_expression(run, arg.body, inner)


def _chain(run: Execution, items: tuple[Expr, ...], state: State, *, until: bool) -> None:
    """Short-circuit operands: each is reached where those before it did not decide."""
    reached = state
    for item in items:
        check_expression(run, item, reached)
        truth = run.formula(item, reached)
        reached = reached.branch(negate(truth) if until else truth)


def _comprehension(run: Execution, expr: ir.Comprehension, state: State) -> None:
    inner = state
    for clause in expr.clauses:
        if isinstance(clause, ir.Generator):
            check_expression(run, clause.source, inner)
            inner = bind_element(run, clause.binder, clause.source, inner)
        else:
            check_expression(run, clause.condition, inner)
            inner = inner.branch(run.formula(clause.condition, inner))
    if expr.key is not None:
        check_expression(run, expr.key, inner)
    check_expression(run, expr.element, inner)


def bind_element(run: Execution, binder: ir.Binder, domain: Expr, state: State) -> State:
    """The state with the binder as an arbitrary element of the domain."""
    try:
        _, guard, value = member(run.encoder, domain, binder.name, run.scope(state))
    except NotEncodable:
        value, guard = run.arbitrary(binder.name, binder.type, state), true()
    inner = state.branch(guard)
    inner.variables[binder.name] = value
    run.facts_of_type(binder.type, value, inner)
    return inner
