"""Sets."""

# mypy: ignore-errors


def set_ops(a: set[int], b: set[int]) -> set[int]:
    return (a & b) | (a - b) ^ b


# set_ops({1, 2}, {2, 3})


def set_methods(a: set[int], b: set[int]) -> set[int]:
    return a.union(b).difference({1}).intersection(b).symmetric_difference({9})


# set_methods({1, 2}, {2, 3})


def set_tests(a: set[int], b: set[int]) -> bool:
    return a <= b or a.issuperset(b) or a.isdisjoint(b) or a < b


# set_tests({1}, {1, 2})
# set_tests({3}, {4})
# set_tests({3, 5}, {3, 4})


def set_mut(a: set[int]) -> set[int]:
    b = set(a)
    b.add(5)
    b.discard(1)
    b.remove(2)
    return b


# set_mut({1, 2})
# set_mut({1})


def set_copy(a: set[int]) -> int:
    b = a.copy()
    b |= {7}
    return len(b)


# set_copy({1, 2})


def set_comp(xs: list[int]) -> set[int]:
    return {x % 3 for x in xs}


# set_comp([1, 2, 4])


def set_sorted(xs: list[int]) -> list[int]:
    return sorted(set(xs))


# set_sorted([2, 1, 2])


def set_len(s: str) -> int:
    return len(set(s))


# set_len('abca')


def set_min(a: set[int]) -> int:
    return min(a) + max(a) + sum(a)


# set_min({1, 5})
# set_min(set())


def set_eq(a: list[int], b: list[int]) -> bool:
    return set(a) == set(b)


# set_eq([1, 1], [1])


def set_bool(a: set[int]) -> bool:
    return bool(a) and not not a


# set_bool({1})
# set_bool(set())


def frozen(a: list[int]) -> bool:
    return 3 in frozenset(a)


# frozen([3])
