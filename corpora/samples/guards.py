# SPDX-License-Identifier: Apache-2.0
"""Functions that refuse some inputs, and one that breaks its own promise."""

import icontract


def factorial(n: int) -> int:
    """The product of the numbers up to n.

    >>> factorial(5)
    120
    >>> factorial(-1)
    Traceback (most recent call last):
        ...
    ValueError: there is no factorial of a negative number
    """
    if n < 0:
        raise ValueError("there is no factorial of a negative number")
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


def withdraw(balance: int, amount: int) -> int:
    """What is left of a balance; both are whole and not negative.

    >>> withdraw(10, 3)
    7
    """
    if amount < 0:
        raise ValueError("the amount is negative")
    if amount > balance:
        raise ValueError("the balance does not cover the amount")
    return balance - amount


def element_or(xs: list[int], place: int, default: int) -> int:
    """`xs[place]`, or the default where there is no such place.

    >>> element_or([1, 2], 5, 0)
    0
    """
    if 0 <= place < len(xs):
        return xs[place]
    return default


def swap(xs: list[int], i: int, j: int) -> None:
    """Exchange two elements in place."""
    xs[i], xs[j] = xs[j], xs[i]


@icontract.ensure(lambda result, a, b: a <= result <= b or b <= result <= a)
def midpoint(a: int, b: int) -> int:
    """Half way between two numbers, or so it claims: see what `autoform crosscheck` says.

    >>> midpoint(2, 6)
    4
    """
    return abs(a + b) // 2
