# SPDX-License-Identifier: Apache-2.0
"""Sums, counts and products."""

from icontract import ensure, require


@ensure(lambda xs, result: result == sum(xs))
def total(xs: list[int]) -> int:
    """Add up a list from the left."""
    acc = 0
    for x in xs:
        acc += x
    return acc


@ensure(lambda xs, result: result == sum(xs))
def total_by_index(xs: list[int]) -> int:
    """Add up a list by its places."""
    acc = 0
    for i in range(len(xs)):
        acc += xs[i]
    return acc


@ensure(lambda xs, result: result == sum(xs))
def total_backwards(xs: list[int]) -> int:
    """Add up a list from the right."""
    acc = 0
    i = len(xs) - 1
    while i >= 0:
        acc += xs[i]
        i -= 1
    return acc


@require(lambda n: n >= 0)
@ensure(lambda n, result: 2 * result == n * (n + 1))
def triangular(n: int) -> int:
    """The n-th triangular number."""
    acc = 0
    for i in range(n + 1):
        acc += i
    return acc


@require(lambda n: n >= 0)
@ensure(lambda n, result: result == n * n)
def sum_of_odds(n: int) -> int:
    """The sum of the first n odd numbers is a square."""
    acc = 0
    odd = 1
    for _ in range(n):
        acc += odd
        odd += 2
    return acc


@require(lambda n: n >= 0)
@ensure(lambda n, result: 6 * result == n * (n + 1) * (2 * n + 1))
def sum_of_squares(n: int) -> int:
    """The sum of the first n squares."""
    acc = 0
    for i in range(1, n + 1):
        acc += i * i
    return acc


@ensure(lambda xs, v, result: result == xs.count(v))
def occurrences(xs: list[int], v: int) -> int:
    """How often a value occurs."""
    n = 0
    for x in xs:
        if x == v:
            n += 1
    return n


@ensure(lambda xs, result: result == sum(1 for x in xs if x > 0))
@ensure(lambda xs, result: 0 <= result <= len(xs))
def count_positive(xs: list[int]) -> int:
    """How many elements are positive."""
    n = 0
    for x in xs:
        if x > 0:
            n += 1
    return n


@ensure(lambda xs, result: result == sum(x for x in xs if x % 2 == 0))
def sum_even(xs: list[int]) -> int:
    """The sum of the even elements."""
    acc = 0
    for x in xs:
        if x % 2 == 0:
            acc += x
    return acc


@require(lambda xs: all(x >= 0 for x in xs))
@ensure(lambda result: result >= 0)
def sum_of_naturals(xs: list[int]) -> int:
    """A sum of naturals is natural."""
    acc = 0
    for x in xs:
        acc += x
    return acc


@require(lambda xs, ys: len(xs) == len(ys))
@ensure(lambda xs, ys, result: result == sum(xs[i] * ys[i] for i in range(len(xs))))
def dot(xs: list[int], ys: list[int]) -> int:
    """The dot product of two vectors."""
    acc = 0
    for i in range(len(xs)):
        acc += xs[i] * ys[i]
    return acc


@require(lambda xs, a, b: 0 <= a <= b <= len(xs))
@ensure(lambda xs, a, b, result: result == sum(xs[a:b]))
def range_sum(xs: list[int], a: int, b: int) -> int:
    """The sum of a stretch of a list."""
    acc = 0
    for i in range(a, b):
        acc += xs[i]
    return acc


@require(lambda rows: all(len(row) > 0 for row in rows))
@ensure(lambda rows, result: result == sum(row[0] for row in rows))
def first_column_sum(rows: list[list[int]]) -> int:
    """The sum of the first column of a matrix."""
    acc = 0
    for row in rows:
        acc += row[0]
    return acc


@ensure(lambda rows, result: result == sum(sum(row) for row in rows))
def matrix_sum(rows: list[list[int]]) -> int:
    """The sum of all elements of a matrix."""
    acc = 0
    for row in rows:
        for x in row:
            acc += x
    return acc


@ensure(lambda xs, ys, result: result == sum(xs) - sum(ys))
def difference_of_sums(xs: list[int], ys: list[int]) -> int:
    """What one list adds up to beyond another."""
    acc = 0
    for x in xs:
        acc += x
    for y in ys:
        acc -= y
    return acc


@ensure(lambda text, c, result: 0 <= result <= len(text))
def count_letter(text: str, c: str) -> int:
    """How many characters of a text are the given one."""
    n = 0
    for letter in text:
        if letter == c:
            n += 1
    return n
