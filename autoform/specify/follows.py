r"""Does a clause follow from others? Asked of the solver as a function that has nothing to do.

Whether `ensures \result >= 0` follows from `ensures \result == seq.len(xs)` is whether

    fn implied(xs: Seq<Int>, outcome: Int) requires outcome == seq.len(xs) ensures outcome >= 0 {}

is correct.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, cast

from autoform.ir.decls import Contract, Function, Module, Param
from autoform.ir.exprs import Expr, Old, ResultValue, TupleLit, Var
from autoform.ir.names import KEYWORDS
from autoform.ir.node import Node
from autoform.ir.stmts import Clause, Return
from autoform.ir.traversal import all_names, fresh_name, map_children
from autoform.ir.types import UNIT
from autoform.ir.wellformed import violations
from autoform.prove.houdini import with_function
from autoform.prove.steady import steady
from autoform.vc.execute import Execution
from autoform.vc.obligation import Kind
from autoform.vc.smt.solver import Answer, Solver
from autoform.vc.smt.sorts import NotEncodable

STEPS: Final = 200_000


@steady()
def follows(module: Module, function: Function, clause: Clause, others: Sequence[Clause]) -> bool:
    """Whether the solver shows that the clause follows; where it does not, it is not said to."""
    asked = _question(function, clause, others)
    small = with_function(module, asked)
    if any(violation.name == asked.name for violation in violations(small)):
        return False
    try:
        run = Execution(small, asked)
        run.run()
    except (NotEncodable, RecursionError):
        return False
    wanted = [o.question for o in run.obligations if o.kind is Kind.POSTCONDITION]
    replies = Solver(run.universe, run.facts, steps=STEPS).ask(wanted)
    return bool(wanted) and all(reply.answer is Answer.HOLDS for reply in replies)


def _question(function: Function, clause: Clause, others: Sequence[Clause]) -> Function:
    taken = set(all_names(function)) | KEYWORDS
    result = fresh_name("outcome", taken)
    finals = {p.name: fresh_name(f"{p.name}_after", taken) for p in function.params if p.inout}
    params = [replace(param, inout=False) for param in function.params]
    if function.result != UNIT:
        params.append(Param(result, function.result))
    params += [Param(finals[p.name], p.type) for p in function.params if p.inout]
    assumed = [*function.contract.requires, *(_stated(c, result, finals) for c in others)]
    contract = Contract(tuple(assumed), (), (_stated(clause, result, finals),))
    body = (Return(TupleLit(())),)
    return replace(function, params=tuple(params), result=UNIT, body=body, contract=contract)


def _stated(clause: Clause, result: str, finals: dict[str, str]) -> Clause:
    """The clause about parameters alone."""
    return replace(clause, condition=cast(Expr, _renamed(clause.condition, result, finals)))


def _renamed(node: Node, result: str, finals: dict[str, str], *, entry: bool = False) -> Node:
    match node:
        case ResultValue(type_):
            return Var(result, type_)
        case Old(value):
            return _renamed(value, result, finals, entry=True)
        case Var(name, type_) if name in finals and not entry:
            return Var(finals[name], type_)
        case _:
            return map_children(node, lambda each: _renamed(each, result, finals, entry=entry))
