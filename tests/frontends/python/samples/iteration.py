"""Walking over things: builtins, itertools, sorting, folding."""

# mypy: ignore-errors

from collections import deque
from functools import reduce
from itertools import accumulate
from itertools import chain
from itertools import combinations
from itertools import groupby
from itertools import pairwise
from itertools import permutations
from itertools import product
from itertools import zip_longest
from operator import itemgetter
import bisect
import heapq
import operator


def sorted_lambda(xs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted(xs, key=lambda p: p[1], reverse=True)


# sorted_lambda([(1, 'a'), (2, 'b'), (3, 'a')])


def sorted_neg(xs: list[int]) -> list[int]:
    return sorted(xs, key=lambda x: -x)


# sorted_neg([1, 3, 2])


def sorted_tuplekey(xs: list[str]) -> list[str]:
    return sorted(xs, key=lambda s: (len(s), s))


# sorted_tuplekey(['bb', 'a', 'aa'])


def min_default(xs: list[int]) -> int:
    return min(xs, default=7) + max(xs, default=0)


# min_default([])
# min_default([1, 2])


def min_gen_default(xs: list[int]) -> int:
    return max((x * x for x in xs if x > 0), default=-1)


# min_gen_default([])
# min_gen_default([1, 2])


def min_key(xs: list[str]) -> str:
    return min(xs, key=len) + max(xs, key=lambda s: s[-1:])


# min_key(['ab', 'c'])
# min_key([])


def min3(a: int, b: int, c: int) -> int:
    return min(a, b, c) + max(a, b, c)


# min3(1, 2, 3)


def any_all(xs: list[int]) -> bool:
    return any(x > 2 for x in xs) or all(xs)


# any_all([1, 3])
# any_all([0])
# any_all([])


def any_list(xs: list[bool]) -> bool:
    return any(xs) or all([x for x in xs])


# any_list([True])
# any_list([False])


def sum_gen(xs: list[int]) -> int:
    return sum(x for x in xs if x % 2) + sum([1, 2]) + sum(x > 1 for x in xs)


# sum_gen([1, 3])


def sum_start(xs: list[int]) -> int:
    return sum(xs, 10)


# sum_start([1, 3])


def sum_range(n: int) -> int:
    return sum(range(n)) + sum(i * i for i in range(1, n + 1))


# sum_range(4)


def sum_lists(xs: list[list[int]]) -> list[int]:
    return sum(xs, [])


# sum_lists([[1], [2, 3]])


def map_filter(xs: list[int]) -> list[int]:
    return list(map(lambda x: x * 2, filter(lambda x: x > 1, xs)))


# map_filter([1, 2, 3])


def map_int(s: str) -> list[int]:
    return list(map(int, s))


# map_int('123')
# map_int('1a')


def map_two(a: list[int], b: list[int]) -> list[int]:
    return list(map(lambda x, y: x + y, a, b))


# map_two([1, 2], [3, 4])


def filter_none(xs: list[int]) -> list[int]:
    return list(filter(None, xs))


# filter_none([0, 1])


def zip2(a: list[int], b: list[int]) -> int:
    return sum(x * y for x, y in zip(a, b))


# zip2([1, 2], [3, 4])


def zip3(a: list[int], b: list[int], c: list[int]) -> list[tuple[int, int, int]]:
    return list(zip(a, b, c))


# zip3([1], [2], [3])


def zip_strict(a: list[int], b: list[int]) -> int:
    return sum(x * y for x, y in zip(a, b, strict=True))


# refused[unsupported-builtin]
# zip_strict([1, 2], [3, 4])
# zip_strict([1], [])


def zip_star(m: list[list[int]]) -> list[list[int]]:
    return [list(r) for r in zip(*m)]


# zip_star([[1, 2], [3, 4]])
# zip_star([])


def zip_slice(xs: list[int]) -> bool:
    return all(a <= b for a, b in zip(xs, xs[1:]))


# zip_slice([1, 2])
# zip_slice([2, 1])


def enum_start(xs: list[int]) -> int:
    return sum(i * x for i, x in enumerate(xs, 1)) + sum(i for i, _ in enumerate(xs, start=2))


# enum_start([5, 6])


def reversed_of(xs: list[int]) -> list[int]:
    return list(reversed(xs)) + [i for i in reversed(range(3))]


# reversed_of([1, 2])


def range_val(n: int) -> list[int]:
    return list(range(n, 0, -1)) + list(range(2))


# range_val(3)


def range_in(n: int) -> bool:
    return n in range(1, 10) or n in range(20, 30, 2)


# range_in(5)
# range_in(21)
# range_in(22)


def range_len(n: int) -> int:
    return len(range(1, n, 2))


# range_len(10)
# range_len(0)


def reduce_of(xs: list[int]) -> int:
    return reduce(lambda a, b: a * b, xs, 1)


# reduce_of([2, 3])
# reduce_of([])


def reduce2(xs: list[int]) -> int:
    return reduce(lambda a, b: a if a > b else b, xs)


# reduce2([2, 3])
# reduce2([])


def deque_of(xs: list[int]) -> int:
    q = deque(xs)
    q.append(4)
    n = 0
    while q:
        n = n * 10 + q.popleft()
    return n


# refused[unsupported-module]
# deque_of([1, 2])


def combinations_of(xs: list[int]) -> int:
    return len([1 for a, b in combinations(xs, 2) if a < b])


# combinations_of([1, 2, 3])


def permutations_of(xs: list[int]) -> int:
    return sum(1 for p in permutations(xs) if p[0] < p[-1])


# refused[unsupported-module]
# permutations_of([1, 2, 3])


def product_of(xs: list[int], ys: list[int]) -> list[int]:
    return [a * b for a, b in product(xs, ys)]


# product_of([1, 2], [3, 4])


def chain_of(xs: list[list[int]]) -> list[int]:
    return list(chain.from_iterable(xs)) + list(chain(xs[0], [9]))


# chain_of([[1], [2, 3]])


def groupby_of(xs: list[int]) -> list[int]:
    return [k for k, g in groupby(xs)]


# groupby_of([1, 1, 2, 1])


def groupby_len(s: str) -> list[tuple[int, str]]:
    return [(len(list(g)), k) for k, g in groupby(s)]


# refused[type-mismatch]
# groupby_len('aab')


def accumulate_of(xs: list[int]) -> list[int]:
    return list(accumulate(xs))


# accumulate_of([1, 2, 3])
# accumulate_of([])


def zip_longest_of(xs: list[int], ys: list[int]) -> list[int]:
    return [a + b for a, b in zip_longest(xs, ys, fillvalue=0)]


# zip_longest_of([1, 2], [3])


def pairwise_of(xs: list[int]) -> list[int]:
    return [b - a for a, b in pairwise(xs)]


# pairwise_of([1, 4, 9])
# pairwise_of([])


def heapq_n(xs: list[int], n: int) -> list[int]:
    return heapq.nlargest(n, xs) + heapq.nsmallest(n, xs)


# heapq_n([3, 1, 2], 2)
# heapq_n([1], -1)


def heapq_push(xs: list[int]) -> list[int]:
    h: list[int] = []
    for x in xs:
        heapq.heappush(h, x)
    return [heapq.heappop(h) for _ in range(len(h))]


# refused[unsupported-module]
# heapq_push([3, 1, 2])


def bisect_of(xs: list[int], v: int) -> int:
    return bisect.bisect_left(xs, v) * 10 + bisect.bisect(xs, v)


# refused[unsupported-module]
# bisect_of([1, 2, 2, 3], 2)
# bisect_of([], 1)
# bisect_of([3, 1], 2)


def next_gen(xs: list[int]) -> int:
    return next((x for x in xs if x > 2), -1)


# next_gen([1, 3])
# next_gen([])


def next_gen2(xs: list[int]) -> int:
    return next(x for x in xs if x > 2)


# next_gen2([1, 3])


def max_star(xs: list[int]) -> int:
    return max(*xs)


# refused[star-arguments]
# max_star([3, 1])


def operator_of(a: int, b: int) -> int:
    return operator.add(a, b) + operator.mul(a, b)


# operator_of(2, 3)


def itemgetter_of(xs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(xs, key=itemgetter(1))


# itemgetter_of([('a', 2), ('b', 1)])


def sorted_str(s: str) -> list[str]:
    return sorted(s) + sorted(s, reverse=True) + sorted(s, key=str.lower)


# sorted_str('bAc')


def sorted_either_way(xs: list[int], down: bool) -> list[int]:
    return sorted(xs, reverse=down) + sorted(xs, key=lambda x: -x, reverse=len(xs) > 2)


# sorted_either_way([1, 3, 2], True)
# sorted_either_way([1, 3], False)


def listed_sets(xs: list[int]) -> list[int]:
    return sorted(list(set(xs))) + [len(tuple(set(xs))), sum(list(set(xs))), max(list(set(xs)))]


# listed_sets([2, 1, 2])
# listed_sets([])


def max_default_of_computed(xs: list[int]) -> int:
    return max([x for x in xs if x > 1], default=len(xs))


# max_default_of_computed([0, 1])
# max_default_of_computed([3])
