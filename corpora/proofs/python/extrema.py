# SPDX-License-Identifier: Apache-2.0
"""Largest, smallest, and where they are."""

from icontract import ensure, require


@require(lambda xs: len(xs) > 0)
@ensure(lambda xs, result: result == max(xs))
def largest(xs: list[int]) -> int:
    """The greatest element."""
    best = xs[0]
    for x in xs:
        if x > best:
            best = x
    return best


@require(lambda xs: len(xs) > 0)
@ensure(lambda xs, result: result in xs and all(result <= x for x in xs))
def smallest(xs: list[int]) -> int:
    """The least element."""
    best = xs[0]
    for i in range(1, len(xs)):
        if xs[i] < best:
            best = xs[i]
    return best


@require(lambda xs: len(xs) > 0)
@ensure(lambda xs, result: 0 <= result < len(xs))
@ensure(lambda xs, result: all(x <= xs[result] for x in xs))
@ensure(lambda xs, result: all(xs[k] < xs[result] for k in range(result)))
def argmax(xs: list[int]) -> int:
    """The first place of the greatest element."""
    best = 0
    for i in range(1, len(xs)):
        if xs[i] > xs[best]:
            best = i
    return best


@require(lambda xs: len(xs) > 0)
@ensure(lambda xs, result: result[0] == min(xs) and result[1] == max(xs))
def span(xs: list[int]) -> tuple[int, int]:
    """The least and the greatest element."""
    low = xs[0]
    high = xs[0]
    for x in xs:
        if x < low:
            low = x
        elif x > high:
            high = x
    return low, high


@ensure(lambda a, b, c, result: result >= a and result >= b and result >= c)
@ensure(lambda a, b, c, result: result == a or result == b or result == c)
def largest_of_three(a: int, b: int, c: int) -> int:
    """The greatest of three numbers."""
    best = a
    if b > best:
        best = b
    if c > best:
        best = c
    return best


@require(lambda xs: len(xs) > 0)
@ensure(lambda xs, result: all(abs(x) <= result for x in xs))
@ensure(lambda xs, result: any(abs(x) == result for x in xs))
def largest_magnitude(xs: list[int]) -> int:
    """The greatest absolute value."""
    best = abs(xs[0])
    for x in xs:
        best = max(best, abs(x))
    return best


@require(lambda low, high: low <= high)
@ensure(lambda low, high, result: low <= result <= high)
@ensure(lambda x, low, high, result: not (low <= x <= high) or result == x)
def clamp(x: int, low: int, high: int) -> int:
    """The nearest number in a range."""
    if x < low:
        return low
    if x > high:
        return high
    return x


@require(lambda xs: len(xs) >= 2)
@ensure(lambda xs, result: all(xs[i + 1] - xs[i] <= result for i in range(len(xs) - 1)))
def widest_step(xs: list[int]) -> int:
    """The greatest increase between neighbours."""
    best = xs[1] - xs[0]
    for i in range(1, len(xs) - 1):
        step = xs[i + 1] - xs[i]
        if step > best:
            best = step
    return best


@ensure(lambda xs, result: all(x <= result for x in xs) and result >= 0)
def largest_or_zero(xs: list[int]) -> int:
    """The greatest element, or zero when all are less."""
    best = 0
    for x in xs:
        if x > best:
            best = x
    return best
