# SPDX-License-Identifier: Apache-2.0
"""Lists built from lists, and lists changed in place."""

from icontract import ensure, require, snapshot


@ensure(lambda xs, result: len(result) == len(xs))
@ensure(lambda xs, result: all(result[i] == 2 * xs[i] for i in range(len(xs))))
def doubled(xs: list[int]) -> list[int]:
    """Every element doubled."""
    out: list[int] = []
    for x in xs:
        out.append(2 * x)
    return out


@ensure(lambda xs, result: result == [x + 1 for x in xs])
def incremented(xs: list[int]) -> list[int]:
    """Every element plus one."""
    out: list[int] = []
    for x in xs:
        out.append(x + 1)
    return out


@ensure(lambda xs, result: all(x > 0 for x in result))
@ensure(lambda xs, result: len(result) <= len(xs))
def positives(xs: list[int]) -> list[int]:
    """The positive elements, in order."""
    out: list[int] = []
    for x in xs:
        if x > 0:
            out.append(x)
    return out


@ensure(lambda xs, result: result == [x for x in xs if x % 2 == 0])
def evens(xs: list[int]) -> list[int]:
    """The even elements, in order."""
    out: list[int] = []
    for x in xs:
        if x % 2 == 0:
            out.append(x)
    return out


@ensure(lambda xs, result: len(result) == len(xs))
@ensure(lambda xs, result: all(result[i] == xs[len(xs) - 1 - i] for i in range(len(xs))))
def reversed_copy(xs: list[int]) -> list[int]:
    """The elements from the last to the first."""
    out: list[int] = []
    i = len(xs) - 1
    while i >= 0:
        out.append(xs[i])
        i -= 1
    return out


@ensure(lambda xs, result: len(result) == len(xs) + 1)
@ensure(lambda xs, result: all(result[i] == sum(xs[:i]) for i in range(len(result))))
def prefix_sums(xs: list[int]) -> list[int]:
    """The sums of all prefixes."""
    out = [0]
    acc = 0
    for x in xs:
        acc += x
        out.append(acc)
    return out


@require(lambda n: n >= 0)
@ensure(lambda n, result: len(result) == n and all(result[i] == i * i for i in range(n)))
def squares(n: int) -> list[int]:
    """The first squares."""
    out: list[int] = []
    for i in range(n):
        out.append(i * i)
    return out


@snapshot(lambda xs: xs[:])
@ensure(lambda xs: all(x == 0 for x in xs))
@ensure(lambda xs, OLD: len(xs) == len(OLD.xs))
def clear(xs: list[int]) -> None:
    """Set every element to zero."""
    for i in range(len(xs)):
        xs[i] = 0


@snapshot(lambda xs: xs[:])
@ensure(lambda xs, OLD: len(xs) == len(OLD.xs))
@ensure(lambda xs, OLD: all(xs[i] == OLD.xs[i] + 1 for i in range(len(xs))))
def increment_all(xs: list[int]) -> None:
    """Add one to every element in place."""
    for i in range(len(xs)):
        xs[i] += 1


@snapshot(lambda xs: xs[:])
@require(lambda xs, i, j: 0 <= i < len(xs) and 0 <= j < len(xs))
@ensure(lambda xs, i, j, OLD: xs[i] == OLD.xs[j] and xs[j] == OLD.xs[i])
@ensure(lambda xs, OLD: len(xs) == len(OLD.xs))
def swap(xs: list[int], i: int, j: int) -> None:
    """Exchange two elements."""
    xs[i], xs[j] = xs[j], xs[i]


@snapshot(lambda xs: xs[:])
@ensure(lambda xs, OLD: len(xs) == len(OLD.xs))
@ensure(lambda xs, OLD: all(xs[i] == OLD.xs[len(xs) - 1 - i] for i in range(len(xs))))
def reverse_in_place(xs: list[int]) -> None:
    """Turn a list round by exchanging from both ends."""
    i = 0
    j = len(xs) - 1
    while i < j:
        xs[i], xs[j] = xs[j], xs[i]
        i += 1
        j -= 1


@ensure(lambda xs, ys, result: len(result) == len(xs) + len(ys))
@ensure(lambda xs, ys, result: result == xs + ys)
def joined(xs: list[int], ys: list[int]) -> list[int]:
    """One list after another, element by element."""
    out: list[int] = []
    for x in xs:
        out.append(x)
    for y in ys:
        out.append(y)
    return out


@require(lambda n: n >= 0)
@ensure(lambda n, v, result: len(result) == n and all(x == v for x in result))
def filled(n: int, v: int) -> list[int]:
    """A list of n equal elements."""
    out: list[int] = []
    while len(out) < n:
        out.append(v)
    return out


@require(lambda xs, ys: len(xs) == len(ys))
@ensure(lambda xs, ys, result: result == [xs[i] + ys[i] for i in range(len(xs))])
def added(xs: list[int], ys: list[int]) -> list[int]:
    """Two vectors added."""
    out: list[int] = []
    for i in range(len(xs)):
        out.append(xs[i] + ys[i])
    return out


@snapshot(lambda xs: xs[:])
@ensure(lambda xs, v, OLD: len(xs) == len(OLD.xs) and (v == 0 or all(x != v for x in xs)))
def replace_with_zero(xs: list[int], v: int) -> None:
    """Replace every occurrence of a value by zero."""
    for i in range(len(xs)):
        if xs[i] == v:
            xs[i] = 0


@ensure(lambda xs, result: all(result[i] >= xs[i] for i in range(len(xs))))
@ensure(lambda xs, result: len(result) == len(xs))
@ensure(
    lambda result: all(
        result[i] <= result[j] for i in range(len(result)) for j in range(i, len(result))
    )
)
def running_maximum(xs: list[int]) -> list[int]:
    """The greatest element up to each place."""
    out: list[int] = []
    for x in xs:
        if len(out) > 0 and out[len(out) - 1] > x:
            out.append(out[len(out) - 1])
        else:
            out.append(x)
    return out
