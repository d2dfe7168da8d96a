"""What each family of templates finds, and that nothing wrong is among it."""

from __future__ import annotations

import pytest

from .drafting import guesses

FOUND = [
    (
        "equation",
        "result == 2 * n + 1",
        "def f(n: int) -> int:\n    m = 1\n    for _ in range(2):\n        m += n\n    return m\n",
    ),
    (
        "equation",
        "result == abs(n)",
        "def f(n: int) -> int:\n    return n if n > 0 else -n\n",
    ),
    (
        "equivalence",
        "result == (s == s[::-1])",
        "def f(s: str) -> bool:\n"
        "    for i in range(len(s)):\n"
        "        if s[i] != s[len(s) - 1 - i]:\n"
        "            return False\n"
        "    return True\n",
    ),
    (
        "search",
        "result == any(any(xs[i] + y == 0 for y in ys) for i in range(len(xs)))",
        "def f(xs: list[int], ys: list[int]) -> bool:\n"
        "    for i in range(len(xs)):\n"
        "        for y in ys:\n"
        "            if xs[i] + y == 0:\n"
        "                return True\n"
        "    return False\n",
    ),
    (
        "search",
        "result == (n >= 2 and all(n % d != 0 for d in range(2, n)))",
        "def f(n: int) -> bool:\n"
        "    if n < 2:\n"
        "        return False\n"
        "    for d in range(2, n):\n"
        "        if n % d == 0:\n"
        "            return False\n"
        "    return True\n",
    ),
    (
        "absence",
        "(result == -1) == (x not in xs)",
        "def f(xs: list[int], x: int) -> int:\n"
        "    for i in range(len(xs)):\n"
        "        if xs[i] == x:\n"
        "            return i\n"
        "    return -1\n",
    ),
    (
        "fold",
        "result == sum(1 for x in xs if x > 0)",
        "def f(xs: list[int]) -> int:\n"
        "    n = 0\n"
        "    for x in xs:\n"
        "        if x > 0:\n"
        "            n += 1\n"
        "    return n\n",
    ),
    (
        "shape",
        "result == sorted(xs)",
        "def f(xs: list[int]) -> list[int]:\n    ys = xs[:]\n    ys.sort()\n    return ys\n",
    ),
    (
        "membership",
        "sorted(result) == sorted(xs)",
        "def f(xs: list[int]) -> list[int]:\n    return xs[1:] + xs[:1]\n",
    ),
    (
        "order",
        "all(result[i] <= result[i + 1] for i in range(len(result) - 1))",
        "def f(xs: list[int]) -> list[int]:\n    return sorted(xs)\n",
    ),
    (
        "order",
        "len(set(result)) == len(result)",
        "def f(xs: list[int]) -> list[int]:\n    return sorted(set(xs))\n",
    ),
    (
        "extremum",
        "all(x <= result for x in xs)",
        "def f(xs: list[int]) -> int:\n    m = 0\n    for x in xs:\n        m = max(m, x)\n"
        "    return m\n",
    ),
    (
        "image",
        "all(result[i] == xs[i] * xs[i] for i in range(len(xs)))",
        "def f(xs: list[int]) -> list[int]:\n    return [x * x for x in xs]\n",
    ),
    (
        "filter",
        "result == [x for x in xs if x % 2 == 0]",
        "def f(xs: list[int]) -> list[int]:\n"
        "    ys: list[int] = []\n"
        "    for x in xs:\n"
        "        if x % 2 == 0:\n"
        "            ys.append(x)\n"
        "    return ys\n",
    ),
    (
        "element",
        "all(x > n for x in result)",
        "def f(xs: list[int], n: int) -> list[int]:\n    return [x for x in xs if x > n]\n",
    ),
    (
        "pairwise",
        "all(result[i] == sum(xs[:i + 1]) for i in range(len(result)))",
        "def f(xs: list[int]) -> list[int]:\n"
        "    ys: list[int] = []\n"
        "    s = 0\n"
        "    for x in xs:\n"
        "        s += x\n"
        "        ys.append(s)\n"
        "    return ys\n",
    ),
    (
        "branch place",
        "result == -1 or xs[result] == x",
        "def f(xs: list[int], x: int) -> int:\n"
        "    for i in range(len(xs)):\n"
        "        if xs[i] == x:\n"
        "            return i\n"
        "    return -1\n",
    ),
    (
        "map",
        "all(result[k] == words.count(k) for k in result)",
        "def f(words: list[str]) -> dict[str, int]:\n"
        "    counts: dict[str, int] = {}\n"
        "    for word in words:\n"
        "        counts[word] = counts.get(word, 0) + 1\n"
        "    return counts\n",
    ),
    (
        "option",
        "(result is None) == (len(xs) == 0)",
        "def f(xs: list[int]) -> int | None:\n    return xs[0] if xs else None\n",
    ),
    (
        "bound",
        "result >= 0",
        "def f(a: int, b: int) -> int:\n    return abs(a - b) * 3\n",
    ),
    (
        "remainder",
        "a % result == 0",
        "def f(a: int) -> int:\n    return a if a > 3 else 1\n",
    ),
    (
        "definition",
        "result == (a // b if b != 0 else 7)",
        "def f(a: int, b: int) -> int:\n    if b != 0:\n        return a // b\n    return 7\n",
    ),
]


@pytest.mark.parametrize(("family", "clause", "text"), FOUND, ids=lambda each: str(each)[:40])
def test_a_family_finds(family: str, clause: str, text: str) -> None:
    found = guesses(text)
    assert clause in found, "\n".join(found)
    assert found[clause] == family


def test_what_a_run_contradicts_is_not_proposed() -> None:
    found = guesses("def f(xs: list[int]) -> int:\n    return len(xs) if len(xs) < 4 else 4\n")
    assert "result == len(xs)" not in found
    assert "result <= len(xs)" in found


def test_a_parameter_that_changes_is_compared_with_what_it_was() -> None:
    found = guesses("def f(xs: list[int]) -> None:\n    xs.reverse()\n")
    assert "xs == OLD.xs[::-1]" in found


def test_parts_of_a_tuple_are_spoken_of() -> None:
    found = guesses(
        "def f(a: int, b: int) -> tuple[int, int]:\n    return (a, b) if a < b else (b, a)\n"
    )
    assert "result[0] == min(a, b)" in found
    assert "result[1] == max(a, b)" in found
