"""`skip_while`: the place of the first item that is kept, found by a loop before the rest is taken.

xs.iter().skip_while(|x| **x < 0)

var start: Int = seq.len(xs);
for place in 0..seq.len(xs) { if !(xs[place] < 0) { start = place; break; } }
… seq.slice_from(xs, start) …
"""

from __future__ import annotations

from collections.abc import Callable

from autoform.frontends.rust import tree
from autoform.frontends.rust.building import NeedsStatements
from autoform.frontends.rust.lowering import Lower
from autoform.frontends.rust.plan_loops import run_plan
from autoform.frontends.rust.plans import (
    ADAPTORS,
    Counter,
    Plan,
    Sequence,
    as_sequence,
    at_once,
    identity,
    plan_of,
    work_of,
)
from autoform.frontends.rust.refusal import Refusal
from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.ops import apply
from autoform.ir.types import INT, SeqType


def _skip_while(low: Lower, node: tree.MethodCall) -> Plan:
    plan = at_once(low, plan_of(low, node.receiver), node)
    items = low.keep(as_sequence(low, plan, node), "items")
    if low.out.pure:
        raise NeedsStatements(node)
    type_ = ir.type_of(items)
    assert isinstance(type_, SeqType)
    work = work_of(low, node.args[0])
    length = low.length(items)
    start = ir.Var(low.fresh("start"), INT)
    low.emit(stmts.VarDecl(start.name, INT, length, span=low.span(node)))

    def body(place: ir.Expr) -> None:
        item = low.safe(apply("seq.at", items, place))
        goes = _asked(low, lambda: work(item), node)
        leave = (stmts.Assign(start.name, place), stmts.Break())
        low.emit(stmts.If(apply("not", goes), leave, span=low.span(node)))

    places = Counter(ir.IntLit(0, INT), length, ir.IntLit(1, INT))
    run_plan(low, Plan(places, identity, INT), body, node)
    low.frozen.add(start.name)
    rest = apply("seq.slice_from", items, start)
    return Plan(Sequence(rest), identity, type_.element, node=node)


def _asked(low: Lower, test: Callable[[], ir.Expr], node: tree.MethodCall) -> ir.Expr:
    """The condition; it is asked before the first item is wanted, so it may only compute."""
    try:
        found = low.pure(test)
    except NeedsStatements:
        found = None
    if found is None or low.may_raise(found):
        raise Refusal("evaluation-order", "when this condition is asked would show", node.args[0])
    return found


ADAPTORS["Iter.skip_while"] = _skip_while
