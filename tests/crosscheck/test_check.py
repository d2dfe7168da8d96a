"""The whole cross-check, on files whose IR is written by hand, rightly and wrongly.

A wrong IR stands for a defect of a front end: it must be found, shrunk and said to be ours.
"""

import pytest

from autoform.crosscheck import (
    CheckResult,
    CheckVerdict,
    Counterexample,
    EngineName,
    Limits,
    crosscheck,
)
from autoform.diagnostics import diagnostic
from autoform.frontends.lifted import Example, Lifted
from autoform.ir.text import parse_module
from autoform.ir.wellformed import require_wellformed
from autoform.semantics.values import Value
from autoform.source import NOWHERE, SourceFile

QUICK = frozenset(EngineName) - {EngineName.DAFNY}


def lifted(
    source: str, ir: str, examples: dict[str, list[tuple[Value, ...]]] | None = None
) -> Lifted:
    module = parse_module(ir)
    require_wellformed(module)
    beside = {
        name: tuple(Example(args, None, None, NOWHERE, "doctest") for args in rows)
        for name, rows in (examples or {}).items()
    }
    return Lifted(SourceFile("a.py", source), module, (), beside, {})


def check(source: str, ir: str, count: int = 40) -> CheckResult:
    (result,) = crosscheck(lifted(source, ir), examples=count, engines=QUICK)
    return result


def call_of(result: CheckResult) -> str:
    assert result.counterexample is not None
    return result.counterexample.call


RIGHT = {
    "value": (
        "def f(n):\n    return n // 2\n",
        "fn f(n: Int) -> Int { return n // 2; }",
    ),
    "mutation": (
        "def f(xs: list[int], x: int):\n    xs.append(x)\n",
        "fn f(inout xs: Seq<Int>, x: Int) -> () { xs = seq.append(xs, x); return (); }",
    ),
    "exception": (
        "def f(xs, i):\n    return xs[i]\n",
        "fn f(xs: Seq<Int>, i: Int) -> Int { return seq.at_neg(xs, i); }",
    ),
    "mutation before an exception": (
        "def f(xs: list[int]):\n    xs.append(1)\n    return 1 // len(xs[1:])\n",
        """fn f(inout xs: Seq<Int>) -> Int {
             xs = seq.append(xs, 1);
             return 1 // seq.len(seq.slice_from(xs, 1));
           }""",
    ),
    "loop": (
        "def f(xs):\n    s = 0\n    for x in xs:\n        s += x\n    return s\n",
        r"""fn f(xs: Seq<Int>) -> Int ensures[decorator] \result == seq.sum(xs) {
              var s: Int = 0;
              for x in xs { s = s + x; }
              return s;
            }""",
    ),
    "float": (
        "def f(x: float) -> float:\n    return x * 0.1 + 1e300 * x\n",
        "fn f(x: Float) -> Float { return x * 0.1 + 1e+300 * x; }",
    ),
    "tuple and text": (
        "def f(s: str) -> tuple[str, int]:\n    return s[::-1], len(s)\n",
        "fn f(s: Str) -> (Str, Int) { return (str.reverse(s), str.len(s)); }",
    ),
    "nothing to vary": ("def f():\n    return 7\n", "fn f() -> Int { return 7; }"),
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_translations_agree(name: str) -> None:
    result = check(*RIGHT[name])
    assert (result.verdict, result.counterexample) == (CheckVerdict.AGREES, None)
    assert result.counts.engines is not None
    assert set(result.counts.engines) == QUICK


WRONG = {
    "rounding": (
        "def f(n):\n    return n // 2\n",
        "fn f(n: Int) -> Int { return trunc_div(n, 2); }",
        "f(-1)",
    ),
    "sign of an index": (
        "def f(xs, i):\n    return xs[i]\n",
        "fn f(xs: Seq<Int>, i: Int) -> Int { return seq.at(xs, i); }",
        "f([0], -1)",
    ),
    "forgotten mutation": (
        "def f(xs, x):\n    xs.append(x)\n",
        "fn f(xs: Seq<Int>, x: Int) -> () { return (); }",
        "f([], 0)",
    ),
    "wrong mutation": (
        "def f(xs, x):\n    xs.append(x)\n",
        "fn f(inout xs: Seq<Int>, x: Int) -> () { xs = seq.insert(xs, 0, x); return (); }",
        "f([0], 1)",
    ),
    "wrong exception": (
        "def f(d, k):\n    return d[k]\n",
        "fn f(d: Seq<Int>, k: Int) -> Int { return map.at(seq.to_map(seq.enumerate(d, 0)), k); }",
        "f([], 0)",
    ),
    "truth for a number": (
        "def f(n) -> int:\n    return n > 3\n",
        "fn f(n: Int) -> Int { return bool.to_int(n > 3); }",
        "f(0)",
    ),
    "list for a tuple": (
        "def f(n) -> tuple[int, ...]:\n    return [n]\n",
        "fn f(n: Int) -> (Int,) { return (n,); }",
        "f(0)",
    ),
    "zero's sign": (
        "def f(x: float) -> float:\n    return -x\n",
        "fn f(x: Float) -> Float { return 0.0 - x; }",
        "f(0.0)",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_translations_are_found_and_shrunk(name: str) -> None:
    source, ir, least = WRONG[name]
    result = check(source, ir)
    assert result.verdict is CheckVerdict.DISAGREES
    assert call_of(result) == least


def test_a_difference_says_who_says_what() -> None:
    source, ir, _ = WRONG["rounding"]
    assert check(source, ir).counterexample == Counterexample(
        call="f(-1)",
        expected="returns -1",
        observed="interpreter, functional: returns 0",
        engines=(EngineName.INTERPRETER, EngineName.FUNCTIONAL),
    )


# ── Contracts ─────────────────────────────────────────────────────────────────────────────────


def test_a_postcondition_that_fails_is_a_refutation() -> None:
    source = "def f(a, b):\n    return abs(a + b) // 2\n"
    ir = r"""fn f(a: Int, b: Int) -> Int ensures[decorator] \result <= a || \result <= b {
               return abs(a + b) // 2;
             }"""
    result = check(source, ir)
    assert result.verdict is CheckVerdict.REFUTED
    assert call_of(result) == "f(-1, -1)"
    assert result.counterexample is not None
    assert result.counterexample.observed == "returns 1"


def test_inputs_outside_the_precondition_refute_nothing() -> None:
    source = "def f(n):\n    return n\n"
    ir = r"""fn f(n: Int) -> Int requires[decorator] n >= 100 ensures[decorator] \result > 99 {
               return n;
             }"""
    result = check(source, ir)
    assert result.verdict is CheckVerdict.AGREES
    assert result.counts.rejected > 0
    assert result.counts.generated >= 35


def test_a_final_value_is_what_ensures_speaks_of() -> None:
    source = "def f(xs):\n    xs.append(1)\n"
    ir = r"""fn f(inout xs: Seq<Int>) -> () ensures[decorator] seq.len(xs) == seq.len(\old(xs)) {
               xs = seq.append(xs, 1);
               return ();
             }"""
    result = check(source, ir)
    assert (result.verdict, call_of(result)) == (CheckVerdict.REFUTED, "f([])")


GUARDED = "def f(n):\n    if n < 0:\n        raise ValueError\n    return n\n"
GUARDED_IR = """fn f(n: Int) -> Int raises[{origin}] ValueError when n < {bound} {{
  if n < 0 {{ raise ValueError; }}
  return n;
}}"""


@pytest.mark.parametrize(
    ("origin", "bound", "verdict", "call"),
    [
        ("decorator", 0, CheckVerdict.AGREES, None),
        ("guard", 0, CheckVerdict.AGREES, None),
        ("decorator", 1, CheckVerdict.REFUTED, "f(0)"),
        ("guard", 1, CheckVerdict.DISAGREES, "f(0)"),
        ("decorator", -1, CheckVerdict.REFUTED, "f(-1)"),
        ("guard", -1, CheckVerdict.AGREES, None),
    ],
)
def test_raises_is_checked_both_ways(
    origin: str, bound: int, verdict: CheckVerdict, call: str | None
) -> None:
    """A guard's clause is autoform's own, and says nothing of other raises of that exception."""
    result = check(GUARDED, GUARDED_IR.format(origin=origin, bound=bound))
    assert result.verdict is verdict
    assert (result.counterexample.call if result.counterexample else None) == call


# ── What cannot be compared ───────────────────────────────────────────────────────────────────


def test_a_precondition_that_nothing_meets_is_not_agreement() -> None:
    ir = "fn f(n: Int) -> Int requires[decorator] n * n * n == 1030301000 { return n; }"
    result = check("def f(n):\n    return n\n", ir)
    assert result.verdict is CheckVerdict.UNSUPPORTED
    assert [found.code for found in result.diagnostics] == ["nothing-compared"]


def test_examples_come_first_and_few_inputs_are_noted() -> None:
    ir = "fn f(n: Int) -> Int requires[decorator] n * n * n == 1030301000 { return n; }"
    file = lifted("def f(n):\n    return n\n", ir, {"f": [(1010,)]})
    (result,) = crosscheck(file, examples=20, engines=QUICK)
    assert (result.verdict, result.counts.examples) == (CheckVerdict.AGREES, 1)
    assert result.notes[0].startswith("hardly tested: only 1 of ")


@pytest.mark.parametrize("source", ["def f(n:\n", "def f(n, m=1 // 0):\n    return n\n"])
def test_an_original_that_cannot_run_is_unsupported(source: str) -> None:
    result = check(source, "fn f(n: Int) -> Int { return n; }")
    assert result.verdict is CheckVerdict.UNSUPPORTED
    assert [found.code for found in result.diagnostics] == ["original-not-run"]


def test_refused_functions_are_passed_on() -> None:
    found = diagnostic("try-except", "`try` is outside the subset", NOWHERE)
    file = Lifted(SourceFile("a.py", ""), parse_module(""), (), {}, {"g": (found,)})
    (result,) = crosscheck(file, engines=QUICK)
    assert (result.name, result.verdict) == ("g", CheckVerdict.UNSUPPORTED)
    assert result.diagnostics == (found,)


def test_exponential_functions_are_not_waited_for() -> None:
    source = "def f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\n"
    ir = "fn f(n: Int) -> Int { return if n < 2 then n else f(n - 1) + f(n - 2); }"
    result = check(source, ir)
    assert result.verdict is CheckVerdict.AGREES
    assert result.counts.engines is not None
    assert result.counts.engines[EngineName.INTERPRETER].discarded["out of fuel"] > 0
    assert result.counts.engines[EngineName.ORIGINAL].claims > 20


def test_an_original_that_does_not_end_is_counted_and_survived() -> None:
    source = "def f(n):\n    while n == 3:\n        pass\n    return n\n"
    file = lifted(source, "fn f(n: Int) -> Int { return n; }")
    (result,) = crosscheck(file, examples=10, engines=QUICK, limits=Limits(seconds=0.05))
    assert result.verdict is CheckVerdict.AGREES
    assert result.counts.engines is not None
    assert result.counts.engines[EngineName.ORIGINAL].discarded == {"out of CPU time": 1}


def test_calls_outside_the_subset_are_discarded() -> None:
    source = "def f(n):\n    return 2 ** n\n"
    result = check(source, "fn f(n: Int) -> Int { return int.pow(2, n); }")
    assert result.verdict is CheckVerdict.AGREES
    assert result.counts.engines is not None
    assert result.counts.engines[EngineName.INTERPRETER].discarded["outside the subset"] > 0


# ── Selection and repetition ──────────────────────────────────────────────────────────────────

TWO = "def f(n):\n    return n\n\n\ndef g(n):\n    return f(n) + 1\n"
TWO_IR = "fn f(n: Int) -> Int { return n; } fn g(n: Int) -> Int { return f(n) + 1; }"


def test_select_and_progress() -> None:
    told: list[str] = []
    results = crosscheck(
        lifted(TWO, TWO_IR), select=["g"], examples=5, engines=QUICK, progress=told.append
    )
    assert [result.name for result in results] == told == ["g"]


def test_the_same_seed_gives_the_same_results() -> None:
    file = lifted(TWO, TWO_IR)
    first, second = (crosscheck(file, examples=20, seed=7, engines=QUICK) for _ in range(2))
    assert first == second
