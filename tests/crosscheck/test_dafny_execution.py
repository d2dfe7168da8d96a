"""Emitted Dafny, compiled and run beside the other engines. Needs an installed Dafny."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from autoform.backends.dafny import emit_dafny
from autoform.backends.emitted import Emitted
from autoform.crosscheck import CheckResult, CheckVerdict, EngineName, crosscheck
from autoform.crosscheck.dafny import engine
from autoform.frontends.lifted import Lifted
from autoform.ir.text import parse_module
from autoform.ir.wellformed import require_wellformed
from autoform.source import SourceFile
from autoform.verifiers.dafny import find_dafny

pytestmark = pytest.mark.skipif(find_dafny() is None, reason="needs Dafny")
ENGINES = frozenset({EngineName.ORIGINAL, EngineName.INTERPRETER, EngineName.DAFNY})

SOURCE = """
def total(xs):
    s = 0
    for x in xs:
        s += x
    return s


def push(xs: list[int], x: int):
    xs.append(x)


def pick(xs, i):
    return xs[i]


def swapped(pair):
    return pair[1], pair[0]


def nothing(n):
    return None


def same(x, y):
    return x == y


def scaled(x: float) -> float:
    return x * 2.0
"""
IR = """
fn total(xs: Seq<Int>) -> Int { var s: Int = 0; for x in xs { s = s + x; } return s; }
fn push(inout xs: Seq<Int>, x: Int) -> () { xs = seq.append(xs, x); return (); }
fn pick(xs: Seq<Int>, i: Int) -> Int { return seq.at_neg(xs, i); }
fn swapped(pair: (Int, Str)) -> (Str, Int) { return (pair.1, pair.0); }
fn nothing(n: Int) -> () { return (); }
fn same<T>(x: T, y: T) -> Bool { return x == y; }
fn scaled(x: Float) -> Float { return x * 2.0; }
"""


def check(ir: str = IR, source: str = SOURCE) -> dict[str, CheckResult]:
    module = parse_module(ir)
    require_wellformed(module)
    file = Lifted(SourceFile("a.py", source), module)
    return {r.name: r for r in crosscheck(file, examples=15, engines=ENGINES)}


def claims(result: CheckResult) -> tuple[int, dict[str, int]]:
    assert result.counts.engines is not None
    count = result.counts.engines[EngineName.DAFNY]
    return count.claims, dict(count.discarded)


def test_emitted_dafny_does_as_the_original() -> None:
    results = check()
    assert {result.verdict for result in results.values()} == {CheckVerdict.AGREES}
    for name in ("total", "push", "swapped", "nothing", "same"):
        made, discarded = claims(results[name])
        assert made >= 15, name
        assert discarded == {}
    made, discarded = claims(results["pick"])
    assert made > 0
    assert discarded.keys() == {"the target has no exceptions"}
    assert claims(results["scaled"])[1].keys() == {"not emitted"}


@pytest.fixture
def edited(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Make the back end print one thing for another."""

    def edit(old: str, new: str) -> None:
        def emit(*args: object, **options: object) -> Emitted:
            emitted = emit_dafny(*args, **options)  # type: ignore[arg-type] # passed on as they are
            return replace(emitted, text=emitted.text.replace(old, new))

        monkeypatch.setattr(engine, "emit_dafny", emit)

    return edit


ONE = "fn f(n: Int) -> Int { return n + 7; }", "def f(n):\n    return n + 7\n"


def test_wrong_dafny_is_found_and_shrunk(edited: Callable[[str, str], None]) -> None:
    edited("n + 7", "if n > 2 then n + 8 else n + 7")
    result = check(*ONE)["f"]
    assert result.verdict is CheckVerdict.DISAGREES
    assert result.counterexample is not None
    assert result.counterexample.call == "f(3)"
    assert result.counterexample.engines == (EngineName.DAFNY,)
    assert result.counterexample.expected == "returns 10"


def test_dafny_that_does_not_compile_is_told(edited: Callable[[str, str], None]) -> None:
    edited("n + 7", "n + seven")
    result = check(*ONE)["f"]
    assert result.verdict is CheckVerdict.DISAGREES
    assert result.counterexample is not None
    assert "its Dafny does not compile" in result.counterexample.observed


def test_dafny_that_ends_early_is_counted(edited: Callable[[str, str], None]) -> None:
    edited("n + 7", "n + 7 + 0 / (if n == 2 then 0 else 1)")
    made, discarded = claims(check(*ONE)["f"])
    assert made > 10
    assert discarded == {"process ended": 1}


@pytest.mark.parametrize("name", ["i8", "i32", "i64", "i128", "u64"])
def test_ends_of_machine_integers(name: str) -> None:
    ir = f"fn larger(a: {name}, b: {name}) -> {name} {{ return if a > b then a else b; }}"
    result = check(ir, "def larger(a, b):\n    return a if a > b else b\n")["larger"]
    assert result.verdict is CheckVerdict.AGREES
    assert claims(result)[1] == {}
