"""Whole files with a model: what it proposes is proved or thrown away, and nothing is believed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autoform.frontends import lift
from autoform.ir.stmts import Assert
from autoform.ir.traversal import walk
from autoform.prove.model import ModelSettings
from autoform.prove.pipeline import ProofResult, ProofSettings, prove
from autoform.prove.proposers.bounds import Bounds
from autoform.source import SourceFile
from autoform.verifiers.verdict import Proved, Unknown
from tests.prove.model.serving import KEY, Act, Server, fails, says, serving

pytest.importorskip("openai")

HEAD = "from icontract import ensure, require\n\n\n"
CUBE = """\
@require(lambda n: n >= 0)
@ensure(lambda n, result: result == n * n * n)
def cube(n: int) -> int:
    x = 0
    y = 1
    z = 6
    i = 0
    while i < n:
        x += y
        y += z
        z += 6
        i += 1
    return x
"""
HELPFUL = """```
invariant L1: z == 6 * i + 6
invariant L1: y == 3 * i * i + 3 * i + 1
invariant L1: x == i * i * i
```"""
# Wrong where no generated input goes.
WRONG = """\
@ensure(lambda n, result: result > n)
def more(n: int) -> int:
    m = n + 1
    if n == 123456789123:
        m = n
    return m
"""
# Would be right if AssertionError were raised where the contract says so. The test inputs are
# kept away from the place where it is not.
DECLARED = """\
import deal


@deal.pre(lambda n: n > 123456789)
@deal.reason(AssertionError, lambda n: n == 987654321123)
def never(n: int) -> int:
    m = n
    return m
"""


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The deterministic prover with its cheapest proposer only: it must leave something open."""
    monkeypatch.setattr(sys.modules["autoform.prove.pipeline"], "STAGES", ((Bounds(),),))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("AUTOFORM_API_KEY", KEY)


def judged(text: str, settings: ModelSettings | None, head: str = HEAD) -> Iterator[ProofResult]:
    lifted = lift(SourceFile("sample.py", head + text))
    assert lifted.refused == {}
    yield from prove(lifted, settings=ProofSettings(model=settings, examples=20))


def asked(text: str, *acts: Act, rounds: int = 3, head: str = HEAD) -> tuple[ProofResult, Server]:
    """The verdict on the only function of a file, with a server that acts so."""
    with serving(*acts) as server:
        settings = ModelSettings("m", server.address, rounds=rounds, timeout=20)
        (result,) = judged(text, settings, head)
    assert KEY not in repr(result)
    return result, server


def test_alone_the_prover_leaves_it_open() -> None:
    (result,) = judged(CUBE, None)
    assert isinstance(result.verdict, Unknown)
    assert result.model is None


def test_with_the_models_invariants_it_is_proved() -> None:
    result, server = asked(CUBE, says(HELPFUL))
    assert isinstance(result.verdict, Proved)
    assert result.model is not None
    assert "invariant L1: x == i * i * i" in result.model.kept
    assert (result.model.rounds, result.model.tokens) == (1, 100)
    (question,) = server.questions
    assert "while i < n {\n    # ^ L1" in question
    assert "ensures[decorator] \\result == n * n * n" in question
    assert "the postcondition may not hold: \\result::<Int> == n * n * n" in question
    assert "L1: i = " in question


def test_it_is_told_what_was_rejected_and_asked_again() -> None:
    first = says("invariant L1: x == 3\ninvariant L1: z >= i * 7 - 400\nassume false")
    result, server = asked(CUBE, first, says(HELPFUL))
    assert isinstance(result.verdict, Proved)
    again = server.questions[1]
    assert "- invariant L1: x == 3\n  it does not hold in a test run: i = " in again
    assert "- assume false\n  it is no invariant" in again
    assert "invariant L1: z >= i * 7 - 400\n  not proved: the loop body may break" in again


def test_what_is_proved_asks_nobody() -> None:
    text = "@ensure(lambda n, result: result == n + 1)\ndef up(n: int) -> int:\n    return n + 1\n"
    result, server = asked(text, says("assume false"))
    assert isinstance(result.verdict, Proved)
    assert server.requests == []


def test_rounds_are_counted() -> None:
    acts = [says(f"invariant L1: x == {k}") for k in range(9)]
    result, server = asked(CUBE, *acts, rounds=4)
    assert isinstance(result.verdict, Unknown)
    assert "asked 4 times" in result.verdict.reason
    assert len(server.requests) == 4


def test_tokens_are_counted() -> None:
    with serving(*[says(f"invariant L1: x == {k}") for k in range(9)]) as server:
        settings = ModelSettings("m", server.address, rounds=9, tokens=150)
        (result,) = judged(CUBE, settings)
    assert isinstance(result.verdict, Unknown)
    assert "150 tokens are used up" in result.verdict.reason
    assert len(server.requests) == 2


CHEATS = [
    "assume false",
    "invariant L1: false",
    "assert before P1: false",
    "assert before P3: false",
    "assert before P1: n != 123456789123",
    "assert after P1: m > n && n != 123456789123",
    "assert before P2: 1 // 0 == 2",
    "assert before P1: (forall k in seq.range(0, 0, 1): false) ==> m > n",
    "ensures true",
    "requires n > 0",
    "requires false",
    "decreases: n",
    "def more(n): return n + 1",
    "fn more(n: Int) -> Int { return n + 1; }",
    "assert after P2: m > n; return n + 1",
    "assert before P4: m > n",
    "assert before P1: more(n) > n",
    "assert before P4: more(n) > n",
    "assert before P1: (exists k in seq.range(0, n, 1): k == n) || m > n",
    "assert before P1: seq.at([1], 5) == 1 && seq.at([1], 5) == 2",
]


def test_no_cheat_proves_a_wrong_function() -> None:
    """Alone, or all in one answer."""
    acts = [says("\n".join(f"```\n{cheat}\n```" for cheat in CHEATS)), *map(says, CHEATS)]
    result, server = asked(WRONG, *acts, rounds=len(acts))
    assert isinstance(result.verdict, Unknown)
    assert "postcondition" in result.verdict.obligation
    assert len(server.requests) == len(acts)


def test_a_declared_exception_does_not_excuse_an_assert_that_is_never_run() -> None:
    cheats = ["assert before P1: n != 987654321123", "assert after P1: m != 987654321123"]
    result, _ = asked(DECLARED, *map(says, cheats), head="")
    assert isinstance(result.verdict, Unknown)
    assert "raises" in result.verdict.obligation


def test_a_function_is_not_proved_by_what_it_never_calls() -> None:
    """The body of `more` is known where it is called, and contradicts its contract."""
    text = (
        "@ensure(lambda n, result: result > n)\n"
        "def more(n: int) -> int:\n"
        "    return n + 1 if n != 123456789123 else n\n"
        "\n\n@ensure(lambda n, result: result > n)\n"
        "def trusting(n: int) -> int:\n"
        "    m = n if n == 123456789123 else n + 1\n"
        "    return m\n"
    )
    with serving(says("assert before P1: more(n) > n\nassert before P2: more(n) > n")) as server:
        results = list(judged(text, ModelSettings("m", server.address)))
    assert [isinstance(each.verdict, Proved) for each in results] == [False, False]


def test_a_measure_for_recursion() -> None:
    text = (
        "@require(lambda a, b: a >= 0 and b >= 0)\n"
        "@ensure(lambda result: result == 0)\n"
        "def down(a: int, b: int) -> int:\n"
        "    if a > 0:\n"
        "        return down(a - 1, b + 3)\n"
        "    if b > 0:\n"
        "        return down(a, b - 1)\n"
        "    return 0\n"
    )
    result, _ = asked(text, says("decreases: 4 * a + b"))
    assert isinstance(result.verdict, Proved)
    assert result.model is not None
    assert result.model.kept == ("decreases: 4 * a + b",)


def test_asserts_that_do_not_hold_are_taken_out_and_the_rest_proves() -> None:
    result, _ = asked(CUBE, says(HELPFUL.replace("```\n", "```\nassert after L1: x == 7\n", 1)))
    assert isinstance(result.verdict, Proved)
    assert result.proof is not None
    assert not any(isinstance(node, Assert) for node in walk(result.proof))
    assert result.model is not None
    assert [each.text for each in result.model.dropped] == ["assert after L1: x == 7"]


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (fails(401), "HTTP 401"),
        (fails(429, retry_after="9999"), "9999 seconds"),
        (says(None, refusal="no"), "refused"),
        (Act(b"{"), "malformed"),
        (says("I would rather talk about the weather."), "closes it"),
    ],
)
def test_a_model_that_is_of_no_help_leaves_the_function_open(act: Act, reason: str) -> None:
    result, _ = asked(CUBE, act)
    assert isinstance(result.verdict, Unknown)
    assert result.verdict.reason.count("the model") == 1
    assert reason in result.verdict.reason


def test_a_transcript_gives_the_same_verdicts_with_no_network(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    text = CUBE + "\n\n" + WRONG
    with serving(says(f"invariant L1: x == 3 # {KEY}"), says(HELPFUL)) as server:
        live = list(judged(text, ModelSettings("m", server.address, transcript=path)))
    again = list(judged(text, ModelSettings(replay=path)))
    assert [each.verdict for each in again] == [each.verdict for each in live]
    assert [each.proof for each in again] == [each.proof for each in live]
    assert [each.model for each in again] == [each.model for each in live]
    assert isinstance(live[0].verdict, Proved)
    assert KEY not in path.read_text()
