"""Dictionaries."""

# mypy: ignore-errors

from collections import Counter
from collections import defaultdict


def del_dict(d: dict[str, int]) -> int:
    e = d.copy()
    del e["a"]
    return len(e)


# del_dict({'a': 1})
# del_dict({})


def dict_methods(d: dict[str, int]) -> int:
    return sum(d.values()) + len(d.keys()) + d.get("a", 0) + len(d.items())


# dict_methods({'a': 1, 'b': 2})
# dict_methods({})


def dict_get_none(d: dict[str, int]) -> int:
    v = d.get("a")
    return -1 if v is None else v


# dict_get_none({'a': 1})
# dict_get_none({})


def dict_iter(d: dict[str, int]) -> str:
    s = ""
    for k in d:
        s += k
    for k, v in d.items():
        s += k * v
    return s


# dict_iter({'a': 1, 'b': 2})


def dict_setdefault(xs: list[str]) -> dict[str, int]:
    d: dict[str, int] = {}
    for x in xs:
        d.setdefault(x, 0)
        d[x] += 1
    return d


# dict_setdefault(['a', 'b', 'a'])


def dict_pop(d: dict[str, int]) -> int:
    e = dict(d)
    return e.pop("a", 0) + e.pop("b")


# dict_pop({'a': 1, 'b': 2})
# dict_pop({'a': 1})


def dict_update(d: dict[str, int]) -> dict[str, int]:
    e = dict(d)
    e.update({"z": 1})
    return e


# dict_update({'a': 1})


def dict_comp(xs: list[str]) -> dict[str, int]:
    return {x: len(x) for x in xs if x}


# dict_comp(['a', 'bb', ''])


def dict_zip(xs: list[str], ys: list[int]) -> dict[str, int]:
    return dict(zip(xs, ys))


# dict_zip(['a', 'b'], [1, 2])


def dict_sorted(d: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(d.items(), key=lambda kv: kv[1])


# dict_sorted({'a': 2, 'b': 1})


def dict_max(d: dict[str, int]) -> str:
    return max(d, key=d.get)


# dict_max({'a': 2, 'b': 3})


def dict_max2(d: dict[str, int]) -> str:
    return max(d, key=lambda k: d[k])


# dict_max2({'a': 2, 'b': 3})


def dict_sorted_keys(d: dict[str, int]) -> list[str]:
    return sorted(d) + list(d) + list(d.keys())


# dict_sorted_keys({'b': 2, 'a': 3})


def dict_popitem(d: dict[str, int]) -> tuple[str, int]:
    e = dict(d)
    return e.popitem()


# refused[unsupported-method]
# dict_popitem({'b': 2, 'a': 3})
# dict_popitem({})


def dict_fromkeys(xs: list[str]) -> dict[str, int]:
    return dict.fromkeys(xs, 0)


# dict_fromkeys(['a', 'b', 'a'])


def dict_uniq(xs: list[int]) -> list[int]:
    return list(dict.fromkeys(xs))


# dict_uniq([2, 1, 2])


def dict_merge(a: dict[str, int], b: dict[str, int]) -> dict[str, int]:
    return {**a, **b}


# dict_merge({'a': 1}, {'a': 2})


def dict_or(a: dict[str, int], b: dict[str, int]) -> dict[str, int]:
    return a | b


# dict_or({'a': 1}, {'a': 2})


def dict_eq(a: dict[str, int], b: dict[str, int]) -> bool:
    return a == b


# dict_eq({'a': 1}, {'a': 1})
# dict_eq({}, {'a': 1})


def dict_in(a: dict[str, int]) -> bool:
    return "a" in a and "b" not in a.keys() and 3 in a.values()


# dict_in({'a': 3})
# dict_in({'b': 1})


def counter_of(s: str) -> int:
    return Counter(s)["a"]


# refused[unsupported-module]
# counter_of('aba')


def counter_items(xs: list[int]) -> list[int]:
    return [k for k, v in Counter(xs).items() if v > 1]


# refused[unsupported-module]
# counter_items([1, 2, 1])


def counter_dict(xs: list[int]) -> dict[int, int]:
    return dict(Counter(xs))


# refused[unsupported-module]
# counter_dict([1, 2, 1])


def counter_common(xs: list[int]) -> list[tuple[int, int]]:
    return Counter(xs).most_common(2)


# refused[unsupported-module]
# counter_common([1, 2, 1, 3, 3, 3])


def counter_eq(a: str, b: str) -> bool:
    return Counter(a) == Counter(b)


# refused[unsupported-module]
# counter_eq('ab', 'ba')
# counter_eq('ab', 'b')


def defaultdict_of(xs: list[str]) -> int:
    d: dict[str, int] = defaultdict(int)
    for x in xs:
        d[x] += 1
    return d["a"]


# refused[unsupported-module]
# defaultdict_of(['a', 'b', 'a'])


def defaultdict_list(xs: list[str]) -> dict[int, list[str]]:
    d = defaultdict(list)
    for x in xs:
        d[len(x)].append(x)
    return dict(d)


# refused[unsupported-module]
# defaultdict_list(['a', 'bb', 'c'])


ROMAN = {"I": 1, "V": 5}


def global_dict(s: str) -> int:
    return sum(ROMAN[c] for c in s)


# global_dict('IV')
# global_dict('X')


def dict_views(d: dict[str, int]) -> tuple[int, bool, bool]:
    return len(d.keys()) + len(d.values()), "a" in d.keys(), 2 not in d.values()


# dict_views({"a": 2})
# dict_views({})


def dict_most(d: dict[str, int]) -> tuple[str, str, list[str]]:
    return max(d, key=d.get), min(d.keys(), key=d.get), sorted(d, key=d.get)


# dict_most({"a": 2, "b": 3, "c": 1})
# dict_most({})


def dict_displays(a: dict[str, int], b: dict[str, int]) -> list[dict[str, int]]:
    copy = {**a}
    copy["z"] = 0
    return [copy, {"k": 1, **a, **b, "a": 9}, a]


# dict_displays({"a": 1}, {"b": 2, "k": 3})
