# SPDX-License-Identifier: Apache-2.0
"""Adding things up."""

import icontract


@icontract.ensure(lambda result, xs: result == sum(xs))
def total(xs: list[int]) -> int:
    """The sum of a list.

    >>> total([1, 2, 3])
    6
    """
    so_far = 0
    for x in xs:
        so_far += x
    return so_far


@icontract.require(lambda n: n >= 0)
@icontract.ensure(lambda result, n: result == n * (n + 1) // 2)
def triangle(n: int) -> int:
    """1 + 2 + … + n.

    >>> triangle(4)
    10
    """
    result = 0
    for i in range(1, n + 1):
        result += i
    return result


@icontract.ensure(lambda result, xs: len(result) == len(xs))
@icontract.ensure(lambda result, xs: all(result[i] == sum(xs[: i + 1]) for i in range(len(xs))))
def running_totals(xs: list[int]) -> list[int]:
    """The sum of every prefix.

    >>> running_totals([2, 3, 4])
    [2, 5, 9]
    """
    totals: list[int] = []
    so_far = 0
    for x in xs:
        so_far += x
        totals.append(so_far)
    return totals


@icontract.require(lambda n: n >= 0)
@icontract.ensure(lambda result, n: 0 <= result <= n)
def digit_sum(n: int) -> int:
    """The sum of the decimal digits.

    >>> digit_sum(907)
    16
    """
    result = 0
    while n > 0:
        result += n % 10
        n //= 10
    return result


@icontract.require(lambda a, b: a > 0 and b > 0)
@icontract.ensure(lambda result, a, b: result > 0 and a % result == 0 and b % result == 0)
def greatest_common_divisor(a: int, b: int) -> int:
    """Euclid's algorithm.

    >>> greatest_common_divisor(12, 18)
    6
    """
    while b != 0:
        a, b = b, a % b
    return a
