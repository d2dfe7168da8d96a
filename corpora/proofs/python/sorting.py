# SPDX-License-Identifier: Apache-2.0
"""Putting elements in order, and telling whether they are."""

from icontract import ensure, require, snapshot


@snapshot(lambda xs: xs[:])
@ensure(lambda xs: all(xs[i] <= xs[j] for i in range(len(xs)) for j in range(i, len(xs))))
@ensure(lambda xs, OLD: len(xs) == len(OLD.xs))
def bubble_sort(xs: list[int]) -> None:
    """Exchange neighbours until all are in order."""
    n = len(xs)
    for i in range(n):
        for j in range(n - 1 - i):
            if xs[j] > xs[j + 1]:
                xs[j], xs[j + 1] = xs[j + 1], xs[j]


@snapshot(lambda xs: xs[:])
@ensure(lambda xs: all(xs[i] <= xs[i + 1] for i in range(len(xs) - 1)))
@ensure(lambda xs, OLD: sorted(xs) == sorted(OLD.xs))
def selection_sort(xs: list[int]) -> None:
    """Bring the least of the rest forward, again and again."""
    for i in range(len(xs)):
        least = i
        for j in range(i + 1, len(xs)):
            if xs[j] < xs[least]:
                least = j
        xs[i], xs[least] = xs[least], xs[i]


@snapshot(lambda xs: xs[:])
@ensure(lambda xs: all(xs[i] <= xs[i + 1] for i in range(len(xs) - 1)))
@ensure(lambda xs, OLD: len(xs) == len(OLD.xs))
def insertion_sort(xs: list[int]) -> None:
    """Let each element sink to its place by exchanges."""
    for i in range(1, len(xs)):
        j = i
        while j > 0 and xs[j - 1] > xs[j]:
            xs[j - 1], xs[j] = xs[j], xs[j - 1]
            j -= 1


@snapshot(lambda xs: xs[:])
@ensure(lambda xs, OLD: xs == sorted(OLD.xs))
def sort_by_exchange(xs: list[int]) -> None:
    """Compare every place with every later one."""
    for i in range(len(xs)):
        for j in range(i + 1, len(xs)):
            if xs[j] < xs[i]:
                xs[i], xs[j] = xs[j], xs[i]


@snapshot(lambda xs: xs[:])
@require(lambda xs: all(x == 0 or x == 1 for x in xs))
@ensure(lambda xs: all(xs[i] <= xs[i + 1] for i in range(len(xs) - 1)))
@ensure(lambda xs, OLD: xs.count(1) == OLD.xs.count(1))
def sort_bits(xs: list[int]) -> None:
    """Zeros before ones, from both ends."""
    lo = 0
    hi = len(xs) - 1
    while lo < hi:
        if xs[lo] == 0:
            lo += 1
        elif xs[hi] == 1:
            hi -= 1
        else:
            xs[lo], xs[hi] = xs[hi], xs[lo]


@ensure(lambda xs, result: result == all(a < b for a, b in zip(xs, xs[1:])))
def strictly_ascending(xs: list[int]) -> bool:
    """Whether each element is less than the next."""
    for i in range(len(xs) - 1):
        if xs[i] >= xs[i + 1]:
            return False
    return True


@require(lambda xs: all(xs[i] <= xs[i + 1] for i in range(len(xs) - 1)))
@ensure(lambda xs, v, result: all(result[i] <= result[i + 1] for i in range(len(result) - 1)))
@ensure(lambda xs, v, result: len(result) == len(xs) + 1 and v in result)
def with_inserted(xs: list[int], v: int) -> list[int]:
    """An ascending list with one more element at its place."""
    i = 0
    while i < len(xs) and xs[i] < v:
        i += 1
    return xs[:i] + [v] + xs[i:]


@require(lambda xs: all(xs[i] <= xs[i + 1] for i in range(len(xs) - 1)))
@require(lambda ys: all(ys[i] <= ys[i + 1] for i in range(len(ys) - 1)))
@ensure(lambda result: all(result[i] <= result[i + 1] for i in range(len(result) - 1)))
@ensure(lambda xs, ys, result: len(result) == len(xs) + len(ys))
def merged(xs: list[int], ys: list[int]) -> list[int]:
    """Two ascending lists as one."""
    out: list[int] = []
    i = 0
    j = 0
    while i < len(xs) or j < len(ys):
        if j >= len(ys) or (i < len(xs) and xs[i] <= ys[j]):
            out.append(xs[i])
            i += 1
        else:
            out.append(ys[j])
            j += 1
    return out


@require(lambda xs: len(xs) > 0)
@ensure(lambda xs, result: result == sorted(xs)[0])
def least_by_order(xs: list[int]) -> int:
    """What sorting would bring to the front."""
    best = xs[0]
    for x in xs:
        if x < best:
            best = x
    return best


@ensure(lambda xs, result: all(result[i] >= result[i + 1] for i in range(len(result) - 1)))
@ensure(lambda xs, result: len(result) == len(xs))
def descending(xs: list[int]) -> list[int]:
    """From the greatest to the least."""
    return list(reversed(sorted(xs)))
