"""Corner by corner: what a call contradicts is not proved, and neither is what nothing can call."""

from __future__ import annotations

import pytest

from autoform.frontends import lift
from autoform.ir.text import parse_module
from autoform.ir.wellformed import require_wellformed
from autoform.prove.pipeline import prove
from autoform.semantics.interpreter import OutOfFuel, call
from autoform.source import SourceFile
from autoform.verifiers.verdict import Proved
from tests.prove.soundness.judging import STEPS, contradiction, judge
from tests.prove.soundness.wrong_ir import WRONG, Wrong

# What nothing can call, or what is wrong in Python's own way.
NOT_PROVED = {
    "a precondition that contradicts itself": """
        @require(lambda n: n > 0)
        @require(lambda n: n < 0)
        @ensure(lambda n, result: result == n + 1)
        def f(n: int) -> int:
            return n
        """,
    "a precondition that contradicts itself by arithmetic": """
        @require(lambda n: n * n == 2)
        @ensure(lambda n, result: result == n + 1)
        def f(n: int) -> int:
            return n
        """,
    "a precondition that contradicts itself by lengths": """
        @require(lambda xs: len(xs) == 0 and sum(xs) > 0)
        @ensure(lambda result: result == 1)
        def f(xs: list[int]) -> int:
            return 0
        """,
    "a precondition that always raises": """
        @require(lambda n: 1 // (n - n) == 1)
        @ensure(lambda result: result == 1)
        def f(n: int) -> int:
            return 0
        """,
    "the variable of a loop after its last round": """
        @require(lambda n: n > 0)
        @ensure(lambda n, result: result == n)
        def f(n: int) -> int:
            i = 0
            for i in range(n):
                pass
            return i
        """,
    "the variable of a loop without rounds": """
        @ensure(lambda n, result: result == n - 1)
        def f(n: int) -> int:
            i = 0
            for i in range(n):
                pass
            return i
        """,
    "the variable of a comprehension does not leak": """
        @require(lambda xs: len(xs) > 0)
        @ensure(lambda xs, result: result == xs[-1])
        def f(xs: list[int]) -> int:
            x = 5
            ys = [x for x in xs]
            return x
        """,
    "a list under two names": """
        @ensure(lambda result: result == 0)
        def f() -> int:
            xs: list[int] = []
            ys = xs
            ys.append(1)
            return len(xs)
        """,
    "rows that are one row": """
        @ensure(lambda result: result == 0)
        def f() -> int:
            grid = [[0] * 2] * 2
            grid[0][0] = 1
            return grid[1][0]
        """,
    "an argument that is changed and returned": """
        @ensure(lambda xs, result: result == xs + [1])
        def f(xs: list[int]) -> list[int]:
            xs.append(1)
            return xs
        """,
    "an augmented assignment changes the caller's list": """
        @snapshot(lambda xs: xs[:], name="before")
        @ensure(lambda xs, OLD: xs == OLD.before)
        def f(xs: list[int]) -> int:
            xs += [1]
            return 0
        """,
    "a default that is kept from call to call": """
        @ensure(lambda result: result == 1)
        def f(n: int, seen: list[int] = []) -> int:
            seen.append(n)
            return len(seen)
        """,
    "a list that grows while it is read": """
        @ensure(lambda xs, result: result == 0)
        def f(xs: list[int]) -> int:
            for x in xs:
                xs.append(x)
            return 0
        """,
    "a name that hides a builtin": """
        @ensure(lambda xs, result: result == sum(xs))
        def f(xs: list[int]) -> int:
            len = 0
            return len
        """,
    "true is one": """
        @ensure(lambda a, result: result == 2)
        def f(a: bool) -> int:
            return a + a
        """,
    "a chain of comparisons": """
        @ensure(lambda a, b, c, result: result == ((a < b) == (b < c)))
        def f(a: int, b: int, c: int) -> bool:
            return a < b < c
        """,
    "or gives back an operand": """
        @ensure(lambda a, b, result: result == a)
        def f(a: int, b: int) -> int:
            return a or b
        """,
    "a negative index of a list that may be empty": """
        def f(xs: list[int]) -> int:
            return xs[-1]
        """,
    "a negative index that goes round": """
        @require(lambda xs: len(xs) > 0)
        @ensure(lambda xs, result: result == xs[0])
        def f(xs: list[int]) -> int:
            i = 0
            i -= 1
            return xs[i]
        """,
    "floor, not truncation": """
        @ensure(lambda a, result: abs(result) * 2 <= abs(a))
        def f(a: int) -> int:
            return a // 2
        """,
    "a remainder by a negative number": """
        @require(lambda b: b != 0)
        @ensure(lambda a, b, result: 0 <= result < abs(b))
        def f(a: int, b: int) -> int:
            return a % b
        """,
    "a key that may be missing": """
        def f(counts: dict[int, int], k: int) -> int:
            return counts[k]
        """,
    "mutual recursion without end": """
        @ensure(lambda result: result == 1)
        def f(n: int) -> int:
            return g(n)


        @ensure(lambda result: result == 1)
        def g(n: int) -> int:
            return f(n)
        """,
    "else of a loop that was not broken": """
        @ensure(lambda n, result: result == 0)
        def f(n: int) -> int:
            r = 0
            for i in range(n):
                if i == 100000:
                    break
            else:
                r = 1
            return r
        """,
}

PROVED = {
    "unreachable code proves nothing and hinders nothing": (
        "fn f(n: Int) -> Int ensures \\result == n"
        " { if n > 0 && n < 0 { return 1 // 0; } return n; }"
    ),
    "all of nothing": (
        "fn f() -> Bool ensures \\result { return forall x in []::<Seq<Int>>: x != x; }"
    ),
    "a guard before an index": (
        "fn f(xs: Seq<Int>, i: Int) -> Bool requires i >= 0"
        " { return i < seq.len(xs) && seq.at(xs, i) > 0; }"
    ),
    "a Euclidean remainder is not negative": (
        "fn f(a: Int, b: Int) -> Int requires b != 0 ensures 0 <= \\result && \\result < abs(b)"
        " { return euclid_mod(a, b); }"
    ),
    "floor rounds down": (
        "fn f(a: Int) -> Int ensures 2 * \\result <= a && a < 2 * \\result + 2"
        " { return floor_div(a, 2); }"
    ),
    "bytes that are added in wider numbers": (
        "fn f(a: u8, b: u8) -> Int ensures \\result <= 510 { return int.widen(a) + int.widen(b); }"
    ),
    "a declared exception": (
        "fn f(a: Int) -> Int raises ZeroDivisionError when a == 0 { return 1 // a; }"
    ),
}


def text_of(source: str) -> str:
    lines = source.strip("\n").splitlines()
    indent = len(lines[0]) - len(lines[0].lstrip())
    body = "\n".join(line[indent:] for line in lines)
    return f"from icontract import ensure, require, snapshot\n\n\n{body}\n"


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_what_a_call_contradicts_is_not_proved(wrong: Wrong) -> None:
    module = parse_module(wrong.text)
    require_wellformed(module)
    function = module.functions[-1]
    outcome = call(module, function.name, wrong.args, fuel=200_000)
    if not isinstance(outcome, OutOfFuel):
        assert contradiction(module, function, wrong.args, outcome) is not None
    for whole in (False, True):
        found = judge(module, 1, runs=1, steps=STEPS * 3, whole=whole)
        assert function.name not in found.names


@pytest.mark.parametrize("text", PROVED.values(), ids=PROVED.keys())
def test_what_is_right_in_the_same_corners_is_proved(text: str) -> None:
    judgement = judge(parse_module(text), 1, runs=200)
    assert judgement.proved == 1
    assert judgement.wrong == []


@pytest.mark.parametrize("source", NOT_PROVED.values(), ids=NOT_PROVED.keys())
def test_wrong_python_is_not_proved(source: str) -> None:
    """By the whole program, and by the prover alone where there is something to ask it."""
    lifted = lift(SourceFile("sample.py", text_of(source)))
    assert not any(isinstance(result.verdict, Proved) for result in prove(lifted))
    if lifted.module.functions:
        assert judge(lifted.module, 1, runs=1, steps=STEPS * 3, whole=True).names == []
