# SPDX-License-Identifier: Apache-2.0
"""Filtering and counting with comprehensions."""

from icontract import ensure, require


@ensure(lambda a, b, result: all(x in a and x in b for x in result))
@ensure(lambda a, b, result: all(x in result for x in a if x in b))
def common(a: list[int], b: list[int]) -> list[int]:
    """What both hold, in the order of the first."""
    return [x for x in a if x in b]


@ensure(lambda xs, result: 0 <= result <= len(xs))
@ensure(lambda xs, result: (result == 0) == all(x >= 0 for x in xs))
def count_negative(xs: list[int]) -> int:
    """How many elements are negative."""
    return sum(1 for x in xs if x < 0)


@ensure(lambda xs, result: all(x % 2 == 0 for x in result))
@ensure(lambda xs, result: len(result) <= len(xs))
def only_even(xs: list[int]) -> list[int]:
    """The even elements."""
    return list(filter(lambda x: x % 2 == 0, xs))


@require(lambda xs: all(xs[i] < xs[i + 1] for i in range(len(xs) - 1)))
@ensure(lambda xs, result: all(result[i] < result[i + 1] for i in range(len(result) - 1)))
def positive_ascending(xs: list[int]) -> list[int]:
    """The positive elements of an ascending list."""
    return [x for x in xs if x > 0]


@ensure(lambda xs, result: all(x * x in result for x in xs))
@ensure(lambda xs, result: all(y >= 0 for y in result))
def squares(xs: list[int]) -> set[int]:
    """The squares of the elements."""
    return {x * x for x in xs}


@ensure(lambda n, result: all(d > 0 and n % d == 0 for d in result))
@ensure(lambda n, result: all((d in result) == (n % d == 0) for d in range(1, n + 1)))
def divisors(n: int) -> list[int]:
    """The divisors of a number, one by one."""
    return [d for d in range(1, n + 1) if n % d == 0]
