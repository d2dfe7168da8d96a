"""What is printed as Python is read back as what it was."""

from __future__ import annotations

import pytest

from autoform.frontends import lift
from autoform.ir.exprs import Expr
from autoform.source import SourceFile
from autoform.specify.hosts.python import PythonHost

HEAD = "import math\n\nimport icontract\n\n\n"
SIGNATURES = {
    "ints": "(a: int, b: int, c: bool) -> int:\n    return a\n",
    "lists": "(xs: list[int], ys: list[int], n: int) -> list[int]:\n    return xs\n",
    "texts": "(s: str, t: str, words: list[str]) -> str:\n    return s\n",
    "maps": '(m: dict[str, int], u: set[int], v: set[int]) -> int | None:\n    return m.get("a")\n',
}
CLAUSES = [
    ("ints", "result == a + b * (a - b) // 2 - -a"),
    ("ints", "result == (a if c else b) + 1"),
    ("ints", "(result >= a) == (b < 0) or not c and a == b"),
    ("ints", "not (a < b or c)"),
    ("ints", "a - (b - a) == result % 10 ** 2"),
    ("ints", "min(a, b) <= result <= max(a, b)"),
    ("ints", "result == math.gcd(a, b)"),
    ("ints", "result in [1, 2, 3]"),
    ("ints", "result & 3 == (a | b) ^ (a << 2)"),
    ("lists", "all(result[i] <= xs[i + 1] for i in range(1, len(xs) - 1))"),
    ("lists", "any(x == y for x in xs for y in ys)"),
    ("lists", "result == [x * 2 for x in xs if x not in ys]"),
    ("lists", "sorted(result) == sorted(xs + ys, reverse=True)"),
    ("lists", "sum(x * x for x in xs) == max(ys) - min(xs)"),
    ("lists", "result == xs[::-1][1:n] + ys[:-1] + [n]"),
    ("lists", "len(set(result)) == len(result) and xs.count(n) == 1"),
    ("lists", "sorted(xs) == list(range(min(xs), max(xs) + 1)) and n in range(3)"),
    ("texts", "result == s[::-1] + t.upper() * 3"),
    ("texts", "s.startswith(t) or t in s or result.isdigit()"),
    ("texts", 'result == "-".join(words) and "\\"" != \'\\n\''),
    ("texts", "all(c in s for c in result)"),
    ("maps", "result is None or m.get('a', 0) == result"),
    ("maps", "all(m[k] >= 0 for k in m) and u & v <= u | v - u"),
]


def clause_of(name: str, text: str) -> tuple[Expr, str]:
    """The clause as read, and as printed again."""
    source = SourceFile(
        "sample.py",
        f"{HEAD}@icontract.ensure(lambda {PARAMETERS[name]}, result: {text})\n"
        f"def f{SIGNATURES[name]}",
    )
    lifted = lift(source)
    assert not lifted.refused, lifted.diagnostics
    (function,) = lifted.module.functions
    (clause,) = function.contract.ensures
    printed = PythonHost(source).ensure(function, clause.condition)
    return clause.condition, printed.expression


PARAMETERS = {"ints": "a, b, c", "lists": "xs, ys, n", "texts": "s, t, words", "maps": "m, u, v"}


@pytest.mark.parametrize(("name", "text"), CLAUSES, ids=[text for _, text in CLAUSES])
def test_round_trip(name: str, text: str) -> None:
    condition, printed = clause_of(name, text)
    again, printed_again = clause_of(name, printed)
    assert again == condition
    assert printed_again == printed


def test_the_value_at_entry_takes_a_snapshot() -> None:
    source = SourceFile(
        "sample.py",
        f"{HEAD}@icontract.snapshot(lambda xs: xs[:], name='xs')\n"
        "@icontract.ensure(lambda xs, OLD: len(xs) == len(OLD.xs) + 1)\n"
        "def f(xs: list[int]) -> None:\n    xs.append(1)\n",
    )
    (function,) = lift(source).module.functions
    (clause,) = function.contract.ensures
    written = PythonHost(source).ensure(function, clause.condition)
    assert written.lines == ("@icontract.ensure(lambda xs, OLD: len(xs) == len(OLD.xs) + 1)",)
    assert written.snapshots == ("xs",)
