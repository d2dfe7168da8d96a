# SPDX-License-Identifier: Apache-2.0
"""Finding things in lists."""

import icontract


@icontract.ensure(lambda result, xs: -1 <= result < len(xs))
@icontract.ensure(lambda result, xs, target: result == -1 or xs[result] == target)
@icontract.ensure(lambda result, xs, target: (result == -1) == (target not in xs))
def find(xs: list[int], target: int) -> int:
    """The first place of `target`, or -1.

    >>> find([4, 7, 7], 7)
    1
    """
    for i in range(len(xs)):
        if xs[i] == target:
            return i
    return -1


@icontract.require(lambda xs: all(xs[i] <= xs[i + 1] for i in range(len(xs) - 1)))
@icontract.ensure(lambda result, xs: -1 <= result < len(xs))
@icontract.ensure(lambda result, xs, target: result == -1 or xs[result] == target)
@icontract.ensure(lambda result, xs, target: result >= 0 or target not in xs)
def binary_search(xs: list[int], target: int) -> int:
    """A place of `target` in an ascending list, or -1.

    >>> binary_search([1, 3, 5, 7], 5)
    2
    """
    low = 0
    high = len(xs)
    while low < high:
        middle = (low + high) // 2
        if xs[middle] < target:
            low = middle + 1
        elif xs[middle] > target:
            high = middle
        else:
            return middle
    return -1


@icontract.require(lambda xs: len(xs) > 0)
@icontract.ensure(lambda result, xs: result in xs)
@icontract.ensure(lambda result, xs: all(x <= result for x in xs))
def largest(xs: list[int]) -> int:
    """The greatest element.

    >>> largest([3, 9, 4])
    9
    """
    best = xs[0]
    for x in xs:
        if x > best:
            best = x
    return best


@icontract.ensure(lambda result, xs: result == all(a <= b for a, b in zip(xs, xs[1:])))
def is_ascending(xs: list[int]) -> bool:
    """Whether no element is less than the one before it."""
    for i in range(1, len(xs)):
        if xs[i] < xs[i - 1]:
            return False
    return True
