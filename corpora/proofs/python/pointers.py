# SPDX-License-Identifier: Apache-2.0
"""Two places that move through a list: partitions, pairs, merging, runs."""

from icontract import ensure, require, snapshot


@require(lambda xs: all(xs[i] <= xs[j] for i in range(len(xs)) for j in range(i, len(xs))))
@ensure(
    lambda xs, target, result: (
        result
        == any(xs[i] + xs[j] == target for i in range(len(xs)) for j in range(i + 1, len(xs)))
    )
)
def has_pair_with_sum(xs: list[int], target: int) -> bool:
    """Whether two elements of an ascending list add up to the target."""
    i = 0
    j = len(xs) - 1
    while i < j:
        total = xs[i] + xs[j]
        if total == target:
            return True
        if total < target:
            i += 1
        else:
            j -= 1
    return False


@snapshot(lambda xs: xs[:])
@ensure(lambda xs, pivot, result: 0 <= result <= len(xs))
@ensure(lambda xs, pivot, result: all(xs[k] < pivot for k in range(result)))
@ensure(lambda xs, pivot, result: all(xs[k] >= pivot for k in range(result, len(xs))))
@ensure(lambda xs, OLD: sorted(xs) == sorted(OLD.xs))
def partition(xs: list[int], pivot: int) -> int:
    """What is less than the pivot goes to the front; how many that are."""
    place = 0
    for i in range(len(xs)):
        if xs[i] < pivot:
            xs[i], xs[place] = xs[place], xs[i]
            place += 1
    return place


@snapshot(lambda xs: xs[:])
@require(lambda xs: all(0 <= x <= 2 for x in xs))
@ensure(lambda xs: all(xs[i] <= xs[j] for i in range(len(xs)) for j in range(i, len(xs))))
@ensure(lambda xs, OLD: len(xs) == len(OLD.xs))
def three_colours(xs: list[int]) -> None:
    """Zeros, ones, twos in one pass."""
    low = 0
    mid = 0
    high = len(xs) - 1
    while mid <= high:
        if xs[mid] == 0:
            xs[low], xs[mid] = xs[mid], xs[low]
            low += 1
            mid += 1
        elif xs[mid] == 1:
            mid += 1
        else:
            xs[mid], xs[high] = xs[high], xs[mid]
            high -= 1


@ensure(lambda xs, ys, result: result <= len(xs) and result <= len(ys))
@ensure(lambda xs, ys, result: all(xs[k] == ys[k] for k in range(result)))
@ensure(lambda xs, ys, result: result == len(xs) or result == len(ys) or xs[result] != ys[result])
def common_prefix(xs: list[int], ys: list[int]) -> int:
    """How far two lists agree."""
    n = 0
    while n < len(xs) and n < len(ys) and xs[n] == ys[n]:
        n += 1
    return n


@require(lambda xs: len(xs) > 0)
@ensure(lambda xs, result: 1 <= result <= len(xs))
def longest_run(xs: list[int]) -> int:
    """The length of the longest stretch of equal elements."""
    best = 1
    here = 1
    for i in range(1, len(xs)):
        if xs[i] == xs[i - 1]:
            here += 1
        else:
            here = 1
        if here > best:
            best = here
    return best


@require(lambda xs: len(xs) > 0)
@ensure(
    lambda xs, result: all(
        sum(xs[i:j]) <= result for i in range(len(xs)) for j in range(i + 1, len(xs) + 1)
    )
)
def greatest_stretch_sum(xs: list[int]) -> int:
    """The greatest sum of a stretch that is not empty."""
    best = xs[0]
    here = xs[0]
    for i in range(1, len(xs)):
        here = max(here + xs[i], xs[i])
        best = max(best, here)
    return best


@ensure(lambda xs, result: len(result) <= len(xs))
@ensure(lambda xs, result: all(result[i] != result[i + 1] for i in range(len(result) - 1)))
def without_neighbouring_repeats(xs: list[int]) -> list[int]:
    """Each run of equal elements once."""
    out: list[int] = []
    for x in xs:
        if len(out) == 0 or out[-1] != x:
            out.append(x)
    return out


@require(lambda prices: len(prices) > 0)
@ensure(lambda prices, result: result >= 0)
@ensure(
    lambda prices, result: all(
        prices[j] - prices[i] <= result for i in range(len(prices)) for j in range(i, len(prices))
    )
)
def best_profit(prices: list[int]) -> int:
    """The most that buying once and selling later can earn."""
    least = prices[0]
    best = 0
    for price in prices:
        if price < least:
            least = price
        if price - least > best:
            best = price - least
    return best


@require(lambda xs, k: 0 <= k <= len(xs))
@ensure(lambda xs, k, result: result == xs[k:] + xs[:k])
def rotated(xs: list[int], k: int) -> list[int]:
    """The list turned k places to the left."""
    out: list[int] = []
    for i in range(k, len(xs)):
        out.append(xs[i])
    for i in range(k):
        out.append(xs[i])
    return out


@ensure(lambda xs, result: len(result[0]) + len(result[1]) == len(xs))
@ensure(lambda xs, result: all(x < 0 for x in result[0]) and all(x >= 0 for x in result[1]))
def split_by_sign(xs: list[int]) -> tuple[list[int], list[int]]:
    """The negative elements, and the others."""
    below: list[int] = []
    above: list[int] = []
    for x in xs:
        if x < 0:
            below.append(x)
        else:
            above.append(x)
    return below, above


@require(lambda xs, k: 1 <= k <= len(xs))
@ensure(lambda xs, k, result: all(sum(xs[i : i + k]) <= result for i in range(len(xs) - k + 1)))
def greatest_window_sum(xs: list[int], k: int) -> int:
    """The greatest sum of k neighbours, the window's sum kept as it moves."""
    here = 0
    for i in range(k):
        here += xs[i]
    best = here
    for i in range(k, len(xs)):
        here += xs[i] - xs[i - k]
        if here > best:
            best = here
    return best
