"""Of candidates that say the same of more or less, the one that says most is tried."""

from __future__ import annotations

import pytest

from autoform.ir.exprs import Expr
from autoform.ir.stmts import While
from autoform.ir.text import parse_module, print_expr
from autoform.ir.traversal import walk
from autoform.prove.candidate import LoopView
from autoform.prove.pool import Pool
from autoform.prove.traces import collect
from autoform.vc.loops import loop_sites

LOOP = """
    fn f(xs: Seq<Int>) -> Int requires forall x in xs: x == 0 {
        var i: Int = 0;
        while i < seq.len(xs) CLAIMS { i = i + 1; }
        return i; }"""

STRONGEST = {
    (
        "i == 0 || (exists k in seq.range(0, i, 1): seq.at(xs, k) == 0)",
        "exists k in seq.range(0, i + 1, 1): k == 0",
        "exists k in seq.range(0, i + 2, 1): k == 0",
    ): {0, 1},
    (
        "forall x in seq.slice_to(xs, i): x == 0",
        "forall x in xs: x == 0",
        "forall x in seq.slice_from(xs, i + 1): x == 0",
    ): {1},
    # What is counted from the end is no more than all.
    (
        "forall x in xs: x == 0",
        "forall x in seq.slice_from(xs, -i - 1): x == 0",
        "forall x in seq.slice_to(xs, seq.len(xs) + 5): x == 0",
    ): {0},
    (
        "forall k in seq.range(0, i, 1): seq.at(xs, k) == 0",
        "forall k in seq.range(0, seq.len(xs), 1): seq.at(xs, k) == 0",
    ): {1},
}


@pytest.mark.parametrize("claims", STRONGEST)
def test_who_says_less_waits(claims: tuple[str, ...]) -> None:
    text = LOOP.replace("CLAIMS", "".join(f"invariant {claim} " for claim in claims))
    module = parse_module(text)
    function = module.functions[0]
    (site,) = loop_sites(function)
    traces = collect(module, "f", [((0, 0, 0),), ((),)])
    view = LoopView(module, function, site, frozenset({"i"}), traces.states[0])
    (loop,) = (node for node in walk(*function.body) if isinstance(node, While))
    conditions: list[Expr] = [clause.condition for clause in loop.invariants]
    pool = Pool(view, traces)
    pool.add(conditions, 10)
    assert set(map(print_expr, pool.strongest())) == {
        print_expr(conditions[place]) for place in STRONGEST[claims]
    }
