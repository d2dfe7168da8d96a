# SPDX-License-Identifier: Apache-2.0
"""Dictionaries and sets."""

from icontract import ensure, require, snapshot


@ensure(lambda words, result: all(result[w] == words.count(w) for w in words))
@ensure(lambda words, result: all(w in words for w in result))
def word_counts(words: list[str]) -> dict[str, int]:
    """How often each word occurs."""
    counts: dict[str, int] = {}
    for w in words:
        if w in counts:
            counts[w] += 1
        else:
            counts[w] = 1
    return counts


@ensure(lambda xs, result: all(result[x] == xs.count(x) for x in xs))
def histogram(xs: list[int]) -> dict[int, int]:
    """Counts by `get`."""
    counts: dict[int, int] = {}
    for x in xs:
        counts[x] = counts.get(x, 0) + 1
    return counts


@ensure(lambda xs, result: result == set(xs))
def as_set(xs: list[int]) -> set[int]:
    """The elements without their order."""
    out: set[int] = set()
    for x in xs:
        out.add(x)
    return out


@ensure(lambda xs, result: set(result) == set(xs))
@ensure(
    lambda xs, result: all(
        result[i] != result[j] for i in range(len(result)) for j in range(i + 1, len(result))
    )
)
def unique(xs: list[int]) -> list[int]:
    """Each element once, in order of appearance."""
    seen: set[int] = set()
    out: list[int] = []
    for x in xs:
        if x not in seen:
            seen.add(x)
            out.append(x)
    return out


@ensure(lambda xs, result: result == (len(set(xs)) == len(xs)))
def all_different(xs: list[int]) -> bool:
    """Whether no element occurs twice."""
    seen: set[int] = set()
    for x in xs:
        if x in seen:
            return False
        seen.add(x)
    return True


@ensure(lambda d, result: all(k in d and d[k] > 0 for k in result))
def positive_keys(d: dict[str, int]) -> list[str]:
    """The keys whose values are positive."""
    out: list[str] = []
    for k in d:
        if d[k] > 0:
            out.append(k)
    return out


@ensure(lambda xs, ys, result: all((x in result) == (x in ys) for x in xs))
def intersection(xs: list[int], ys: list[int]) -> set[int]:
    """What both lists hold."""
    out: set[int] = set()
    for x in xs:
        if x in ys:
            out.add(x)
    return out


@ensure(lambda keys, values, result: all(k in keys for k in result))
@require(lambda keys, values: len(keys) == len(values))
@ensure(lambda keys, values, result: all(k in result for k in keys))
def paired(keys: list[str], values: list[int]) -> dict[str, int]:
    """A dictionary from keys and values; later ones win."""
    out: dict[str, int] = {}
    for i in range(len(keys)):
        out[keys[i]] = values[i]
    return out


@ensure(
    lambda xs, target, result: (
        result == any(xs[i] + xs[j] == target for i in range(len(xs)) for j in range(i))
    )
)
def two_sum(xs: list[int], target: int) -> bool:
    """Whether two elements add up to the target, in one pass."""
    seen: set[int] = set()
    for x in xs:
        if target - x in seen:
            return True
        seen.add(x)
    return False


@ensure(lambda xs, result: all(result[x] == xs.index(x) for x in xs))
def first_places(xs: list[int]) -> dict[int, int]:
    """Where each element stands first."""
    out: dict[int, int] = {}
    for i in range(len(xs)):
        if xs[i] not in out:
            out[xs[i]] = i
    return out


@snapshot(lambda d: dict(d))
@ensure(lambda d, key, OLD: d[key] == OLD.d.get(key, 0) + 1)
@ensure(lambda d, key, OLD: all(k == key or d[k] == OLD.d[k] for k in OLD.d))
def add_one(d: dict[str, int], key: str) -> None:
    """Count one more."""
    d[key] = d.get(key, 0) + 1
