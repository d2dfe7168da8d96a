# SPDX-License-Identifier: Apache-2.0
"""Arithmetic: powers, division, roots, digits, divisors."""

from icontract import ensure, require


@require(lambda n: n >= 0)
@ensure(lambda b, n, result: result == b**n)
def power(b: int, n: int) -> int:
    """b to the n, one factor at a time."""
    acc = 1
    for _ in range(n):
        acc *= b
    return acc


@require(lambda a, b: a >= 0 and b > 0)
@ensure(lambda a, b, result: result[0] * b + result[1] == a and 0 <= result[1] < b)
def divide(a: int, b: int) -> tuple[int, int]:
    """Quotient and remainder by repeated subtraction."""
    q = 0
    r = a
    while r >= b:
        r -= b
        q += 1
    return q, r


@require(lambda n: n >= 0)
@ensure(lambda n, result: result >= 0 and result * result <= n < (result + 1) * (result + 1))
def integer_root(n: int) -> int:
    """The integer square root by counting up."""
    r = 0
    while (r + 1) * (r + 1) <= n:
        r += 1
    return r


@require(lambda a, b: b >= 0)
@ensure(lambda a, b, result: result == a * b)
def multiply(a: int, b: int) -> int:
    """The product by repeated addition."""
    acc = 0
    n = b
    while n > 0:
        acc += a
        n -= 1
    return acc


@require(lambda a, b: b >= 0)
@ensure(lambda a, b, result: result == a * b)
def multiply_by_doubling(a: int, b: int) -> int:
    """The product by doubling and halving."""
    acc = 0
    x = a
    n = b
    while n > 0:
        if n % 2 == 1:
            acc += x
        x = x + x
        n = n // 2
    return acc


@require(lambda n: n >= 0)
@ensure(lambda n, result: result >= 1)
@ensure(lambda n, result: n < 10 or result >= 2)
def digit_count(n: int) -> int:
    """The number of decimal digits."""
    count = 1
    rest = n
    while rest >= 10:
        rest //= 10
        count += 1
    return count


@require(lambda n: n >= 0)
@ensure(lambda n, result: result >= 0 and (n == 0 or result > 0))
def digit_sum(n: int) -> int:
    """The sum of the decimal digits."""
    acc = 0
    rest = n
    while rest > 0:
        acc += rest % 10
        rest //= 10
    return acc


@require(lambda n: n >= 2)
@ensure(lambda n, result: result == all(n % k != 0 for k in range(2, n)))
def is_prime(n: int) -> bool:
    """Whether no number from 2 to n - 1 divides n."""
    for k in range(2, n):
        if n % k == 0:
            return False
    return True


@require(lambda n: n >= 2)
@ensure(lambda n, result: 2 <= result <= n and n % result == 0)
@ensure(lambda n, result: all(n % k != 0 for k in range(2, result)))
def least_divisor(n: int) -> int:
    """The least divisor above one."""
    k = 2
    while n % k != 0:
        k += 1
    return k


@require(lambda a, b: a > 0 and b > 0)
@ensure(lambda a, b, result: result > 0 and result <= a and result <= b)
def gcd_bounds(a: int, b: int) -> int:
    """Euclid's algorithm by subtraction; its result is no greater than either number."""
    x = a
    y = b
    while x != y:
        if x > y:
            x -= y
        else:
            y -= x
    return x


@ensure(lambda n, result: result >= 0 and (result == n or result == -n))
def absolute(n: int) -> int:
    """The absolute value."""
    if n < 0:
        return -n
    return n


@require(lambda n: n >= 0)
@ensure(lambda n, result: result == (n % 2 == 0))
def is_even_by_steps(n: int) -> bool:
    """Whether n is even, by counting down in twos."""
    m = n
    while m >= 2:
        m -= 2
    return m == 0


@require(lambda n: n >= 0)
@ensure(lambda n, result: result == n * (n - 1) // 2)
def pairs(n: int) -> int:
    """The number of pairs among n things, counted."""
    count = 0
    for i in range(n):
        for _ in range(i):
            count += 1
    return count


@require(lambda n: n >= 0)
@ensure(lambda n, result: result >= 1)
def factorial(n: int) -> int:
    """n factorial is positive."""
    acc = 1
    for k in range(1, n + 1):
        acc *= k
    return acc


@require(lambda n: n >= 0)
@ensure(lambda n, result: result == 2**n)
def power_of_two(n: int) -> int:
    """Two to the n by recursion."""
    if n == 0:
        return 1
    return 2 * power_of_two(n - 1)


@require(lambda n: n >= 0)
@ensure(lambda n, result: result >= n - 1 and result >= 0)
def fibonacci(n: int) -> int:
    """The n-th Fibonacci number by iteration."""
    a = 0
    b = 1
    for _ in range(n):
        a, b = b, a + b
    return a
