"""Traces: what is recorded at loop heads."""

from __future__ import annotations

from autoform.semantics.interpreter import OutOfFuel, Raised, Returned
from autoform.semantics.tracing import Visit, loops, trace
from autoform.semantics.values import Value
from tests.semantics.programs import module

SUM = """
fn f(xs: Seq<Int>, n: Int) -> Int {
    var total: Int = 0;
    var unset: Int;
    for i in 0..n by 2 {
        var x: Int = seq.at(xs, i);
        total = total + x;
    }
    var k: Int = n;
    while k > 0 { k = k - 1; unset = k; }
    for y in xs { if y == 9 { break; } k = k + 1; }
    return total;
}
"""


def test_heads_are_visited_before_each_round_and_at_the_end() -> None:
    parsed = module(SUM)
    found = trace(parsed, "f", ((5, 6, 7), 3))
    entry: dict[str, Value] = {"xs": (5, 6, 7), "n": 3}
    assert found.outcome == Returned(12)
    assert found.complete
    assert found.visits[:3] == (
        Visit(0, 0, entry | {"total": 0, "i": 0}, entry),
        Visit(0, 1, entry | {"total": 5, "i": 2}, entry),
        Visit(0, 2, entry | {"total": 12, "i": 4}, entry),
    )
    whiles = [visit.state["k"] for visit in found.visits if visit.loop == 1]
    assert whiles == [3, 2, 1, 0]
    assert ["unset" in visit.state for visit in found.visits if visit.loop == 1] == [
        False,
        True,
        True,
        True,
    ]
    each = [visit for visit in found.visits if visit.loop == 2]
    assert [visit.rounds for visit in each] == [0, 1, 2, 3]
    assert [visit.state["k"] for visit in each] == [0, 1, 2, 3]
    assert {visit.source for visit in each} == {(5, 6, 7)}
    assert all("y" not in visit.state and "x" not in visit.state for visit in each)


def test_a_loop_left_early_is_not_visited_when_it_is_left() -> None:
    found = trace(module(SUM), "f", ((5, 9, 7), 0))
    assert [visit.rounds for visit in found.visits if visit.loop == 2] == [0, 1]
    raising = trace(module(SUM), "f", ((5,), 5))
    assert raising.outcome == Raised("IndexError", "index out of range")
    assert [visit.state["i"] for visit in raising.visits] == [0, 2]


def test_only_the_loops_asked_for_are_recorded_and_only_so_often() -> None:
    parsed = module(SUM)
    assert len(loops(parsed.functions[0])) == 3
    found = trace(parsed, "f", ((1,) * 100, 100), at=[1], limit=7)
    assert {visit.loop for visit in found.visits} == {1}
    assert len(found.visits) == 7
    assert not found.complete
    assert found.outcome == Returned(50)


def test_states_are_not_changed_by_later_updates_in_place() -> None:
    text = """
    fn f(n: Int) -> Seq<Int> {
        var xs: Seq<Int> = []::<Seq<Int>>;
        for i in 0..n { xs = seq.append(xs, i); }
        return xs;
    }
    """
    found = trace(module(text), "f", (3,))
    assert [visit.state["xs"] for visit in found.visits] == [(), (0,), (0, 1), (0, 1, 2)]
    assert found.outcome == Returned((0, 1, 2))


def test_pairs_of_pops_are_recorded_whole() -> None:
    text = """
    fn f(xs: Seq<Int>) -> Int {
        var ys: Seq<Int> = xs;
        var p: (Seq<Int>, Int) = seq.pop_last(ys);
        ys = p.0;
        while seq.len(ys) > 0 { ys = seq.slice_to(ys, -1); }
        return p.1;
    }
    """
    assert trace(module(text), "f", ((1, 2),)).visits[0].state["p"] == ((1,), 2)


def test_activations_of_a_recursive_function_tell_their_entry() -> None:
    text = """
    fn f(n: Int) -> Int {
        var total: Int = 0;
        for i in 0..n { total = total + 1 + f(i); }
        return total;
    }
    """
    found = trace(module(text), "f", (2,))
    assert [(visit.entry["n"], visit.state["i"]) for visit in found.visits] == [
        (2, 0),
        (0, 0),
        (2, 1),
        (1, 0),
        (0, 0),
        (1, 1),
        (2, 2),
    ]


def test_a_trace_ends_without_fuel() -> None:
    found = trace(module("fn f() { while true { } }"), "f", (), fuel=500)
    assert found.outcome == OutOfFuel()
    assert found.visits[-1].rounds > 50
