"""What loops compute, said without them."""

from __future__ import annotations

import pytest

from .drafting import guesses

SUMMED = [
    (
        "result == sum(xs[item] for item in range(len(xs)) if item % 2 != 0)",
        "def f(xs: list[int]) -> int:\n"
        "    t = 0\n"
        "    for i, x in enumerate(xs):\n"
        "        if i % 2 == 0:\n"
        "            continue\n"
        "        t += x\n"
        "    return t\n",
    ),
    (
        "result == sum(i ** 2 for i in range(1, n + 1))",
        "def f(n: int) -> int:\n"
        "    s = 0\n"
        "    i = 1\n"
        "    while i <= n:\n"
        "        s += i ** 2\n"
        "        i += 1\n"
        "    return s\n",
    ),
    (
        "result == (1 if any(x < 0 for x in xs) else 0)",
        "def f(xs: list[int]) -> int:\n"
        "    flag = 0\n"
        "    for x in xs:\n"
        "        if x < 0:\n"
        "            flag = 1\n"
        "            break\n"
        "    return flag\n",
    ),
    (
        "result == [i * j for i in range(n) for j in range(i)]",
        "def f(n: int) -> list[int]:\n"
        "    r = []\n"
        "    for i in range(n):\n"
        "        for j in range(i):\n"
        "            r.append(i * j)\n"
        "    return r\n",
    ),
    (
        'result == "".join([c for c in s if c not in "aeiou"])',
        "def f(s: str) -> str:\n"
        '    r = ""\n'
        "    for c in s:\n"
        '        if c not in "aeiou":\n'
        "            r += c\n"
        "    return r\n",
    ),
    (
        "result == 0 or result in [x - y for x in xs]",
        "def f(xs: list[int], y: int) -> int:\n"
        "    m = 0\n"
        "    for x in xs:\n"
        "        if x - y > m:\n"
        "            m = x - y\n"
        "    return m\n",
    ),
    (
        'result == ("few" if any(x > n for x in xs) else "none")',
        "def f(xs: list[int], n: int) -> str:\n"
        "    for x in xs:\n"
        "        if x > n:\n"
        '            return "few"\n'
        '    return "none"\n',
    ),
    (
        "result == [x if x > 0 else 0 for x in xs]",
        "def f(xs: list[int]) -> list[int]:\n"
        "    r = []\n"
        "    for x in xs:\n"
        "        if x > 0:\n"
        "            r.append(x)\n"
        "        else:\n"
        "            r.append(0)\n"
        "    return r\n",
    ),
]


@pytest.mark.parametrize(("clause", "text"), SUMMED, ids=[clause for clause, _ in SUMMED])
def test_a_loop_is_summed_up(clause: str, text: str) -> None:
    found = guesses(text)
    assert found.get(clause) == "summary", "\n".join(found)


NOT_SUMMED = [
    # What a round adds depends on what the rounds before have added.
    "def f(xs: list[int]) -> int:\n    t = 1\n    for x in xs:\n        t += t * x\n    return t\n",
    # The loop ends before its end.
    "def f(xs: list[int]) -> int:\n"
    "    t = 0\n"
    "    for x in xs:\n"
    "        if x < 0:\n"
    "            break\n"
    "        t += x\n"
    "    return t\n",
    # Rounds set different values, so that the last one counts.
    "def f(xs: list[int]) -> int:\n"
    "    t = 0\n"
    "    for x in xs:\n"
    "        if x < 0:\n"
    "            t = 1\n"
    "        if x > 5:\n"
    "            t = 2\n"
    "    return t\n",
]


@pytest.mark.parametrize("text", NOT_SUMMED)
def test_what_is_no_fold_has_no_summary(text: str) -> None:
    assert "summary" not in guesses(text).values()
