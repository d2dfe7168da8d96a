"""Contracts of lifted functions, and that they say what the libraries check at run time."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import deal
import icontract
import pytest

from autoform.frontends import lift
from autoform.frontends.lifted import Lifted
from autoform.ir.decls import Function
from autoform.ir.text import print_function
from autoform.semantics.failure import EvaluationFailed
from autoform.semantics.interpreter import Raised, Returned, call, evaluate
from autoform.semantics.values import Value
from autoform.source import SourceFile

IMPORTS = "import icontract\nimport deal\nfrom functools import cache\n"


def lifted(source: str) -> Lifted:
    return lift(SourceFile("a.py", IMPORTS + dedent(source)))


def function(source: str) -> Function:
    found = lifted(source)
    assert not found.diagnostics
    return found.module.functions[-1]


def clauses(source: str) -> list[str]:
    """The contract of the last function as the IR's text form writes it, without origins."""
    head, _, _ = print_function(function(source)).partition("{")
    lines = (re.sub(r"\[\w+\]", "", line.strip(), count=1) for line in head.splitlines()[1:])
    return [line for line in lines if line]


def refusal(source: str) -> tuple[str, str]:
    (found,) = lifted(source).diagnostics
    return found.code, found.message


# What clauses become.


def test_snapshots_and_results() -> None:
    assert clauses(
        """
        @icontract.snapshot(lambda xs: len(xs), name="size")
        @icontract.ensure(lambda xs, n, OLD: len(xs) == OLD.size + 1 and n in xs)
        def push(xs: list[int], n: int) -> None:
            xs.append(n)
        """
    ) == [r"ensures seq.len(xs) == seq.len(\old(xs)) + 1 && seq.contains(xs, n)"]


def test_a_parameter_that_is_not_changed_is_at_entry_what_it_is() -> None:
    source = """
        def same(n: int) -> int:
            '''Same.

            post: __return__ == __old__.n == old(n)
            '''
            return n
        """
    assert clauses(source) == [r"ensures \result == n && n == n"]


def test_binders_capture_no_parameter() -> None:
    source = """
        @deal.pre(lambda a, b: all(n > a for n in b))
        def f(n: int, xs: list[int]) -> int:
            return n
        """
    assert clauses(source) == ["requires forall n_2 in xs: n_2 > n"]


def test_binders_of_clauses_and_body_are_apart() -> None:
    source = """
        @icontract.require(lambda xs: all(x > 0 for x in xs))
        @icontract.ensure(lambda xs, result: all(x > 0 for x in xs) == result)
        def f(xs: list[int]) -> bool:
            return all(x > 0 for x in xs)
        """
    first, second = clauses(source)
    assert first != second.replace("ensures", "requires")


def test_narrowing_works_in_clauses() -> None:
    source = """
        def f(n: int | None) -> int | None:
            '''F.

            post: __return__ is None or __return__ > 0
            '''
            return n
        """
    assert clauses(source) == [r"ensures option.is_none(\result) || option.unwrap(\result) > 0"]


def test_clauses_may_call_functions_of_the_module() -> None:
    source = """
        def small(n: int) -> bool:
            return n < 10

        @icontract.require(lambda n: small(n))
        def f(n: int) -> int:
            return n
        """
    assert clauses(source) == ["requires small(n)::<Bool>"]


def test_frames_are_postconditions_on_what_changes() -> None:
    source = """
        def f(xs: list[int], ys: list[int], n: int) -> None:
            '''F.

            post[xs]: True
            '''
            xs.append(n)
            ys.append(n)
        """
    assert clauses(source) == ["ensures true", r"ensures ys == \old(ys)"]


def test_guards_and_asserts_of_the_body() -> None:
    source = """
        def f(n: int, xs: list[int]) -> int:
            '''F.'''
            assert n < 100
            if not isinstance(n, int):
                raise TypeError
            if n < 0:
                raise ValueError("negative")
            elif len(xs) == 0:
                raise IndexError
            return xs[0]
        """
    assert clauses(source) == [
        "requires n < 100",
        "raises ValueError when n < 0",
        "raises IndexError when seq.len(xs) == 0",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "a, b = xs\n    return a + b",
        "return 'abc'.index(s)",
        "return next(x for x in xs if x > n)",
        "return functools.reduce(lambda a, b: a + b, xs)",
    ],
)
def test_what_an_operation_raises_of_itself_is_no_guard(body: str) -> None:
    head = "import functools\n\n\ndef f(xs: list[int], n: int, s: str) -> int:\n"
    assert clauses(f"{head}    {body}\n") == []


def test_what_an_operation_raises_is_a_guard_where_the_author_permits_it() -> None:
    text = (
        "@deal.raises(ValueError)\ndef f(xs: list[int]) -> int:\n    a, b = xs\n    return a + b\n"
    )
    assert clauses(text) == ["raises ValueError when seq.len(xs) != 2"]


def test_nested_functions_have_their_guards() -> None:
    found = lifted(
        """
        def outer(n: int) -> int:
            def inner(k: int) -> int:
                if k > n:
                    raise ValueError
                return k
            return inner(n)
        """
    )
    inner = found.module.function("outer.inner")
    assert [c.exception for c in inner.contract.raises] == ["ValueError"]


# What is refused.


@pytest.mark.parametrize(
    ("source", "code", "message"),
    [
        ("@icontract.require(lambda n: m > 0)\n", "unknown-name", "`m` is not defined"),
        ("@icontract.ensure(lambda OLD: OLD.n > 0)\n", "contract-syntax", "no snapshot `n`"),
        ("@icontract.ensure(lambda OLD: OLD > 0)\n", "contract-syntax", "used as a whole"),
        ("@icontract.require(lambda n: len(n) > 0)\n", "type-mismatch", "`len` of"),
        ("@icontract.require(lambda n: print(n))\n", "input-output", "`print`"),
        ("@trace\n", "decorated-function", "`@trace` may replace"),
        ("@deal.reason(Wrong, lambda n: n > 0)\n", "unsupported-class", "not a builtin"),
    ],
)
def test_what_cannot_be_stated_refuses_the_function(source: str, code: str, message: str) -> None:
    found = refusal(f"{source}def f(n: int) -> int:\n    return n\n")
    assert found[0] == code
    assert message in found[1]


def test_permission_to_raise_must_be_explained_by_guards() -> None:
    guarded = "    if n < 0:\n        raise ValueError\n"
    head = "@deal.raises(ValueError)\ndef f(n: int, xs: list[int]) -> int:\n"
    assert clauses(f"{head}{guarded}    return n\n") == ["raises ValueError when n < 0"]
    code, message = refusal(f"{head}{guarded}    return xs.index(n)\n")
    assert code == "contract-syntax"
    assert "permits `ValueError` without saying when" in message


def test_no_guard_excuses_what_is_forbidden() -> None:
    guarded = "    if n < 0:\n        raise ValueError\n    return n\n"
    assert clauses(f"@deal.pure\ndef f(n: int) -> int:\n{guarded}") == []
    assert clauses(f"@deal.raises(KeyError)\ndef f(n: int) -> int:\n{guarded}") == []


def test_caches_of_immutable_values_are_no_matter() -> None:
    assert clauses("@cache\ndef f(n: int) -> int:\n    return n\n") == []
    code, _ = refusal("@cache\ndef f(n: int) -> list[int]:\n    return [n]\n")
    assert code == "decorated-function"


def test_findings_in_docstrings_stand_at_their_line() -> None:
    source = 'def f(n: int) -> int:\n    """F.\n\n    pre: n > 0 and m\n    """\n    return n\n'
    (found,) = lifted(source).diagnostics
    assert (found.span.start_line, found.span.start_column) == (7, 19)


# The same answer as the libraries.

INTS = (-2, -1, 0, 1, 2, 7)
LISTS: tuple[list[int], ...] = ([], [0], [1, 2], [2, 1, 2], [-1, 5, 5])

LIBRARY = {
    "arithmetic": """
        @icontract.require(lambda n: n % 3 != 1)
        @icontract.require(lambda m, n: m < n or m // 2 == -1)
        @icontract.ensure(lambda result, n, m: result >= n and (result > m) == (n > 0))
        def f(n: int, m: int) -> int:
            return n + abs(m)
        """,
    "lists": """
        @icontract.require(lambda xs: xs)
        @icontract.require(lambda xs, n: n in xs or all(x > 0 for x in xs))
        @icontract.ensure(lambda result, xs: sorted(result) == sorted(xs))
        @icontract.ensure(lambda result: all(result[i] <= result[i + 1]
                                             for i in range(len(result) - 1)))
        def f(xs: list[int], n: int) -> list[int]:
            return sorted(xs)[::-1] if n > 5 else sorted(xs)
        """,
    "snapshots": """
        @icontract.snapshot(lambda xs: xs[:], name="before")
        @icontract.snapshot(lambda xs, n: len(xs) + n, name="size")
        @icontract.ensure(lambda xs, n, OLD: xs == OLD.before + [n] and len(xs) <= OLD.size)
        def f(xs: list[int], n: int) -> None:
            xs.append(n)
        """,
    "positions": """
        @deal.pre(lambda a, b: a > 0 or "first")
        @deal.pre(lambda n, xs: deal.implies(n, xs > 1))
        @deal.ensure(lambda _: _.result > _.n)
        @deal.post(lambda r: r % 2 == 0 if r > 3 else True)
        def f(n: int, m: int) -> int:
            return n + m
        """,
    "chains": """
        rule = deal.chain(deal.pre(lambda xs, n: n < len(xs)), deal.post(lambda r: r != 2))

        @rule
        @deal.ensure(lambda xs, n, result: result == min(xs[:n + 1]))
        def f(xs: list[int], n: int) -> int:
            return xs[n]
        """,
}
VIOLATIONS = (icontract.ViolationError, deal.PreContractError, deal.PostContractError)


def inputs(found: Function) -> Iterator[tuple[Any, ...]]:
    pools = [LISTS if "Seq" in str(param.type) else INTS for param in found.params]
    return itertools.product(*pools)


def accepted(run: Callable[..., Any], args: tuple[Any, ...]) -> bool | None:
    """Whether the libraries let a call pass; `None` where the conditions themselves fail."""
    try:
        run(*(list(arg) if isinstance(arg, list) else arg for arg in args))
    except VIOLATIONS:
        return False
    except (IndexError, ValueError):
        return None
    return True


def stated(found: Lifted, args: tuple[Any, ...]) -> bool | None:
    """Whether the lifted contract is met by a call."""
    module, (target,) = found.module, found.module.functions
    values: list[Value] = [tuple(arg) if isinstance(arg, list) else arg for arg in args]
    names = [param.name for param in target.params]
    entry = dict(zip(names, values, strict=True))
    try:
        if not all(evaluate(module, c.condition, entry) for c in target.contract.requires):
            return False
        outcome = call(module, target.name, values)
        if isinstance(outcome, Raised):
            return None
        assert isinstance(outcome, Returned)
        inout = [param.name for param in target.params if param.inout]
        after = entry | dict(zip(inout, outcome.inouts, strict=True))
        return all(
            evaluate(module, c.condition, after, old=entry, result=outcome.value)
            for c in target.contract.ensures
        )
    except EvaluationFailed:
        return None


@pytest.mark.parametrize("name", LIBRARY)
def test_the_libraries_accept_what_the_contract_accepts(name: str, tmp_path: Path) -> None:
    source = dedent(LIBRARY[name])
    path = tmp_path / "original.py"  # icontract reads the source of its conditions
    path.write_text(IMPORTS + source)
    scope: dict[str, Any] = {}
    exec(compile(path.read_text(), str(path), "exec"), scope)  # noqa: S102 - the texts above
    found = lifted(source)
    assert not found.diagnostics
    answers = [
        (args, accepted(scope["f"], args), stated(found, args))
        for args in inputs(found.module.functions[0])
    ]
    assert {expected for _, expected, _ in answers} >= {True, False}
    assert [each for each in answers if each[1] is not each[2]] == []
