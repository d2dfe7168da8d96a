# SPDX-License-Identifier: Apache-2.0
"""Functions that break their contracts, each in one small way."""

from icontract import ensure, require, snapshot


@ensure(lambda xs, result: result == sum(xs))
def total_without_last(xs: list[int]) -> int:  # expect: refuted
    """Stop one too early."""
    acc = 0
    for i in range(len(xs) - 1):
        acc += xs[i]
    return acc


@ensure(lambda xs, result: result == sum(xs))
def total_from_one(xs: list[int]) -> int:  # expect: refuted
    """Start with one."""
    acc = 1
    for x in xs:
        acc += x
    return acc


@require(lambda n: n >= 0)
@ensure(lambda n, result: 2 * result == n * (n + 1))
def triangular_below(n: int) -> int:  # expect: refuted
    """Leave the last number out."""
    acc = 0
    for i in range(n):
        acc += i
    return acc


@ensure(lambda xs, v, result: result == xs.count(v))
def occurrences_capped(xs: list[int], v: int) -> int:  # expect: refuted
    """Count one at most."""
    n = 0
    for x in xs:
        if x == v:
            n = 1
    return n


@ensure(lambda xs, v, result: result == (v in xs))
def contains_after_first(xs: list[int], v: int) -> bool:  # expect: refuted
    """Pass over the first element."""
    for i in range(1, len(xs)):
        if xs[i] == v:
            return True
    return False


@ensure(lambda xs, v, result: result == -1 or all(xs[k] != v for k in range(result)))
def find_some(xs: list[int], v: int) -> int:  # expect: refuted
    """Keep the last place where the first is promised."""
    found = -1
    for i in range(len(xs)):
        if xs[i] == v:
            found = i
    return found


@require(lambda xs: all(xs[i] <= xs[j] for i in range(len(xs)) for j in range(i, len(xs))))
@ensure(lambda xs, v, result: result != -1 or all(x != v for x in xs))
def binary_search_short(xs: list[int], v: int) -> int:  # expect: refuted
    """Leave the loop while one place is still open."""
    lo = 0
    hi = len(xs) - 1
    while lo < hi:
        mid = (lo + hi) // 2
        if xs[mid] == v:
            return mid
        if xs[mid] < v:
            lo = mid + 1
        else:
            hi = mid - 1
    return -1


@ensure(lambda xs, result: all(x <= result for x in xs))
def largest_from_zero(xs: list[int]) -> int:  # expect: refuted
    """Keep the least instead."""
    best = 0
    for x in xs:
        if x < best:
            best = x
    return best


@ensure(lambda xs, result: result in xs)
def largest_unguarded(xs: list[int]) -> int:  # expect: refuted
    """Forget that a list may be empty."""
    best = xs[0]
    for x in xs:
        if x > best:
            best = x
    return best


@require(lambda low, high: low <= high)
@ensure(lambda low, high, result: low <= result <= high)
def clamp_swapped(x: int, low: int, high: int) -> int:  # expect: refuted
    """Return the wrong bound."""
    if x < low:
        return high + 1
    if x > high:
        return low
    return x


@ensure(lambda xs, result: len(result) == len(xs))
def positives_only(xs: list[int]) -> list[int]:  # expect: refuted
    """Drop elements where none may be lost."""
    out: list[int] = []
    for x in xs:
        if x > 0:
            out.append(x)
    return out


@snapshot(lambda xs: xs[:])
@ensure(lambda xs, OLD: all(xs[i] == OLD.xs[len(xs) - 1 - i] for i in range(len(xs))))
def reverse_half(xs: list[int]) -> None:  # expect: refuted
    """Overwrite instead of exchanging."""
    for i in range(len(xs)):
        xs[i] = xs[len(xs) - 1 - i]


@require(lambda n: n >= 0)
@ensure(lambda n, result: result * result <= n < (result + 1) * (result + 1))
def integer_root_above(n: int) -> int:  # expect: refuted
    """Count one too far."""
    r = 0
    while r * r <= n:
        r += 1
    return r


@require(lambda a, b: a >= 0 and b > 0)
@ensure(lambda a, b, result: 0 <= result < b)
def remainder_once(a: int, b: int) -> int:  # expect: refuted
    """Subtract once only."""
    if a >= b:
        return a - b
    return a


@ensure(lambda n, result: result >= 0)
def quotient_unguarded(n: int) -> int:  # expect: refuted
    """Divide by what may be zero."""
    return abs(100 // n)


@require(lambda n: n >= 0)
@ensure(lambda n, result: result == 2**n)
def power_of_two_off(n: int) -> int:  # expect: refuted
    """Begin the recursion with two."""
    if n == 0:
        return 2
    return 2 * power_of_two_off(n - 1)
