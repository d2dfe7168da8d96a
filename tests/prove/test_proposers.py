"""What each proposer finds, and that none of the others does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from autoform.ir.exprs import Apply, Expr
from autoform.ir.text import parse_module, print_expr
from autoform.prove.candidate import LoopView, Proposer
from autoform.prove.normal import normal
from autoform.prove.proposers.accumulators import Accumulators
from autoform.prove.proposers.bounds import Bounds
from autoform.prove.proposers.definitions import Definitions
from autoform.prove.proposers.equations import Equations
from autoform.prove.proposers.exits import Exits
from autoform.prove.proposers.members import Members
from autoform.prove.proposers.rounds import Rounds
from autoform.prove.proposers.stretches import Stretches
from autoform.prove.proposers.tracked import Tracked
from autoform.prove.proposers.weaken import Weaken
from autoform.prove.traces import collect
from autoform.semantics.values import Value
from autoform.vc.calls import assigned_in
from autoform.vc.loops import loop_sites

PROPOSERS: tuple[Proposer, ...] = (
    Bounds(),
    Exits(),
    Weaken(),
    Equations(1, everything=True),
    Accumulators(),
    Members(),
    Definitions(),
    Tracked(),
    Rounds(),
    Stretches(),
)

COUNT_UP = """
    fn f(n: Int) -> Int requires n >= 0 {
        var i: Int = 0; var j: Int = 0;
        while i < n { i = i + 1; j = j + 2; }
        return j; }"""
SEARCH = """
    fn f(xs: Seq<Int>, v: Int) -> Int {
        var i: Int = 0;
        while i < seq.len(xs) { if 2 * seq.at(xs, i) == v { return i; } i = i + 1; }
        return -1; }"""
SQUARES = """
    fn f(n: Int) -> Seq<Int> requires n >= 0
        ensures forall k in seq.range(0, n, 1): seq.at(\\result, k) == k * k {
        var out: Seq<Int> = []::<Seq<Int>>; var i: Int = 0;
        while i < n { out = seq.append(out, i * i); i = i + 1; }
        return out; }"""
TOTAL = """
    fn f(xs: Seq<Int>) -> Int {
        var acc: Int = 0; var i: Int = 0;
        while i < seq.len(xs) { acc = acc + seq.at(xs, i); i = i + 1; }
        return acc; }"""
SEEN = """
    fn f(xs: Seq<Int>) -> Set<Int> {
        var seen: Set<Int> = {}::<Set<Int>>; var i: Int = 0;
        while i < seq.len(xs) { seen = set.add(seen, seq.at(xs, i)); i = i + 1; }
        return seen; }"""
EUCLID = """
    fn g(a: Int, b: Int) -> Int requires a >= 0 && b >= 0
        { return if b == 0 then a else g(b, floor_mod(a, b)); }
    fn f(a: Int, b: Int) -> Int requires a >= 0 && b >= 0 ensures \\result == g(a, b) {
        var x: Int = a; var y: Int = b;
        while y != 0 { var t: Int = floor_mod(x, y); x = y; y = t; }
        return x; }"""
WINDOW = """
    fn f(xs: Seq<Int>, k: Int) -> Int requires 1 <= k && k <= seq.len(xs)
        ensures forall p in seq.range(0, seq.len(xs) - k + 1, 1):
            seq.sum(seq.slice(xs, p, p + k)) <= \\result {
        var sum: Int = seq.sum(seq.slice_to(xs, k)); var best: Int = sum; var i: Int = k;
        while i < seq.len(xs) {
            sum = sum + seq.at(xs, i) - seq.at(xs, i - k); best = max2(best, sum); i = i + 1; }
        return best; }"""
POWER = """
    fn f(b: Int, e: Int) -> Int requires e >= 0 ensures \\result == int.pow(b, e) {
        var acc: Int = 1; var n: Int = e; var a: Int = b;
        while n > 0 { if n % 2 == 1 { acc = acc * a; } a = a * a; n = n // 2; }
        return acc; }"""
BUBBLE = """
    fn f(inout xs: Seq<Int>, n: Int) requires n == seq.len(xs) {
        var i: Int = 0;
        while i < n {
            var j: Int = 0; var end: Int = n - 1 - i;
            while j < end {
                if seq.at(xs, j) > seq.at(xs, j + 1) { xs = seq.swap(xs, j, j + 1); }
                j = j + 1; }
            i = i + 1; } }"""
MERGE = """
    fn f(xs: Seq<Int>) -> Seq<Int> {
        var out: Seq<Int> = []::<Seq<Int>>; var i: Int = 0;
        while i < seq.len(xs) { out = seq.append(out, seq.at(xs, i)); i = i + 1; }
        return out; }"""
FLAG = """
    fn f(inout xs: Seq<Int>) {
        var i: Int = 0;
        while i < seq.len(xs) {
            if seq.at(xs, i) == 2 { xs = seq.update(xs, i, 7); }
            i = i + 1; } }"""
ROWS = """
    fn f(n: Int, m: Int) -> Seq<Seq<Int>> requires n >= 0 && m >= 0 {
        var rows: Seq<Seq<Int>> = []::<Seq<Seq<Int>>>; var i: Int = 0;
        while i < n { rows = seq.append(rows, seq.repeat([0], m)); i = i + 1; }
        return rows; }"""
MIRROR = """
    fn f(inout xs: Seq<Int>)
        ensures forall p in seq.range(0, seq.len(xs), 1): seq.at(xs, p) == p {
        var i: Int = 0;
        while i < seq.len(xs) { xs = seq.update(xs, i, i); i = i + 1; } }"""
TWO = """
    fn f(n: Int) -> Int {
        var i: Int = 0; var j: Int = 0;
        while j < n { i = i + 1; j = j + 1; }
        while i < n { i = i + 1; }
        return i; }"""
CLEAR = """
    fn f(inout xs: Seq<Int>) {
        var i: Int = 0;
        while i < seq.len(xs) { xs = seq.update(xs, i, 0); i = i + 1; }
    }"""

CELLS = """
    fn f(xs: Seq<Seq<Int>>) -> Int ensures \\result == seq.sum([y for x in xs for y in x]) {
        var acc: Int = 0; var i: Int = 0;
        while i < seq.len(xs) {
            var row: Seq<Int> = seq.at(xs, i); var j: Int = 0;
            while j < seq.len(row) { acc = acc + seq.at(row, j); j = j + 1; }
            i = i + 1; }
        return acc; }"""
SQUARE = """
    fn f(n: Int) -> Int
        ensures \\result ==
            seq.sum([x * y for x in seq.range(0, n, 1) for y in seq.range(0, n, 1)]) {
        var acc: Int = 0; var i: Int = 0;
        while i < n {
            var j: Int = 0;
            while j < n { acc = acc + i * j; j = j + 1; }
            i = i + 1; }
        return acc; }"""

FINDINGS: tuple[tuple[str, str, tuple[Sequence[Value], ...], str], ...] = (
    ("bounds", COUNT_UP, ((3,),), "i <= n"),
    ("exits", SEARCH, (), "forall k in seq.range(0, i, 1): 2 * seq.at(xs, k) != v"),
    ("weaken", SQUARES, (), "forall k in seq.range(0, i, 1): seq.at(out, k) == k * k"),
    ("equations-1", COUNT_UP, ((3,), (5,)), "2 * i == j"),
    ("accumulators", TOTAL, (), "acc == seq.sum(seq.slice(xs, 0, i))"),
    ("members", SEEN, (), "seen == seq.to_set(seq.slice_to(xs, i))"),
    ("definitions", EUCLID, (), "g(x, y)::<Int> == g(a, b)::<Int>"),
    (
        "rounds",
        SQUARE,
        (),
        "acc == seq.sum([x * y for x in seq.range(0, i, 1) for y in seq.range(0, n, 1)])",
    ),
    ("tracked", WINDOW, (), "sum == seq.sum(seq.slice(xs, i - k, i))"),
    (
        "stretches",
        CLEAR,
        (),
        "forall k in seq.range(i, seq.len(xs), 1): seq.at(xs, k) == seq.at(\\old(xs), k)",
    ),
)


def view_of(text: str, inputs: Sequence[Sequence[Value]], number: int = 0) -> LoopView:
    """The first (or another) loop of the last function, with the states seen on some inputs."""
    module = parse_module(text)
    function = module.functions[-1]
    site = loop_sites(function)[number]
    changing = assigned_in(module, site.loop.body) & site.visible.keys()
    traces = collect(module, function.name, inputs)
    return LoopView(module, function, site, changing, traces.states.get(number, ()))


def proposed(proposer: Proposer, view: LoopView) -> set[str]:
    conditions: list[Expr] = list(proposer.propose(view))
    return {print_expr(normal(each)) for each in conditions}


@pytest.mark.parametrize(
    ("name", "text", "inputs", "found"), FINDINGS, ids=[name for name, *_ in FINDINGS]
)
def test_finds_what_the_others_do_not(
    name: str, text: str, inputs: Sequence[Sequence[Value]], found: str
) -> None:
    view = view_of(text, inputs)
    finders = {each.name for each in PROPOSERS if found in proposed(each, view)}
    assert finders == {name}


def test_every_proposer_has_a_finding() -> None:
    assert {name for name, *_ in FINDINGS} == {each.name for each in PROPOSERS}


ALSO: tuple[tuple[Proposer, str, int, str], ...] = (
    (Definitions(), POWER, 0, "acc * int.pow(a, n) == int.pow(b, e)"),
    (Exits(), TWO, 1, "j >= n"),
    (
        Stretches(),
        BUBBLE,
        0,
        "forall k in seq.range(0, seq.len(xs) - i, 1): "
        "forall m in seq.range(seq.len(xs) - i, seq.len(xs), 1): "
        "seq.at(xs, k) <= seq.at(xs, m)",
    ),
    (
        Stretches(),
        MERGE,
        0,
        "forall k in seq.range(0, seq.len(out), 1): forall m in seq.range(i, seq.len(xs), 1): "
        "seq.at(out, k) <= seq.at(xs, m)",
    ),
    (Stretches(), FLAG, 0, "forall k in seq.range(0, i, 1): seq.at(xs, k) != 2"),
    (
        Stretches(),
        ROWS,
        0,
        "forall k in seq.range(0, seq.len(rows), 1): seq.len(seq.at(rows, k)) == m",
    ),
    (
        Weaken(),
        MIRROR,
        0,
        "forall p in seq.range(seq.len(xs) - i, seq.len(xs), 1): seq.at(xs, p) == p",
    ),
)


@pytest.mark.parametrize(("proposer", "text", "number", "found"), ALSO)
def test_also_finds(proposer: Proposer, text: str, number: int, found: str) -> None:
    assert found in proposed(proposer, view_of(text, (), number))


def test_an_inner_loop_adds_to_what_the_rounds_before_gave() -> None:
    (outer,) = Rounds().propose(view_of(CELLS, ()))
    assert isinstance(outer, Apply)
    inner = replace(view_of(CELLS, (), 1), outer_equations=[("acc", outer.args[1])])
    found = "acc == seq.sum([y for x in seq.slice_to(xs, i) for y in x]) + "
    assert found + "seq.sum([y for y in seq.slice_to(seq.at(xs, i), j)])" in proposed(
        Rounds(), inner
    )
