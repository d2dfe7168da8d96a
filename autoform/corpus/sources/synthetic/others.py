"""Families over strings, maps, sets and nested lists, and such as change their arguments."""

from __future__ import annotations

from autoform.corpus.sources.synthetic.draw import Draw
from autoform.corpus.sources.synthetic.program import Program, lines

__all__ = ["OTHERS"]

_INTS = "list[int]"


def in_place(d: Draw) -> Program:
    """A list that is changed element by element."""
    xs, i = d.list_name(), d.index()
    k = d.number(1, 20)
    limit = d.limit()
    inner, params, ensures = d.pick(
        (
            (f"{xs}[{i}] = {limit}", [(limit, "int")], f"all(e == {limit} for e in {xs})"),
            (f"{xs}[{i}] += {k}", [], None),
            (
                f"if {xs}[{i}] > {limit}:\n        {xs}[{i}] = {limit}",
                [(limit, "int")],
                f"all(e <= {limit} for e in {xs})",
            ),
            (f"if {xs}[{i}] < 0:\n        {xs}[{i}] = 0", [], f"all(e >= 0 for e in {xs})"),
            (f"{xs}[{i}] = {k} * {xs}[{i}]", [], None),
        )
    )
    body = f"for {i} in range(len({xs})):\n    {inner}"
    return Program(
        "update",
        [(xs, _INTS), *params],
        "None",
        "Changes every value of the list.",
        body,
        (),
        [ensures] if ensures else (),
    )


def swapped(d: Draw) -> Program:
    """Two places of a list exchanged."""
    xs, i, j = d.list_name(), d.index(), d.index()
    body = d.pick(
        (
            f"{xs}[{i}], {xs}[{j}] = {xs}[{j}], {xs}[{i}]",
            f"kept = {xs}[{i}]\n{xs}[{i}] = {xs}[{j}]\n{xs}[{j}] = kept",
        )
    )
    requires = [f"0 <= {i} < len({xs})", f"0 <= {j} < len({xs})"]
    return Program(
        "swap",
        [(xs, _INTS), (i, "int"), (j, "int")],
        "None",
        "Exchanges two values.",
        body,
        requires,
    )


def reversed_in_place(d: Draw) -> Program:
    """A list turned round from both ends."""
    xs = d.list_name()
    body = lines(
        "left, right = 0, " + f"len({xs}) - 1",
        f"while left < right:\n    {xs}[left], {xs}[right] = {xs}[right], {xs}[left]\n"
        "    left += 1\n    right -= 1",
    )
    return Program("turn", [(xs, _INTS)], "None", "Turns the list round.", body)


def characters(d: Draw) -> Program:
    """A count, search or selection of characters."""
    s, c, total = d.text_name(), d.pick(("c", "ch", "letter")), d.total()
    chosen = "".join(sorted(d.random.sample("abcdefghijklmnopqrstuvwxyz ", d.number(1, 5))))
    test, words = d.pick(
        (
            (f'{c} in "{chosen}"', f"one of `{chosen}`"),
            (f'{c} == "{chosen[0]}"', f"`{chosen[0]}`"),
            (f"{c}.isdigit()", "a digit"),
            (f"{c}.isupper()", "a capital"),
            (f'{c} != "{chosen[-1]}"', f"other than `{chosen[-1]}`"),
        )
    )
    way = d.number(0, 3)
    if way == 0:
        body = lines(
            f"{total} = 0",
            f"for {c} in {s}:\n    if {test}:\n        {total} += 1",
            f"return {total}",
        )
        return Program(
            "count_in",
            [(s, "str")],
            "int",
            f"How many characters are {words}.",
            body,
            (),
            [f"0 <= result <= len({s})"],
        )
    if way == 1:
        body = lines(
            f'{total} = ""',
            f"for {c} in {s}:\n    if {test}:\n        {total} += {c}",
            f"return {total}",
        )
        return Program(
            "only",
            [(s, "str")],
            "str",
            f"The characters that are {words}.",
            body,
            (),
            [f"len(result) <= len({s})"],
        )
    if way == 2:
        body = lines(f"for {c} in {s}:\n    if {test}:\n        return True", "return False")
        return Program("has", [(s, "str")], "bool", f"Whether some character is {words}.", body)
    body = lines(
        f"for i in range(len({s})):\n    {c} = {s}[i]\n    if {test}:\n        return i",
        "return -1",
    )
    return Program(
        "locate",
        [(s, "str")],
        "int",
        f"Where the first character that is {words} is, or -1.",
        body,
        (),
        [f"-1 <= result < len({s})"],
    )


def mirrored(d: Draw) -> Program:
    """Whether a text or list reads the same from behind."""
    s, kind = d.pick((("text", "str"), ("word", "str"), ("xs", _INTS), ("values", _INTS)))
    body = d.pick(
        (
            f"return {s} == {s}[::-1]",
            f"for i in range(len({s}) // 2):\n"
            f"    if {s}[i] != {s}[len({s}) - 1 - i]:\n        return False\nreturn True",
        )
    )
    return Program(
        "is_mirrored",
        [(s, kind)],
        "bool",
        "Whether it reads the same from behind.",
        body,
        (),
        [f"result == all({s}[p] == {s}[len({s}) - 1 - p] for p in range(len({s})))"],
    )


def repeated(d: Draw) -> Program:
    """A text built from pieces."""
    s, n = d.text_name(), d.int_name()
    between = d.pick(("", "-", ", ", " "))
    body = lines(
        'out = ""',
        f'for i in range({n}):\n    if i > 0:\n        out += "{between}"\n    out += {s}',
        "return out",
    )
    if not between:
        body = lines('out = ""', f"for _ in range({n}):\n    out += {s}", "return out")
    return Program(
        "repeat",
        [(s, "str"), (n, "int")],
        "str",
        "The text several times.",
        body,
        [f"{n} >= 0"],
        [f"len(result) >= {n} * len({s})"],
    )


def histogram(d: Draw) -> Program:
    """How often each value occurs."""
    xs, x = d.list_name(), d.element()
    kind, key = d.pick(((_INTS, "int"), ("list[str]", "str")))
    step = d.pick(
        (
            f"counts[{x}] = counts.get({x}, 0) + 1",
            f"if {x} in counts:\n        counts[{x}] += 1\n    else:\n        counts[{x}] = 1",
        )
    )
    body = lines(
        f"counts: dict[{key}, int] = {{}}", f"for {x} in {xs}:\n    {step}", "return counts"
    )
    return Program(
        "histogram",
        [(xs, kind)],
        f"dict[{key}, int]",
        "How often each value occurs.",
        body,
        (),
        [f"all(e in result for e in {xs})"],
    )


def distinct(d: Draw) -> Program:
    """What occurs, or occurs again."""
    xs, x = d.list_name(), d.element()
    way = d.number(0, 2)
    if way == 0:
        body = lines(
            "seen: set[int] = set()", f"for {x} in {xs}:\n    seen.add({x})", "return len(seen)"
        )
        return Program(
            "distinct",
            [(xs, _INTS)],
            "int",
            "How many different values there are.",
            body,
            (),
            [f"0 <= result <= len({xs})"],
        )
    if way == 1:
        body = lines(
            "seen: set[int] = set()",
            f"for {x} in {xs}:\n    if {x} in seen:\n        return True\n    seen.add({x})",
            "return False",
        )
        return Program(
            "has_repeats", [(xs, _INTS)], "bool", "Whether some value occurs twice.", body
        )
    body = lines(
        "out: list[int] = []",
        f"for {x} in {xs}:\n    if {x} not in out:\n        out.append({x})",
        "return out",
    )
    return Program(
        "unique",
        [(xs, _INTS)],
        _INTS,
        "Each value once, in the order in which they come.",
        body,
        (),
        [f"all(e in {xs} for e in result)", f"len(result) <= len({xs})"],
    )


def pairs(d: Draw) -> Program:
    """A count over pairs of places."""
    xs, total = d.list_name(), d.total()
    test = d.pick(
        ("{0}[i] > {0}[j]", "{0}[i] == {0}[j]", "{0}[i] + {0}[j] == wanted", "{0}[i] < {0}[j]")
    ).format(xs)
    params = [(xs, _INTS), *([("wanted", "int")] if "wanted" in test else [])]
    body = lines(
        f"{total} = 0",
        f"for i in range(len({xs})):\n    for j in range(i + 1, len({xs})):\n        if {test}:\n"
        f"            {total} += 1",
        f"return {total}",
    )
    return Program(
        "count_pairs",
        params,
        "int",
        f"How many pairs `i < j` have `{test}`.",
        body,
        (),
        ["result >= 0"],
    )


def rows(d: Draw) -> Program:
    """Something of a list of lists."""
    x = d.element()
    keep = d.condition()
    way = d.number(0, 2)
    if way == 0:
        body = lines(
            "total = 0",
            f"for row in grid:\n    for {x} in row:\n        total += {x}",
            "return total",
        )
        return Program("grid_total", [("grid", "list[list[int]]")], "int", "The sum of all.", body)
    if way == 1:
        body = lines(
            "total = 0",
            f"for row in grid:\n    for {x} in row:\n        if {keep.of(x)}:\n"
            "            total += 1",
            "return total",
        )
        return Program(
            "grid_count",
            [("grid", "list[list[int]]")],
            "int",
            f"How many are {keep.words}.",
            body,
            (),
            ["result >= 0"],
        )
    body = lines("out: list[int] = []", "for row in grid:\n    out.append(sum(row))", "return out")
    return Program(
        "row_sums",
        [("grid", "list[list[int]]")],
        _INTS,
        "The sum of each row.",
        body,
        (),
        ["len(result) == len(grid)"],
    )


def bisected(d: Draw) -> Program:
    """A place in a sorted list by halving."""
    xs, limit = d.list_name(), d.limit()
    sign = d.pick(("<", "<="))
    body = lines(
        f"low, high = 0, len({xs})",
        f"while low < high:\n    middle = (low + high) // 2\n    if {xs}[middle] {sign} {limit}:\n"
        "        low = middle + 1\n    else:\n        high = middle",
        "return low",
    )
    requires = [f"all({xs}[p] <= {xs}[q] for p in range(len({xs})) for q in range(p, len({xs})))"]
    ensures = [f"0 <= result <= len({xs})", f"all({xs}[p] {sign} {limit} for p in range(result))"]
    return Program(
        "insertion_place",
        [(xs, _INTS), (limit, "int")],
        "int",
        "Where a value would be put.",
        body,
        requires,
        ensures[: d.number(1, 2)],
    )


def partitioned(d: Draw) -> Program:
    """A list in two parts."""
    xs, x = d.list_name(), d.element()
    keep = d.condition()
    body = lines(
        "first: list[int] = []",
        "second: list[int] = []",
        f"for {x} in {xs}:\n    if {keep.of(x)}:\n        first.append({x})\n"
        f"    else:\n        second.append({x})",
        "return first, second",
    )
    return Program(
        "partition",
        [(xs, _INTS)],
        f"tuple[{_INTS}, {_INTS}]",
        f"What is {keep.words}, and what is not.",
        body,
        (),
        [f"len(result[0]) + len(result[1]) == len({xs})"],
    )


OTHERS = (
    in_place,
    swapped,
    reversed_in_place,
    characters,
    mirrored,
    repeated,
    histogram,
    distinct,
    pairs,
    rows,
    bisected,
    partitioned,
)
