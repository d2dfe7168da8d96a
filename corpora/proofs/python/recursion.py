# SPDX-License-Identifier: Apache-2.0
"""Functions that call themselves, and loops that compute what such functions define."""

from icontract import ensure, require


@require(lambda n: n >= 0)
def fib(n: int) -> int:
    """Fibonacci's numbers by their definition."""
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


@require(lambda n: n >= 0)
@ensure(lambda n, result: result == fib(n))
def fib_by_loop(n: int) -> int:
    """The same, step by step."""
    a = 0
    b = 1
    for _ in range(n):
        a, b = b, a + b
    return a


@require(lambda n: n >= 0)
def fact(n: int) -> int:
    """The factorial by its definition."""
    return 1 if n == 0 else n * fact(n - 1)


@require(lambda n: n >= 0)
@ensure(lambda n, result: result == fact(n))
def fact_by_loop(n: int) -> int:
    """The factorial by a product."""
    acc = 1
    for i in range(1, n + 1):
        acc *= i
    return acc


@require(lambda a, b: a >= 0 and b >= 0)
def gcd_of(a: int, b: int) -> int:
    """Euclid's algorithm as a definition."""
    if b == 0:
        return a
    return gcd_of(b, a % b)


@require(lambda a, b: a >= 0 and b >= 0)
@ensure(lambda a, b, result: result == gcd_of(a, b))
def gcd_by_loop(a: int, b: int) -> int:
    """The same in a loop."""
    x = a
    y = b
    while y != 0:
        x, y = y, x % y
    return x


@ensure(lambda xs, result: result == sum(xs))
def sum_of(xs: list[int]) -> int:
    """A sum by taking the first element off."""
    if len(xs) == 0:
        return 0
    return xs[0] + sum_of(xs[1:])


@require(lambda xs, n: 0 <= n <= len(xs))
@ensure(lambda xs, n, result: result == sum(xs[:n]))
def sum_up_to(xs: list[int], n: int) -> int:
    """A sum by taking the last element off."""
    if n == 0:
        return 0
    return sum_up_to(xs, n - 1) + xs[n - 1]


@ensure(lambda xs, result: result == xs[::-1])
def turned(xs: list[int]) -> list[int]:
    """A list turned round, element by element."""
    if len(xs) == 0:
        return []
    return turned(xs[1:]) + [xs[0]]


@require(lambda xs, lo, hi: 0 <= lo <= hi <= len(xs))
@require(lambda xs, lo, hi: all(xs[i] <= xs[j] for i in range(len(xs)) for j in range(i, len(xs))))
@ensure(lambda xs, v, lo, hi, result: result == any(xs[k] == v for k in range(lo, hi)))
def search(xs: list[int], v: int, lo: int, hi: int) -> bool:
    """Binary search between two places."""
    if lo == hi:
        return False
    mid = (lo + hi) // 2
    if xs[mid] == v:
        return True
    if xs[mid] < v:
        return search(xs, v, mid + 1, hi)
    return search(xs, v, lo, mid)


@require(lambda n: n >= 0)
@ensure(lambda b, n, result: result == b**n)
def quick_power(b: int, n: int) -> int:
    """A power by squaring."""
    if n == 0:
        return 1
    half = quick_power(b, n // 2)
    if n % 2 == 0:
        return half * half
    return half * half * b


@require(lambda n: n >= 0)
@ensure(lambda n, result: result == 2**n - 1)
def hanoi_moves(n: int) -> int:
    """How many moves the tower takes."""
    if n == 0:
        return 0
    return 2 * hanoi_moves(n - 1) + 1


@ensure(lambda xs, v, result: result == (v in xs))
def holds(xs: list[int], v: int) -> bool:
    """Whether a value occurs, by recursion."""
    if len(xs) == 0:
        return False
    return xs[0] == v or holds(xs[1:], v)


@require(lambda xs: len(xs) > 0)
@ensure(lambda xs, result: all(x <= result for x in xs) and result in xs)
def greatest_of(xs: list[int]) -> int:
    """The greatest element, by recursion."""
    if len(xs) == 1:
        return xs[0]
    rest = greatest_of(xs[1:])
    return xs[0] if xs[0] > rest else rest


@require(lambda n, k: 0 <= k <= n)
@ensure(lambda n, k, result: result >= 1)
def binomial(n: int, k: int) -> int:
    """Pascal's triangle."""
    if k == 0 or k == n:
        return 1
    return binomial(n - 1, k - 1) + binomial(n - 1, k)


@require(lambda m, n: m >= 0 and n >= 0)
@ensure(lambda m, n, result: result == m + n)
def plus(m: int, n: int) -> int:
    """Addition one step at a time."""
    return m if n == 0 else plus(m, n - 1) + 1
