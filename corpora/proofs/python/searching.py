# SPDX-License-Identifier: Apache-2.0
"""Searching: linear, binary, from both ends, for a witness."""

from icontract import ensure, require


@ensure(lambda xs, v, result: result == (v in xs))
def contains(xs: list[int], v: int) -> bool:
    """Whether a value occurs."""
    for x in xs:
        if x == v:
            return True
    return False


@ensure(lambda xs, v, result: -1 <= result < len(xs))
@ensure(lambda xs, v, result: result == -1 or xs[result] == v)
@ensure(lambda xs, v, result: result != -1 or v not in xs)
@ensure(lambda xs, v, result: result == -1 or all(xs[k] != v for k in range(result)))
def find_first(xs: list[int], v: int) -> int:
    """The first place of a value, or -1."""
    for i in range(len(xs)):
        if xs[i] == v:
            return i
    return -1


@ensure(lambda xs, v, result: -1 <= result < len(xs))
@ensure(lambda xs, v, result: result == -1 or xs[result] == v)
@ensure(lambda xs, v, result: all(xs[k] != v for k in range(result + 1, len(xs))))
def find_last(xs: list[int], v: int) -> int:
    """The last place of a value, or -1."""
    i = len(xs) - 1
    while i >= 0:
        if xs[i] == v:
            return i
        i -= 1
    return -1


@require(lambda xs: all(xs[i] <= xs[j] for i in range(len(xs)) for j in range(i, len(xs))))
@ensure(lambda xs, v, result: -1 <= result < len(xs))
@ensure(lambda xs, v, result: result == -1 or xs[result] == v)
@ensure(lambda xs, v, result: result != -1 or all(x != v for x in xs))
def binary_search(xs: list[int], v: int) -> int:
    """A place of a value in a sorted list, or -1."""
    lo = 0
    hi = len(xs) - 1
    while lo <= hi:
        mid = (lo + hi) // 2
        if xs[mid] == v:
            return mid
        if xs[mid] < v:
            lo = mid + 1
        else:
            hi = mid - 1
    return -1


@require(lambda xs: all(xs[i] <= xs[j] for i in range(len(xs)) for j in range(i, len(xs))))
@ensure(lambda xs, v, result: 0 <= result <= len(xs))
@ensure(lambda xs, v, result: all(xs[i] < v for i in range(result)))
@ensure(lambda xs, v, result: all(xs[i] >= v for i in range(result, len(xs))))
def lower_bound(xs: list[int], v: int) -> int:
    """The first place at which a value could be inserted into a sorted list."""
    lo = 0
    hi = len(xs)
    while lo < hi:
        mid = (lo + hi) // 2
        if xs[mid] < v:
            lo = mid + 1
        else:
            hi = mid
    return lo


@ensure(lambda xs, result: result == all(x >= 0 for x in xs))
def all_natural(xs: list[int]) -> bool:
    """Whether no element is negative."""
    for x in xs:
        if x < 0:
            return False
    return True


@ensure(lambda xs, result: result == any(x % 2 == 0 for x in xs))
def some_even(xs: list[int]) -> bool:
    """Whether an element is even."""
    found = False
    for x in xs:
        if x % 2 == 0:
            found = True
    return found


@ensure(lambda xs, result: result == all(xs[i] <= xs[i + 1] for i in range(len(xs) - 1)))
def is_ascending(xs: list[int]) -> bool:
    """Whether a list is sorted."""
    for i in range(len(xs) - 1):
        if xs[i] > xs[i + 1]:
            return False
    return True


@ensure(lambda xs, ys, result: result == (xs == ys))
def same_list(xs: list[int], ys: list[int]) -> bool:
    """Whether two lists are equal."""
    if len(xs) != len(ys):
        return False
    for i in range(len(xs)):
        if xs[i] != ys[i]:
            return False
    return True


@ensure(
    lambda xs, result: (
        result == any(xs[i] == xs[j] for i in range(len(xs)) for j in range(i + 1, len(xs)))
    )
)
def has_duplicate(xs: list[int]) -> bool:
    """Whether a value occurs twice."""
    for i in range(len(xs)):
        for j in range(i + 1, len(xs)):
            if xs[i] == xs[j]:
                return True
    return False


@ensure(
    lambda text, result: result == all(text[i] == text[len(text) - 1 - i] for i in range(len(text)))
)
def is_palindrome(text: str) -> bool:
    """Whether a text reads the same from both ends."""
    i = 0
    j = len(text) - 1
    while i < j:
        if text[i] != text[j]:
            return False
        i += 1
        j -= 1
    return True


@require(lambda xs: any(x < 0 for x in xs))
@ensure(lambda xs, result: 0 <= result < len(xs) and xs[result] < 0)
def index_of_negative(xs: list[int]) -> int:
    """The place of the first negative element, which must exist."""
    i = 0
    while xs[i] >= 0:
        i += 1
    return i


@ensure(lambda xs, ys, result: result == any(x in ys for x in xs))
def share_element(xs: list[int], ys: list[int]) -> bool:
    """Whether two lists have an element in common."""
    for x in xs:
        for y in ys:
            if x == y:
                return True
    return False
