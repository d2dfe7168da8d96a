# SPDX-License-Identifier: Apache-2.0
"""Dictionaries and sets."""

import icontract


@icontract.ensure(lambda result, words: all(result[w] == words.count(w) for w in words))
@icontract.ensure(lambda result, words: len(result) == len(set(words)))
def occurrences(words: list[str]) -> dict[str, int]:
    """How often each word occurs.

    >>> occurrences(["a", "b", "a"])
    {'a': 2, 'b': 1}
    """
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


@icontract.ensure(lambda result, xs: len(set(result)) == len(result))
@icontract.ensure(lambda result, xs: set(result) == set(xs))
def without_repeats(xs: list[int]) -> list[int]:
    """Each element once, where it first stood.

    >>> without_repeats([3, 1, 3, 2, 1])
    [3, 1, 2]
    """
    seen: set[int] = set()
    kept: list[int] = []
    for x in xs:
        if x not in seen:
            seen.add(x)
            kept.append(x)
    return kept


@icontract.ensure(lambda result, xs, ys: all((x in result) == (x in ys) for x in xs))
def common(xs: set[int], ys: set[int]) -> set[int]:
    """What is in both sets."""
    return xs & ys
