# SPDX-License-Identifier: Apache-2.0
"""Wrong variants of functions on lists: one small slip each, and a contract that shows it."""

from icontract import ensure, require, snapshot


@ensure(lambda xs, result: all(result[i] == 2 * xs[i] for i in range(len(xs))))
@ensure(lambda xs, result: len(result) == len(xs))
def doubled_once(xs: list[int]) -> list[int]:  # expect: refuted
    """Double all but the last."""
    out: list[int] = []
    for i in range(len(xs)):
        out.append(2 * xs[i] if i < len(xs) - 1 else xs[i])
    return out


@ensure(lambda xs, result: result == [x for x in xs if x % 2 == 0])
def evens_and_ones(xs: list[int]) -> list[int]:  # expect: refuted
    """Let one odd number pass."""
    out: list[int] = []
    for x in xs:
        if x % 2 == 0 or x == 1:
            out.append(x)
    return out


@ensure(lambda xs, result: len(result) == len(xs) + 1)
@ensure(lambda xs, result: all(result[i] == sum(xs[:i]) for i in range(len(result))))
def prefix_sums_late(xs: list[int]) -> list[int]:  # expect: refuted
    """Append before adding."""
    out = [0]
    acc = 0
    for x in xs:
        out.append(acc)
        acc += x
    return out


@snapshot(lambda xs: xs[:])
@ensure(lambda xs, OLD: all(xs[i] == OLD.xs[i] + 1 for i in range(len(xs))))
def increment_but_first(xs: list[int]) -> None:  # expect: refuted
    """Begin at the second place."""
    for i in range(1, len(xs)):
        xs[i] += 1


@ensure(lambda xs, ys, result: result == xs + ys)
def joined_other_way(xs: list[int], ys: list[int]) -> list[int]:  # expect: refuted
    """Put the second list first."""
    out = ys[:]
    for x in xs:
        out.append(x)
    return out


@require(lambda n: n >= 0)
@ensure(lambda n, v, result: len(result) == n and all(x == v for x in result))
def filled_over(n: int, v: int) -> list[int]:  # expect: refuted
    """One element too many."""
    out: list[int] = []
    while len(out) <= n:
        out.append(v)
    return out


@snapshot(lambda xs: xs[:])
@ensure(lambda xs: all(xs[i] <= xs[i + 1] for i in range(len(xs) - 1)))
@ensure(lambda xs, OLD: len(xs) == len(OLD.xs))
def bubble_once(xs: list[int]) -> None:  # expect: refuted
    """One pass only."""
    for j in range(len(xs) - 1):
        if xs[j] > xs[j + 1]:
            xs[j], xs[j + 1] = xs[j + 1], xs[j]


@snapshot(lambda xs: xs[:])
@ensure(lambda xs, OLD: sorted(xs) == sorted(OLD.xs))
def sort_by_overwriting(xs: list[int]) -> None:  # expect: refuted
    """In order, but not with the same elements."""
    for i in range(1, len(xs)):
        if xs[i] < xs[i - 1]:
            xs[i] = xs[i - 1]


@snapshot(lambda xs: xs[:])
@ensure(lambda xs: all(xs[i] <= xs[j] for i in range(len(xs)) for j in range(i, len(xs))))
def insertion_sort_short(xs: list[int]) -> None:  # expect: refuted
    """Never look at the first place."""
    for i in range(1, len(xs)):
        j = i
        while j > 1 and xs[j - 1] > xs[j]:
            xs[j - 1], xs[j] = xs[j], xs[j - 1]
            j -= 1


@ensure(lambda xs, result: result == all(a < b for a, b in zip(xs, xs[1:])))
def strictly_ascending_or_equal(xs: list[int]) -> bool:  # expect: refuted
    """Take equal neighbours for ascending."""
    for i in range(len(xs) - 1):
        if xs[i] > xs[i + 1]:
            return False
    return True


@require(lambda xs: all(xs[i] <= xs[i + 1] for i in range(len(xs) - 1)))
@require(lambda ys: all(ys[i] <= ys[i + 1] for i in range(len(ys) - 1)))
@ensure(lambda result: all(result[i] <= result[i + 1] for i in range(len(result) - 1)))
def merged_carelessly(xs: list[int], ys: list[int]) -> list[int]:  # expect: refuted
    """Take in turns."""
    out: list[int] = []
    for i in range(max(len(xs), len(ys))):
        if i < len(xs):
            out.append(xs[i])
        if i < len(ys):
            out.append(ys[i])
    return out


@require(lambda xs: all(xs[i] <= xs[i + 1] for i in range(len(xs) - 1)))
@ensure(lambda v, result: all(result[i] <= result[i + 1] for i in range(len(result) - 1)))
def inserted_too_late(xs: list[int], v: int) -> list[int]:  # expect: refuted
    """One place too far."""
    i = 0
    while i < len(xs) and xs[i] < v:
        i += 1
    return xs[: i + 1] + [v] + xs[i + 1 :]


@snapshot(lambda xs: xs[:])
@ensure(lambda xs, pivot, result: all(xs[k] < pivot for k in range(result)))
@ensure(lambda xs, pivot, result: all(xs[k] >= pivot for k in range(result, len(xs))))
def partition_one_less(xs: list[int], pivot: int) -> int:  # expect: refuted
    """Miscount the front."""
    place = 0
    for i in range(len(xs)):
        if xs[i] <= pivot:
            xs[i], xs[place] = xs[place], xs[i]
            place += 1
    return place


@ensure(lambda xs, ys, result: all(xs[k] == ys[k] for k in range(result)))
@ensure(lambda xs, ys, result: result == len(xs) or result == len(ys) or xs[result] != ys[result])
def common_prefix_unbounded(xs: list[int], ys: list[int]) -> int:  # expect: refuted
    """Forget that the second list may be shorter."""
    n = 0
    while n < len(xs) and xs[n] == ys[n]:
        n += 1
    return n


@require(lambda xs: len(xs) > 0)
@ensure(
    lambda xs, result: all(
        sum(xs[i:j]) <= result for i in range(len(xs)) for j in range(i + 1, len(xs) + 1)
    )
)
def greatest_stretch_reset(xs: list[int]) -> int:  # expect: refuted
    """Begin again at every negative element."""
    best = xs[0]
    here = 0
    for x in xs:
        here = here + x if x > 0 else 0
        best = max(best, here)
    return best


@ensure(lambda xs, result: all(result[i] != result[i + 1] for i in range(len(result) - 1)))
def without_repeats_of_first(xs: list[int]) -> list[int]:  # expect: refuted
    """Compare with the first element, not the last."""
    out: list[int] = []
    for x in xs:
        if len(out) == 0 or out[0] != x:
            out.append(x)
    return out


@require(lambda prices: len(prices) > 0)
@ensure(
    lambda prices, result: all(
        prices[j] - prices[i] <= result for i in range(len(prices)) for j in range(i, len(prices))
    )
)
def profit_between_neighbours(prices: list[int]) -> int:  # expect: refuted
    """Sell on the next day only."""
    best = 0
    for i in range(1, len(prices)):
        if prices[i] - prices[i - 1] > best:
            best = prices[i] - prices[i - 1]
    return best


@require(lambda xs, k: 0 <= k <= len(xs))
@ensure(lambda xs, k, result: result == xs[k:] + xs[:k])
def rotated_right(xs: list[int], k: int) -> list[int]:  # expect: refuted
    """Turn the other way."""
    return xs[len(xs) - k :] + xs[: len(xs) - k]


@ensure(lambda xs, result: all(x < 0 for x in result[0]) and all(x >= 0 for x in result[1]))
def split_with_zero_below(xs: list[int]) -> tuple[list[int], list[int]]:  # expect: refuted
    """Count zero among the negative."""
    below: list[int] = []
    above: list[int] = []
    for x in xs:
        if x <= 0:
            below.append(x)
        else:
            above.append(x)
    return below, above


@ensure(lambda rows, result: result == sum(sum(row) for row in rows))
def matrix_sum_reset(rows: list[list[int]]) -> int:  # expect: refuted
    """Forget the rows before."""
    acc = 0
    for row in rows:
        acc = 0
        for x in row:
            acc += x
    return acc


@require(lambda rows: all(len(row) == len(rows) for row in rows))
@ensure(lambda rows, result: result == sum(rows[i][i] for i in range(len(rows))))
def trace_of_first_row(rows: list[list[int]]) -> int:  # expect: refuted
    """Stay in the first row."""
    acc = 0
    for i in range(len(rows)):
        acc += rows[0][i]
    return acc


@ensure(lambda rows, v, result: result == any(v in row for row in rows))
def in_first_rows(rows: list[list[int]], v: int) -> bool:  # expect: refuted
    """Stop at the first row without it."""
    for row in rows:
        if v not in row:
            return False
    return True


@require(lambda xs: len(xs) > 0)
@ensure(lambda xs, result: 0 <= result < len(xs))
@ensure(lambda xs, result: all(xs[k] < xs[result] for k in range(result)))
def argmax_last(xs: list[int]) -> int:  # expect: refuted
    """The last of several greatest."""
    best = 0
    for i in range(1, len(xs)):
        if xs[i] >= xs[best]:
            best = i
    return best


@ensure(lambda a, b, result: all(x in a and x in b for x in result))
def in_either(a: list[int], b: list[int]) -> list[int]:  # expect: refuted
    """What either holds, where both must."""
    return [x for x in a if x not in b or x > 0]


@ensure(lambda xs, result: (result == 0) == all(x >= 0 for x in xs))
def count_not_positive(xs: list[int]) -> int:  # expect: refuted
    """Zero counts, too."""
    return sum(1 for x in xs if x <= 0)


@ensure(lambda n, result: all((d in result) == (n % d == 0) for d in range(1, n + 1)))
def proper_divisors(n: int) -> list[int]:  # expect: refuted
    """Without the number itself."""
    return [d for d in range(1, n) if n % d == 0]
