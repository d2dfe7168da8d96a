"""Proofs as they are stated for others: bounds first, nothing to spare, meaning said."""

from __future__ import annotations

import pytest

from autoform.ir.stmts import Return
from autoform.ir.text import parse_module, print_expr
from autoform.prove.explicit import defined, explicit
from autoform.prove.minimise import minimised
from autoform.prove.pipeline import lowered
from autoform.vc.loops import loop_sites
from autoform.vc.obligation import Kind
from tests.prove.samples import SUM, found, lifted

LOOP = """\
fn upto(xs: Seq<Int>) -> Int
  ensures \\result == seq.sum(xs)
{
  var acc: Int = 0;
  var i: Int = 0;
  while i < seq.len(xs)
    invariant[mined] 0 <= i
    invariant[mined] i <= seq.len(xs) + 1
    invariant[mined] i * 2 >= 0
    invariant[mined] acc == seq.sum(seq.slice_to(xs, i))
    decreases seq.len(xs) - i
  {
    acc = acc + seq.at(xs, i);
    i = i + 1;
  }
  return acc;
}
"""


def test_spare_invariants_go_and_bounds_are_stated() -> None:
    module = parse_module(LOOP)
    stated = minimised(module, module.function("upto"))
    (site,) = loop_sites(stated)
    assert [print_expr(clause.condition) for clause in site.loop.invariants] == [
        "i <= seq.len(xs)",
        "0 <= i",
        "acc == seq.sum(seq.subslice(xs, 0, i))",
    ]


PLACES = """\
fn step(xs: Seq<Int>, v: Int) -> Int
  requires forall x in xs: x > v
  ensures \\result <= seq.len(xs) + 1
{
  var n: Int = seq.len(xs);
  var i: Int = START;
  while i < n
    invariant[mined] START <= i && i <= n + START
    invariant[mined] n == seq.len(xs)
    invariant[assert] forall k in seq.range(START, i, 1): PLACE > v
    decreases n - i
  {
    i = i + 1;
  }
  return i;
}
"""


@pytest.mark.parametrize(
    ("start", "place", "bounds"),
    [
        ("0", "seq.at_neg(xs, k)", {"i <= seq.len(xs)"}),
        ("1", "seq.at_neg(xs, k - 1)", {"i - 1 <= seq.len(xs)"}),
        ("1", "seq.at_neg(xs, k)", {"1 >= i || i <= seq.len(xs)"}),
        ("0", "seq.at_neg(xs, seq.len(xs) - 1 - k)", {"0 <= seq.len(xs) - i"}),
    ],
)
def test_places_that_claims_speak_of_are_bounded(start: str, place: str, bounds: set[str]) -> None:
    module = parse_module(PLACES.replace("START", start).replace("PLACE", place))
    (site,) = loop_sites(minimised(module, module.function("step")))
    stated = [print_expr(clause.condition) for clause in site.loop.invariants]
    assert bounds <= set(stated)
    claim = stated[-1] if "forall" in stated[-1] else next(c for c in stated if "forall" in c)
    assert "at_neg" not in claim


def test_what_the_user_wrote_stays() -> None:
    module = parse_module(LOOP.replace("invariant[mined] i * 2", "invariant[assert] i * 2"))
    (site,) = loop_sites(minimised(module, module.function("upto")))
    assert "i * 2 >= 0" in [print_expr(clause.condition) for clause in site.loop.invariants]


def test_what_does_not_hold_is_left_as_it_is() -> None:
    module = parse_module(LOOP.replace("acc = acc + seq.at(xs, i)", "acc = acc + 1"))
    function = module.function("upto")
    assert minimised(module, function) == function


def test_a_found_proof_is_stated_and_still_a_proof() -> None:
    from autoform.prove.houdini import with_function
    from autoform.vc.execute import obligations
    from autoform.vc.smt.solver import Answer, Solver

    file = lifted(SUM)
    proof = found(SUM)["total"].proof
    assert proof is not None
    low = lowered(file.module)
    run = obligations(with_function(low, minimised(low, proof)), "total")
    replies = Solver(run.universe, run.facts).ask(
        [o.question for o in run.obligations], run.literals.values()
    )
    assert {o.kind for o in run.obligations} >= {Kind.INVARIANT_KEPT, Kind.VARIANT_DECREASES}
    assert all(reply.answer is Answer.HOLDS for reply in replies)


def test_claims_say_when_they_have_a_meaning() -> None:
    module = parse_module(
        "fn f(xs: Seq<Int>, i: Int) -> Seq<Int>\n"
        "  ensures forall k in seq.range(0, i, 1): seq.at(\\result, k) == 10 // seq.at(xs, k)\n"
        "{ return xs; }\n"
    )
    first, second = explicit(module.function("f")).contract.ensures
    assert print_expr(first.condition) == (
        "forall k_1 in seq.range(0, i, 1): 0 <= k_1 && k_1 < seq.len(\\result::<Seq<Int>>)"
        " && 0 <= k_1 && k_1 < seq.len(xs) && seq.at(xs, k_1) != 0"
    )
    assert "seq.at(xs, k) == 10" not in print_expr(first.condition)
    assert print_expr(second.condition).count("!= 0") == 1


def test_what_short_circuits_is_asked_where_it_is_reached() -> None:
    module = parse_module(
        "fn f(xs: Seq<Int>, i: Int) -> Bool\n"
        "{ return 0 <= i && i < seq.len(xs) && seq.at(xs, i) > 0; }\n"
    )
    (stmt,) = module.function("f").body
    assert isinstance(stmt, Return)
    assert stmt.value is not None
    asked = defined(stmt.value)
    assert asked is not None
    assert print_expr(asked).startswith("!(0 <= i) || !(i < seq.len(xs)) || ")


def test_what_a_name_stands_for_has_a_meaning_before_what_is_said_of_it() -> None:
    module = parse_module(
        "fn f(xs: Seq<Int>, i: Int) -> Bool\n{ return let n = 10 // i in seq.at(xs, n) > 0; }\n"
    )
    (stmt,) = module.function("f").body
    assert isinstance(stmt, Return)
    assert stmt.value is not None
    asked = defined(stmt.value)
    assert asked is not None
    assert print_expr(asked) == "i != 0 && (let n = 10 // i in 0 <= n && n < seq.len(xs))"
