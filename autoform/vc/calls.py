"""Calls: the callee's contract stands for its body; recursion needs a decreasing measure.

A function is a deterministic function of its arguments, so its result is an uninterpreted
application: equal calls are equal. What is known of it is its contract, and the body itself
when that is a single expression and does not recur.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.decls import Contract, Function, Module
from autoform.ir.exprs import Expr, type_of
from autoform.ir.node import Node
from autoform.ir.stmts import Block
from autoform.ir.text import print_expr
from autoform.ir.traversal import walk
from autoform.ir.types import IntType, MachineIntType, Type, TypeVar, parts, substitute_type
from autoform.vc.obligation import Kind
from autoform.vc.smt.logic import (
    Formula,
    Term,
    conj,
    decreases,
    false,
    negate,
    not_negative,
    same,
)
from autoform.vc.smt.scope import Scope
from autoform.vc.smt.sorts import NotEncodable

if TYPE_CHECKING:
    from autoform.vc.execute import Execution, State


def check_call(run: Execution, call: ir.Call, state: State) -> None:
    """Obligations of a call in an expression; afterwards its `ensures` are known."""
    callee = run.module.function(call.function)
    args = [run.term(arg, state) for arg in call.args]
    _enter(run, callee, args, state, call)
    result = run.term(call, state)
    run.facts_of_type(call.type, result, state)
    _learn(run, callee, args, args, result, state)


def call_statement(run: Execution, call: stmts.CallStmt, state: State) -> None:
    """Execute `t = f(a, b)`: inout arguments become what the callee made of them."""
    callee = run.module.function(call.function)
    for arg in call.args:
        run.check(arg, state)
    args = [run.term(arg, state) for arg in call.args]
    _enter(run, callee, args, state, call)
    bindings = _instantiate(callee, call.args)
    after = list(args)
    for place, (param, arg) in enumerate(zip(callee.params, call.args, strict=True)):
        if param.inout:
            assert isinstance(arg, ir.Var)
            after[place] = run.encoder.opaque(f"call {callee.name}.{param.name}", args, arg.type)
            run.facts_of_type(arg.type, after[place], state)
            state.variables[arg.name] = after[place]
    result_type = substitute_type(callee.result, bindings)
    if any(param.inout for param in callee.params) or callee.type_params:
        result = run.encoder.opaque(f"call {callee.name}", args, result_type)
    else:
        result = run.encoder.call(callee.name, args, result_type)
    run.facts_of_type(result_type, result, state)
    _learn(run, callee, args, after, result, state)
    if call.target is not None:
        state.variables[call.target] = result


def _enter(
    run: Execution, callee: Function, args: Sequence[Term], state: State, node: Node
) -> None:
    """The callee's precondition holds, it does not raise, and a recursive call goes down."""
    if callee.type_params and callee.contract != Contract():
        run.oblige(
            Kind.PRECONDITION, state, false(), node, "contracts of generic functions are not read"
        )
        return
    scope = Scope(dict(zip((p.name for p in callee.params), args, strict=True)))
    for clause in callee.contract.requires:
        goal = _formula(run, clause.condition, scope)
        run.oblige(Kind.PRECONDITION, state, goal, node, print_expr(clause.condition))
    for raises in callee.contract.raises:
        when = _formula(run, raises.when, scope)
        # A declared exception of the callee that the caller declares too leaves both.
        goal = _either(negate(when), run.declared(raises.exception))
        detail = f"{callee.name} raises {raises.exception} when {print_expr(raises.when)}"
        run.oblige(Kind.UNREACHABLE_RAISE, state, goal, node, detail)
        run.assume(state, negate(when))
    if callee.name in run.cycle:
        _descend(run, callee, scope, state, node)


def _either(left: Formula, right: Formula) -> Formula:
    return negate(conj(negate(left), negate(right)))


def _descend(run: Execution, callee: Function, scope: Scope, state: State, node: Node) -> None:
    """The callee's measure at the call is below the caller's at entry, and bounded."""
    for measure in callee.contract.decreases:
        if not isinstance(type_of(measure), IntType | MachineIntType):
            run.oblige(Kind.VARIANT_DECREASES, state, false(), node, "the measure is no integer")
            return
    before = run.entry_measure()
    after = [_term(run, m, scope) for m in callee.contract.decreases]
    if not before or len(before) != len(after):
        run.oblige(Kind.VARIANT_DECREASES, state, false(), node, "no measure is known")
        return
    detail = ", ".join(map(print_expr, callee.contract.decreases))
    run.oblige(Kind.VARIANT_BOUNDED, state, not_negative(before), node, detail)
    run.oblige(Kind.VARIANT_DECREASES, state, decreases(before, after), node, detail)


def _learn(
    run: Execution,
    callee: Function,
    before: Sequence[Term],
    after: Sequence[Term],
    result: Term,
    state: State,
) -> None:
    """What the callee's `ensures` say, and its body where that is one expression."""
    if callee.type_params:
        return
    names = [param.name for param in callee.params]
    scope = Scope(
        dict(zip(names, after, strict=True)), dict(zip(names, before, strict=True)), result
    )
    for clause in callee.contract.ensures:
        run.assume(state, _formula(run, clause.condition, scope))
    body = definition(callee)
    if body is not None and callee.name not in run.cycle:
        run.assume(state, same(result, _term(run, body, scope)))


def definition(function: Function) -> Expr | None:
    """The expression that a function returns, when its body is nothing else."""
    match function.body:
        case (stmts.Return(value),) if not function.type_params:
            return value
        case _:
            return None


def _formula(run: Execution, expr: Expr, scope: Scope) -> Formula:
    try:
        return run.encoder.formula(expr, scope)
    except NotEncodable:
        return run.unknown()


def _term(run: Execution, expr: Expr, scope: Scope) -> Term:
    try:
        return run.encoder.term(expr, scope)
    except NotEncodable:
        return run.universe.fresh("unknown", run.universe.sort(type_of(expr)))


def _instantiate(callee: Function, args: Sequence[Expr]) -> dict[str, Type]:
    """The callee's type parameters as the arguments bind them."""
    bindings: dict[str, Type] = {}
    for param, arg in zip(callee.params, args, strict=True):
        _match(param.type, type_of(arg), bindings)
    return bindings


def _match(scheme: Type, actual: Type, bindings: dict[str, Type]) -> None:
    if isinstance(scheme, TypeVar):
        bindings.setdefault(scheme.name, actual)
        return
    for inner, found in zip(parts(scheme), parts(actual), strict=True):
        _match(inner, found, bindings)


def assigned_in(module: Module, block: Block) -> frozenset[str]:
    """Variables that a block may assign, inout arguments included."""
    names: set[str] = set()
    for node in walk(*block):
        if isinstance(node, stmts.Assign | stmts.VarDecl):
            names.add(node.name)
        elif isinstance(node, stmts.CallStmt):
            if node.target is not None:
                names.add(node.target)
            params = module.function(node.function).params
            pairs = zip(params, node.args, strict=True)
            names |= {a.name for p, a in pairs if p.inout and isinstance(a, ir.Var)}
    return frozenset(names)


def declared_types(function: Function) -> dict[str, Type]:
    """The types of a function's parameters and locals."""
    types = {param.name: param.type for param in function.params}
    types |= {n.name: n.type for n in walk(*function.body) if isinstance(n, stmts.VarDecl)}
    return types
