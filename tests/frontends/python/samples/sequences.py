"""Lists and tuples."""

# mypy: ignore-errors

import copy


def list_index_lit(xs: list[int]) -> int:
    return xs.index(2, 1)


# list_index_lit([2, 1, 2])
# list_index_lit([2])
# list_index_lit([])
# list_index_lit([1, 2])


def list_sort(xs: list[int]) -> list[int]:
    ys = list(xs)
    ys.sort(reverse=True)
    return ys


# list_sort([3, 1, 2])


def list_sort_key(xs: list[str]) -> list[str]:
    ys = xs[:]
    ys.sort(key=len)
    return ys


# list_sort_key(['bb', 'a', 'cc'])


def list_pop(xs: list[int]) -> int:
    ys = xs.copy()
    a = ys.pop()
    b = ys.pop(0)
    return a * 100 + b + len(ys)


# list_pop([1, 2, 3])
# list_pop([1])


def list_insert(xs: list[int]) -> list[int]:
    ys = xs[:]
    ys.insert(1, 9)
    ys.insert(-1, 8)
    ys.insert(100, 7)
    return ys


# list_insert([1, 2, 3])
# list_insert([])


def list_remove(xs: list[int]) -> list[int]:
    ys = xs[:]
    ys.remove(2)
    return ys


# list_remove([1, 2, 2])
# list_remove([1])


def list_reverse(xs: list[int]) -> list[int]:
    ys = xs[:]
    ys.reverse()
    ys.extend([1, 2])
    ys += [3]
    return ys


# list_reverse([1, 2, 3])


def list_index(xs: list[int]) -> int:
    return xs.index(2) + xs.count(2)


# list_index([1, 2, 2])
# list_index([1])


def list_index_from(xs: list[int], i: int) -> int:
    return xs.index(2, i)


# refused[unsupported-method]
# list_index_from([2, 1, 2], 1)
# list_index_from([2], 1)
# list_index_from([2, 2], -1)


def list_clear(xs: list[int]) -> list[int]:
    ys = xs[:]
    ys.clear()
    return ys


# list_clear([1])


def del_item(xs: list[int]) -> list[int]:
    ys = xs[:]
    del ys[0]
    return ys


# del_item([1, 2])
# del_item([])


def del_slice(xs: list[int]) -> list[int]:
    ys = xs[:]
    del ys[1:3]
    return ys


# del_slice([1, 2, 3, 4])
# del_slice([])


def slice_store(xs: list[int]) -> list[int]:
    ys = xs[:]
    ys[1:2] = [7, 8]
    return ys


# slice_store([1, 2, 3])
# slice_store([])


def list_eq(a: list[int], b: list[int]) -> bool:
    return a == b or a < b or a != []


# list_eq([1], [1])
# list_eq([1], [2])


def list_mul(n: int) -> list[int]:
    return [0] * n + [1, 2] * 2


# list_mul(3)
# list_mul(-1)


def nested_mul(n: int) -> list[list[int]]:
    g = [[0] * n for _ in range(n)]
    g[0][1] = 5
    return g


# nested_mul(2)
# nested_mul(1)


def tuple_methods(t: tuple[int, ...]) -> int:
    return t.index(2) + t.count(2)


# tuple_methods((1, 2, 2))
# tuple_methods((1,))


def tuple_concat(t: tuple[int, ...]) -> tuple[int, ...]:
    return t + (1,) + t[1:] + (0,) * 2


# tuple_concat((1, 2))


def tuple_cmp(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a < b or a == b


# tuple_cmp((1, 2), (1, 3))
# tuple_cmp((2, 0), (1, 0))


def tuple_min(xs: list[tuple[int, int]]) -> tuple[int, int]:
    return min(xs)


# tuple_min([(2, 1), (1, 5)])
# tuple_min([])


def swap(xs: list[int]) -> list[int]:
    ys = xs[:]
    ys[0], ys[-1] = ys[-1], ys[0]
    return ys


# swap([1, 2, 3])
# swap([])


def star_unpack(xs: list[int]) -> int:
    a, *rest = xs
    return a + len(rest)


# refused[star-arguments]
# star_unpack([1, 2, 3])
# star_unpack([])


def star_list(xs: list[int]) -> list[int]:
    return [0, *xs, 1]


# star_list([5])


def star_call_helper(a: int, b: int) -> int:
    return a - b


def star_call(t: tuple[int, int]) -> int:
    return star_call_helper(*t)


# star_call((3, 1))


def copy_of(xs: list[list[int]]) -> list[list[int]]:
    ys = copy.deepcopy(xs)
    ys[0].append(1)
    return ys


# copy_of([[1]])


def list_str(s: str) -> list[str]:
    return list(s) + [c for c in s] + [*s]


# list_str('ab')


def tuple_of(xs: list[int]) -> tuple[int, ...]:
    return tuple(xs) + tuple(x for x in xs)


# tuple_of([1])


def matrix(m: list[list[int]]) -> list[list[int]]:
    return [[m[j][i] for j in range(len(m))] for i in range(len(m[0]))]


# matrix([[1, 2], [3, 4]])
# matrix([])


def deep_copies(m: list[list[list[int]]]) -> list[list[list[int]]]:
    other = copy.deepcopy(m)
    other[0][0].append(1)
    shallow = copy.copy(m[0])
    shallow.append([5])
    return other + [shallow] + m


# deep_copies([[[1], [2]]])
# deep_copies([])
