# SPDX-License-Identifier: Apache-2.0
"""Wrong variants of functions on numbers, texts, dictionaries, and of recursion."""

from icontract import ensure, require


@require(lambda n: n >= 0)
@ensure(lambda b, n, result: result == b**n)
def power_short(b: int, n: int) -> int:  # expect: refuted
    """One factor too few."""
    acc = 1
    for _ in range(1, n):
        acc *= b
    return acc


@require(lambda a, b: a >= 0 and b > 0)
@ensure(lambda a, b, result: result[0] * b + result[1] == a and 0 <= result[1] < b)
def divide_strictly(a: int, b: int) -> tuple[int, int]:  # expect: refuted
    """Leave a remainder as great as the divisor."""
    q = 0
    r = a
    while r > b:
        r -= b
        q += 1
    return q, r


@require(lambda a, b: b >= 0)
@ensure(lambda a, b, result: result == a * b)
def multiply_evenly(a: int, b: int) -> int:  # expect: refuted
    """Drop the odd part."""
    acc = 0
    x = a
    n = b
    while n > 1:
        x = x + x
        n = n // 2
    acc = x if b > 0 else 0
    return acc


@require(lambda n: n >= 2)
@ensure(lambda n, result: result == all(n % k != 0 for k in range(2, n)))
def is_odd_or_two(n: int) -> bool:  # expect: refuted
    """Take every odd number for a prime."""
    return n == 2 or n % 2 == 1


@require(lambda a, b: a > 0 and b > 0)
@ensure(lambda a, b, result: a % result == 0 and b % result == 0)
def lesser_for_divisor(a: int, b: int) -> int:  # expect: refuted
    """The lesser number divides both only at times."""
    return a if a < b else b


@require(lambda n: n >= 0)
@ensure(lambda n, result: 0 <= result <= n)
def digit_sum_plus(n: int) -> int:  # expect: refuted
    """Begin with one."""
    result = 1
    while n > 0:
        result += n % 10
        n //= 10
    return result


@require(lambda n: n >= 0)
@ensure(lambda n, result: result == n * (n - 1) // 2)
def pairs_with_self(n: int) -> int:  # expect: refuted
    """Count each with itself."""
    acc = 0
    for i in range(n):
        acc += i + 1
    return acc


@ensure(lambda text, result: result == (text == text[::-1]))
def reads_both_ways_half(text: str) -> bool:  # expect: refuted
    """Look at the outermost characters only."""
    return len(text) == 0 or text[0] == text[-1]


@require(lambda c: len(c) == 1)
@ensure(lambda text, c, result: result == text.count(c))
def how_many_until_first(text: str, c: str) -> int:  # expect: refuted
    """Stop after the first."""
    for letter in text:
        if letter == c:
            return 1
    return 0


@ensure(lambda text, result: all(c != " " for c in result))
def without_last_blank(text: str) -> str:  # expect: refuted
    """Take a blank from the end only."""
    return text[:-1] if text.endswith(" ") else text


@ensure(lambda text, prefix, result: result == text.startswith(prefix))
def begins_with_first(text: str, prefix: str) -> bool:  # expect: refuted
    """Compare the first characters only."""
    return len(prefix) == 0 or (len(text) > 0 and text[0] == prefix[0])


@ensure(lambda text, result: result == text[::-1])
def same_way(text: str) -> str:  # expect: refuted
    """Build it forwards."""
    out = ""
    for c in text:
        out += c
    return out


@ensure(lambda words, result: all(len(w) <= len(result) for w in words))
@require(lambda words: len(words) > 0)
def shortest_word(words: list[str]) -> str:  # expect: refuted
    """Compare the wrong way round."""
    best = words[0]
    for w in words:
        if len(w) < len(best):
            best = w
    return best


@ensure(lambda words, result: all(result[w] == words.count(w) for w in words))
def seen_once(words: list[str]) -> dict[str, int]:  # expect: refuted
    """Never count beyond one."""
    counts: dict[str, int] = {}
    for w in words:
        counts[w] = 1
    return counts


@ensure(lambda xs, result: result == set(xs))
def as_set_of_positive(xs: list[int]) -> set[int]:  # expect: refuted
    """Leave out what is not positive."""
    out: set[int] = set()
    for x in xs:
        if x > 0:
            out.add(x)
    return out


@ensure(lambda xs, result: set(result) == set(xs))
@ensure(lambda xs, result: len(set(result)) == len(result))
def unique_neighbours(xs: list[int]) -> list[int]:  # expect: refuted
    """Drop repeats of neighbours only."""
    out: list[int] = []
    for i in range(len(xs)):
        if i == 0 or xs[i] != xs[i - 1]:
            out.append(xs[i])
    return out


@ensure(lambda xs, result: all(result[x] == xs.index(x) for x in xs))
def last_places(xs: list[int]) -> dict[int, int]:  # expect: refuted
    """Where each element stands last."""
    out: dict[int, int] = {}
    for i in range(len(xs)):
        out[xs[i]] = i
    return out


@ensure(
    lambda xs, target, result: (
        result == any(xs[i] + xs[j] == target for i in range(len(xs)) for j in range(i))
    )
)
def two_sum_with_self(xs: list[int], target: int) -> bool:  # expect: refuted
    """Let an element pair with itself."""
    for x in xs:
        if target - x in xs:
            return True
    return False


@require(lambda n: n >= 0)
@ensure(lambda n, result: result >= n)
def fib_small(n: int) -> int:  # expect: refuted
    """Claim too much of Fibonacci's numbers."""
    if n < 2:
        return n
    return fib_small(n - 1) + fib_small(n - 2)


@ensure(lambda xs, result: result == sum(xs))
def sum_without_first(xs: list[int]) -> int:  # expect: refuted
    """Lose one element in each call."""
    if len(xs) < 2:
        return 0
    return xs[1] + sum_without_first(xs[2:])


@require(lambda xs, lo, hi: 0 <= lo <= hi <= len(xs))
@require(lambda xs, lo, hi: all(xs[i] <= xs[j] for i in range(len(xs)) for j in range(i, len(xs))))
@ensure(lambda xs, v, lo, hi, result: result == any(xs[k] == v for k in range(lo, hi)))
def search_short(xs: list[int], v: int, lo: int, hi: int) -> bool:  # expect: refuted
    """Skip one place on the left."""
    if lo == hi:
        return False
    mid = (lo + hi) // 2
    if xs[mid] == v:
        return True
    if xs[mid] < v:
        return search_short(xs, v, mid + 1, hi)
    return search_short(xs, v, lo, mid - 1) if mid > lo else False


@require(lambda n: n >= 0)
@ensure(lambda b, n, result: result == b**n)
def quick_power_even(b: int, n: int) -> int:  # expect: refuted
    """Lose the odd factor."""
    if n == 0:
        return 1
    half = quick_power_even(b, n // 2)
    return half * half


@require(lambda n: n >= 0)
@ensure(lambda n, result: result == 2**n - 1)
def hanoi_moves_short(n: int) -> int:  # expect: refuted
    """Forget to move the disc itself."""
    if n <= 1:
        return n
    return 2 * hanoi_moves_short(n - 1)
