"""Which candidates stand: who waits when steps run out, and who may help whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pytest

from autoform.ir.text import parse_module
from autoform.prove import houdini as filtering
from autoform.prove.houdini import Outcome, houdini
from autoform.vc.smt.binding import z3
from autoform.vc.smt.solver import Answer, Question, Reply, Solver

COUNTING = """
    fn f(n: Int) requires n > 9
    {{ var i: Int = 0; while i < n {invariants} decreases n - i {{ i = i + 1; }} }}
"""

SEEN_PREFIX = """
    fn f(xs: Seq<Int>) -> Int
        ensures exists k in seq.range(0, seq.len(xs) + 1, 1):
            \\result == seq.sum(seq.slice_to(xs, k))
    {
        var i: Int = 0;
        var s: Int = 0;
        while i < seq.len(xs)
            invariant 0 <= i && i <= seq.len(xs)
            invariant s == seq.sum(seq.slice_to(xs, i))
            invariant exists k in seq.range(0, i + 1, 1): s == seq.sum(seq.slice_to(xs, k))
            decreases seq.len(xs) - i
        { s = s + seq.at(xs, i); i = i + 1; }
        return s;
    }
"""

WRITTEN_OVER = """
    fn f(inout xs: Seq<Int>, n: Int) requires seq.len(xs) > 0 && seq.at(xs, 0) == 7
    {{
        var i: Int = 0;
        while i < n invariant seq.len(xs) > 0 {invariants} decreases n - i
        {{ xs = seq.update(xs, 0, 3); i = i + 1; }}
    }}
"""


def filtered(text: str) -> Outcome:
    """What the filter says of the only function of a module and of its own invariants."""
    module = parse_module(text)
    return houdini(module, module.functions[0], {}, {})


def kept(text: str) -> set[int]:
    """The numbers of the invariants that stand."""
    return {which.clause for which in filtered(text).kept}


def counting(*conditions: str) -> str:
    return COUNTING.format(invariants=" ".join(f"invariant {each}" for each in conditions))


RunsOut = Callable[[frozenset[str]], bool]
"""Whether a candidate that would hold runs out of steps beside the candidates of these names."""


def with_steps_for(monkeypatch: pytest.MonkeyPatch, runs_out: RunsOut) -> list[int]:
    """Have the steps of candidates run out; the numbers of questions in each round."""
    rounds: list[int] = []

    class Tired(Solver):
        def ask(
            self,
            questions: Iterable[Question],
            literals: Iterable[z3.BoolRef] = (),
            *,
            steps: int | None = None,
        ) -> list[Reply]:
            asked, beside = list(questions), list(literals)
            replies = super().ask(asked, beside, steps=steps)
            if steps is None:
                return replies
            rounds.append(len(asked))
            names = frozenset(str(literal) for literal in beside)
            return list(_tired(replies)) if runs_out(names) else replies

    monkeypatch.setattr(filtering, "Solver", Tired)
    return rounds


def _tired(replies: Sequence[Reply]) -> Iterable[Reply]:
    for reply in replies:
        held = reply.answer is Answer.HOLDS
        yield Reply(Answer.OPEN, exhausted=True) if held else reply


def test_who_ran_out_of_steps_is_asked_again_without_who_fell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_steps_for(monkeypatch, lambda names: "invariant!0!1" in names)
    assert kept(counting("i >= 0", "i <= 1")) == {0}


def test_who_runs_out_again_falls(monkeypatch: pytest.MonkeyPatch) -> None:
    # The second round has someone else to lose, so that waiting once more would help.
    with_steps_for(monkeypatch, lambda names: "invariant!0!2" in names)
    assert kept(counting("i >= 0", "i <= 1", "i <= 2")) == set()


def test_nobody_waits_where_nobody_else_falls(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = with_steps_for(monkeypatch, lambda _: True)
    assert kept(counting("i >= 0", "i <= n")) == set()
    assert len(rounds) == 1


def test_only_a_few_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    with_steps_for(monkeypatch, lambda names: "invariant!0!9" in names)
    true = [f"i >= -{number}" for number in range(9)]
    assert kept(counting(*true, "i <= 1")) == {0, 1, 2, 3, 4, 5}


def test_what_is_said_plainly_helps_to_show_that_something_exists() -> None:
    found = filtered(SEEN_PREFIX)
    assert {which.clause for which in found.kept} == {0, 1, 2}
    assert not found.open


def test_what_is_false_helps_nobody() -> None:
    plain = "invariant seq.at(xs, 0) == 7"
    exists = "invariant exists k in seq.range(0, seq.len(xs), 1): seq.at(xs, k) == 7"
    assert kept(WRITTEN_OVER.format(invariants=f"{plain} {exists}")) == {0}
    assert kept(WRITTEN_OVER.format(invariants=f"{exists} {plain}")) == {0}


def test_two_that_say_that_something_exists_do_not_help_each_other() -> None:
    one = "invariant exists k in seq.range(0, seq.len(xs), 1): seq.at(xs, k) == 7"
    other = "invariant exists k in seq.range(0, seq.len(xs), 1): 7 == seq.at(xs, k)"
    assert kept(WRITTEN_OVER.format(invariants=f"{one} {other}")) == {0}
